package language

import (
	"math/bits"
	"slices"
)

// Speller finds the word meant by one that is misspelt: a letter too many, one
// too few, a wrong one, or two neighbours swapped count as one mistake each. A
// word of at least twoMistakes bytes may have two when its first two letters
// are right. It is immutable.
type Speller struct {
	words  map[string]bool
	nearby map[string][]string    // a word with one letter missing -> the words
	alike  map[[2]byte][]spelling // by their first two bytes, the shortest first
	most   int                    // bytes of the longest word, and of two letters more
}

// spelling is a word and which of the letters a–z it has.
type spelling struct {
	word    string
	letters uint32
}

// twoMistakes is the fewest bytes of a word that may have two mistakes.
const twoMistakes = 8

// NewSpeller returns a Speller of these words.
func NewSpeller(words []string) *Speller {
	s := &Speller{words: map[string]bool{}, nearby: map[string][]string{}, alike: map[[2]byte][]spelling{}}
	for _, word := range words {
		if s.words[word] {
			continue
		}
		s.words[word] = true
		s.most = max(s.most, len(word)+2)
		for i := range len(word) {
			short := string(without(nil, word, i))
			s.nearby[short] = append(s.nearby[short], word)
		}
		if len(word) >= 2 {
			start := [2]byte{word[0], word[1]}
			s.alike[start] = append(s.alike[start], spelling{word, lettersOf(word)})
		}
	}
	for _, same := range s.alike {
		slices.SortStableFunc(same, func(a, b spelling) int { return len(a.word) - len(b.word) })
	}
	return s
}

// Near returns the one word that is fewest mistakes away from word, or "" when
// there is none or more than one. A word that is known is itself.
func (s *Speller) Near(word string) string {
	found, ambiguous := s.once(word)
	if found == "" && len(word) >= twoMistakes && len(word) <= s.most {
		found, ambiguous = s.twice(word)
	}
	if ambiguous {
		return ""
	}
	return found
}

// Slip returns the one word that is a single mistake away from word, or "" when
// there is none or more than one. A word that is known is itself.
func (s *Speller) Slip(word string) string {
	found, ambiguous := s.once(word)
	if ambiguous {
		return ""
	}
	return found
}

// once finds a word that is at most one mistake away, and tells whether there are more.
func (s *Speller) once(word string) (found string, ambiguous bool) {
	if s.words[word] {
		return word, false
	}
	if len(word) > s.most {
		return "", false
	}
	consider := func(candidate string) {
		if candidate != found && mistakes(word, candidate, 1) == 1 {
			ambiguous = ambiguous || found != ""
			found = candidate
		}
	}
	for _, c := range s.nearby[word] {
		consider(c)
	}
	var room [64]byte
	for i := range len(word) {
		short := without(room[:0], word, i)
		if s.words[string(short)] {
			consider(string(short))
		}
		for _, c := range s.nearby[string(short)] {
			consider(c)
		}
	}
	return found, ambiguous
}

// twice finds a word that is two mistakes away, and tells whether there are more.
func (s *Speller) twice(word string) (found string, ambiguous bool) {
	letters := lettersOf(word)
	for _, c := range s.alike[[2]byte{word[0], word[1]}] {
		switch {
		case len(c.word) < len(word)-2:
			continue
		case len(c.word) > len(word)+2:
			return found, ambiguous
		}
		if bits.OnesCount32(letters^c.letters) <= 4 && mistakes(word, c.word, 2) == 2 {
			ambiguous = found != ""
			found = c.word
		}
	}
	return found, ambiguous
}

func lettersOf(word string) uint32 {
	var set uint32
	for i := range len(word) {
		if c := word[i] - 'a'; c < 26 {
			set |= 1 << c
		}
	}
	return set
}

// without appends the word without its i-th byte; words are folded, so that
// nearly all letters are a byte.
func without(room []byte, word string, i int) []byte {
	return append(append(room, word[:i]...), word[i+1:]...)
}

// mistakes returns how many mistakes tell two words apart, or most+1 when there
// are more than most.
func mistakes(a, b string, most int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return min(len(a)+len(b), most+1)
	}
	if most == 0 {
		return 1
	}
	least := mistakes(a[1:], b[1:], most-1)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		least = min(least, mistakes(a[2:], b[2:], most-1))
	}
	least = min(least, mistakes(a[1:], b, most-1), mistakes(a, b[1:], most-1))
	return 1 + least
}
