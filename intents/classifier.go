package intents

import (
	"math"
	"slices"
)

// classifier tells intents by the features of a message: multinomial logistic
// regression and, where it has learnt to, a layer of hidden sums beside it.
type classifier struct {
	labels []string
	known  *rowIndex // of features
	rarity []float32 // by row: how much rarer features weigh more
	rows   []int8    // a row for every feature: width weights, in steps of step
	step   []float32 // by row
	bias   []float32 // by label
	output []float32 // a row of hidden sums' weights for every label; nil when there are none
}

// width is how many weights a feature has: one for a label, one for a hidden sum.
func (c *classifier) width() int {
	if len(c.labels) == 0 {
		return 0
	}
	return len(c.labels) + len(c.output)/len(c.labels)
}

// tally is what the features of a message, or of a word, add up to.
type tally struct {
	sums       []float32 // by weight of a row
	length     float32   // squared
	known, all float32   // weight of the features that are known, and of all
}

// short is a key as features are known by.
func short(key uint64) uint32 { return uint32(key ^ key>>32) }

// count adds a feature to a tally.
func (c *classifier) count(t *tally, key uint64, weight float32) {
	t.all += weight
	row, ok := c.known.row(short(key))
	if !ok {
		t.length += weight * weight
		return
	}
	t.known += weight
	weight *= c.rarity[row]
	t.length += weight * weight
	weight *= c.step[row]
	n := len(t.sums)
	weights := c.rows[int(row)*n : int(row)*n+n]
	for i, w := range weights {
		t.sums[i] += weight * float32(w)
	}
}

// add adds what a part of a message adds up to.
func (t *tally) add(part *tally) {
	t.length += part.length
	t.known += part.known
	t.all += part.all
	for i, v := range part.sums {
		t.sums[i] += v
	}
}

// word adds up the features of one word.
func (c *classifier) word(e *entry) *tally {
	sum := &tally{sums: make([]float32, c.width())}
	e.traits(func(kind trait, key uint64, _ string) { c.count(sum, key, traitWeights[kind]) })
	return sum
}

// message adds up the features of a message or a part of one, the words of
// which have been added up.
func (c *classifier) message(tokens []token) *tally {
	sum := &tally{sums: make([]float32, c.width())}
	for i := range tokens {
		sum.add(tokens[i].sum)
	}
	known, all := sum.known, sum.all
	together(tokens, func(kind trait, key uint64, _, _ string) { c.count(sum, key, traitWeights[kind]) })
	sum.known, sum.all = known, all
	return sum
}

// familiar returns what share of the features are known.
func (t *tally) familiar() float64 { return float64(t.known / max(t.all, 1e-9)) }

// scale brings the features to length one, so that a long message weighs as
// much as a short one.
func (t *tally) scale() float32 { return 1 / float32(math.Sqrt(float64(t.length)+1e-9)) }

// chances fills p with the probability of every label.
func (c *classifier) chances(p []float32, t *tally) {
	scale := t.scale()
	n := len(c.labels)
	for l := range p {
		p[l] = c.bias[l] + scale*t.sums[l]
	}
	hidden := t.sums[n:]
	for i, h := range hidden {
		if h <= 0 {
			continue
		}
		for l := range p {
			p[l] += scale * h * c.output[l*len(hidden)+i]
		}
	}
	softmax(p)
}

// part returns what a feature adds to the log-odds of a label to another in a
// message: hidden sums above zero are as good as weights of labels.
func (c *classifier) part(message *tally, key uint64, weight float32, label, other int) float64 {
	row, ok := c.known.row(short(key))
	if !ok {
		return 0
	}
	width, n := c.width(), len(c.labels)
	w := c.rows[int(row)*width : int(row)*width+width]
	sum := float32(w[label]) - float32(w[other])
	for i, v := range w[n:] {
		if message.sums[n+i] > 0 {
			sum += float32(v) * (c.output[label*(width-n)+i] - c.output[other*(width-n)+i])
		}
	}
	return float64(message.scale() * weight * c.rarity[row] * c.step[row] * sum)
}

// negligible is how far a score is below the greatest when its label has no
// chance worth reckoning: less than one in a million.
const negligible = -14

// softmax turns scores into probabilities.
func softmax(p []float32) {
	top := slices.Max(p)
	var sum float32
	for l := range p {
		if p[l] -= top; p[l] < negligible {
			p[l] = 0
			continue
		}
		p[l] = float32(math.Exp(float64(p[l])))
		sum += p[l]
	}
	for l := range p {
		p[l] /= sum
	}
}
