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
	rarity  []float32        // by row: how much rarer features weigh more
	weights []float32        // a row of len(labels) for every feature, the bias first
}

// sample is a message to learn from: its features and the number of its label.
type sample struct {
	features []feature
	label    int
}

// Settings of the learning, chosen on held-out messages.
const (
	rounds    = 16    // over all samples
	pace      = 0.65  // first step of a weight
	goodGuess = 0.02  // a sample guessed to within this teaches nothing more this round
	leastMiss = 0.001 // of a label, to be learnt from
	courage   = 1.4   // by which the weights grow in the end: what was learnt from halves is surer of wholes
)

// newClassifier learns by stochastic gradient descent; the step of a feature
// shrinks with what it has moved already (AdaGrad). The same samples give the
// same classifier.
func newClassifier(labels []string, samples []sample) *classifier {
	c := &classifier{labels: labels, known: map[uint64]int32{}}
	c.weigh(samples)
	rows := make([][]cell, len(samples))
	for i, s := range samples {
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
	var row []cell
	var missed []int
	for range rounds {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			row = seen(row[:0], rows[i], chance)
			c.softmax(p, row)
			p[samples[i].label] -= 1
			if -p[samples[i].label] < goodGuess {
				continue
			}
			var miss float32
			missed = missed[:0]
			for l, e := range p {
				miss += e * e
				if e > leastMiss || e < -leastMiss {
					missed = append(missed, l)
				}
			}
			for _, x := range row {
				moved[x.row] += miss * x.value * x.value
				step := pace * x.value / float32(math.Sqrt(float64(moved[x.row])+1e-6))
				w := c.weights[int(x.row)*n : int(x.row)*n+n]
				for _, l := range missed {
					w[l] -= step * p[l]
				}
			}
		}
	}
	for i := range c.weights {
		c.weights[i] *= courage
	}
	return c
}

// weigh numbers the features and finds how rare each is among the samples.
func (c *classifier) weigh(samples []sample) {
	count := []int{len(samples)}
	in := []int{-1} // the last sample that has the feature
	for i, s := range samples {
		for _, f := range s.features {
			row, ok := c.known[f.key]
			if !ok {
				row = int32(len(count))
				c.known[f.key] = row
				count, in = append(count, 0), append(in, -1)
			}
			if in[row] != i {
				count[row]++
				in[row] = i
			}
		}
	}
	c.rarity = make([]float32, len(count))
	for row, n := range count {
		c.rarity[row] = float32(math.Sqrt(math.Log(1 + float64(len(samples))/float64(n))))
	}
}

// seen appends half of the cells of a row, by chance, at double value: so no
// feature is relied on alone. The bias is always there.
func seen(into, row []cell, chance *rand.Rand) []cell {
	into = append(into, row[0])
	var bits uint64
	for i, x := range row[1:] {
		if i%64 == 0 {
			bits = chance.Uint64()
		}
		if bits>>(i%64)&1 == 1 {
			into = append(into, cell{x.row, 2 * x.value})
		}
	}
	return into
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
		weight := f.weight
		if row, ok := c.known[f.key]; ok {
			weight *= c.rarity[row]
			cells = append(cells, cell{row, weight})
		}
		sum += weight * weight
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
