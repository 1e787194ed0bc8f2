package staff

import (
	"context"
	"time"
)

// Mark is how staff have put a conversation in order.
type Mark struct {
	Conversation string
	Labels       []string
	Snoozed      time.Time // until when it is out of sight; zero: it is not
	Closed       time.Time // zero: it is open
	Reason       string    // it was closed for
	Since        time.Time // when it was marked last
}

// Sleeps reports whether a conversation in which something happened last is out
// of sight now. What happens after it was marked brings it back.
func (m Mark) Sleeps(now, last time.Time) bool { return m.Snoozed.After(now) && !last.After(m.Since) }

// Over reports whether a conversation in which something happened last is closed.
// What happens after that, to the millisecond, opens it.
func (m Mark) Over(last time.Time) bool {
	return !m.Closed.IsZero() && !last.Truncate(time.Millisecond).After(m.Closed)
}

// Solved is why most conversations are closed.
const Solved = "solved"

// Close marks a conversation as closed for a reason, whether it was out of sight or
// not. Who holds it has handed it back before.
func Close(ctx context.Context, all Marks, conversation, reason string, at time.Time) error {
	return all.ChangeMark(ctx, conversation, func(m *Mark) {
		m.Snoozed, m.Closed, m.Reason, m.Since = time.Time{}, at, reason, at
	})
}

// Marks keeps marks (package store keeps them in SQL).
type Marks interface {
	// MarkOf returns the mark of a conversation, an empty one when it has none.
	MarkOf(ctx context.Context, conversation string) (Mark, error)
	// ChangeMark changes it, while nobody else does.
	ChangeMark(ctx context.Context, conversation string, change func(*Mark)) error
	// Marks returns the latest marks by conversation.
	Marks(ctx context.Context, most int) (map[string]Mark, error)
}
