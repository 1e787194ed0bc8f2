package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"tiski/bot/dialogue"
)

// Handled is what is told of one input once it is committed, or could not be: it
// says nothing of what was said.
type Handled struct {
	Conversation string
	Input        string // its id
	Start        time.Time
	Channel      string
	Kind         string   // of the input: one of the Kind…
	Acted        []string // the intents acted on
	Missed       bool     // a message that was not understood
	Conflicts    int      // how often another node was faster
	Failed       bool     // nothing was committed: the sender tries again
	Load         time.Duration
	Read         time.Duration // zero when there was nothing to read
	Step         time.Duration // with look-ups and wording
	Commit       time.Duration
}

// Kinds of inputs.
const (
	KindMessage = "message" // in the customer's words
	KindTap     = "tap"     // any other doing of the customer
	KindEvent   = "event"   // of staff, timers, payments, parcels, the shop's system
)

func kindOf(in dialogue.Input) string {
	switch in.(type) {
	case dialogue.Said:
		return KindMessage
	case dialogue.Tapped, dialogue.Sent, dialogue.Shared, dialogue.Commanded:
		return KindTap
	}
	return KindEvent
}

// since is the time from start on, and the present for what comes next.
func (b *Bot) since(start time.Time) (time.Duration, time.Time) {
	now := b.clock()
	return now.Sub(start), now
}

// tell tells of an input: the meter what it took, and the log, where it listens
// that closely, by which numbers the input's messages go on. An act in a conversation
// that is not there is no input.
func (b *Bot) tell(ctx context.Context, conversation, input string, h Handled, turn Turn, err error) {
	if b.log.Enabled(ctx, slog.LevelDebug) && err == nil {
		first, last := int64(0), int64(0)
		if n := len(turn.Messages); n > 0 {
			first, last = turn.Messages[0].Seq, turn.Messages[n-1].Seq
		}
		b.log.Debug("an input is handled", "conversation", conversation, "channel", h.Channel, "input", input, "first", first, "last", last, "again", turn.Repeated)
	}
	if b.Meter == nil || turn.Repeated || errors.Is(err, ErrUnknown) {
		return
	}
	h.Acted, h.Failed = turn.Acted, err != nil
	h.Missed = h.Kind == KindMessage && turn.State.Misses > turn.was.Misses
	h.Read, h.Step = turn.read, turn.step
	b.Meter(h)
}
