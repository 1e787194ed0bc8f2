package staff

import (
	"context"
	"time"
)

// Example is a message that was read wrongly, with what it means. Once accepted it
// teaches the reader of messages.
type Example struct {
	ID           string // the same id again is the same example
	Conversation string // that it was said in
	At           time.Time
	Staff        string // who told what it means
	Lang         string
	Text         string // without what tells of the customer: whoever accepts it sees to that
	Was, Intent  string // as it was read, and as it is meant
	Accepted     bool
}

// Examples keeps examples (package store keeps them in SQL).
type Examples interface {
	ProposeExample(ctx context.Context, e Example) error
	// Examples returns those accepted, or those that wait for it, the oldest first.
	Examples(ctx context.Context, accepted bool, most int) ([]Example, error)
	// AcceptExample accepts one as it is written and meant now, or returns
	// ErrUnknown.
	AcceptExample(ctx context.Context, id, text, intent string) error
	// RemoveExample removes one, or returns ErrUnknown.
	RemoveExample(ctx context.Context, id string) error
}
