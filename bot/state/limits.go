package state

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tiski/bot"
)

// Limits of one commit. A turn over any of them is refused with
// [bot.ErrUnfit] before Redis is asked.
const (
	MaxState    = 64 << 10 // bytes of a state
	MaxMessage  = 64 << 10 // bytes of a message as JSON, but for its number and time
	MaxEffect   = 64 << 10 // bytes of the effect of one work
	MaxDesk     = 4 << 10  // bytes of a line of the staff's list as JSON
	MaxMessages = 50       // messages, and of them to be sent
	MaxWork     = 50       // pieces of work; timers set; timers dropped; ended ones
	MaxID       = 256      // bytes of an id or name
)

// How much of a conversation is kept.
const (
	life     = 90 * 24 * time.Hour // after the last commit
	renewed  = 24 * time.Hour      // by which that may be shorter
	remember = 25 * time.Hour      // an input id; Telegram tries again for 24 h
	// Input ids kept however old, and however young.
	leastInputs, mostInputs = 64, 2000
	// LogLength is how many messages Messages returns, and Archived leaves.
	LogLength = 200
	// MaxLog is how many messages wait for the archive; then the oldest are lost.
	MaxLog = 1000
	// mostDesks is how many conversations of a partition are in the staff's list, those
	// that spoke last. Others come back to it when they speak.
	mostDesks = 1000
	// MaxOutbox is how many messages wait to be sent; then the oldest are lost.
	MaxOutbox = 500
)

// workAfter is how long the committing request has work for itself: it waits
// for 5 s. After a crash the customer waits as long for the result.
const workAfter = 6 * time.Second

func tooLarge(what string, n, most int) error {
	return fmt.Errorf("%s: %d is over %d: %w", what, n, most, bot.ErrUnfit)
}

// checkID refuses ids that are empty, too long or would break a key apart.
func checkID(what, id string) error {
	switch {
	case id == "":
		return fmt.Errorf("%s is empty: %w", what, bot.ErrUnfit)
	case len(id) > MaxID:
		return tooLarge("bytes of "+what, len(id), MaxID)
	case strings.ContainsFunc(id, func(r rune) bool { return r < ' ' }):
		return fmt.Errorf("%s has control characters: %w", what, bot.ErrUnfit)
	}
	return nil
}

func check(c bot.Commit) error {
	for _, n := range []struct {
		what     string
		has, may int
	}{
		{"bytes of state", len(c.State), MaxState},
		{"messages", len(c.Log), MaxMessages},
		{"messages to send", len(c.Outbox), MaxMessages},
		{"pieces of work", len(c.Work), MaxWork},
		{"ended work and timers", len(c.Done), MaxWork},
		{"timers", len(c.Timers), MaxWork},
		{"dropped timers", len(c.Drop), MaxWork},
	} {
		if n.has > n.may {
			return tooLarge(n.what, n.has, n.may)
		}
	}
	for i, m := range c.Log {
		if want := c.Seq + int64(i) + 1; m.Seq != want {
			return fmt.Errorf("message %d of the turn has number %d, not %d: %w", i, m.Seq, want, bot.ErrUnfit)
		}
	}
	for _, m := range c.Outbox {
		if m.Seq <= c.Seq || m.Seq > c.Seq+int64(len(c.Log)) {
			return fmt.Errorf("message %d to send is not of this turn: %w", m.Seq, bot.ErrUnfit)
		}
	}
	err := checkID("channel", c.Channel)
	for _, id := range c.Done {
		err = cmp.Or(err, checkID("id of an ended effect", id))
	}
	for _, name := range c.Drop {
		err = cmp.Or(err, checkID("name of a timer", name))
	}
	for _, t := range c.Timers {
		err = cmp.Or(err, checkID("name of a timer", t.Name))
	}
	for _, w := range c.Work {
		err = cmp.Or(err, checkID("id of work", w.ID))
		if len(w.Effect) > MaxEffect {
			err = cmp.Or(err, tooLarge("bytes of work", len(w.Effect), MaxEffect))
		}
	}
	return err
}
