package intents

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// MaxText is how many characters of a message are read; what comes after them
// is left unread.
const MaxText = 4000

// Model reads messages. It is immutable: any number of goroutines may share it.
type Model struct {
	classifier *classifier
	lexicon    *finnish.Lexicon // of things
	lexicons   map[string]*lexicon
	vocabulary *vocabulary
	questions  questions
	shares     shares // none when the labels are not the intents of Names
	shop       bool   // the labels are the intents of Names
}

// Train makes a Model of examples, lexicons laid out as [Data] is, and what the
// catalogue contributes. The same arguments make the same Model. When no
// label is one of [Names] the labels are the examples' own, and of the readings
// only Lang and Intents mean anything.
func Train(examples []Example, lexicons fs.FS, v Vocabulary) (*Model, error) {
	if len(examples) == 0 {
		return nil, errors.New("train: no examples")
	}
	v.Lexicon = cmp.Or(v.Lexicon, finnish.Base())
	m := &Model{lexicon: v.Lexicon, lexicons: map[string]*lexicon{}, questions: newQuestions(v.Answers, v.Lexicon)}
	for _, lang := range language.Codes {
		l, err := readLexicon(lexicons, lang, m.lexicon)
		if err != nil {
			return nil, fmt.Errorf("train: %w", err)
		}
		m.lexicons[lang] = l
	}
	numbers := map[string]int{}
	var labels []string
	samples := make([]sample, len(examples))
	langs := make([]string, len(examples))
	cutters := map[string]*cutter{}
	for lang, l := range m.lexicons {
		cutters[lang] = newCutter(lang, l.concepts, m.lexicon)
	}
	for i, e := range examples {
		number, ok := numbers[e.Intent]
		if !ok {
			number = len(labels)
			numbers[e.Intent] = number
			labels = append(labels, e.Intent)
			m.shop = m.shop || slices.Contains(Names, e.Intent)
		}
		lang := e.Lang
		if !slices.Contains(language.Codes, lang) {
			lang = language.Detect(e.Text, "")
		}
		langs[i] = lang
		samples[i] = sample{features(cutters[lang].tokens(limited(e.Text))), number}
	}
	m.classifier = newClassifier(labels, samples)
	if m.shop {
		m.shares = newShares(examples, langs)
	}
	common := map[string]bool{}
	for _, cut := range cutters {
		for _, t := range cut.known {
			common[t.lemma] = true
		}
	}
	m.vocabulary = newVocabulary(v, common)
	return m, nil
}

// Read tells what a message says. It never fails: what is not understood is
// [OutOfScope].
func (m *Model) Read(text string, h Hint) Reading {
	r := Reading{Text: text}
	text = limited(text)
	r.Lang = language.Detect(text, h.Lang)
	l := m.lexicons[r.Lang]
	cut := newCutter(r.Lang, l.concepts, m.lexicon)
	ts := cut.tokens(text)
	traits := features(ts)
	r.Intents = m.rank(traits, r.Lang)
	if !m.shop {
		r.Acted = []string{r.Intents[0].Name}
		return r
	}
	s := newScan(text, r.Lang, cut.words(text), l, m.vocabulary, h)
	r.Entities = s.read()
	r.Mood = s.mood()
	m.act(&r, ts, traits, s)
	if id := m.questions.answer(r.Lang, s.tokens); id != "" {
		r.Entities = append(r.Entities, Entity{Kind: Answer, Value: id, Text: text, End: len(text)})
	}
	return r
}

// limited returns the first MaxText characters.
func limited(text string) string {
	if len(text) <= MaxText {
		return text
	}
	n := 0
	for i := range text {
		if n == MaxText {
			return text[:i]
		}
		n++
	}
	return text
}

// leastP is the probability below which an intent is not worth telling.
const leastP = 0.01

// rank returns the intents that a message of a language with these traits has, best first, at least one.
func (m *Model) rank(traits []feature, lang string) []Intent {
	var space [32]float32
	p := space[:]
	if len(m.classifier.labels) > len(p) {
		p = make([]float32, len(m.classifier.labels))
	}
	p = p[:len(m.classifier.labels)]
	m.classifier.softmax(p, m.classifier.cells(traits))
	m.shares.weigh(p, m.classifier.labels, lang)
	var ranked []Intent
	best := 0
	for l, name := range m.classifier.labels {
		if p[l] > p[best] {
			best = l
		}
		if p[l] >= leastP {
			ranked = append(ranked, Intent{name, float64(p[l])})
		}
	}
	if len(ranked) == 0 {
		return []Intent{{m.classifier.labels[best], float64(p[best])}}
	}
	slices.SortStableFunc(ranked, func(a, b Intent) int { return cmp.Compare(b.P, a.P) })
	return ranked
}
