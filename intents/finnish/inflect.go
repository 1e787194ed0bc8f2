package finnish

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// many tells whether a headword stands in the plural.
func (s stems) many() bool {
	return slices.ContainsFunc(s, func(one stem) bool { return one.slots&pluralHead != 0 })
}

// nominal is a word in the nominative, singular or plural, as the lexicon
// knows it.
type nominal struct {
	head      int // byte where a compound's last part begins
	stems     stems
	listed    bool // with its class, not by its ending alone
	adjective bool
}

// shortestTail is the fewest bytes of a listed noun by which an unknown word
// inflects that ends in it: vuolu|puukko.
const shortestTail = 5

// nominal finds a lower-cased word that the lexicon lists, or that is the
// plural of such a one, or a compound with such a head; without stems when
// there is none.
func (x *Lexicon) nominal(word string) nominal {
	if len(word) < 2 || len(word) > longestWord {
		return nominal{}
	}
	for _, n := range x.headwords(word, nil) {
		if e := &x.entries[n]; e.slots(x)&(nominative|pluralHead) != 0 && e.slots(x)&strongPlural != 0 {
			return nominal{lastBound(e.bounds), x.full(e, ""), e.origin == listed, e.adjective}
		}
	}
	var some [mostCandidates]candidate
	plural := Form{Case: Nominative, Plural: true}
	for _, c := range x.match(word, 0, []tail{{end: len(word), after: bare}}, some[:0]) {
		if e := &x.entries[c.entry]; c.form == plural && e.slots(x)&strongPlural != 0 {
			return nominal{lastBound(e.bounds), x.full(e, "").plurals(word), e.origin == listed, e.adjective}
		}
	}
	var room [longestWord + 1]way
	ways := room[:len(word)+1]
	x.cutUp(word, ways)
	best, heads := x.cheapest(word, ways, Form{Case: Nominative})
	if len(heads) == 0 {
		best, heads = x.cheapest(word, ways, plural)
	}
	for _, c := range heads {
		e := &x.entries[c.entry]
		if e.slots(x)&strongPlural == 0 {
			continue
		}
		s := x.full(e, word[:best])
		if c.form.Plural && !s.many() {
			s = s.plurals(word)
		}
		return nominal{best + lastBound(e.bounds), s, e.origin == listed, e.adjective}
	}
	if !x.Analyse(word)[0].Guess {
		return nominal{}
	}
	for i := 3; i <= len(word)-shortestTail; i++ {
		for _, n := range x.headwords(word[i:], nil) {
			if e := &x.entries[n]; e.origin == listed && e.slots(x)&nominative != 0 && e.slots(x)&strongPlural != 0 {
				return nominal{i, x.full(e, word[:i]), true, e.adjective}
			}
		}
	}
	return nominal{}
}

// full returns the stems of an entry after the parts before it.
func (x *Lexicon) full(e *entry, before string) stems {
	var s stems
	for _, t := range x.patterns[e.pattern] {
		s = append(s, stem{before + e.root + t.text, t.slots})
	}
	return s
}

// lastBound is the byte where the last part of a compound begins.
func lastBound(bounds uint64) int {
	for i := 63; i > 0; i-- {
		if bounds>>i&1 != 0 {
			return i
		}
	}
	return 0
}

// inflect inflects one word of a title, which may be unknown.
func (x *Lexicon) inflect(word string, f Form) string {
	if rest, ok := strings.CutPrefix(word, "-"); ok {
		return "-" + x.inflect(rest, f)
	}
	bare := strings.TrimRight(word, ",.!)")
	after := word[len(bare):]
	lower := strings.ToLower(bare)
	r, _ := utf8.DecodeLastRuneInString(bare)
	switch {
	case bare == "":
		return word
	case !unicode.IsLetter(r):
		return bare + ":" + numberEnding(r, f) + after
	}
	known := x.nominal(lower)
	s := known.stems
	if s == nil {
		s = participle(lower)
	}
	if s == nil {
		if bare == strings.ToUpper(bare) && (utf8.RuneCountInString(bare) < shortestSpoken || !isVowel(unicode.ToLower(r))) {
			return bare + ":" + letterEnding(r, f) + after
		}
		s = foreign(lower)
	}
	form, ok := s.form(lower[known.head:], f)
	if !ok {
		return word
	}
	n := 0
	for n < len(lower) && n < len(form) && lower[n] == form[n] {
		n++
	}
	for n > 0 && n < len(form) && !utf8.RuneStart(form[n]) {
		n--
	}
	if len(lower) != len(bare) {
		return form + after
	}
	return bare[:n] + form[n:] + after
}

// shortestSpoken is the fewest letters of a name in capitals that is said as a
// word: IKEA, but not USB.
const shortestSpoken = 4

// participle returns the stems of a word that looks like a participle in -tu,
// which the lexicon knows only by its verb: ommeltu, kuivatut.
func participle(word string) stems {
	back := strings.NewReplacer("y", "u").Replace(word)
	for _, e := range [...]struct {
		ending string
		grade  grade
	}{
		{"ttu", 'C'}, {"ltu", 'I'}, {"ntu", 'J'}, {"rtu", 'K'}, {"stu", 0}, {"tu", 'F'},
		{"llut", 'I'}, {"nnut", 'J'}, {"rrut", 'K'}, {"stut", 0}, {"tut", 'C'}, {"dut", 'F'},
	} {
		if strings.HasSuffix(back, e.ending) {
			return stemsOf(word, class{1, e.grade})
		}
	}
	return nil
}

// foreign returns the stems of a word that no lexicon knows.
func foreign(word string) stems {
	classes := guess(word)
	for _, c := range classes {
		if c.number < 50 && c.grade >= 'A' && c.grade <= 'C' { // kk, pp and tt always turn
			if s := stemsOf(word, c); s != nil {
				return s
			}
		}
	}
	for _, c := range classes {
		if c.number == 48 {
			c.number = 8 // a name in e: Nike, Niken
		}
		if s := stemsOf(word, c); c.number < 50 && s != nil {
			return s
		}
	}
	return nil
}

// choices has the slots to take for a case whose ending may stand on several
// stems, the one most written first.
var choices = map[Form][]slots{
	{Case: Genitive, Plural: true}:  {genitiveTen, genitiveDen, genitiveEn},
	{Case: Partitive, Plural: true}: {partitivePlTa, partitivePlA},
}

// form makes the form of a headword. Head is its last part, by whose vowels
// the ending goes.
func (s stems) form(head string, f Form) (string, bool) {
	if f.Case == Genitive && f.Plural {
		s = slices.DeleteFunc(slices.Clone(s), func(one stem) bool {
			return one.slots == genitiveTen && !strings.HasSuffix(one.text, "s") && !strings.HasSuffix(one.text, "n")
		})
	}
	order := choices[f]
	if order == nil {
		order = []slots{^slots(0)}
	}
	f.Plural = f.Plural || s.many()
	for _, wanted := range order {
		for _, e := range nominalEndings {
			if e.form != f || e.after&bare == 0 || e.slots&wanted == 0 {
				continue
			}
			for _, one := range s {
				if one.slots&e.slots != 0 {
					return one.text + harmonic(head, e.text), true
				}
			}
		}
	}
	return "", false
}

// letterEnding is the ending of an abbreviation that is spelt, by its last
// letter: USB:n, CD:tä, TV:hen.
func letterEnding(r rune, f Form) string {
	name := letterNames[unicode.ToLower(r)]
	if name == "" {
		name = "ee"
	}
	return spelt(name, f)
}

// letterNames are the names of the letters whose endings are not those of
// "bee".
var letterNames = map[rune]string{
	'a': "aa", 'h': "hoo", 'k': "koo", 'o': "oo", 'q': "kuu", 'u': "uu", 'y': "yy", 'i': "ii", 'å': "oo", 'ä': "ää", 'ö': "öö",
	'f': "äffä", 'l': "ällä", 'm': "ämmä", 'n': "ännä", 'r': "ärrä", 's': "ässä", 'x': "äksä", 'z': "tseta", 'j': "jii",
}

// spelt is what follows the colon when a name is inflected.
func spelt(name string, f Form) string {
	number := 18
	if !endsLong(name) {
		number = 10
	}
	form, ok := stemsOf("x"+name, class{number: number}).form(name, f)
	if !ok {
		return ""
	}
	if number == 10 {
		return strings.TrimPrefix(form, "x"+chop(name, 1)+last(name))
	}
	return strings.TrimPrefix(form, "x"+name)
}

// numberEnding is what follows the colon after a number, by its last digit, or
// after any other sign.
func numberEnding(r rune, f Form) string {
	front := strings.ContainsRune("14579", r)
	f.Plural = false
	var ending string
	switch {
	case f.Case == Partitive && strings.ContainsRune("034789", r):
		ending = "a"
	case f.Case == Partitive:
		ending = "ta"
	case f.Case == Illative && strings.ContainsRune("04789", r):
		ending = "aan"
	case f.Case == Illative:
		ending = "een"
	default:
		for _, e := range nominalEndings {
			if e.form == f && e.after&bare != 0 {
				ending = e.text
				break
			}
		}
	}
	if front {
		return fronted(ending)
	}
	return ending
}
