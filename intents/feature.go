package intents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// feature is one trait of a message: a word, a pair of words, a piece of a word.
type feature struct {
	key    uint64
	weight float32
}

// How much the kinds of features weigh, chosen on held-out messages.
const (
	wordWeight  = 1.0
	partWeight  = 0.6 // of a compound's parts
	pairWeight  = 0.5
	pieceWeight = 0.3
	ideaWeight  = 1.5
	ideasWeight = 0.9 // of two ideas in one message
)

// Pieces of words are this many letters long, the ends of the word counted in.
const (
	shortestPiece = 3
	longestPiece  = 4
	longestWord   = 24 // letters of a word that pieces are cut from
)

// features returns the traits of a message by which its intent is told.
func features(tokens []token) []feature {
	fs := make([]feature, 0, 32*len(tokens))
	before := hash(offset, "^")
	for _, t := range tokens {
		key := hash(hash(offset, "w"), t.lemma)
		fs = append(fs, feature{key, wordWeight}, feature{pair(before, key), pairWeight})
		before = key
		for _, part := range t.parts {
			fs = append(fs, feature{hash(hash(offset, "w"), part), partWeight})
		}
		fs = pieces(fs, t.fold)
	}
	if before != hash(offset, "^") {
		fs = append(fs, feature{pair(before, hash(offset, "$")), pairWeight})
	}
	return ideas(fs, tokens)
}

// mostIdeas is how many different ideas of a message are paired.
const mostIdeas = 10

// ideas adds what a message is about, and all pairs of that in the order said.
func ideas(fs []feature, tokens []token) []feature {
	var space [mostIdeas]uint64
	seen := space[:0]
	for _, t := range tokens {
		for _, idea := range t.ideas {
			if idea == "" {
				continue
			}
			key := hash(hash(offset, "i"), idea)
			if slices.Contains(seen, key) {
				continue
			}
			fs = append(fs, feature{key, ideaWeight})
			for _, before := range seen {
				fs = append(fs, feature{pair(before, key), ideasWeight})
			}
			if len(seen) < mostIdeas {
				seen = append(seen, key)
			}
		}
	}
	return fs
}

// analysis returns the likeliest way to understand a word; of another language
// than Finnish, and of a number, the zero one.
func analysis(x *finnish.Lexicon, word, lang string) finnish.Analysis {
	if r, _ := utf8.DecodeRuneInString(word); lang != language.Finnish || unicode.IsDigit(r) {
		return finnish.Analysis{}
	}
	return x.Analyse(word)[0]
}

// anyNumber is the lemma of every number.
const anyNumber = "0"

// stems returns what stands for all forms of a word, and for each part of a
// compound. Dots are folded away in Finnish, where people leave them out;
// Swedish "täck" is another word than "tack". Dots tells whether any were. A
// number stands for all numbers.
func stems(x *finnish.Lexicon, word, lang string, best finnish.Analysis) (lemma string, parts []string, dots bool) {
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(r) {
		return anyNumber, nil, false
	}
	if lang != language.Finnish {
		return language.Stem(lang, word), nil, false
	}
	lemma, dots = bareStem(best.Lemma)
	if len(best.Parts) > 1 {
		for _, part := range best.Parts {
			stem, _ := bareStem(x.Analyse(part)[0].Lemma)
			parts = append(parts, stem)
		}
	}
	return lemma, parts, dots
}

// bareStem folds a Finnish stem and brings its grades together; dots tells
// whether it had the dots of ä or ö.
func bareStem(dotted string) (stem string, dots bool) {
	stem = language.Fold(dotted)
	dots = stem != dotted
	if bare := strings.TrimRight(stem, "aeiouy"); len(bare) >= shortestGraded {
		return evenGrade.Replace(bare), dots
	}
	return stem, dots
}

// evenGrade brings the grades of a Finnish stem together: keng- and kenk-, repp-
// and rep-. Short stems would become alike that are not.
var evenGrade = strings.NewReplacer("kk", "k", "pp", "p", "tt", "t", "nk", "n", "ng", "n", "d", "t")

const shortestGraded = 4

// pieces adds the pieces of a folded word; a number has none.
func pieces(fs []feature, word string) []feature {
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(r) {
		return fs
	}
	marked := make([]byte, 0, 64)
	marked = append(marked, '<')
	marked = append(marked, word...)
	marked = append(marked, '>')
	var borders [longestWord + 3]int
	n, end := 0, len(marked)
	for i := range string(marked) {
		if n == len(borders)-1 {
			end = i
			break
		}
		borders[n] = i
		n++
	}
	borders[n] = end
	for i := range n {
		h := hash(offset, "c")
		for j := i; j < n && j-i < longestPiece; j++ {
			h = hash(h, string(marked[borders[j]:borders[j+1]]))
			if j-i+1 >= shortestPiece {
				fs = append(fs, feature{h, pieceWeight})
			}
		}
	}
	return fs
}

// The 64-bit FNV-1a hash.
const offset uint64 = 14695981039346656037

func hash(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func pair(a, b uint64) uint64 { return a*31 + b }
