package intents

import (
	"math"

	"tiski/intents/language"
)

// alike is how alike a message and a known question must be: the cosine of
// their words weighed by rarity.
const alike = 0.62

// theSame is how alike they must be for the message to want what the question
// wants even when its own words do not suggest that, and suggested the
// probability at which they do.
const (
	theSame   = 0.8
	suggested = 0.02
)

// questions are the questions that have a fixed answer, by language.
type questions map[string]*asked

type asked struct {
	weights map[string]float64 // rarity of a lemma among the questions
	rare    float64            // of a lemma that no question has
	all     []way
}

// way is one way to ask a question.
type way struct {
	question *Question
	lemmas   map[string]bool
	length   float64
}

func newQuestions(all []Question, cutters map[string]*cutter) questions {
	q := questions{}
	for _, lang := range language.Codes {
		a := &asked{weights: map[string]float64{}}
		for i := range all {
			for _, text := range all[i].Ways {
				if language.Detect(text, lang) != lang {
					continue
				}
				one := way{question: &all[i], lemmas: lemmaSet(cutters[lang].words(text))}
				for lemma := range one.lemmas {
					a.weights[lemma]++
				}
				a.all = append(a.all, one)
			}
		}
		n := float64(len(a.all) + 1)
		for lemma, count := range a.weights {
			a.weights[lemma] = math.Log(1 + n/count)
		}
		a.rare = math.Log(1 + n)
		for i := range a.all {
			a.all[i].length = a.length(a.all[i].lemmas)
		}
		q[lang] = a
	}
	return q
}

// lemmaSet is what is said in words: a number says nothing of the question.
func lemmaSet(ts []token) map[string]bool {
	set := make(map[string]bool, len(ts))
	for _, t := range ts {
		if t.lemma != anyNumber {
			set[t.lemma] = true
		}
	}
	return set
}

func (a *asked) weight(lemma string) float64 {
	if w, ok := a.weights[lemma]; ok {
		return w
	}
	return a.rare
}

func (a *asked) length(lemmas map[string]bool) float64 {
	var sum float64
	for lemma := range lemmas {
		w := a.weight(lemma)
		sum += w * w
	}
	return math.Sqrt(sum)
}

// like returns the question that a message is most like, or nil, and how
// alike they are.
func (q questions) like(lang string, ts []token) (*Question, float64) {
	a := q[lang]
	if len(a.all) == 0 || len(ts) == 0 {
		return nil, 0
	}
	said := lemmaSet(ts)
	length := a.length(said)
	best := alike
	var found *Question
	for _, one := range a.all {
		var dot float64
		for lemma := range said {
			if one.lemmas[lemma] {
				w := a.weight(lemma)
				dot += w * w
			}
		}
		if like := dot / (length * one.length); like > best {
			best, found = like, one.question
		}
	}
	return found, best
}
