package intents

import (
	"math"
	"math/rand/v2"
	"slices"
)

// classifier is multinomial logistic regression over the features of a message.
type classifier struct {
	labels  []string
	known   map[uint64]int32 // feature -> its row of weights
	weights []float32        // a row of len(labels) for every feature, the bias first
}

// sample is a message to learn from: its features and the number of its label.
type sample struct {
	features []feature
	label    int
}

// Settings of the learning, chosen on held-out messages.
const (
	rounds    = 8    // over all samples
	pace      = 0.65 // first step of a weight
	goodGuess = 0.02 // a sample guessed to within this teaches nothing more this round
)

// newClassifier learns by stochastic gradient descent; the step of a feature
// shrinks with what it has moved already (AdaGrad). The same samples give the
// same classifier.
func newClassifier(labels []string, samples []sample) *classifier {
	c := &classifier{labels: labels, known: map[uint64]int32{}}
	rows := make([][]cell, len(samples))
	for i, s := range samples {
		for _, f := range s.features {
			if _, ok := c.known[f.key]; !ok {
				c.known[f.key] = int32(len(c.known) + 1)
			}
		}
		rows[i] = c.cells(s.features)
	}
	n := len(labels)
	c.weights = make([]float32, (len(c.known)+1)*n)
	moved := make([]float32, len(c.known)+1)

	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	chance := rand.New(rand.NewPCG(1, 2))
	p := make([]float32, n)
	for range rounds {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			c.softmax(p, rows[i])
			p[samples[i].label] -= 1
			if -p[samples[i].label] < goodGuess {
				continue
			}
			var missed float32
			for _, e := range p {
				missed += e * e
			}
			for _, x := range rows[i] {
				moved[x.row] += missed * x.value * x.value
				step := pace * x.value / float32(math.Sqrt(float64(moved[x.row])+1e-6))
				w := c.weights[int(x.row)*n : int(x.row)*n+n]
				for l, e := range p {
					w[l] -= step * e
				}
			}
		}
	}
	return c
}

// cell is a known feature of one message.
type cell struct {
	row   int32
	value float32
}

// cells looks up the features and brings them to length one, so that a long
// message weighs as much as a short one.
func (c *classifier) cells(features []feature) []cell {
	cells := make([]cell, 1, len(features)+1)
	cells[0] = cell{0, 1}
	var sum float32
	for _, f := range features {
		if row, ok := c.known[f.key]; ok {
			cells = append(cells, cell{row, f.weight})
		}
		sum += f.weight * f.weight
	}
	scale := 1 / float32(math.Sqrt(float64(sum)+1e-9))
	for i := range cells[1:] {
		cells[i+1].value *= scale
	}
	return cells
}

// softmax fills p with the probability of every label.
func (c *classifier) softmax(p []float32, cells []cell) {
	n := len(c.labels)
	clear(p)
	for _, x := range cells {
		for l, w := range c.weights[int(x.row)*n : int(x.row)*n+n] {
			p[l] += w * x.value
		}
	}
	top := slices.Max(p)
	var sum float32
	for l := range p {
		p[l] = float32(math.Exp(float64(p[l] - top)))
		sum += p[l]
	}
	for l := range p {
		p[l] /= sum
	}
}

// familiar returns what share of a message's features were among the samples.
func (c *classifier) familiar(features []feature) float64 {
	var known, all float32
	for _, f := range features {
		all += f.weight
		if _, ok := c.known[f.key]; ok {
			known += f.weight
		}
	}
	return float64(known / max(all, 1e-9))
}
