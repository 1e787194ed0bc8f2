package intents

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// Limits of what is sought.
const (
	mostSought    = 8 // words
	beginning     = 4 // characters by which texts are picked that may have a word
	shortestBegun = 3 // characters of a word that is found by its beginning
	verbEnding    = 3 // characters at the end of a verb in which its forms differ
)

// Sought is what somebody looks for in texts of any of the languages: each of
// its words, in any form, or as the beginning of a word: "kengissä" is found in
// "talvikengille". It may be used by any number of goroutines.
type Sought struct {
	lexicon *finnish.Lexicon
	words   []soughtWord
}

type soughtWord struct {
	folded     string
	lemmas     []string // folded, by any reading of the word
	beginnings []string
}

// Seek reads what is looked for: its first eight words.
func Seek(x *finnish.Lexicon, text string) Sought {
	s := Sought{lexicon: x}
	tokens := language.Tokens(text)
	for _, t := range tokens[:min(len(tokens), mostSought)] {
		w := soughtWord{folded: language.Fold(t.Text)}
		w.lemmas, w.beginnings = headwords(x, t.Text), begins(nil, t.Text)
		for _, a := range x.Analyse(t.Text) {
			switch {
			case a.Guess:
				w.beginnings = begins(w.beginnings, bareStem(a.Lemma))
				continue
			case a.Form.Verb != finnish.NoVerb:
				r := []rune(a.Lemma)
				w.beginnings = begins(w.beginnings, string(r[:min(len(r), max(2, len(r)-verbEnding))]))
				continue
			}
			for _, f := range tellingForms {
				w.beginnings = begins(w.beginnings, x.Inflect(a.Lemma, f))
			}
		}
		for _, lang := range []string{"sv", "en"} {
			w.beginnings = begins(w.beginnings, language.Stem(lang, t.Text))
		}
		s.words = append(s.words, w)
	}
	return s
}

// tellingForms are forms that begin in all the ways that those of a noun do.
var tellingForms = []finnish.Form{
	{Case: finnish.Nominative}, {Case: finnish.Genitive}, {Case: finnish.Partitive}, {Case: finnish.Essive}, {Case: finnish.Genitive, Plural: true},
	{Case: finnish.Inessive, Plural: true}, {Case: finnish.Essive, Plural: true},
}

// begins adds the beginning of a form to those there are.
func begins(all []string, form string) []string {
	r := []rune(form)
	if short := string(r[:min(len(r), beginning)]); short != "" && !slices.Contains(all, short) {
		all = append(all, short)
	}
	return all
}

// headwords are what a word may be a form of, folded, with the parts of a
// compound.
func headwords(x *finnish.Lexicon, word string) []string {
	var all []string
	add := func(lemma string) {
		if !slices.Contains(all, lemma) {
			all = append(all, lemma)
		}
	}
	for _, a := range x.Analyse(word) {
		lemma, parts, _ := stems(x, word, language.Finnish, a)
		add(lemma)
		for _, p := range parts {
			add(p)
		}
	}
	for _, lang := range []string{"sv", "en"} {
		add(language.Fold(language.Stem(lang, word)))
	}
	return all
}

// Empty reports whether nothing is looked for.
func (s Sought) Empty() bool { return len(s.words) == 0 }

// Beginnings are, by word, characters of which a text with the word has one set
// somewhere, however its letters are dotted. A text that has them need not have the word: see
// [Sought.In].
func (s Sought) Beginnings() [][]string {
	var all [][]string
	for _, w := range s.words {
		all = append(all, w.beginnings)
	}
	return all
}

// In reports whether a text has all the words, and where the first of them to
// come is: its bytes from start to end.
func (s Sought) In(text string) (start, end int, ok bool) {
	tokens := language.Tokens(text)
	start = -1
	for _, w := range s.words {
		i := slices.IndexFunc(tokens, func(t language.Token) bool { return s.is(w, t.Text) })
		if i < 0 {
			return 0, 0, false
		}
		if t := tokens[i]; start < 0 || t.Start < start {
			start, end = t.Start, t.End
		}
	}
	return start, end, start >= 0
}

// is reports whether a word of a text is one that is looked for.
func (s Sought) is(w soughtWord, word string) bool {
	folded := language.Fold(word)
	if folded == w.folded || utf8.RuneCountInString(w.folded) >= shortestBegun && strings.HasPrefix(folded, w.folded) {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(word); r >= '0' && r <= '9' {
		return false
	}
	// What begins otherwise in every form is no form of it: most words are, and need no reading.
	if !slices.ContainsFunc(w.beginnings, func(b string) bool { return strings.Contains(folded, language.Fold(b)) }) {
		return false
	}
	return slices.ContainsFunc(headwords(s.lexicon, word), func(lemma string) bool { return slices.Contains(w.lemmas, lemma) })
}
