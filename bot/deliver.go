package bot

import (
	"context"
	"time"
)

// Outbox is the queue of messages to push, one queue per conversation.
type Outbox interface {
	// ClaimDelivery returns the head of the queue of some conversation of the
	// channel whose next sending time has come, and keeps everybody else from it
	// until now+hold. Bot words of a conversation that a person holds are dropped
	// on the way. ok is false when nothing is due.
	ClaimDelivery(ctx context.Context, channel string, now time.Time, hold time.Duration) (d Delivery, ok bool, err error)
	// ClaimHead is ClaimDelivery of one conversation.
	ClaimHead(ctx context.Context, channel, conversation string, now time.Time, hold time.Duration) (d Delivery, ok bool, err error)
	// Keep lets a claim last until a later moment, while it is being sent.
	Keep(ctx context.Context, d Delivery, until time.Time) error
	// Delivered removes what was claimed, and tells whether more waits in the
	// conversation; that goes after a pause, or later.
	Delivered(ctx context.Context, d Delivery, now time.Time, pause time.Duration) (more bool, err error)
	// Postpone gives the claim back; it is tried again at next. A try that did not fail,
	// as it came too early, is none of its Tries.
	Postpone(ctx context.Context, d Delivery, next time.Time, failed bool) error
}

// Delivery is a claimed head of a queue.
type Delivery struct {
	Conversation string
	Channel      string
	Message      Message
	Tries        int    // how often it was claimed before
	Token        string // proves the claim to Delivered and Postpone
}

// Channel is a door that pushes: it sends one message to one conversation. An
// error that is a *SendError says what happens next; any other is tried again
// with a growing delay.
type Channel interface {
	Send(ctx context.Context, conversation string, m Message) error
}

// SendError carries its own policy.
type SendError struct {
	After   time.Duration // try again after this long
	Gone    bool          // the customer cannot be reached any more; drop the queue
	Refused bool          // this message will never be taken; give it up, with a trace
	Err     error
}

func (e *SendError) Error() string { return e.Err.Error() }
func (e *SendError) Unwrap() error { return e.Err }

// Log is what streams and the console read.
type Log interface {
	// Messages returns the messages of a conversation with Seq > after, oldest
	// first; at most the last 200.
	Messages(ctx context.Context, conversation string, after int64) ([]Message, error)
	// Watch returns a channel that receives whenever a conversation may have
	// changed ("" watches all of them). A slow reader misses no change: signals
	// are merged, never lost. It closes when ctx ends.
	Watch(ctx context.Context, conversation string) <-chan struct{}
	// Desks returns the conversations for the staff's list, waiting ones first,
	// then by last message; at most limit.
	Desks(ctx context.Context, limit int) ([]Desk, error)
}

// Archive moves old messages from the log to SQL.
type Archive interface {
	// Changed returns conversations with messages that are not archived yet.
	Changed(ctx context.Context, limit int) ([]string, error)
	// Unarchived returns the oldest messages of a conversation that are not
	// archived yet, oldest first; at most 200.
	Unarchived(ctx context.Context, conversation string) ([]Message, error)
	// Archived notes that messages up to seq are safe elsewhere, and trims the log.
	Archived(ctx context.Context, conversation string, seq int64) error
}

// Excerpt is messages of one conversation.
type Excerpt struct {
	Conversation string
	Messages     []Message
}

// Transcripts keeps archived messages.
type Transcripts interface {
	// SaveMessages keeps messages of all these conversations or none. It is
	// idempotent by conversation and sequence number.
	SaveMessages(ctx context.Context, excerpts ...Excerpt) error
}
