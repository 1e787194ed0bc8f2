package dialogue

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Brief is what a person should know of a conversation before speaking in it,
// put together by rules alone. Words for its keys are the reader's.
type Brief struct {
	Goal     string // kind of the task talked about, else why a person was called, else [State.Stage]
	Facts    []Fact // what the customer told for it, by slot, in the order told
	Order    string // number of the order it is about; ""
	Cart     []Line
	Promises []Promise // by when they are due
	Mood     string    // one of the moods below
	Next     string    // one of the steps below, or the slot of the open question
}

// Fact is what was told for a slot.
type Fact struct{ Slot, Value string }

// Moods, as a brief tells them.
const (
	Calm     = "calm"
	Angry    = "angry"
	Confused = "confused" // the bot has not understood them
)

// Next steps of who takes a conversation. With none of them the customer is to
// be asked what they need.
const (
	NextPromise = "promise" // keep what was promised
	NextPayment = "payment" // the order awaits its payment
	NextAnswer  = "answer"  // the customer waits for a person's word
	NextAsk     = "ask"
)

// Brief returns the brief of a conversation. Contacts are left out: they stand
// beside it.
func (s State) Brief(now time.Time) Brief {
	b := Brief{Goal: s.Stage(), Cart: s.Cart, Mood: Calm, Next: NextAsk}
	if s.Handoff.Stage == Requested {
		b.Goal = s.Handoff.Why
	}
	if s.Order != nil {
		b.Order = s.Order.Number
	}
	if len(s.Tasks) > 0 {
		k := s.Tasks[len(s.Tasks)-1]
		b.Goal = k.Kind
		if k.Order != "" {
			b.Order = k.Order
		}
		b.Facts = k.facts()
	}
	if s.Handoff.What != "" {
		b.Facts = append([]Fact{{"matter", s.Handoff.What}}, b.Facts...)
	}
	b.Promises = slices.SortedFunc(slices.Values(s.Promises), func(a, c Promise) int { return a.Due.Compare(c.Due) })
	switch {
	case s.Angry > 0:
		b.Mood = Angry
	case s.Misses > 0:
		b.Mood = Confused
	}
	switch {
	case len(b.Promises) > 0 && b.Promises[0].Due.Add(-24*time.Hour).Before(now):
		b.Next = NextPromise
	case s.Handoff.Stage == Requested || !s.Handoff.Unheard.IsZero():
		b.Next = NextAnswer
	case s.Paying != nil:
		b.Next = NextPayment
	case s.Pending() != "":
		b.Next = s.Pending()
	}
	return b
}

// facts are the values of a task in the order they were told, and then those that
// came without being asked.
func (k Task) facts() []Fact {
	slots := append(slices.Clone(k.Filled), slices.Sorted(maps.Keys(k.Values))...)
	var all []Fact
	for _, slot := range slots {
		value := strings.TrimSpace(k.Values[slot])
		if value != "" && !slices.ContainsFunc(all, func(f Fact) bool { return f.Slot == slot }) {
			all = append(all, Fact{slot, value})
		}
	}
	return all
}
