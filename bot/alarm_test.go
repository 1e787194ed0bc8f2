package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/state"
	"tiski/catalog"
)

// bell notes how many customers each ringing was for.
type bell struct {
	rung   []bot.Unseen
	broken bool
}

func (b *bell) Ring(_ context.Context, u bot.Unseen) error {
	if b.broken {
		return errors.New("the line is dead")
	}
	b.rung = append(b.rung, u)
	return nil
}

// lookouts are conversations that were looked at.
type lookouts map[string]time.Time

func (l lookouts) Looked(_ context.Context, conversation string, since time.Time) (bool, error) {
	return !l[conversation].Before(since), nil
}

func TestAlarm(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 15, 58, 0, 0, catalog.Helsinki) // a Friday, two minutes before customer service closes
	talks, err := state.Open(t.Context(), state.Options{Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { talks.Close() })
	desks := []bot.Desk{{Conversation: "widget:a", Waiting: now}, {Conversation: "widget:b"}, {Conversation: "widget:c", Waiting: now}}
	seen := lookouts{"widget:c": now.Add(time.Minute)}
	hours := catalog.Hours{Service: [7]catalog.Span{{Open: 540, Close: 1020}, {}, {}, {}, {Open: 540, Close: 960}}}
	rings, here := &bell{broken: true}, false
	alarm := &bot.Alarm{
		Desks: func(context.Context, int) ([]bot.Desk, error) { return desks, nil },
		Here:  func(context.Context) (bool, error) { return here, nil }, Looked: seen, Leases: talks, Bells: []bot.Bell{rings},
		Shop:  func() *catalog.Shop { return &catalog.Shop{Hours: hours, Service: catalog.Service{Alarm: time.Minute}} },
		Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
	}
	once := func(after time.Duration, rung int, broken bool) {
		t.Helper()
		now = now.Add(after)
		if err := alarm.Once(t.Context()); (err != nil) != broken {
			t.Errorf("at %v: %v", now, err)
		}
		if len(rings.rung) != rung {
			t.Errorf("at %v it has rung %d times, want %d", now, len(rings.rung), rung)
		}
	}
	once(time.Minute, 0, false) // all are away
	now, here = now.Add(-time.Minute), true
	once(59*time.Second, 0, false)
	once(time.Second, 0, true) // nobody answers: tried again
	rings.broken = false
	once(time.Second, 1, false)
	once(30*time.Second, 1, false)
	if u := rings.rung[0]; u.Waiting != 1 || u.Longest != time.Minute+time.Second {
		t.Errorf("rung for %+v", u)
	}
	desks[1].Waiting = now.Add(time.Hour) // came when customer service was closed
	once(12*time.Hour, 1, false)
	now = time.Date(2026, 11, 23, 9, 0, 0, 0, catalog.Helsinki)
	once(59*time.Second, 1, false)
	once(time.Second, 2, false)
}

// blind are lookouts that fail for a conversation.
type blind string

func (b blind) Looked(_ context.Context, conversation string, _ time.Time) (bool, error) {
	if conversation == string(b) {
		return false, errors.New("the database is away")
	}
	return false, nil
}

// hurried is a bell during whose ringing the program is told to stop.
type hurried struct{ stop func() }

func (h hurried) Ring(ctx context.Context, _ bot.Unseen) error {
	h.stop()
	return ctx.Err()
}

// Whom the alarm has begun to ring for it rings for, whatever goes wrong meanwhile.
func TestAnAlarmThatIsDisturbed(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, catalog.Helsinki)
	talks, err := state.Open(t.Context(), state.Options{Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { talks.Close() })
	rings := &bell{}
	alarm := &bot.Alarm{
		Desks: func(context.Context, int) ([]bot.Desk, error) {
			return []bot.Desk{{Conversation: "widget:a", Waiting: now.Add(-time.Hour)}, {Conversation: "widget:b", Waiting: now.Add(-time.Hour)}}, nil
		},
		Here: func(context.Context) (bool, error) { return true, nil }, Looked: blind("widget:b"), Leases: talks,
		Shop: func() *catalog.Shop {
			return &catalog.Shop{Hours: catalog.Hours{Service: [7]catalog.Span{4: {Open: 540, Close: 960}}}, Service: catalog.Service{Alarm: time.Minute}}
		},
		Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
	}
	stopping, stop := context.WithCancel(t.Context())
	alarm.Bells = []bot.Bell{hurried{stop}}
	_ = alarm.Once(stopping) // tells that nobody answered
	alarm.Bells = []bot.Bell{rings}
	if err := alarm.Once(t.Context()); err == nil || len(rings.rung) != 1 || rings.rung[0].Waiting != 1 {
		t.Errorf("rung for %+v, %v", rings.rung, err)
	}
	alarm.Looked = blind("")
	if err := alarm.Once(t.Context()); err != nil || len(rings.rung) != 2 || rings.rung[1].Waiting != 1 {
		t.Errorf("then for %+v, %v", rings.rung, err)
	}
}
