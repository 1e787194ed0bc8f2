package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"testing"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// ledger keeps counts, unless it is closed.
type ledger struct {
	counts map[bot.Count]int64
	missed []bot.Missed
	closed bool
}

func (l *ledger) AddCounts(_ context.Context, counts map[bot.Count]int64, missed []bot.Missed) error {
	if l.closed {
		return errors.New("closed")
	}
	for c, n := range counts {
		l.counts[c] += n
	}
	l.missed = append(l.missed, missed...)
	return nil
}

// kinds are the counts without their day.
func (l *ledger) kinds() map[string]int64 {
	sums := map[string]int64{}
	for c, n := range l.counts {
		sums[c.Kind+" "+c.Name] += n
	}
	return sums
}

func TestATurnIsCountedOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	l := &ledger{counts: map[bot.Count]int64{}}
	s.bot.Tally = &bot.Tally{Tallies: l, Log: slog.New(slog.DiscardHandler)}
	c := s.customer("web:1")
	for _, text := range []string{"paljonko toimitus maksaa?", "höpsis pöpsis", "haluan puhua ihmiselle", "haluan puhua ihmiselle"} {
		in := c.input(dialogue.Said{Text: text})
		for range 2 {
			if _, err := s.bot.Handle(t.Context(), c.name, in); err != nil {
				t.Fatal(err)
			}
		}
	}
	l.closed = true
	if err := s.bot.Tally.Once(t.Context()); err == nil {
		t.Error("a database that is away is no error")
	}
	l.closed = false
	for range 2 {
		if err := s.bot.Tally.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	got := l.kinds()
	maps.DeleteFunc(got, func(kind string, _ int64) bool { return kind[:6] == bot.CountedIntent })
	if want := map[string]int64{"talk web": 1, "called ": 1}; !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
	log := s.log(c.name)
	if len(l.missed) != 1 || l.missed[0].Conversation != c.name {
		t.Fatalf("missed %+v", l.missed)
	}
	for _, m := range log {
		if m.Seq == l.missed[0].Seq && m.Text != "höpsis pöpsis" {
			t.Errorf("missed %q", m.Text)
		}
	}
}

func TestStepsOfATask(t *testing.T) {
	t.Parallel()
	s := open(t)
	l := &ledger{counts: map[bot.Count]int64{}}
	s.bot.Tally = &bot.Tally{Tallies: l, Log: slog.New(slog.DiscardHandler)}
	c := s.customer("web:1")
	for _, text := range []string{"missä tilaukseni on?", "paljonko toimitus maksaa?", "peru"} {
		if _, err := s.bot.Handle(t.Context(), c.name, c.input(dialogue.Said{Text: text})); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.bot.Tally.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := l.kinds()
	if asked, told := got["asked track/order_no"], got["told track/order_no"]; asked != 1 || told != 0 {
		t.Errorf("the number of an order was asked %d times, told %d: %v", asked, told, got)
	}
}

func TestTheLastCountsAreKept(t *testing.T) {
	t.Parallel()
	s := open(t)
	l := &ledger{counts: map[bot.Count]int64{}}
	s.bot.Tally = &bot.Tally{Tallies: l, Log: slog.New(slog.DiscardHandler)}
	c := s.customer("web:1")
	if _, err := s.bot.Handle(t.Context(), c.name, c.input(dialogue.Said{Text: "hei"})); err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.bot.Tally.Run(over); err != nil || l.kinds()["talk web"] != 1 {
		t.Errorf("%v, %v", l.kinds(), err)
	}
}
