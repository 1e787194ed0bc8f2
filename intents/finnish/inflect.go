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
	if e, at := x.tail(word); e != nil {
		return nominal{at, x.full(e, word[:at]), true, e.adjective}
	}
	return nominal{}
}

// tail finds the listed noun in which an unknown word ends, and where that begins; nil
// when it ends in none.
func (x *Lexicon) tail(word string) (e *entry, at int) {
	for i := 3; i <= len(word)-shortestTail; i++ {
		for _, n := range x.headwords(word[i:], nil) {
			if e := &x.entries[n]; e.origin == listed && e.slots(x)&nominative != 0 && e.slots(x)&strongPlural != 0 {
				return e, i
			}
		}
	}
	return nil, 0
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

// inflected is a word of a title, which may be unknown, ready to be inflected.
type inflected struct {
	before, bare, after string // hyphens, the word, and signs
	lower               string // the word
	last                rune   // of the word
	head                int    // byte where its last part begins
	stems               stems
	spelt               bool // letter by letter: USB
}

// inflected finds how a word of a title inflects.
func (x *Lexicon) inflected(word string) inflected {
	bare := strings.TrimLeft(word, "-")
	w := inflected{before: word[:len(word)-len(bare)]}
	w.bare = strings.TrimRight(bare, ",.:!)")
	w.after = bare[len(w.bare):]
	w.lower = strings.ToLower(w.bare)
	w.last, _ = utf8.DecodeLastRuneInString(w.bare)
	if !unicode.IsLetter(w.last) {
		return w
	}
	known := x.nominal(w.lower)
	w.head, w.stems = known.head, known.stems
	if w.stems == nil {
		w.stems = participle(w.lower)
	}
	if w.stems != nil {
		return w
	}
	w.spelt = w.bare == strings.ToUpper(w.bare) && (utf8.RuneCountInString(w.bare) < shortestSpoken || !isVowel(unicode.ToLower(w.last)))
	if !w.spelt {
		w.stems = foreign(w.lower)
	}
	return w
}

// in puts the word into a case and number.
func (w *inflected) in(f Form) string {
	switch {
	case w.bare == "":
		return w.before + w.after
	case !unicode.IsLetter(w.last):
		return w.before + w.bare + ":" + numberEnding(w.last, f) + w.after
	case w.spelt:
		return w.before + w.bare + ":" + letterEnding(w.last, f) + w.after
	}
	form, ok := w.stems.form(w.lower[w.head:], f)
	if !ok {
		return w.before + w.bare + w.after
	}
	n := 0
	for n < len(w.lower) && n < len(form) && w.lower[n] == form[n] {
		n++
	}
	for n > 0 && n < len(form) && !utf8.RuneStart(form[n]) {
		n--
	}
	if len(w.lower) != len(w.bare) {
		return w.before + form + w.after
	}
	return w.before + w.bare[:n] + form[n:] + w.after
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
