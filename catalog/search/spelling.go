package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"tiski/intents/language"
)

// spelling finds words that a misspelt one may mean.
type spelling struct {
	words   []spelt            // by first letter, then by length
	letters []uint32           // by word: the set of its letters, a bit each
	shapes  map[shape][2]int32 // where the words of a shape begin and end
}

// spelt is a word of the shop without the dots of ä and ö, and with them.
type spelt struct{ folded, word string }

const (
	shortestRepaired = 5  // letters of a word that is repaired
	longestRepaired  = 24 //
	twoLetters       = 8  // from this length on, two letters may be wrong
)

// shape is the first letter of a word and its length in bytes.
type shape struct {
	first  rune
	length int
}

func shapeOf(word string) shape {
	first, _ := utf8.DecodeRuneInString(word)
	return shape{first, len(word)}
}

// newSpelling takes a set of words.
func newSpelling(words map[string]bool) spelling {
	s := spelling{shapes: map[shape][2]int32{}}
	for word := range words {
		folded := language.Fold(word)
		if n := utf8.RuneCountInString(folded); n >= shortestRepaired && n <= longestRepaired {
			s.words = append(s.words, spelt{folded, word})
		}
	}
	slices.SortFunc(s.words, func(a, b spelt) int {
		of, other := shapeOf(a.folded), shapeOf(b.folded)
		return cmp.Or(cmp.Compare(of.first, other.first), cmp.Compare(of.length, other.length), strings.Compare(a.folded, b.folded), strings.Compare(a.word, b.word))
	})
	for i, w := range s.words {
		s.letters = append(s.letters, lettersOf(w.folded))
		of := shapeOf(w.folded)
		if i == 0 || shapeOf(s.words[i-1].folded) != of {
			s.shapes[of] = [2]int32{int32(i)}
		}
		s.shapes[of] = [2]int32{s.shapes[of][0], int32(i + 1)}
	}
	return s
}

// has reports whether a word is one of them.
func (s *spelling) has(word string) bool {
	folded := language.Fold(word)
	of := s.shapes[shapeOf(folded)]
	_, found := slices.BinarySearchFunc(s.words[of[0]:of[1]], word, func(w spelt, word string) int {
		return cmp.Or(strings.Compare(w.folded, folded), strings.Compare(w.word, word))
	})
	return found
}

// near returns the words that differ from a folded one by so many mistakes, 1
// or 2: a letter left out, added or wrong, or two that changed places. The first
// letter, which people seldom get wrong, must be right.
func (s *spelling) near(folded string, mistakes int) (found []string) {
	n := utf8.RuneCountInString(folded)
	if n < shortestRepaired || n > longestRepaired || mistakes > 1 && n < twoLetters {
		return nil
	}
	letters, like := lettersOf(folded), shapeOf(folded)
	for length := len(folded) - mistakes; length <= len(folded)+mistakes; length++ {
		like.length = length
		of := s.shapes[like]
		for i := of[0]; i < of[1]; i++ {
			if bits.OnesCount32(letters^s.letters[i]) <= 2*mistakes && distance(folded, s.words[i].folded) <= mistakes {
				found = append(found, s.words[i].word)
			}
		}
	}
	return found
}

// lettersOf returns the set of letters of a word; rare ones share a bit.
func lettersOf(word string) (set uint32) {
	for _, r := range word {
		set |= 1 << (r & 31)
	}
	return set
}

// distance counts the letters to add, drop, change or swap with their
// neighbour to make b of a, neither longer than longestRepaired.
func distance(a, b string) int {
	var from, to [longestRepaired]rune
	n, m := letters(a, &from), letters(b, &to)
	var rows [3][longestRepaired + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range m + 1 {
		last[j] = j
	}
	for i := range n {
		row[0] = i + 1
		for j := range m {
			change := last[j]
			if from[i] != to[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[m]
}

// letters spells a word out and returns how many letters it has.
func letters(word string, into *[longestRepaired]rune) (n int) {
	for _, r := range word {
		into[n] = r
		n++
	}
	return n
}
