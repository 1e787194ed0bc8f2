package persona

import (
	"maps"
	"slices"
	"strings"
)

// How belief moves. One word alone never decides: from the prior it takes two
// pieces of evidence to pass lead.
const (
	priorNeutral = 0.6
	wordWeight   = 1.5
	fade         = 0.03 // share of the prior mixed back in at every message
	lead         = 0.5  // probability a persona needs before it is used
	margin       = 0.15 // and how far ahead of the one in use it must be
	keepReasons  = 8
)

// Learn returns what is believed after a message: words are its words, lower
// case; intents are those read in it. b is not changed.
func Learn(b Belief, set Set, words, intents []string) Belief {
	if len(set) == 0 {
		return b
	}
	p := make(map[string]float64, len(set))
	reasons := slices.Clip(b.Reasons)
	var sum float64
	for _, one := range set {
		was, known := b.P[one.ID]
		if !known {
			was = set.prior(one.ID)
		}
		now := was*(1-fade) + set.prior(one.ID)*fade
		for _, reason := range one.evidence(words, intents) {
			now *= 1 + reason.weight
			reasons = append(reasons, reason.name+" → "+one.ID)
		}
		p[one.ID] = now
		sum += now
	}
	for id := range p {
		p[id] /= sum
	}
	if len(reasons) > keepReasons {
		reasons = reasons[len(reasons)-keepReasons:]
	}
	return Belief{P: p, Used: choose(p, b.Persona()), Reasons: slices.Clone(reasons)}
}

// Persona returns the id of the persona in use.
func (b Belief) Persona() string {
	if b.Used == "" {
		return Neutral
	}
	return b.Used
}

// Fit says how well something with these qualities (0–1 by the names of
// Persona.Values) suits p: 0 for no relation, 1 at best.
func (p Persona) Fit(qualities map[string]float64) float64 {
	var fit, weight float64
	for name, value := range p.Values {
		weight += value
		fit += value * qualities[name]
	}
	if weight == 0 {
		return 0
	}
	return fit / weight
}

// prior is the probability of a persona before anything is known.
func (s Set) prior(id string) float64 {
	switch {
	case len(s) == 1:
		return 1
	case id == Neutral:
		return priorNeutral
	}
	return (1 - priorNeutral) / float64(len(s)-1)
}

type evidence struct {
	name   string
	weight float64
}

func (p Persona) evidence(words, intents []string) []evidence {
	var found []evidence
	for _, word := range words { // each is evidence once, however many beginnings it has
		i := slices.IndexFunc(p.Words, func(beginning string) bool { return strings.HasPrefix(word, beginning) })
		if i < 0 {
			continue
		}
		if e := (evidence{"word:" + p.Words[i], wordWeight}); !slices.Contains(found, e) {
			found = append(found, e)
		}
	}
	for _, intent := range intents {
		if weight, ok := p.Intent[intent]; ok {
			found = append(found, evidence{"intent:" + intent, weight})
		}
	}
	return found
}

func choose(p map[string]float64, used string) string {
	best := used
	for _, id := range slices.Sorted(maps.Keys(p)) {
		if p[id] > p[best] {
			best = id
		}
	}
	if best != used && p[best] >= lead && p[best] >= p[used]+margin {
		return best
	}
	return used
}
