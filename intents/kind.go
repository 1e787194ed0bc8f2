package intents

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
)

// Kind is a kind of writer and the logarithm of its probability, as far as one
// message shows. Word is the word of the message that speaks for it most, lower
// case; "" when none does.
type Kind struct {
	Name string
	LogP float64
	Word string
}

// LearnKinds learns kinds of writers from lines of one language, the Intent of which is the name
// of the kind, for [Vocabulary.Kinds]. A kind with many lines is not likelier for
// that. The rest is as for [Learn].
func LearnKinds(lines []Example, lexicons fs.FS) (*Learning, error) {
	l, err := learn(lines, lexicons, 0, false)
	if err != nil {
		return nil, fmt.Errorf("learn kinds: %w", err)
	}
	c := l.classifier
	count := make([]float64, len(c.labels))
	for _, line := range lines {
		count[slices.Index(c.labels, line.Intent)]++
	}
	for label, n := range count {
		c.bias[label] -= float32(math.Log(n))
	}
	return l, nil
}

// kindsOf tells how likely each kind of writer is, in the order in which the
// lines first name them; nil when the model has been taught none of the language.
func (m *Model) kindsOf(tokens []token, lang string) []Kind {
	learnt := m.kinds[lang]
	if learnt == nil {
		return nil
	}
	c := learnt.classifier
	sum := &tally{sums: make([]float32, c.width())}
	for i := range tokens {
		sum.add(tokens[i].kind)
	}
	together(tokens, func(kind trait, key uint64, _, _ string) { c.count(sum, key, traitWeights[kind]) })
	scale, all := sum.scale(), 0.0
	kinds := make([]Kind, len(c.labels))
	for l, name := range c.labels {
		kinds[l] = Kind{Name: name, LogP: float64(c.bias[l] + scale*sum.sums[l])}
		all += math.Exp(kinds[l].LogP)
	}
	all = math.Log(all)
	for l := range kinds {
		kinds[l].LogP -= all
	}
	var room [32]float32
	most := room[:]
	if len(kinds) > len(most) {
		most = make([]float32, len(kinds))
	}
	for i := range tokens {
		of := tokens[i].kind.sums[:len(kinds)]
		var mean float32
		for _, v := range of {
			mean += v / float32(len(of))
		}
		for l, v := range of {
			if v-mean > most[l] {
				most[l], kinds[l].Word = v-mean, tokens[i].Text
			}
		}
	}
	return kinds
}
