package intents

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tiski/intents/finnish"
)

// lexicon is what one language calls colours, numbers and so on: the files
// <lang>/*.yaml, each a list of words by what they mean.
type lexicon struct {
	colours   words // -> canonical Finnish colour
	audiences words // -> women, men, child, baby
	sizes     words // -> S, M, L …
	numbers   words // -> digits
	days      words // -> days from today, or mon … sun
	months    words // -> 1 … 12
	markers   markers
	concepts  *concepts
}

// words finds the meaning of a word or a phrase.
type words struct {
	exact   map[string]string // folded
	lemmas  map[string]string
	dotted  map[string]bool // phrases whose stems have dots
	lengths map[string]int  // first word, folded or as lemma -> words of the longest phrase that begins so
}

func readLexicon(fsys fs.FS, lang string, known *finnish.Lexicon) (*lexicon, error) {
	l := &lexicon{}
	for _, file := range []struct {
		name    string
		into    *words
		inflect bool
	}{
		{"colours", &l.colours, true},
		{"audiences", &l.audiences, true},
		{"sizes", &l.sizes, false},
		{"numbers", &l.numbers, true},
		{"days", &l.days, false},
		{"months", &l.months, false},
	} {
		name := lang + "/" + file.name + ".yaml"
		meanings, err := readWords(fsys, name)
		if err != nil {
			return nil, err
		}
		if *file.into, err = newWords(meanings, lang, file.inflect, known); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	var err error
	if l.markers, err = readMarkers(fsys, lang); err != nil {
		return nil, err
	}
	if l.concepts, err = readConcepts(fsys, lang); err != nil {
		return nil, err
	}
	return l, nil
}

func readWords(fsys fs.FS, file string) (map[string][]string, error) {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read lexicon: %w", err)
	}
	var meanings map[string][]string
	if err := yaml.Unmarshal(text, &meanings); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return meanings, nil
}

func noWords() words {
	return words{map[string]string{}, map[string]string{}, map[string]bool{}, map[string]int{}}
}

func newWords(meanings map[string][]string, lang string, inflect bool, known *finnish.Lexicon) (words, error) {
	w := noWords()
	for _, meaning := range slices.Sorted(maps.Keys(meanings)) {
		for _, phrase := range meanings[meaning] {
			ts := newCutter(lang, nil, known).words(phrase)
			fold, lemma := joined(ts)
			if m, ok := w.exact[fold]; ok && m != meaning {
				return w, fmt.Errorf("%q means both %s and %s", phrase, m, meaning)
			}
			w.exact[fold] = meaning
			w.begin(fold)
			w.dot(ts, fold, lemma)
			if inflect {
				if m, ok := w.lemmas[lemma]; ok && m != meaning {
					return w, fmt.Errorf("%q cannot be told from a word that means %s", phrase, m)
				}
				w.lemmas[lemma] = meaning
				w.begin(lemma)
			}
		}
	}
	return w, nil
}

// joined returns what a phrase is found by: its words folded, and their lemmas.
func joined(ts []token) (fold, lemma string) {
	if len(ts) == 0 {
		return "", ""
	}
	fold, lemma = ts[0].fold, ts[0].lemma
	for _, t := range ts[1:] {
		fold += " " + t.fold
		lemma += " " + t.lemma
	}
	return fold, lemma
}

// dot notes that these words have dots.
func (w *words) dot(ts []token, fold, lemma string) {
	if hasDots(ts) {
		w.dotted[fold], w.dotted[lemma] = true, true
	}
}

func hasDots(ts []token) bool {
	return slices.ContainsFunc(ts, func(t token) bool { return t.dots })
}

func (w *words) begin(phrase string) {
	first, _, _ := strings.Cut(phrase, " ")
	w.lengths[first] = max(w.lengths[first], 1+strings.Count(phrase, " "))
}

// at returns what the words from the i-th on mean, the longest phrase first,
// and how many words it took; 0 when they mean nothing. Dots may be left out,
// but not added: "väärä" is no "vaari".
func (w *words) at(ts []token, i int) (meaning string, n int) {
	longest := max(w.lengths[ts[i].fold], w.lengths[ts[i].lemma])
	for n := min(longest, len(ts)-i); n > 0; n-- {
		fold, lemma := joined(ts[i : i+n])
		dots := hasDots(ts[i : i+n])
		if m, ok := w.exact[fold]; ok && (!dots || w.dotted[fold]) {
			return m, n
		}
		if m, ok := w.lemmas[lemma]; ok && (!dots || w.dotted[lemma]) {
			return m, n
		}
	}
	return "", 0
}
