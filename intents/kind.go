package intents

import (
	"errors"
	"io/fs"
	"math"
	"slices"
)

// Kinds tell of what kind whoever writes is, as lines of each kind teach it.
type Kinds struct {
	classifier *classifier
	mostly     string // the language that nearly all lines are in, in which alone kinds are told; "" when there is none
}

// Kind is a kind of writer and the logarithm of its probability, as far as one
// message shows. Word is the word of the message that speaks for it most, lower
// case; "" when none does.
type Kind struct {
	Name string
	LogP float64
	Word string
}

// LearnKinds learns from lines, the Intent of which is the name of the kind,
// with the ideas of lexicons laid out as [Data] is. A kind with many lines is
// not likelier for that. The same arguments teach the same.
func LearnKinds(lines []Example, lexicons fs.FS) (*Kinds, error) {
	if len(lines) == 0 {
		return nil, errors.New("learn kinds: no lines")
	}
	cutters, err := learners(lexicons)
	if err != nil {
		return nil, err
	}
	var labels []string
	var count []int // of lines, by label
	samples := make([]sample, len(lines))
	noise := NewNoise(1)
	langs := languagesOf(lines)
	for i, lang := range langs {
		text := limited(lines[i].Text)
		label := slices.Index(labels, lines[i].Intent)
		if label < 0 {
			label = len(labels)
			labels, count = append(labels, lines[i].Intent), append(count, 0)
		}
		count[label]++
		samples[i] = sample{features(cutters[lang].tokens(text)), features(cutters[lang].tokens(noise.Line(text, lang))), label}
	}
	c := newClassifier(labels, samples, 0)
	for l, n := range count {
		c.bias[l] -= float32(math.Log(float64(n)))
	}
	return &Kinds{c, mostSpoken(langs)}, nil
}

// kindsOf tells how likely each kind of writer is, in the order in which the
// lines first name them; nil when the model has been taught none of the language.
func (m *Model) kindsOf(tokens []token, lang string) []Kind {
	if m.kinds == nil || m.kinds.mostly != "" && m.kinds.mostly != lang {
		return nil
	}
	c := m.kinds.classifier
	sum := &tally{sums: make([]float32, len(c.labels))}
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
		of := tokens[i].kind.sums
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
