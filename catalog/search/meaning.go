package search

import (
	"slices"
	"strings"

	"tiski/intents/language"
)

// How sure a term is that is not the word itself.
const (
	asMaterial = 0.9 // nahka for nahkainen
	asSynonym  = 0.95
	asNear     = 0.8  // otsalamppu for a taskulamppu, as the shop's synonyms say
	asAlike    = 0.45 // takki for a talvitakki
	inOther    = 0.75 // in another language than the customer's
	asModifier = 0.4  // of the weight of a word: untuva in untuvatakki
	likeness   = 0.6  // of a word that is found in what is alike
)

// sense is what a word of a query may mean.
type sense struct {
	meanings  []meaning
	beside    bool // only says more of the goods that another word names
	purpose   bool // says what for or for whom: "mökille", "saunaan"
	attribute bool // says what they are like or made of: "villainen"

	weight float32
	size   int // how many products its meanings stand in, at most
	tells  telling
	common bool // stands in most products, beside other words
}

// naming reports whether a word may say what goods are.
func (s *sense) naming() bool { return !s.beside && !s.purpose && !s.attribute }

// rank orders senses: those asked for, the rarest first, those that stand
// nowhere, and those not asked for.
func (s *sense) rank() int {
	const last = 1 << 40
	switch {
	case s.common:
		return 2 * last
	case s.size == 0:
		return last
	}
	return s.size
}

// alike reports whether nothing is known of a word but what is alike.
func (s *sense) alike() bool {
	return !slices.ContainsFunc(s.meanings, func(m meaning) bool { return !m.alike })
}

// meaning is a term that a word may mean.
type meaning struct {
	id    int32
	sure  float32
	alike bool // the term stands for something near, not for the same
	stem  bool // the term is not the word as it is written
}

// namedBy reports whether a word says what some goods are.
func (x *Index) namedBy(word *sense, in tongue) bool {
	alike := word.alike()
	return slices.ContainsFunc(word.meanings, func(m meaning) bool { return m.alike == alike && x.names(m.id).by.has(in) })
}

// understood returns the meanings of each word, with the next when they are a
// compound that the shop knows. Of "Viima-tältet" those of the parts are enough, except
// in Finnish, which reads it as a compound.
func (x *Index) understood(list []string, lang string) []sense {
	all := make([]sense, 0, len(list)+1)
	words := make([]heard, len(list))
	for i, word := range list {
		words[i] = x.memory.recall(lang, word, x.hear)
	}
	for i := 0; i < len(list); i++ {
		if _, known := x.id(language.Fold(list[i])); !known && lang != language.Finnish && strings.Contains(list[i], "-") {
			continue
		}
		if i+1 < len(list) {
			if joined := x.joined(words[i].whole, words[i+1].whole); joined != nil {
				all = append(all, sense{meanings: joined})
				i++
				continue
			}
		}
		all = append(all, words[i].senses...)
	}
	return all
}

// hear understands a word by itself.
func (x *Index) hear(lang, word string) heard {
	if _, known := x.id(language.Fold(word)); !known {
		word = language.Squeezed(word, 2)
	}
	if lang == language.Swedish {
		word = x.indefinite(word)
	}
	t := x.written.read(lang, word)
	return heard{t.whole, x.meant(word, lang, &t)}
}

// indefinite is "mössa" of the Swedish "mössan" and "tält" of "tältet", which have stems
// of their own, when the shop knows that or nothing better.
func (x *Index) indefinite(word string) string {
	base, definite := strings.CutSuffix(word, "et")
	if !definite {
		base, definite = strings.CutSuffix(word, "n")
		definite = definite && strings.HasSuffix(base, "a")
	}
	if !definite {
		return word
	}
	_, known := x.id(language.Fold(word))
	if _, better := x.id(language.Fold(base)); better || !known {
		return base
	}
	return word
}

// meant returns what a word means: what it is or is called otherwise, what it is
// with a letter wrong, what it is in spoken language, a compound of two words that
// the shop knows, what it is with two letters wrong, or something alike: the head of
// the compound, without the rest of it.
func (x *Index) meant(word, lang string, t *terms) (all []sense) {
	s := sense{purpose: inFinnish(lang) && purpose(t.whole[0].term)}
	if _, known := x.id(t.whole[0].term); t.guess && !known {
		if s.meanings = x.misspelt(t.whole[:1], lang, 1); s.meanings != nil {
			return []sense{s}
		}
		spoken := x.read.read(lang, word)
		t = &spoken
	}
	s.attribute = t.attribute
	var modifier, head []meaning
	qualified := false
	if !s.purpose { // what is for a beach is not for all shores
		modifier, head, qualified = x.split(t, tongueOf(lang))
	}
	if s.meanings = x.meanings(nil, t.whole, 1); s.meanings != nil {
		if id, known := x.id(t.whole[0].term); !known || x.synonyms[id] == nil {
			s.meanings = append(s.meanings, alike(head)...)
		}
	} else if s.meanings = x.mistyped(t, lang, 1); s.meanings == nil && (modifier != nil || qualified) {
		all = append(all, sense{meanings: modifier, beside: true})
		s.meanings = head
	} else if s.meanings == nil {
		if s.meanings = x.mistyped(t, lang, 2); s.meanings == nil {
			s.meanings = alike(head)
		}
	}
	return append(all, s)
}

// purpose reports whether a folded Finnish word is in a case that tells what for.
func purpose(word string) bool {
	return slices.ContainsFunc(purposes, func(ending string) bool { return strings.HasSuffix(word, ending) })
}

var purposes = strings.Fields("lla lle ssa ksi han hen hin hon hun hyn aan een iin oon uun yyn")

// meanings adds the terms that keys are in the shop, and what they are called
// otherwise. Of a word that is a synonym as it is written, the stem tells nothing
// more: "läsa" is no glass for its "läs".
func (x *Index) meanings(list []meaning, keys []key, sure float32) []meaning {
	told := false
	for i, k := range keys {
		id, known := x.id(k.term)
		if !known {
			continue
		}
		if i == 0 {
			told = x.synonyms[id] != nil
		} else if told && strings.HasPrefix(keys[0].term, k.term) {
			continue
		}
		sure := sure * k.sure
		if k.as == material {
			sure *= asMaterial
		}
		list = append(list, meaning{id: id, sure: sure, stem: i > 0})
		for _, m := range x.synonyms[id] {
			m.sure *= sure
			list = append(list, m)
		}
	}
	return list
}

// joined returns the meanings of a compound that is written as two words.
func (x *Index) joined(first, second []key) []meaning {
	var keys []key
	for _, k := range second {
		k.term = first[0].term + k.term
		if id, known := x.id(k.term); known && (x.names(id).by != 0 || x.synonyms[id] != nil) {
			keys = append(keys, k)
		}
	}
	return x.meanings(nil, keys, 1)
}

// split takes a compound apart at the longest end of it that is a word of the
// shop: "untuvatakki" into untuva and takki. When no goods are told by the modifier
// it is nil, and the head names goods by itself: without haju in the shop nothing
// comes near a hajuvesi. A qualified head remains what it is whatever the shop knows.
func (x *Index) split(t *terms, in tongue) (modifier, head []meaning, qualified bool) {
	if t.body == "" {
		modifier = x.standing(t.modifiers)
	}
	for _, term := range t.heads {
		id, known := x.id(term)
		if !known {
			continue
		}
		modifiers := t.modifiers
		if before, _, found := strings.Cut(t.body, term); found {
			modifiers = []string{before}
			modifier = x.standing(modifiers)
		}
		named := x.names(id)
		if named.wholly.has(in) || named.by.has(in) && x.meet(modifier, id) {
			qualified = slices.ContainsFunc(modifiers, func(m string) bool { return qualifiers[m] })
			return modifier, x.meanings(nil, []key{{term, 1, whole}}, 1), qualified
		}
	}
	return nil, nil, false
}

// meet reports whether a term and any of some meanings stand in one product.
func (x *Index) meet(some []meaning, id int32) bool {
	for _, m := range some {
		for _, a := range x.lists(m.id) {
			for _, b := range x.lists(id) {
				if meeting(a, b) {
					return true
				}
			}
		}
	}
	return false
}

func meeting(a, b []post) bool {
	for len(a) > 0 && len(b) > 0 {
		if a = a[seek(a, b[0].product()):]; len(a) == 0 {
			return false
		}
		if a[0].product() == b[0].product() {
			return true
		}
		b = b[seek(b, a[0].product()):]
	}
	return false
}

// standing returns the meanings of the terms that stand in products.
func (x *Index) standing(terms []string) (list []meaning) {
	for _, term := range terms {
		if id, known := x.id(term); known {
			if x.standsIn(id) > 0 {
				list = append(list, meaning{id: id, sure: 1})
			}
		}
	}
	return list
}

// alike takes meanings for those of something near.
func alike(list []meaning) []meaning {
	for i := range list {
		list[i].alike = true
		list[i].sure *= asAlike
	}
	return list
}

// mistyped returns the meanings of what a word may be with so many letters wrong. A Finnish
// word of its own is no slip for a mere part of a name, vasara not for Kelovaara, and kuoli for nothing at all.
func (x *Index) mistyped(t *terms, lang string, mistakes int) []meaning {
	if t.tells {
		return nil
	}
	list := x.misspelt(t.whole, lang, mistakes)
	if !t.plain {
		return list
	}
	return slices.DeleteFunc(list, func(m meaning) bool {
		n := x.names(m.id)
		return n.by != 0 && n.wholly == 0
	})
}

// misspelt returns the meanings of the words that differ from one by so many
// letters; the longer the word, the surer they are.
func (x *Index) misspelt(keys []key, lang string, mistakes int) (list []meaning) {
	for _, k := range keys {
		sure := k.sure * (1 - 2*float32(mistakes)/float32(len(k.term)))
		for _, spelling := range [...]*spelling{&x.spelling, &x.late.spelling} {
			for _, word := range spelling.near(k.term, mistakes) {
				if mistakes > 1 && x.otherHead(k.term, language.Fold(word)) {
					continue
				}
				list = x.meanings(list, x.written.read(lang, word).whole, sure)
			}
		}
	}
	return list
}

// otherHead reports whether a word and the one that it would be repaired to are compounds that
// begin with the same word of the shop, and what is left is too short for two letters to be
// wrong in it: vinterdäck is no vinterjacka. Letters may be left out of it: kumisapaat.
func (x *Index) otherHead(word, other string) bool {
	same := 0
	for same < min(len(word), len(other)) && word[same] == other[same] {
		same++
	}
	if shortened(word[same:], other[same:]) {
		return false
	}
	for i := same; i >= shortestModifier; i-- {
		if id, known := x.id(word[:i]); known && x.standsIn(id) > 0 {
			return len(word)-i < twoLetters
		}
	}
	return false
}

// shortened reports whether a word is another with letters left out.
func shortened(word, other string) bool {
	for i := range len(other) {
		if word != "" && word[0] == other[i] {
			word = word[1:]
		}
	}
	return word == ""
}
