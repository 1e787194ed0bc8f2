package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// spelling finds terms that a misspelt word may mean.
type spelling struct {
	terms   []term        // by first letter, then by length
	letters []uint32      // by term: the set of its letters, a bit each
	from    map[shape]int // where the terms of a shape begin
	to      map[shape]int // and where they end
}

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

func newSpelling(terms []term) spelling {
	s := spelling{from: map[shape]int{}, to: map[shape]int{}}
	for _, t := range terms {
		if n := utf8.RuneCountInString(t.text); n >= shortestRepaired && n <= longestRepaired {
			s.terms = append(s.terms, t)
		}
	}
	slices.SortFunc(s.terms, func(a, b term) int {
		of, other := shapeOf(a.text), shapeOf(b.text)
		return cmp.Or(cmp.Compare(of.first, other.first), cmp.Compare(of.length, other.length), strings.Compare(a.text, b.text))
	})
	for i, t := range s.terms {
		s.letters = append(s.letters, lettersOf(t.text))
		of := shapeOf(t.text)
		if s.to[of] == 0 {
			s.from[of] = i
		}
		s.to[of] = i + 1
	}
	return s
}

// near returns the terms that differ from a word by so many mistakes, 1 or 2:
// a letter left out, added or wrong, or two that changed places. The first
// letter, which people seldom get wrong, must be right.
func (s *spelling) near(word string, mistakes int) (found []term) {
	n := utf8.RuneCountInString(word)
	if n < shortestRepaired || n > longestRepaired || mistakes > 1 && n < twoLetters {
		return nil
	}
	letters, like := lettersOf(word), shapeOf(word)
	for length := len(word) - mistakes; length <= len(word)+mistakes; length++ {
		like.length = length
		for i := s.from[like]; i < s.to[like]; i++ {
			if bits.OnesCount32(letters^s.letters[i]) <= 2*mistakes && distance(word, s.terms[i].text) <= mistakes {
				found = append(found, s.terms[i])
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
