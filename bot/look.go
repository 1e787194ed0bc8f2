package bot

import "time"

// Look is a member of staff who has a conversation before them.
type Look struct {
	Conversation string    `json:"conversation"`
	Staff        string    `json:"staff"` // account
	Name         string    `json:"name"`  // as shown
	At           time.Time `json:"at"`
}

// TypingLife is how long somebody is taken to write after they last said so.
const TypingLife = 6 * time.Second

// Typing says that somebody writes in a conversation just now, never what.
type Typing struct {
	Conversation string    `json:"conversation"`
	Staff        string    `json:"staff"` // account; "" for the customer
	Name         string    `json:"name"`  // of the member of staff, as shown
	At           time.Time `json:"at"`
}
