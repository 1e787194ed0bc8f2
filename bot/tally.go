package bot

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// Count is something that happens, by day: it tells nothing of whom.
type Count struct {
	Day  string // in Helsinki, 2026-11-30
	Kind string // one of the Counted…
	Name string // what of the kind
}

// Kinds of counts.
const (
	CountedTalk   = "talk"     // a conversation began; by channel
	CountedCalled = "called"   // a person was called to it, for the first time
	CountedWait   = "wait"     // somebody who waited for a person got one; by WaitShort and so on
	CountedIntent = "intent"   // the bot acted on an intent
	CountedAsked  = "asked"    // a question of a task was asked: "buy/email"
	CountedTold   = "told"     // it was answered, or its task went on without
	CountedOut    = "sold_out" // goods that are out were asked for; by product
)

// How long somebody waited.
const (
	WaitShort  = "short"  // less than WaitSoon
	WaitMiddle = "middle" // less than WaitLate
	WaitLong   = "long"
	WaitSoon   = 2 * time.Minute
	WaitLate   = 10 * time.Minute
)

// Missed is where a message stands that the bot did not understand. Its words
// are in the transcript alone, and go with it.
type Missed struct {
	Conversation string
	Seq          int64
	At           time.Time
	Lang         string
}

// Tallies keeps what is counted (package store keeps it in SQL).
type Tallies interface {
	AddCounts(ctx context.Context, counts map[Count]int64, missed []Missed) error
}

// Tally counts what happens in conversations for the reports. What a crash takes
// is at most tallyPause of it: counts are no books.
type Tally struct {
	Tallies Tallies
	Log     *slog.Logger

	mu     sync.Mutex
	counts map[Count]int64
	missed []Missed
}

const (
	tallyPause = 10 * time.Second
	tallyLast  = 5 * time.Second // how long the last writing may take
	mostMissed = 10_000          // missed messages that wait to be written
)

// Run writes what was counted until ctx ends, and once more then.
func (t *Tally) Run(ctx context.Context) error {
	err := repeat(ctx, tallyPause, t.Once, t.Log, "counts cannot be kept")
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), tallyLast)
	defer cancel()
	if fault := t.Once(last); fault != nil {
		t.Log.Error("the last counts cannot be kept", "err", fault)
	}
	return err
}

// Once writes what was counted since the last time. What cannot be written waits.
func (t *Tally) Once(ctx context.Context) error {
	t.mu.Lock()
	counts, missed := t.counts, t.missed
	t.counts, t.missed = nil, nil
	t.mu.Unlock()
	if len(counts) == 0 && len(missed) == 0 {
		return nil
	}
	err := t.Tallies.AddCounts(ctx, counts, missed)
	if err != nil {
		t.add(counts, missed)
	}
	return err
}

func (t *Tally) add(counts map[Count]int64, missed []Missed) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[Count]int64{}
	}
	for c, n := range counts {
		t.counts[c] += n
	}
	if len(t.missed) < mostMissed {
		t.missed = append(t.missed, missed...)
	}
}

// note counts what a turn was, once it is committed.
func (t *Tally) note(was dialogue.State, turn Turn, c Commit, effects []dialogue.Effect, shop *catalog.Shop) {
	if t == nil {
		return
	}
	counts := map[Count]int64{}
	day := c.At.In(catalog.Helsinki).Format(time.DateOnly)
	count := func(kind, name string) { counts[Count{day, kind, name}]++ }
	now := turn.State
	if c.New {
		count(CountedTalk, c.Channel)
	}
	if now.Called && !was.Called {
		count(CountedCalled, "")
	}
	if now.Handoff.Stage == dialogue.Held && was.Handoff.Stage == dialogue.Requested {
		count(CountedWait, waitOf(now.Handoff.Since.Sub(was.Handoff.Since)))
	}
	for _, intent := range turn.Acted {
		count(CountedIntent, intent)
	}
	before, after := questions(was), questions(now)
	for q, k := range before {
		if _, open := after[q]; !open && answered(k, was, now) {
			count(CountedTold, q)
		}
	}
	for q := range after {
		if _, open := before[q]; !open {
			count(CountedAsked, q)
		}
	}
	for name := range soldOut(was, now, effects, shop) {
		count(CountedOut, name)
	}
	var missed []Missed
	if now.Misses > was.Misses && len(c.Log) > 0 && c.Log[0].From == dialogue.ByCustomer {
		missed = []Missed{{c.Conversation, c.Log[0].Seq, c.At, now.Lang}}
	}
	t.add(counts, missed)
}

func waitOf(d time.Duration) string {
	switch {
	case d < WaitSoon:
		return WaitShort
	case d < WaitLate:
		return WaitMiddle
	}
	return WaitLong
}

// questions are those that are open, of the tasks that wait too, as "buy/email".
func questions(s dialogue.State) map[string]dialogue.Task {
	open := map[string]dialogue.Task{}
	for _, k := range s.Tasks {
		if k.Asked != "" {
			open[k.Kind+"/"+k.Asked] = k
		}
	}
	return open
}

// answered reports whether a task went on from what it asked, and was not left
// for good or to a person.
func answered(k dialogue.Task, was, now dialogue.State) bool {
	for _, n := range now.Tasks {
		if n.Kind == k.Kind {
			return n.Values[k.Asked] != "" || slices.Contains(n.Skipped, k.Asked) || n.Product != k.Product
		}
	}
	dropped := now.Dropped != nil && now.Dropped.Kind == k.Kind
	return !dropped && now.Handoff.Stage == was.Handoff.Stage
}

// soldOut are the products that were asked for and are out: told so, or wished.
func soldOut(was, now dialogue.State, effects []dialogue.Effect, shop *catalog.Shop) map[string]bool {
	out := map[string]bool{}
	for _, e := range effects {
		say, ok := e.(dialogue.Say)
		if !ok {
			continue
		}
		for _, p := range say.Parts {
			if title, ok := p.With.Get("title").(catalog.Text); ok && p.Key == "sold_out" {
				out[title.In(shop.Languages[0])] = true
			}
		}
	}
	wished := map[string]bool{}
	for _, w := range was.Wishes {
		wished[w.SKU] = true
	}
	for _, w := range now.Wishes {
		if p, v := shop.Variant(w.SKU); v != nil && !wished[w.SKU] {
			out[p.Name.In(shop.Languages[0])] = true
		}
	}
	return out
}
