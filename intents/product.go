package intents

import (
	"slices"
	"strings"
)

// products finds what of the catalogue is named: brands, shelves and products.
func (s *scan) products() {
	v := s.vocabulary
	for i := 0; i < len(s.tokens); i++ {
		if id, n := s.at(shelves, i); n > 0 {
			s.name(Category, id, i, i+n)
			i += n - 1
		}
	}
	var unsure []int // tokens that several products are called by
	sure := false
	for i := range s.tokens {
		if brand, n := s.at(brands, i); n > 0 {
			s.name(Brand, brand, i, i+n)
		} else if brand := s.tokens[i].brand; brand != "" {
			s.name(Brand, brand, i, i+1)
		}
		if s.taken[i] {
			continue
		}
		switch called := v.proper[s.tokens[i].proper]; {
		case len(called) == 1 && s.meant(i, called[0]) && !s.anotherKind(i+1, called[0]):
			s.name(Product, called[0], i, i+1)
			sure = true
		case len(called) > 1:
			unsure = append(unsure, i)
		}
	}
	if sure {
		s.betterName()
		return
	}
	if id := s.together(unsure); id != "" {
		s.name(Product, id, unsure[0], unsure[len(unsure)-1]+1)
		return
	}
	s.wholeName()
}

// betterName lets a product whose whole name is said take the place of one that
// is called by a word of it: "Metsän väki -palapeli" is not the bed linen "Metsän väki".
func (s *scan) betterName() {
	before := len(s.found)
	s.wholeName()
	if len(s.found) == before {
		return
	}
	whole := s.found[before]
	s.found = slices.DeleteFunc(s.found[:before], func(e Entity) bool {
		return e.Kind == Product && whole.Start <= e.Start && e.End <= whole.End
	})
	s.found = append(s.found, whole)
}

// meant reports whether the i-th word, by which only this product is called, is
// its name: "Vanha" inside a sentence is, "vanha" is beside another word of the
// name, and so is a word that says nothing else.
func (s *scan) meant(i int, product string) bool {
	t, v := s.tokens[i], s.vocabulary
	if len(t.fold) >= shortestRare && !v.common[t.lemma] && (t.ideas[0] == "" || len(t.fold) >= longRare) {
		return true
	}
	if s.capitalInside(i) {
		return true
	}
	for j, other := range s.tokens {
		for _, name := range v.byLemma[other.lemma] {
			if j != i && v.names[name].product == product {
				return true
			}
		}
	}
	return false
}

// anotherKind reports whether the i-th word says what kind of goods is meant, and a
// product is of another: "tunturi-reppu" is not the hiking boots "Tunturi".
func (s *scan) anotherKind(i int, product string) bool {
	v := s.vocabulary
	if i >= len(s.tokens) || !v.nouns[s.lang][s.tokens[i].lemma] {
		return false
	}
	named := false
	for _, name := range v.names {
		if name.product != product {
			continue
		}
		named = true
		if slices.ContainsFunc(name.lemmas, func(lemma string) bool { return strings.HasSuffix(lemma, s.tokens[i].lemma) }) {
			return false
		}
	}
	return named
}

// name notes an entity without taking its words: "lasten kengät" is a shelf,
// and "lasten" tells for whom.
func (s *scan) name(kind, value string, i, j int) {
	start, end := s.tokens[i].Start, s.tokens[j-1].End
	s.found = append(s.found, Entity{Kind: kind, Value: value, Text: s.text[start:end], Start: start, End: end})
}

// named reports whether an entity begins at the i-th token.
func (s *scan) named(i int) bool {
	return slices.ContainsFunc(s.found, func(e Entity) bool { return e.Start == s.tokens[i].Start })
}

// together returns the one product that all these proper words belong to, or "".
func (s *scan) together(at []int) string {
	if len(at) < 2 {
		return ""
	}
	count := map[string]int{}
	seen := map[string]bool{}
	for _, i := range at {
		word := s.tokens[i].proper
		if seen[word] {
			continue
		}
		seen[word] = true
		for _, id := range s.vocabulary.proper[word] {
			count[id]++
		}
	}
	found := ""
	for id, n := range count {
		if n == len(seen) {
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}

// saidName is a name of a product and how many of its words are said.
type saidName struct{ name, words int }

// wholeName finds the product all of whose name is said of one thing, in any order;
// of several the one with the longest name.
func (s *scan) wholeName() {
	v := s.vocabulary
	var room [16]saidName
	said := room[:0]
	for i := range s.tokens {
		key := s.nameKey(i)
		if s.placeOf(key) != i {
			continue
		}
		for _, name := range v.byLemma[key] {
			at := slices.IndexFunc(said, func(n saidName) bool { return n.name == name })
			if at < 0 {
				at = len(said)
				said = append(said, saidName{name, 0})
			}
			said[at].words++
		}
	}
	best, length, tied := -1, 1, false
	for _, n := range said {
		if n.words != len(v.names[n.name].lemmas) || n.words < length || s.joins(v.names[n.name].lemmas) {
			continue
		}
		if n.words > length || best < 0 {
			best, length, tied = n.name, n.words, false
			continue
		}
		tied = tied || v.names[n.name].product != v.names[best].product
	}
	if best < 0 || tied {
		return
	}
	first, last := s.spanOf(v.names[best].lemmas)
	s.name(Product, v.names[best].product, first, last+1)
}

// spanOf returns the first and the last place of the words of a name.
func (s *scan) spanOf(name []string) (first, last int) {
	first = len(s.tokens)
	for _, l := range name {
		at := s.placeOf(l)
		first, last = min(first, at), max(last, at)
	}
	return first, last
}

// joins reports whether the words of a name are said of several things: "huurre-pipo ja
// villavuona-sukat" names no "Villavuona Huurre -pipo".
func (s *scan) joins(name []string) bool {
	first, last := s.spanOf(name)
	for i := first + 1; i < last; i++ {
		if s.is(conjunction, i) > 0 && !slices.Contains(name, s.nameKey(i)) {
			return true
		}
	}
	return false
}

// nameKey returns by which word of names the i-th word is known.
func (s *scan) nameKey(i int) string {
	t := &s.tokens[i]
	if t.proper != "" && !s.taken[i] && s.vocabulary.byLemma[t.lemma] == nil {
		return t.proper
	}
	return t.lemma
}

// placeOf returns the first word that is known by a word of names, -1 when there is none.
func (s *scan) placeOf(key string) int {
	for i := range s.tokens {
		if s.nameKey(i) == key {
			return i
		}
	}
	return -1
}
