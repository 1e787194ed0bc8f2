package intents

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"tiski/intents/language"
)

// mostReasons is how many reasons an [Explanation] gives.
const mostReasons = 12

// Explanation tells why the examples suggest an intent for a message. What the
// words themselves show (a bare size, the name of goods) may stand above that
// in [Reading].
type Explanation struct {
	Words    []Word   `json:"words"`
	Intent   string   `json:"intent"`
	RunnerUp string   `json:"runner_up"` // "" when the model knows one intent only
	Margin   float64  `json:"margin"`    // log-odds of the intent to the runner-up
	Familiar float64  `json:"familiar"`  // share of the message's traits that the examples have, 0–1
	Reasons  []Reason `json:"reasons"`   // the weightiest first
}

// Word is a word of a message as it is compared.
type Word struct {
	Text  string   `json:"text"`
	Lemma string   `json:"lemma"`
	Parts []string `json:"parts,omitempty"` // of a compound
	Ideas []string `json:"ideas,omitempty"` // what it is about
}

// Reason is a trait of a message and its part of the margin: below zero it
// speaks for the runner-up.
type Reason struct {
	Kind   string  `json:"kind"` // bias, word, part, form, piece, pair, meet, not, idea, ideas, share
	Trait  string  `json:"trait"`
	Weight float64 `json:"weight"`
}

// Explain tells how the intents of a message were ranked.
func (m *Model) Explain(text string, h Hint) Explanation {
	text = limited(text)
	lang := m.spoken(text, language.Tokens(text), h)
	ts := m.cutters[lang].tokens(text)
	c := m.classifier
	said := c.message(ts)
	e := Explanation{Words: []Word{}, Reasons: []Reason{}, Familiar: said.familiar()}
	for _, t := range ts {
		w := Word{Text: t.Text, Lemma: t.lemma, Parts: t.parts}
		for _, idea := range t.ideas {
			if idea != "" {
				w.Ideas = append(w.Ideas, idea)
			}
		}
		e.Words = append(e.Words, w)
	}
	p := make([]float32, len(c.labels))
	c.chances(p, said)
	m.shares.weigh(p, c.labels, lang)
	best, second := bestTwo(p)
	e.Intent = c.labels[best]
	if second < 0 {
		return e
	}
	e.RunnerUp = c.labels[second]
	weight := map[Reason]float64{{Kind: traitNames[aBias]}: float64(c.bias[best] - c.bias[second])}
	tell := func(kind trait, key uint64, name string) {
		weight[Reason{Kind: traitNames[kind], Trait: name}] += c.part(said, key, traitWeights[kind], best, second)
	}
	for i := range ts {
		ts[i].traits(tell)
	}
	together(ts, func(kind trait, key uint64, one, other string) { tell(kind, key, strings.TrimSpace(one+" "+other)) })
	for of := range weight {
		e.Margin += weight[of]
	}
	if part := m.shares.margin(e.Intent, e.RunnerUp, lang); part != 0 {
		weight[Reason{Kind: "share", Trait: OutOfScope}] = part
		e.Margin += part
	}
	for of, sum := range weight {
		of.Weight = sum
		e.Reasons = append(e.Reasons, of)
	}
	slices.SortFunc(e.Reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Trait, b.Trait))
	})
	e.Reasons = e.Reasons[:min(mostReasons, len(e.Reasons))]
	return e
}

// bestTwo returns the indexes of the greatest probability and of the next, -1
// when there is none.
func bestTwo(p []float32) (best, second int) {
	second = -1
	for l := 1; l < len(p); l++ {
		switch {
		case p[l] > p[best]:
			best, second = l, best
		case second < 0 || p[l] > p[second]:
			second = l
		}
	}
	return best, second
}
