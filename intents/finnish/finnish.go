// Package finnish knows Finnish words.
package finnish

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/finnish"
)

// Analysis is one way to understand a word.
type Analysis struct {
	Lemma string   // what stands for the word in all its forms: its Snowball stem
	Parts []string // what the word is put together of, last the head; of a plain word the lemma alone
}

// Analyse returns the ways to understand a lower-cased Finnish word, the
// likeliest first; there is always one. A spoken form ("kaks", "haluun") is
// understood as the written word that it stands for.
func Analyse(word string) []Analysis {
	if w := Written(word); w != "" {
		word = w
	}
	env := snowballstem.NewEnv(word)
	finnish.Stem(env)
	lemma := env.Current()
	return []Analysis{{Lemma: lemma, Parts: []string{lemma}}}
}
