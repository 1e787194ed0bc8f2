package finnish

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Inflect puts a headword, a name or a product's title into a case and number:
// "Musta villapipo" in the genitive is "Mustan villapipon". Known adjectives
// before the head agree with it; what follows the head ("140 cm") stays. A
// name that ends in a number or in single letters takes its ending after a
// colon: "iPhone 15:n". Only the Case and Plural of the form count. Inflect of
// an empty text is empty.
func (x *Lexicon) Inflect(text string, f Form) string {
	f = Form{Case: f.Case, Plural: f.Plural}
	words := strings.Fields(text)
	if len(words) == 0 || f == (Form{Case: Nominative}) || f.Case == NoCase {
		return text
	}
	head := x.headOf(words)
	for i := range head {
		if x.adjective(strings.ToLower(words[i])) {
			words[i] = x.inflect(words[i], f)
		}
	}
	words[head] = x.inflect(words[head], f)
	return strings.Join(words, " ")
}

// Count tells a number of things: "1 makuupussi", "2 makuupussia", and of a
// plural headword "2 housut" (two pairs).
func (x *Lexicon) Count(n int, text string) string {
	words := strings.Fields(text)
	if n != 1 && n != -1 && len(words) > 0 && !x.many(strings.ToLower(words[x.headOf(words)])) {
		text = x.Inflect(text, Form{Case: Partitive})
	}
	return strconv.Itoa(n) + " " + text
}

// headOf returns which word of a title inflects: the number that it ends in,
// else the last word that is known before a comma, a bracket or a number, else
// the last.
func (x *Lexicon) headOf(words []string) int {
	end := words[len(words)-1]
	if unicode.IsDigit(rune(end[len(end)-1])) && !strings.Contains(strings.Join(words, " "), ",") {
		return len(words) - 1 // a model: iPhone 15
	}
	last := 0
	for i, word := range words {
		if i > 0 && (strings.ContainsAny(word[:1], "([–-|/") || unicode.IsDigit(rune(word[0]))) {
			break
		}
		last = i
		if strings.HasSuffix(word, ",") {
			break
		}
	}
	word := strings.ToLower(strings.TrimRight(words[last], ","))
	if _, s := x.stemsFor(word); last < len(words)-1 && s == nil {
		return len(words) - 1
	}
	return last
}

// adjective tells whether a word is the headword of an adjective.
func (x *Lexicon) adjective(word string) bool {
	return slices.ContainsFunc(x.headwords(word, nil), func(n int32) bool { return x.entries[n].adjective })
}

// many tells whether a word is a headword in the plural.
func (x *Lexicon) many(word string) bool {
	_, s := x.stemsFor(word)
	return slices.ContainsFunc(s, func(one stem) bool { return one.slots&pluralHead != 0 })
}

// stemsFor returns the nominal stems of a word that the lexicon lists or that
// is a compound with such a head, which begins at byte head; else nil.
func (x *Lexicon) stemsFor(word string) (head int, s stems) {
	if len(word) < 2 || len(word) > longestWord {
		return 0, nil
	}
	for _, n := range x.headwords(word, nil) {
		if e := &x.entries[n]; e.slots(x)&(nominative|pluralHead) != 0 && e.slots(x)&strongPlural != 0 {
			return lastBound(e.bounds), x.full(e, "")
		}
	}
	var room [longestWord + 1]way
	ways := room[:len(word)+1]
	x.cutUp(word, ways)
	best, heads := x.cheapest(word, ways, Form{Case: Nominative})
	if len(heads) == 0 {
		best, heads = x.cheapest(word, ways, Form{Case: Nominative, Plural: true})
	}
	for _, c := range heads {
		if e := &x.entries[c.entry]; e.slots(x)&strongPlural != 0 {
			s = x.full(e, word[:best])
			if c.form.Plural && e.slots(x)&pluralHead == 0 {
				s = s.plurals(word)
			}
			return best, s
		}
	}
	return 0, nil
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
	head, s := x.stemsFor(lower)
	if s == nil {
		if bare == strings.ToUpper(bare) && (utf8.RuneCountInString(bare) < shortestSpoken || !isVowel(unicode.ToLower(r))) {
			return bare + ":" + letterEnding(r, f) + after
		}
		s = foreign(lower)
	}
	form, ok := s.form(lower[head:], f)
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
	plural := slices.ContainsFunc(s, func(one stem) bool { return one.slots&pluralHead != 0 })
	f.Plural = f.Plural || plural
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
