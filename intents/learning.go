package intents

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// Learning is what examples teach. It knows nothing of a catalogue, and can be
// kept in a file.
type Learning struct {
	source     Source
	classifier *classifier
	shares     shares          // none when the labels are not the intents of Names
	usages     usages          // likewise
	common     map[string]bool // lemmas of the words of the examples
	shop       bool            // the labels are the intents of Names
	mostly     string          // the language that nearly all examples are in; "" when there is none
	used       []string        // words of the Finnish examples that customers use often, folded
	unknown    []string        // words of the Finnish examples that the built-in lexicon does not know
}

// Source tells examples, and how they are learnt from, from all others.
type Source [sha256.Size]byte

// learningVersion changes with what is learnt of the same features.
const learningVersion = "7"

// probes is how many examples' features are part of a Source.
const probes = 64

// SourceOf returns the Source of examples learnt from with these lexicons.
func SourceOf(examples []Example, lexicons fs.FS) (Source, error) {
	cutters, err := learners(lexicons)
	if err != nil {
		return Source{}, err
	}
	return sourceOf(examples, lexicons, cutters)
}

func sourceOf(examples []Example, lexicons fs.FS, cutters map[string]*cutter) (Source, error) {
	h := sha256.New()
	fmt.Fprintln(h, learningVersion)
	var b []byte
	for _, e := range examples {
		b = b[:0]
		for _, text := range []string{e.Lang, e.Intent, e.Text} {
			b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
		}
		h.Write(b)
	}
	for _, lang := range language.Codes {
		text, err := fs.ReadFile(lexicons, conceptFile(lang))
		if err != nil {
			return Source{}, fmt.Errorf("read ideas: %w", err)
		}
		h.Write(text)
	}
	for i := 0; i < len(examples); i += 1 + len(examples)/probes {
		e := examples[i]
		lang := spokenIn(e, "")
		for _, text := range []string{e.Text, NewNoise(1).Line(e.Text, lang)} {
			b = b[:0]
			for _, f := range features(cutters[lang].tokens(limited(text))) {
				b = binary.LittleEndian.AppendUint64(append(b, byte(f.kind)), f.key)
			}
			h.Write(b)
		}
	}
	return Source(h.Sum(nil)), nil
}

// learners cut the texts that are learnt from, by language.
func learners(lexicons fs.FS) (map[string]*cutter, error) {
	cutters := map[string]*cutter{}
	for _, lang := range language.Codes {
		ideas, err := conceptsOf(lexicons, lang)
		if err != nil {
			return nil, fmt.Errorf("learn: %w", err)
		}
		cutters[lang] = newCutter(lang, ideas, finnish.Base())
	}
	return cutters, nil
}

// spokenIn returns the language of an example; prior is what it probably is.
func spokenIn(e Example, prior string) string {
	if slices.Contains(language.Codes, e.Lang) {
		return e.Lang
	}
	return language.Detect(e.Text, prior)
}

// languagesOf returns the languages of the examples: where nearly all are in
// one, those that say little are in it, too.
func languagesOf(examples []Example) []string {
	langs := make([]string, len(examples))
	prior := ""
	for range 2 {
		for i, e := range examples {
			langs[i] = spokenIn(e, prior)
		}
		prior = mostSpoken(langs)
	}
	return langs
}

// nearlyAll is the share of examples in one language from which on a message
// of no clear language is taken to be in it.
const nearlyAll = 0.9

// mostSpoken returns the language that nearly all are, or "".
func mostSpoken(langs []string) string {
	count := map[string]int{}
	for _, lang := range langs {
		count[lang]++
	}
	for lang, n := range count {
		if float64(n) >= nearlyAll*float64(len(langs)) {
			return lang
		}
	}
	return ""
}

// Learn learns from examples, with the ideas of lexicons laid out as [Data]
// is. The same arguments teach the same.
func Learn(examples []Example, lexicons fs.FS) (*Learning, error) {
	if !slices.ContainsFunc(examples, func(e Example) bool { return slices.Contains(Names, e.Intent) }) {
		return learn(examples, lexicons, hiddenSums, false)
	}
	l, err := learn(examples, lexicons, 0, true)
	if err != nil {
		return nil, err
	}
	langs := languagesOf(examples)
	l.shop, l.shares, l.used = true, newShares(examples, langs), usedWords(examples)
	l.unknown = UnknownWords(finnish.Base(), func(yield func(string) bool) {
		for _, e := range examples {
			if e.Lang == language.Finnish && !yield(e.Text) {
				return
			}
		}
	})
	l.usages = newUsages(examples, langs, newCutters(finnish.Base().With(l.unknown...)))
	return l, nil
}

// learn learns with so many hidden sums. Steadily, what is left to chance about an
// example depends on no other.
func learn(examples []Example, lexicons fs.FS, hidden int, steadily bool) (*Learning, error) {
	if len(examples) == 0 {
		return nil, errors.New("learn: no examples")
	}
	cutters, err := learners(lexicons)
	if err != nil {
		return nil, err
	}
	source, err := sourceOf(examples, lexicons, cutters)
	if err != nil {
		return nil, err
	}
	l := &Learning{source: source, common: map[string]bool{}}
	numbers := map[string]int{}
	var labels []string
	langs := languagesOf(examples)
	l.mostly = mostSpoken(langs)
	for _, e := range examples {
		if _, ok := numbers[e.Intent]; !ok {
			numbers[e.Intent] = len(labels)
			labels = append(labels, e.Intent)
		}
	}
	samples := make([]sample, len(examples))
	var both sync.WaitGroup
	var lock sync.Mutex
	half := len(examples) / 2
	for seed, part := range [][2]int{{0, half}, {half, len(examples)}} {
		both.Go(func() {
			lemmas := map[string]bool{}
			noise := NewNoise(uint64(seed))
			for i := part[0]; i < part[1]; i++ {
				text, cut := limited(examples[i].Text), cutters[langs[i]]
				ts := cut.tokens(text)
				for j := range ts {
					lemmas[ts[j].lemma] = true
				}
				chance := hash(hash(offset, text), examples[i].Intent)
				if steadily {
					noise = NewNoise(chance)
				}
				noisy := cut.tokens(noise.Line(text, langs[i]))
				samples[i] = sample{chance, features(ts), features(noisy), numbers[examples[i].Intent]}
			}
			lock.Lock()
			defer lock.Unlock()
			for lemma := range lemmas {
				l.common[lemma] = true
			}
		})
	}
	both.Wait()
	l.classifier = newClassifier(labels, samples, hidden, steadily)
	return l, nil
}

// Unknown lists the words of the Finnish examples that the built-in lexicon does
// not know, as [UnknownWords] does. The list is shared: it must not be changed.
// Examples of other labels than [Names] tell none.
func (l *Learning) Unknown() []string { return l.unknown }

// Same reports whether another was learnt from the same source.
func (l *Learning) Same(other *Learning) bool { return l.From(other.source) }

// From reports whether this was learnt from a source.
func (l *Learning) From(s Source) bool { return l.source == s }
