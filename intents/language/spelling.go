package language

import "unicode/utf8"

// Speller finds the word meant by one that is misspelt by one letter: a letter
// too many, one too few, a wrong one, or two neighbours swapped. It is
// immutable.
type Speller struct {
	words  map[string]bool
	nearby map[string][]string // a word with one letter missing -> the words
	most   int                 // bytes of the longest word, and of a letter more
}

// NewSpeller returns a Speller of these words.
func NewSpeller(words []string) *Speller {
	s := &Speller{words: map[string]bool{}, nearby: map[string][]string{}}
	for _, word := range words {
		if s.words[word] {
			continue
		}
		s.words[word] = true
		s.most = max(s.most, len(word)+utf8.UTFMax)
		eachDeletion(word, func(short string) { s.nearby[short] = append(s.nearby[short], word) })
	}
	return s
}

// Near returns the one word that is at most one mistake away from word, or ""
// when there is none or more than one. A word that is known is itself.
func (s *Speller) Near(word string) string {
	if s.words[word] {
		return word
	}
	if len(word) > s.most {
		return ""
	}
	found := ""
	ambiguous := false
	consider := func(candidate string) {
		if candidate != found && oneMistake(word, candidate) {
			ambiguous = ambiguous || found != ""
			found = candidate
		}
	}
	for _, c := range s.nearby[word] {
		consider(c)
	}
	eachDeletion(word, func(short string) {
		if s.words[short] {
			consider(short)
		}
		for _, c := range s.nearby[short] {
			consider(c)
		}
	})
	if ambiguous {
		return ""
	}
	return found
}

func eachDeletion(word string, f func(string)) {
	for i, r := range word {
		if r == utf8.RuneError {
			return
		}
		f(word[:i] + word[i+utf8.RuneLen(r):])
	}
}

// oneMistake reports whether two different words are one mistake apart.
func oneMistake(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	x, y = x[i:], y[i:]
	switch len(y) - len(x) {
	case 0:
		if len(x) >= 2 && x[0] == y[1] && x[1] == y[0] && string(x[2:]) == string(y[2:]) {
			return true
		}
		return len(x) > 0 && string(x[1:]) == string(y[1:])
	case 1:
		return string(x) == string(y[1:])
	}
	return false
}
