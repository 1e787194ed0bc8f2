package persona

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Belief is what is believed of one customer; it lives in the conversation's
// state.
type Belief struct {
	Leans   []Lean    `json:"leans,omitempty"` // of every persona but Neutral; nil: nothing known yet
	Used    string    `json:"used,omitempty"`  // the persona in use; "" is Neutral
	Reasons []Reason  `json:"why,omitempty"`   // latest evidence, newest last, at most 8
	Gift    bool      `json:"gift,omitempty"`  // is looking for somebody else's goods now
	Learnt  time.Time `json:"learnt,omitzero"` // when evidence came last
}

// Lean is how much speaks for a persona, in logarithms of odds beside its
// prior: 0 nothing, 1.1 three times as likely, below 0 against it.
type Lean struct {
	For  string  `json:"for"`
	Own  float64 `json:"own,omitempty"`
	Gift float64 `json:"gift,omitempty"` // of the goods sought as a gift; dropped with it
}

// Reason is a piece of evidence that spoke for a persona. Name depends on the
// kind: the beginning of a word or a phrase as the shop's file has it, a sign
// or an intent, a category, a value, a product.
type Reason struct {
	For  string `json:"for"`
	Kind Kind   `json:"kind"`
	Name string `json:"name"`
}

// Persona returns the id of the persona in use.
func (b Belief) Persona() string {
	if b.Used == "" {
		return Neutral
	}
	return b.Used
}

// P is the probability of a persona; Neutral's is that of nobody known.
func (b Belief) P(id string) float64 {
	sum, of := 1.0, 0.0
	for _, l := range b.Leans {
		odds := math.Exp(prior(len(b.Leans)) + l.Own + l.Gift)
		sum += odds
		if l.For == id {
			of = odds
		}
	}
	if id == Neutral {
		of = 1
	}
	return of / sum
}

// leaning is how much speaks for a persona.
func (b Belief) leaning(id string) float64 {
	if l := b.lean(id, 0); l != nil {
		return l.Own + l.Gift
	}
	return 0
}

// lean is that for a persona, looked for from a place on, where it likely is; nil
// when there is none.
func (b Belief) lean(id string, from int) *Lean {
	for i := range b.Leans {
		if l := &b.Leans[(from+i)%len(b.Leans)]; l.For == id {
			return l
		}
	}
	return nil
}

// Own is b without what is of a gift: what may be remembered of the customer.
func (b Belief) Own() Belief {
	if !b.Gift {
		return b
	}
	b.Gift = false
	b.Leans = slices.Clone(b.Leans)
	for i := range b.Leans {
		b.Leans[i].Gift = 0
	}
	b.Used = b.choose(func(string) bool { return true })
	return b
}

// Without is b after somebody has seen that the customer is not like a persona:
// it takes much to believe it again. b is not changed.
func (b Belief) Without(id string) Belief {
	b.Leans = slices.Clone(b.Leans)
	for i := range b.Leans {
		if b.Leans[i].For == id {
			b.Leans[i].Own, b.Leans[i].Gift = -most, 0
		}
	}
	b.Reasons = slices.DeleteFunc(slices.Clone(b.Reasons), func(r Reason) bool { return r.For == id })
	b.Used = b.choose(func(string) bool { return true })
	return b
}

// Why are the reasons for the persona in use, newest first, each once: of a word
// and its beginning, or a phrase with it, the longer.
func (b Belief) Why() []Reason {
	var all []Reason
	for i := len(b.Reasons) - 1; i >= 0; i-- {
		r := b.Reasons[i]
		if r.For == b.Used && !slices.ContainsFunc(b.Reasons, r.within) {
			all = append(all, r)
		}
	}
	return all
}

// within reports whether a reason's words are part of those of another.
func (r Reason) within(other Reason) bool {
	quoted := func(k Kind) bool { return k == Word || k == Phrase }
	return r.For == other.For && quoted(r.Kind) && quoted(other.Kind) && len(r.Name) < len(other.Name) &&
		strings.Contains(other.Name, strings.TrimSuffix(r.Name, "*"))
}
