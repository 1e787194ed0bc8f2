package intents

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"tiski/intents/language"
)

// feature is one trait of a message by which its intent is told.
type feature struct {
	key  uint64
	kind trait
}

// trait is a kind of feature.
type trait uint8

const (
	aBias     trait = iota
	aWord           // a lemma
	aPart           // of a compound, or the verb behind a noun: known as a word, too
	aForm           // a Finnish word as it is written, dots away
	aPiece          // of a word
	aPair           // two words, one after the other
	aMeet           // two words, anywhere
	aNot            // a word that "ei" stands before
	anIdea          // what a word is about
	someIdeas       // two ideas in the order said
	traitKinds
)

// traitNames are told in explanations.
var traitNames = [traitKinds]string{"bias", "word", "part", "form", "piece", "pair", "meet", "not", "idea", "ideas"}

// traitWeights tell how much each kind weighs, chosen on held-out messages.
var traitWeights = [traitKinds]float32{0, 1, 0.6, 0.5, 0.3, 0.5, 0.3, 0.5, 1.5, 0.9}

// Pieces of words are this many letters long, the ends of the word counted in.
const (
	shortestPiece = 3
	longestPiece  = 4
	longestWord   = 24 // letters of a word that pieces are cut from
)

const (
	mostIdeas = 10 // different ones of a message that are paired
	apart     = 8  // words at most between two that meet
	reach     = 3  // words after "ei" that it denies
)

// traits tells the features of one word.
func (e *entry) traits(tell func(kind trait, key uint64, what string)) {
	tell(aWord, e.key, e.lemma)
	if e.lang == language.Finnish {
		tell(aForm, hash(seed(aForm), e.fold), e.fold)
	}
	for _, part := range e.parts {
		tell(aPart, hash(seed(aWord), part), part)
	}
	if r, _ := utf8.DecodeRuneInString(e.fold); unicode.IsDigit(r) {
		return
	}
	marked := "<" + e.fold + ">"
	var borders [longestWord + 3]int
	n, end := 0, len(marked)
	for i := range marked {
		if n == len(borders)-1 {
			end = i
			break
		}
		borders[n] = i
		n++
	}
	borders[n] = end
	for i := range n {
		for j := i + shortestPiece; j <= min(i+longestPiece, n); j++ {
			piece := marked[borders[i]:borders[j]]
			tell(aPiece, hash(seed(aPiece), piece), piece)
		}
	}
}

// together tells the features of a message that are of no word alone; of some
// the second name is "".
func together(tokens []token, tell func(kind trait, key uint64, one, other string)) {
	before, beforeKey := "^", seed(aPair)
	for i := range tokens {
		t := &tokens[i]
		tell(aPair, pair(aPair, beforeKey, t.key), before, t.lemma)
		before, beforeKey = t.lemma, t.key
		for j := max(0, i-apart-1); j < i; j++ {
			a, b := &tokens[j], t
			if a.key > b.key {
				a, b = b, a
			}
			tell(aMeet, pair(aMeet, a.key, b.key), a.lemma, b.lemma)
		}
		if slices.ContainsFunc(tokens[max(0, i-reach):i], func(t token) bool { return t.word.Lemma == "ei" }) {
			tell(aNot, pair(aNot, t.key, 0), t.lemma, "")
		}
	}
	if len(tokens) > 0 {
		tell(aPair, pair(aPair, beforeKey, seed(aPair)), before, "$")
	}
	var said [mostIdeas]string
	var keys [mostIdeas]uint64
	n := 0
	for i := range tokens {
		if topic := tokens[i].topic; topic != "" {
			tell(anIdea, hash(seed(anIdea), topic), topic, "")
		}
		for _, idea := range tokens[i].ideas {
			if idea == "" || slices.Contains(said[:n], idea) {
				continue
			}
			key := hash(seed(anIdea), idea)
			tell(anIdea, key, idea, "")
			for j := range n {
				tell(someIdeas, pair(someIdeas, keys[j], key), said[j], idea)
			}
			if n < mostIdeas {
				said[n], keys[n] = idea, key
				n++
			}
		}
	}
}

// features returns the traits of a message.
func features(tokens []token) []feature {
	fs := make([]feature, 0, 64*len(tokens))
	for i := range tokens {
		tokens[i].traits(func(kind trait, key uint64, _ string) { fs = append(fs, feature{key, kind}) })
	}
	together(tokens, func(kind trait, key uint64, _, _ string) { fs = append(fs, feature{key, kind}) })
	return fs
}

// The 64-bit FNV-1a hash.
const (
	offset uint64 = 14695981039346656037
	prime  uint64 = 1099511628211
)

func hash(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}

// seed is what the keys of a kind of features are made from.
func seed(kind trait) uint64 { return (offset ^ uint64(kind)) * prime }

// pair is the key of two features together.
func pair(kind trait, a, b uint64) uint64 { return (a*31 + b ^ uint64(kind)) * prime }
