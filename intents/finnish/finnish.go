// Package finnish knows Finnish words: it analyses any form of a word to its
// headword, and inflects any headword.
//
// Nothing lists all forms of a word. A headword and its inflection class give
// a handful of stems (stem.go, nominal.go, verb.go, gradation.go), each stem
// the endings that it takes (ending.go), and a word is read from its
// beginning: a stem that a lexicon knows, an ending, a possessive suffix, a
// clitic (analyse.go). What no lexicon knows is a compound of what it knows
// (compound.go), a spoken form (spoken.go) or unknown.
package finnish

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/finnish"
)

// Analysis is one way to understand a word.
type Analysis struct {
	Lemma string   // the headword that stands for the word in all its forms
	Parts []string // what the word is put together of, last the head
	Form  Form     // what the ending tells
	Guess bool     // the word is unknown: the lemma is only its Snowball stem
}

// Head returns the headword of a compound's last part: "kenkä" of
// "talvikenkä"; of a plain word the lemma.
func (a Analysis) Head() string {
	n := 0
	for _, part := range a.Parts[:max(0, len(a.Parts)-1)] {
		n += len(part)
		if n < len(a.Lemma) && a.Lemma[n] == '-' {
			n++
		}
	}
	if n >= len(a.Lemma) {
		return a.Lemma
	}
	return a.Lemma[n:]
}

// Analyse understands a lower-cased Finnish word by the built-in lexicon.
func Analyse(word string) []Analysis { return Base().Analyse(word) }

// Stem returns the stem of a word by the Finnish Snowball rules.
func Stem(word string) string {
	env := snowballstem.NewEnv(word)
	finnish.Stem(env)
	return env.Current()
}
