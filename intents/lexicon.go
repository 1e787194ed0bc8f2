package intents

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
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
	markers   map[marker]map[string]bool
}

// marker is a kind of word that tells what the word beside it means.
type marker string

const (
	aboutSize   marker = "size"
	atMost      marker = "max"
	atLeast     marker = "min"
	euro        marker = "euro"
	piece       marker = "pieces"
	otherUnit   marker = "unit"   // a number before it is no size, price or quantity
	aboutOrder  marker = "order"  // a number after it is an order's
	negation    marker = "not"    //
	wanting     marker = "want"   // may stand between a negation and what it denies
	besides     marker = "except" // what comes after it is not wanted
	nextOne     marker = "next"   //
	lastOne     marker = "last"   //
	aboutWeek   marker = "week"   //
	mailAt      marker = "at"     // "@", said aloud
	mailDot     marker = "dot"    //
	choice      marker = "or"     //
	conjunction marker = "and"    // begins another thing
	filler      marker = "filler" // may stand between a marker and its word
	seeming     marker = "seems"  // "musta tuntuu" names no colour
)

var markers = []marker{
	aboutSize, atMost, atLeast, euro, piece, otherUnit, aboutOrder, negation, wanting, besides,
	nextOne, lastOne, aboutWeek, mailAt, mailDot, choice, conjunction, filler, seeming,
}

// words finds the meaning of a word or a phrase.
type words struct {
	exact   map[string]string // folded
	lemmas  map[string]string
	longest int // words of the longest phrase
}

func readLexicon(fsys fs.FS, lang string) (*lexicon, error) {
	l := &lexicon{markers: map[marker]map[string]bool{}}
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
		if *file.into, err = newWords(meanings, lang, file.inflect); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	name := lang + "/markers.yaml"
	marked, err := readWords(fsys, name)
	if err != nil {
		return nil, err
	}
	for kind, phrases := range marked {
		if !slices.Contains(markers, marker(kind)) {
			return nil, fmt.Errorf("%s: unknown kind %q", name, kind)
		}
		l.markers[marker(kind)] = map[string]bool{}
		for _, phrase := range phrases {
			key, _ := keys(phrase, lang)
			l.markers[marker(kind)][key] = true
		}
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

func newWords(meanings map[string][]string, lang string, inflect bool) (words, error) {
	w := words{map[string]string{}, map[string]string{}, 1}
	for _, meaning := range slices.Sorted(maps.Keys(meanings)) {
		for _, phrase := range meanings[meaning] {
			fold, lemma := keys(phrase, lang)
			if m, ok := w.exact[fold]; ok && m != meaning {
				return w, fmt.Errorf("%q means both %s and %s", phrase, m, meaning)
			}
			w.exact[fold] = meaning
			w.longest = max(w.longest, 1+strings.Count(fold, " "))
			if inflect {
				if m, ok := w.lemmas[lemma]; ok && m != meaning {
					return w, fmt.Errorf("%q cannot be told from a word that means %s", phrase, m)
				}
				w.lemmas[lemma] = meaning
			}
		}
	}
	return w, nil
}

// keys returns what a phrase is found by: its words folded, and their lemmas.
func keys(phrase, lang string) (fold, lemma string) {
	ts := lemmatizer{}.words(phrase, lang)
	return joined(ts)
}

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

// at returns what the words from the i-th on mean, the longest phrase first,
// and how many words it took; 0 when they mean nothing.
func (w *words) at(ts []token, i int) (meaning string, n int) {
	for n := min(w.longest, len(ts)-i); n > 0; n-- {
		fold, lemma := joined(ts[i : i+n])
		if m, ok := w.exact[fold]; ok {
			return m, n
		}
		if m, ok := w.lemmas[lemma]; ok {
			return m, n
		}
	}
	return "", 0
}

// longestMarker is how many words a marker may have.
const longestMarker = 4

// marks returns how many words from the i-th on are a marker of this kind; 0
// when they are none.
func (l *lexicon) marks(kind marker, ts []token, i int) int {
	if i < 0 || i >= len(ts) {
		return 0
	}
	for n := min(longestMarker, len(ts)-i); n > 0; n-- {
		fold, _ := joined(ts[i : i+n])
		if l.markers[kind][fold] {
			return n
		}
	}
	return 0
}
