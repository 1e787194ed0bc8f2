package search

import "unicode/utf8"

// spelling finds terms that a misspelt word may mean. Each term is filed under
// itself and under itself without one of its letters; a word is looked up in
// the same ways.
type spelling struct {
	terms []term // by text
	filed map[string][]int32
}

const (
	shortestRepaired = 5  // letters of a word that is repaired
	longestRepaired  = 24 //
	twoLetters       = 8  // from this length on, two letters may be wrong
)

func newSpelling(terms []term) spelling {
	s := spelling{terms: terms, filed: make(map[string][]int32, 8*len(terms))}
	for i, t := range terms {
		if n := utf8.RuneCountInString(t.text); n < shortestRepaired || n > longestRepaired {
			continue
		}
		s.filed[t.text] = append(s.filed[t.text], int32(i))
		for _, less := range deletes(t.text) {
			s.filed[less] = append(s.filed[less], int32(i))
		}
	}
	return s
}

// near returns the terms that differ from a word by one mistake: a letter left
// out, added or wrong, or two that changed places. The first letter, which
// people seldom get wrong, must be right.
func (s spelling) near(word string) []term {
	if n := utf8.RuneCountInString(word); n < shortestRepaired || n > longestRepaired {
		return nil
	}
	var found []term
	seen := map[int32]bool{}
	for _, l := range append(deletes(word), word) {
		for _, i := range s.filed[l] {
			if !seen[i] {
				seen[i] = true
				if distance([]rune(word), []rune(s.terms[i].text)) <= 1 {
					found = append(found, s.terms[i])
				}
			}
		}
	}
	return found
}

// far is near for two mistakes in a long word.
func (s spelling) far(word string) []term {
	letters := []rune(word)
	if len(letters) < twoLetters || len(letters) > longestRepaired {
		return nil
	}
	var found []term
	for _, t := range beginning(s.terms, string(letters[:1])) {
		if n := len(t.text); n >= len(word)-2 && n <= len(word)+2 && distance(letters, []rune(t.text)) <= 2 {
			found = append(found, t)
		}
	}
	return found
}

// deletes returns a word without each of its letters in turn, but the first.
func deletes(word string) []string {
	r := []rune(word)
	list := make([]string, 0, len(r)+1)
	for i := 1; i < len(r); i++ {
		list = append(list, string(r[:i])+string(r[i+1:]))
	}
	return list
}

// distance counts the letters to add, drop, change or swap with their
// neighbour to make b of a.
func distance(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
