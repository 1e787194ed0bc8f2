package intents

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// MaxText is how many characters of a message are read; what comes after them
// is left unread.
const MaxText = 4000

// Model reads messages. Any number of goroutines may share it.
type Model struct {
	*Learning
	lexicons   map[string]*lexicon
	cutters    map[string]*cutter
	vocabulary *vocabulary
	questions  questions
	kinds      map[string]*Learning // by language
	spelling   *language.Speller    // of the words that customers use often
}

// Train makes a Model of examples, lexicons laid out as [Data] is, and what the
// catalogue contributes. The same arguments make the same Model. When no
// label is one of [Names] the labels are the examples' own, and of the readings
// only Lang and Intents mean anything.
func Train(examples []Example, lexicons fs.FS, v Vocabulary) (*Model, error) {
	learning, err := Learn(examples, lexicons)
	if err != nil {
		return nil, err
	}
	return NewModel(learning, lexicons, v)
}

// NewModel makes a Model of what has been learnt, the lexicons that it was
// learnt with, and what the catalogue contributes.
func NewModel(learning *Learning, lexicons fs.FS, v Vocabulary) (*Model, error) {
	v.Lexicon = cmp.Or(v.Lexicon, finnish.Base())
	cutters := newCutters(v.Lexicon)
	m := &Model{Learning: learning, lexicons: map[string]*lexicon{}, cutters: map[string]*cutter{}, kinds: v.Kinds, spelling: language.NewSpeller(learning.used)}
	var catalogue sync.WaitGroup
	defer catalogue.Wait()
	catalogue.Go(func() {
		m.vocabulary = newVocabulary(v, cutters, learning.common)
		m.questions = newQuestions(v.Questions, cutters)
	})
	for _, lang := range language.Codes {
		l, err := readLexicon(lexicons, cutters[lang])
		if err != nil {
			return nil, fmt.Errorf("make a model: %w", err)
		}
		m.lexicons[lang] = l
		m.cutters[lang] = newCutter(lang, l.concepts, v.Lexicon)
		m.cutters[lang].model = m
	}
	return m, nil
}

// Asking returns a Model that knows these questions instead, and all else as this
// one does: what they share is not made anew.
func (m *Model) Asking(all []Question) *Model {
	other := *m
	other.questions = newQuestions(all, m.cutters)
	return &other
}

// Read tells what a message says. It never fails: what is not understood is
// [OutOfScope].
func (m *Model) Read(text string, h Hint) Reading {
	r := Reading{Text: text}
	text = limited(text)
	cut := language.Tokens(text)
	r.Lang = m.spoken(text, cut, h)
	cutter := m.cutters[r.Lang]
	ts := cutter.tell(cut)
	if mended := m.mended(text, ts); mended != text {
		return m.Read(mended, h)
	}
	r.Kinds = m.kindsOf(ts, r.Lang)
	if m.shop {
		ts = m.spelt(text, ts)
	}
	said := m.classifier.message(ts)
	r.Intents = m.rank(said, r.Lang)
	if !m.shop {
		r.Acted = []string{r.Intents[0].Name}
		return r
	}
	s := newScan(text, r.Lang, cutter.things(ts), m.lexicons[r.Lang], m.vocabulary, h)
	r.Entities = s.read()
	r.Mood, r.Number = s.mood(), s.number
	words := lemmas(s.tokens)
	asked, like := m.questions.like(r.Lang, words)
	if asked != nil && (like >= theSame || r.chance(asked.Intent) >= suggested) {
		r.raise(asked.Intent)
	}
	m.act(&r, ts, said.familiar(), s)
	if asked == nil {
		asked = m.questions.likeliest(r.Lang, words, r.Acted, m.usages)
	}
	if asked != nil {
		r.Entities = append(r.Entities, Entity{Kind: Answer, Value: asked.Answer, Text: text, End: len(text)})
	}
	return r
}

// spoken is the language of a message.
func (m *Model) spoken(text string, cut []language.Token, h Hint) string {
	prior := cmp.Or(h.Lang, m.mostly)
	return language.DetectTokens(text, cut, prior, h.First || prior == "")
}

// learnEntry notes what the model knows of a word by its fold and its lemma.
func (m *Model) learnEntry(e *entry) {
	if !m.shop {
		return
	}
	l, v := m.lexicons[e.lang], m.vocabulary
	e.signs, e.said = l.markers[e.fold], l.phrases.begun(e)
	if !language.Borrowed(e.fold) { // "tack" is no "täcken"
		e.catalogue = v.phrases[e.lang].begun(e)
	}
	e.counts = len(e.fold) > numberStart && l.starts[e.fold[:numberStart]]
	e.goods, e.head, e.brand, e.proper = v.noun(e), v.head(e), v.brands.find(e.fold), v.properWord(e)
	e.meant = m.meantBy(e)
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

// rank returns the intents that a message of a language has, best first, at
// least one.
func (m *Model) rank(said *tally, lang string) []Intent {
	c := m.classifier
	var space [32]float32
	p := space[:]
	if len(c.labels) > len(p) {
		p = make([]float32, len(c.labels))
	}
	p = p[:len(c.labels)]
	c.chances(p, said)
	m.shares.weigh(p, c.labels, lang)
	ranked := make([]Intent, 0, 8)
	best := 0
	for l, name := range c.labels {
		if p[l] > p[best] {
			best = l
		}
		if p[l] >= leastP {
			ranked = append(ranked, Intent{name, float64(p[l])})
		}
	}
	if len(ranked) == 0 {
		return append(ranked, Intent{c.labels[best], float64(p[best])})
	}
	slices.SortStableFunc(ranked, func(a, b Intent) int { return cmp.Compare(b.P, a.P) })
	return ranked
}
