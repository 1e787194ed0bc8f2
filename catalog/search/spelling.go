package search

import (
	"math/bits"
	"unicode/utf8"
)

// spelling finds terms that a misspelt word may mean.
type spelling struct {
	terms   []term   // by text
	letters []uint32 // by term: the set of its letters, a bit each
}

const (
	shortestRepaired = 5  // letters of a word that is repaired
	longestRepaired  = 24 //
	twoLetters       = 8  // from this length on, two letters may be wrong
)

func newSpelling(terms []term) spelling {
	s := spelling{}
	for _, t := range terms {
		if n := utf8.RuneCountInString(t.text); n >= shortestRepaired && n <= longestRepaired {
			s.terms = append(s.terms, t)
			s.letters = append(s.letters, lettersOf(t.text))
		}
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
	of := lettersOf(word)
	_, size := utf8.DecodeRuneInString(word)
	first, last := beginning(s.terms, word[:size])
	for i := first; i < last; i++ {
		t := s.terms[i]
		if d := len(t.text) - len(word); d > 2*mistakes || -d > 2*mistakes {
			continue
		}
		if bits.OnesCount32(of^s.letters[i]) <= 2*mistakes && distance(word, t.text) <= mistakes {
			found = append(found, t)
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
