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
	words   []spelt  // by shape
	letters []uint32 // by word: the set of its letters, a bit each
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
func newSpelling(words map[string]bool) (s spelling) {
	for word := range words {
		if w := (spelt{language.Fold(word), word}); w.repairs() {
			s.words = append(s.words, w)
		}
	}
	slices.SortFunc(s.words, spelt.compare)
	for _, w := range s.words {
		s.letters = append(s.letters, lettersOf(w.folded))
	}
	return s
}

// repairs reports whether a word may be meant by a misspelt one.
func (w spelt) repairs() bool {
	n := utf8.RuneCountInString(w.folded)
	return n >= shortestRepaired && n <= longestRepaired
}

// compare orders words by shape, then by the alphabet.
func (w spelt) compare(other spelt) int {
	if by := shapeOf(w.folded).compare(shapeOf(other.folded)); by != 0 {
		return by
	}
	return cmp.Or(strings.Compare(w.folded, other.folded), strings.Compare(w.word, other.word))
}

func (s shape) compare(other shape) int {
	return cmp.Or(cmp.Compare(s.first, other.first), cmp.Compare(s.length, other.length))
}

// begin returns where the words of a shape, or of the next, begin.
func (s *spelling) begin(at shape) int {
	i, _ := slices.BinarySearchFunc(s.words, at, func(w spelt, at shape) int { return shapeOf(w.folded).compare(at) })
	return i
}

// has reports whether a word is one of them.
func (s *spelling) has(word string) bool {
	_, found := slices.BinarySearchFunc(s.words, spelt{language.Fold(word), word}, spelt.compare)
	return found
}

// with returns them with a word more, and leaves them as they are.
func (s *spelling) with(word string) spelling {
	w := spelt{language.Fold(word), word}
	if !w.repairs() {
		return *s
	}
	at, _ := slices.BinarySearchFunc(s.words, w, spelt.compare)
	return spelling{inserted(s.words, at, w), inserted(s.letters, at, lettersOf(w.folded))}
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
	first := s.begin(shape{like.first, like.length - mistakes})
	last := s.begin(shape{like.first, like.length + mistakes + 1})
	for i, word := range s.words[first:last] {
		if bits.OnesCount32(letters^s.letters[first+i]) <= 2*mistakes && distance(folded, word.folded) <= mistakes {
			found = append(found, word.word)
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
