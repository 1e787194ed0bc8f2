package bot

import "time"

// Look is a member of staff who has a conversation before them.
type Look struct {
	Conversation string    `json:"conversation"`
	Staff        string    `json:"staff"` // account
	Name         string    `json:"name"`  // as shown
	Typing       bool      `json:"typing,omitempty"`
	At           time.Time `json:"at"`
}
