package bot

import "time"

// Presence is somebody who is at a conversation just now.
type Presence struct {
	Conversation string    `json:"conversation"`
	Doing        Doing     `json:"doing"`
	Staff        string    `json:"staff"` // account; "" for the customer
	Name         string    `json:"name"`  // of the member of staff, as shown
	At           time.Time `json:"at"`
}

// Doing is what somebody does at a conversation.
type Doing string

// What somebody does at a conversation.
const (
	Looking Doing = "looks"  // a member of staff has it before them
	Typing  Doing = "typing" // somebody writes in it; what, nobody is told
)

// Life is how long somebody is taken to do it after they last said so.
func (d Doing) Life() time.Duration {
	if d == Typing {
		return 6 * time.Second
	}
	return time.Minute
}
