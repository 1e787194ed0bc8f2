package intents

import (
	"math"
	"slices"

	"tiski/intents/language"
)

// foreignOdds is how many messages that are no shop's business are taken to
// come for each that is. The examples hold many more of them, since they are of
// so many kinds; taken as they are they would swallow shop matters. Chosen on
// held-out messages.
const foreignOdds = 0.15

// shares tells, by language, by what the odds of [OutOfScope] as learnt are to
// be multiplied: above 0, at most 1.
type shares map[string]float32

func newShares(examples []Example, langs []string) shares {
	foreign, own := map[string]float32{}, map[string]float32{}
	for i, e := range examples {
		if e.Intent == OutOfScope {
			foreign[langs[i]]++
		} else {
			own[langs[i]]++
		}
	}
	s := shares{}
	for _, lang := range language.Codes {
		s[lang] = 1
		if n := foreign[lang]; n > 0 {
			s[lang] = min(1, foreignOdds*own[lang]/n)
		}
	}
	return s
}

// weigh brings the probabilities of these labels from what is common among the
// examples to what is common among messages of a language.
func (s shares) weigh(p []float32, labels []string, lang string) {
	foreign := slices.Index(labels, OutOfScope)
	share, ok := s[lang]
	if !ok || foreign < 0 {
		return
	}
	without := 1 - p[foreign]
	p[foreign] *= share
	all := p[foreign] + without
	for l := range p {
		p[l] /= all
	}
}

// margin is what weigh adds to the log-odds of one label to another.
func (s shares) margin(best, second, lang string) float64 {
	share, ok := s[lang]
	switch {
	case ok && best == OutOfScope:
		return math.Log(float64(share))
	case ok && second == OutOfScope:
		return -math.Log(float64(share))
	}
	return 0
}
