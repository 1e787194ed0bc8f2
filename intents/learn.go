package intents

import (
	"cmp"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// sample is a message to learn from: its features, those of a noisy copy of
// it, and the number of its label.
type sample struct {
	seed     uint64 // of what is left to chance about it alone
	features []feature
	noisy    []feature
	label    int
}

// Settings of the learning, chosen on held-out messages.
const (
	rounds    = 14    // over all samples
	pace      = 0.65  // first step of a weight
	goodGuess = 0.02  // a sample guessed to within this teaches nothing
	sureGuess = 0.1   // a sample guessed to within this rests for a round, then for three, then for longestRest
	leastMiss = 0.001 // of a label, to be learnt from
	courage   = 1.4   // by which the weights grow in the end: what was learnt from halves is surer of wholes
	noisily   = 0.33  // share of the noisy copies among what is learnt from
	leastMet  = 3     // messages with a pair of words, for it to be known

	longestRest = 7 // rounds

	hiddenSums  = 160 // for labels that are not the intents of Names, which gain nothing by them
	hiddenShare = 0.4 // of what is told by hidden sums, where there are any
)

// cell is a known feature of one message.
type cell struct {
	row   int32
	value float32
}

// lesson is a sample as it is learnt from.
type lesson struct {
	seed         uint64
	cells, noisy []cell
	label        int
}

// newClassifier learns from samples, with so many hidden sums. The same
// samples give the same classifier.
func newClassifier(labels []string, samples []sample, hidden int, steadily bool) *classifier {
	c := &classifier{labels: labels, known: newRowIndex(0)}
	c.meet(samples)
	lessons := c.lessons(samples)
	direct := &direct{labels: len(labels)}
	indirect := &indirect{labels: len(labels), sums: hidden}
	var both sync.WaitGroup
	pupil := newPupil(1, len(lessons))
	if steadily {
		pupil.steadily(lessons)
	}
	both.Go(func() { direct.learn(lessons, len(c.rarity), pupil) })
	if hidden > 0 {
		both.Go(func() { indirect.learn(lessons, len(c.rarity)) })
	}
	both.Wait()
	c.keep(direct, indirect)
	return c
}

// lessons turns samples into what is learnt from.
func (c *classifier) lessons(samples []sample) []lesson {
	all := make([]lesson, len(samples))
	var both sync.WaitGroup
	half := len(samples) / 2
	for _, part := range [][2]int{{0, half}, {half, len(samples)}} {
		both.Go(func() {
			for i, s := range samples[part[0]:part[1]] {
				all[part[0]+i] = lesson{s.seed, c.cells(s.features), c.cells(s.noisy), s.label}
			}
		})
	}
	both.Wait()
	return all
}

// meet numbers the features and finds how rare each is among the samples.
func (c *classifier) meet(samples []sample) {
	type met struct {
		key      uint32
		kind     trait
		messages int32
		last     int32 // message
	}
	var all []met
	seen := newRowIndex(16 * len(samples))
	for i, s := range samples {
		for _, f := range s.features {
			key := short(f.key)
			at, ok := seen.row(key)
			if !ok {
				at = int32(len(all))
				seen.put(key, at)
				all = append(all, met{key: key, kind: f.kind, last: -1})
			}
			if m := &all[at]; m.last != int32(i) {
				m.messages++
				m.last = int32(i)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b met) int { return int(b.messages - a.messages) }) // what is often looked at lies together
	for _, m := range all {
		if m.messages < leastMet && (m.kind == aPair || m.kind == aMeet) {
			continue
		}
		c.known.put(m.key, int32(len(c.rarity)))
		c.rarity = append(c.rarity, float32(math.Sqrt(math.Log(1+float64(len(samples))/float64(m.messages)))))
	}
}

// cells looks up the features and brings them to length one.
func (c *classifier) cells(features []feature) []cell {
	cells := make([]cell, 0, len(features))
	var sum float32
	for _, f := range features {
		weight := traitWeights[f.kind]
		if row, ok := c.known.row(short(f.key)); ok {
			weight *= c.rarity[row]
			cells = append(cells, cell{row, weight})
		}
		sum += weight * weight
	}
	scale := 1 / float32(math.Sqrt(float64(sum)+1e-9))
	for i := range cells {
		cells[i].value *= scale
	}
	return cells
}

// pupil learns the lessons in a new order every round, and lets those rest
// that it is sure of.
type pupil struct {
	source      *rand.PCG
	chance      *rand.Rand
	steady      []lesson // those whose own chance counts, or nil
	drawn       []uint64 // by lesson, what it is put in order by
	rounds      uint64
	order       []int
	rest, pause []int // rounds, by lesson: from now, and when it is next known well
	row         []cell
}

func newPupil(seed uint64, lessons int) *pupil {
	p := &pupil{
		source: rand.NewPCG(seed, 2),
		order:  make([]int, lessons), rest: make([]int, lessons), pause: make([]int, lessons),
	}
	p.chance = rand.New(p.source)
	for i := range p.order {
		p.order[i] = i
	}
	return p
}

// steadily leaves to chance only what each lesson brings along, so that a lesson more
// changes little of what the others teach.
func (p *pupil) steadily(lessons []lesson) {
	p.steady, p.drawn = lessons, make([]uint64, len(lessons))
}

// round goes through the lessons that do not rest.
func (p *pupil) round() iter.Seq[int] {
	p.rounds++
	if p.steady == nil {
		p.chance.Shuffle(len(p.order), func(i, j int) { p.order[i], p.order[j] = p.order[j], p.order[i] })
	}
	for i := range p.steady {
		p.source.Seed(p.steady[i].seed, p.rounds)
		p.drawn[i] = p.source.Uint64()
	}
	if p.steady != nil {
		slices.SortStableFunc(p.order, func(a, b int) int { return cmp.Compare(p.drawn[a], p.drawn[b]) })
	}
	return func(yield func(int) bool) {
		for _, i := range p.order {
			if p.rest[i] > 0 {
				p.rest[i]--
				continue
			}
			if p.steady != nil {
				p.source.Seed(p.steady[i].seed, ^p.rounds)
			}
			if !yield(i) {
				return
			}
		}
	}
}

// knows notes by how much the guess of a lesson missed, and reports whether the
// lesson teaches nothing.
func (p *pupil) knows(lesson int, missed float32) bool {
	if missed >= sureGuess {
		p.pause[lesson] = 0
		return false
	}
	p.rest[lesson] = p.pause[lesson]
	p.pause[lesson] = min(2*p.pause[lesson]+1, longestRest)
	return missed < goodGuess
}

// look returns half of the cells of a lesson or of its noisy copy, by chance,
// at double value: so no feature is relied on alone.
func (p *pupil) look(l *lesson) []cell {
	from := l.cells
	if p.chance.Float64() < noisily {
		from = l.noisy
	}
	p.row = slices.Grow(p.row[:0], len(from))[:len(from)]
	n := 0
	var bits uint64
	for i, x := range from {
		if i%64 == 0 {
			bits = p.chance.Uint64()
		}
		p.row[n] = cell{x.row, 2 * x.value}
		n += int(bits >> (i % 64) & 1) // no branch, which nobody could foretell
	}
	return p.row[:n]
}

// direct learns weights of features for labels by stochastic gradient descent;
// the step of a feature shrinks with what it has moved already (AdaGrad).
type direct struct {
	labels  int
	weights []float32
	bias    []float32
}

func (d *direct) learn(lessons []lesson, features int, pupil *pupil) {
	n := d.labels
	d.weights, d.bias = make([]float32, features*n), make([]float32, n)
	moved := make([]float32, features)
	var biasMoved float32
	p := make([]float32, n)
	var missed []int
	for range rounds {
		for i := range pupil.round() {
			row := pupil.look(&lessons[i])
			copy(p, d.bias)
			for _, x := range row {
				w := d.weights[int(x.row)*n : int(x.row)*n+n]
				for l := range p {
					p[l] += w[l] * x.value
				}
			}
			softmax(p)
			p[lessons[i].label]--
			if pupil.knows(i, -p[lessons[i].label]) {
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
			biasMoved += miss
			step := pace / float32(math.Sqrt(float64(biasMoved)))
			for _, l := range missed {
				d.bias[l] -= step * p[l]
			}
			for _, x := range row {
				moved[x.row] += miss * x.value * x.value
				step := pace * x.value / float32(math.Sqrt(float64(moved[x.row])+1e-6))
				w := d.weights[int(x.row)*n : int(x.row)*n+n]
				for _, l := range missed {
					w[l] -= step * p[l]
				}
			}
		}
	}
}

// keep puts together what was learnt, each row in steps of its greatest weight.
func (c *classifier) keep(d *direct, in *indirect) {
	n, h := len(c.labels), in.sums
	var share float32
	if h > 0 {
		share = hiddenShare
	}
	c.bias = make([]float32, n)
	for l := range c.bias {
		c.bias[l] = courage * (1 - share) * d.bias[l]
	}
	for l, w := range in.bias {
		c.bias[l] += share * w
	}
	c.output = make([]float32, n*h)
	for i, w := range in.output {
		c.output[i] = share * w
	}
	c.rows = make([]int8, 0, len(c.rarity)*(n+h))
	c.step = make([]float32, len(c.rarity))
	row := make([]float32, n+h)
	for r := range c.rarity {
		for l := range n {
			row[l] = courage * (1 - share) * d.weights[r*n+l]
		}
		copy(row[n:], in.rows[r*h:r*h+h])
		greatest := float32(1e-9)
		for _, w := range row {
			greatest = max(greatest, w, -w)
		}
		c.step[r] = greatest / math.MaxInt8
		for _, w := range row {
			c.rows = append(c.rows, int8(math.Round(float64(w/c.step[r]))))
		}
	}
}
