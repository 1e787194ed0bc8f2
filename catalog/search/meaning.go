package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// How sure a term is that is not the word itself.
const (
	roughly     = 0.9
	asHead      = 0.85 // kengät in talvikengät
	asBeginning = 0.6  // talvi in talvikengät
	asSynonym   = 0.95
	asNear      = 0.8  // otsalamppu for a taskulamppu, as the shop's synonyms say
	asAlike     = 0.45 // takki for a talvitakki
	inOther     = 0.75 // in another language than the customer's
	asModifier  = 0.4  // of the weight of a word: untuva in untuvatakki
	likeness    = 0.6  // of a word that is found in what is alike
)

// sense is what a word of a query may mean.
type sense struct {
	meanings []meaning
	beside   bool // only says more of the goods that another word names
	purpose  bool // says what for or for whom: "mökille", "saunaan"
}

// naming reports whether a word may say what goods are.
func (s sense) naming() bool { return !s.beside && !s.purpose }

// alike reports whether nothing is known of a word but what is alike.
func (s sense) alike() bool {
	return !slices.ContainsFunc(s.meanings, func(m meaning) bool { return !m.alike })
}

// meaning is a term that a word may mean.
type meaning struct {
	id    int32
	sure  float32
	alike bool // the term stands for something near, not for the same
	part  bool // the term is a compound that begins with the word
}

// understood returns the meanings of each word: as it is or as another word
// for the same, with a letter wrong, as a compound of two words that the shop
// knows, with two letters wrong, or as something alike: the head of the
// compound, without the rest of it.
func (x *Index) understood(list []string, lang string) []sense {
	all := make([]sense, 0, len(list)+1)
	for _, word := range list {
		keys := keysOf(lang, word)
		s := sense{purpose: inFinnish(lang) && purpose.MatchString(keys[0].term)}
		modifier, head := x.split(keys, lang)
		if s.meanings = x.meanings(keys); s.meanings != nil {
			s.meanings = append(s.meanings, alike(head, asAlike)...)
		} else if s.meanings = x.misspelt(keys, 1); s.meanings == nil && modifier != nil {
			all = append(all, sense{meanings: modifier, beside: true})
			s.meanings = head
		} else if s.meanings == nil {
			if s.meanings = x.misspelt(keys, 2); s.meanings == nil {
				s.meanings = alike(head, asAlike)
			}
		}
		all = append(all, s)
	}
	return all
}

// purpose matches a folded Finnish word in a case that tells what for.
var purpose = regexp.MustCompile(`(?:ll[ea]|ssa|ksi|h[aeiouy]n|seen|aan|een|iin|oon|uun|yyn)$`)

// meanings returns the terms of a word, what they are called otherwise, and
// those it is the head or the beginning of.
func (x *Index) meanings(keys []key) (list []meaning) {
	for _, k := range keys {
		if id, known := x.terms.ids[k.term]; known {
			list = append(list, meaning{id: id, sure: k.sure})
			list = x.otherwise(list, id, k.sure)
		}
		root, isRough := strings.CutPrefix(k.term, rough)
		if utf8.RuneCountInString(root) < shortestPart {
			continue
		}
		first, last := beginning(x.terms.reversed, reverse(root))
		for _, t := range x.terms.reversed[first:last] {
			if strings.HasSuffix(t.text, rough) == isRough && headOf(root, strings.TrimSuffix(t.text, rough)) {
				list = append(list, meaning{id: t.id, sure: k.sure * asHead})
			}
		}
		if len(root) < shortestHead {
			continue
		}
		first, last = beginning(x.terms.sorted, k.term)
		for _, t := range x.terms.sorted[first:last] {
			if len(t.text) >= len(k.term)+3 {
				list = append(list, meaning{id: t.id, sure: k.sure * asBeginning, part: true})
			}
		}
	}
	return list
}

// otherwise adds what the shop's synonyms say of a term.
func (x *Index) otherwise(list []meaning, id int32, sure float32) []meaning {
	for _, m := range x.synonyms[id] {
		m.sure *= sure
		list = append(list, m)
	}
	return list
}

const (
	shortestPart = 3
	shortestHead = 4
)

// headOf reports whether a root can be the last part of a compound that ends
// with it. Short roots end many words by chance, those without a consonant at
// their beginning most of all.
func headOf(root, compound string) bool {
	before := len(compound) - len(root)
	return len(root) >= shortestHead && before >= 3 || len(root) == shortestPart && before >= 4 && !strings.ContainsRune(vowels, rune(root[0]))
}

// split takes a compound apart at the longest end of it that is a word of the
// shop: "untuvatakki" into untuva and takki. When the shop does not know the
// modifier it is nil, and the head names goods by itself.
func (x *Index) split(keys []key, lang string) (modifier, head []meaning) {
	word := keys[0].term
	for i := shortestPart; i <= len(word)-shortestPart; i++ {
		head, naming := x.end(keys, i, tongueOf(lang))
		if head == nil {
			continue
		}
		for _, k := range keysOf(lang, word[:i]) {
			if id, known := x.terms.ids[k.term]; known && len(x.posts[id]) > 0 {
				modifier = append(modifier, meaning{id: id, sure: k.sure})
			}
		}
		if modifier != nil || naming {
			return modifier, head
		}
	}
	return nil, nil
}

// end returns the meanings of a word's end, from byte i on, when the shop
// knows such a word, and whether it names goods.
func (x *Index) end(keys []key, i int, in tongue) (list []meaning, naming bool) {
	for _, k := range keys {
		root, isRough := strings.CutPrefix(k.term, rough)
		if len(root)-i < shortestHead || !headOf(root[i:], root) {
			continue
		}
		end := root[i:]
		if isRough {
			end = rough + end
		}
		if id, known := x.terms.ids[end]; known {
			naming = naming || x.naming[id].has(in)
			for _, m := range x.meanings([]key{{end, k.sure}}) {
				if x.naming[m.id].has(in) {
					list = append(list, m)
				}
			}
		}
	}
	return list, naming
}

// alike takes meanings for those of something near.
func alike(list []meaning, sure float32) []meaning {
	for i := range list {
		list[i].alike = true
		list[i].sure *= sure
	}
	return list
}

// misspelt returns the terms that differ from a word by so many letters; the
// longer the word, the surer they are.
func (x *Index) misspelt(keys []key, mistakes int) (list []meaning) {
	for _, k := range keys {
		if strings.HasPrefix(k.term, rough) {
			continue
		}
		for _, t := range x.terms.spelling.near(k.term, mistakes) {
			sure := k.sure * (1 - 2*float32(mistakes)/float32(len(k.term)))
			list = append(list, meaning{id: t.id, sure: sure})
			list = x.otherwise(list, t.id, sure)
		}
	}
	return list
}
