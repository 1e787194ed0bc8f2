package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
	"tiski/bot/bottest"
)

// alarms are conversations with timers. They tell when each was loaded to be
// handled; to load takes some of them long.
type alarms struct {
	bot.Conversations
	slow map[string]time.Duration // by conversation
	due  []bot.Due

	mu     sync.Mutex
	next   int
	rang   map[string][]time.Time
	inputs map[string][]string // their ids
}

func (a *alarms) Claim(_ context.Context, now time.Time, _ time.Duration, limit int) ([]bot.Due, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	first := a.next
	for a.next < len(a.due) && a.next-first < limit && !a.due[a.next].At.After(now) {
		a.next++
	}
	return a.due[first:a.next], nil
}

func (a *alarms) Load(ctx context.Context, conversation, input string) (bot.Snapshot, error) {
	a.mu.Lock()
	a.rang[conversation] = append(a.rang[conversation], time.Now())
	a.inputs[conversation] = append(a.inputs[conversation], input)
	a.mu.Unlock()
	select {
	case <-ctx.Done():
	case <-time.After(a.slow[conversation]):
	}
	return bot.Snapshot{}, errors.New("that was all")
}

// counted is a store that has no goods.
type counted struct{ bot.Orders }

func (counted) Stock(context.Context) (map[string]int, error) { return nil, nil }

func newAlarms(slow map[string]time.Duration) *alarms {
	return &alarms{slow: slow, rang: map[string][]time.Time{}, inputs: map[string][]string{}}
}

// Timers ring at most a second late: also when very many have come due while
// nobody ran, and when the first of them takes for ever.
func TestTimersRingInTime(t *testing.T) {
	t.Parallel()
	shelf, err := bottest.Shelf()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		a := newAlarms(map[string]time.Duration{"web:0": time.Hour})
		for i := range 3000 {
			at := start.Add(-time.Hour)
			if i >= 2000 {
				at = start.Add(time.Duration(i) * time.Millisecond)
			}
			a.due = append(a.due, bot.Due{Conversation: fmt.Sprint("web:", i), Timer: "stop", At: at})
		}
		b := bot.New(a, counted{}, shelf, nil, time.Now, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { b.Run(ctx); close(done) }()
		time.Sleep(time.Minute)
		stop()
		<-done
		for _, d := range a.due {
			due := d.At
			if due.Before(start) {
				due = start
			}
			if rang := a.rang[d.Conversation]; len(rang) != 1 || rang[0].Sub(due) > time.Second {
				t.Fatalf("the timer of %s, due %v after the start, rang at %v", d.Conversation, d.At.Sub(start), rang)
			}
		}
	})
}

// What is due in a conversation is handled in its order, however it is claimed:
// here 150 timers of it lie between those of others, with a hundred to a claim.
func TestTimersOfAConversationRingInOrder(t *testing.T) {
	t.Parallel()
	shelf, err := bottest.Shelf()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		a := newAlarms(map[string]time.Duration{"web:0": time.Second})
		var want []string
		for i := range 300 {
			d := bot.Due{Conversation: fmt.Sprint("web:", i%2*i), Timer: fmt.Sprint("t", i), At: time.Now().Add(time.Duration(i) * time.Millisecond)}
			a.due = append(a.due, d)
			if i%2 == 0 {
				want = append(want, fmt.Sprintf("timer/%s/%d", d.Timer, d.At.UnixMilli()))
			}
		}
		b := bot.New(a, counted{}, shelf, nil, time.Now, slog.New(slog.DiscardHandler))
		time.Sleep(time.Minute)
		if err := b.TakeUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := a.inputs["web:0"]; !slices.Equal(got, want) {
			t.Errorf("they rang as %q", got)
		}
	})
}

// A timer is handled once, however many nodes look for it at once.
func TestTimersRingOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	const talks = 150
	for i := range talks {
		name := fmt.Sprint("push:", i)
		at := s.load(name)
		c := bot.Commit{Conversation: name, Channel: pushed, Input: "1", Version: at.Version, Seq: at.Seq, New: true, State: []byte("{}")}
		for k := range 3 {
			c.Timers = append(c.Timers, bot.Timer{Name: fmt.Sprint("t", k), At: opening.Add(time.Duration(k) * time.Second)})
		}
		if err := s.state.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	s.wait(time.Hour)
	var mu sync.Mutex
	rang := map[string][]string{}
	witness := witness{s.state, func(conversation string, c bot.Commit) {
		mu.Lock()
		defer mu.Unlock()
		rang[conversation] = append(rang[conversation], c.Done...)
	}}
	var nodes sync.WaitGroup
	for range 3 {
		b := s.node(witness, s.store)
		nodes.Go(func() {
			for range 3 {
				if err := b.TakeUp(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	nodes.Wait()
	for i := range talks {
		got := rang[fmt.Sprint("push:", i)]
		if slices.Sort(got); !slices.Equal(got, []string{"t0", "t1", "t2"}) {
			t.Fatalf("of conversation %d rang %v", i, got)
		}
	}
}

// witness is told of every turn that is committed.
type witness struct {
	bot.Conversations
	told func(conversation string, c bot.Commit)
}

func (w witness) Commit(ctx context.Context, c bot.Commit) error {
	err := w.Conversations.Commit(ctx, c)
	if err == nil {
		w.told(c.Conversation, c)
	}
	return err
}

// waiting opens a shop in which a customer waits for a person; more is how many messages
// have been said since.
func waiting(t *testing.T) (s *shop, more func() int) {
	t.Helper()
	s = open(t)
	c := s.customer("web:1")
	c.tap("human")
	said := len(s.log(c.name))
	return s, func() int { return len(s.log(c.name)) - said }
}

func TestTimerRingsOnce(t *testing.T) {
	t.Parallel()
	s, more := waiting(t)
	for _, step := range []struct {
		wait time.Duration
		more int
	}{{9 * time.Minute, 0}, {2 * time.Minute, 1}, {0, 1}, {time.Hour, 1}} {
		s.wait(step.wait)
		takeUp(t, s.bot)
		if more() != step.more {
			t.Errorf("after %v more %d messages were said, not %d", step.wait, more(), step.more)
		}
	}
}

// Two nodes look at the same moment: one of them rings.
func TestTimerRingsOnOneNode(t *testing.T) {
	t.Parallel()
	s, more := waiting(t)
	s.wait(11 * time.Minute)
	takeUp(t, s.bot)
	takeUp(t, s.node(s.state, s.store))
	if more() != 1 {
		t.Errorf("it rang %d times", more())
	}
}
