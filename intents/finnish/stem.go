package finnish

// slots says which endings a stem takes, one bit for each kind.
type slots uint64

const (
	nominative     slots = 1 << iota // kenkä: as it is
	strong                           // kenkä-nä, kenkä-ni
	weak                             // kengä-n, kengä-ssä
	illative                         // kenkää-n: all but the n
	partitiveA                       // kenkä-ä
	partitiveTa                      // maa-ta
	strongPlural                     // kenki-nä
	weakPlural                       // kengi-ssä
	illativePlural                   // kenkii-n
	partitivePlA                     // kenki-ä
	partitivePlTa                    // mai-ta
	genitiveEn                       // kenki-en
	genitiveDen                      // mai-den, mai-tten
	genitiveTen                      // las-ten
	compoundStem                     // hevos-: only before another part
	comparative                      // vanhe-mpi
	superlative                      // vanhi-n
	verbStrong                       // anta-vat, anta-va
	verbWeak                         // anna-n
	third                            // antaa
	infinitiveA                      // saad-a
	infinitiveE                      // saad-essa
	pastStrong                       // antoi
	pastWeak                         // annoi-n
	conditional                      // antaisi-n
	participleN                      // antan-ut, antan-ee
	imperativeK                      // anta-kaa
	passiveAn                        // anneta-an
	passiveT                         // annet-tiin, annet-tu
	passiveWeak                      // annetu-n
	wholeWord                        // indeclinable
	adverbSti                        // nopea-sti
	pluralHead                       // housut: a headword in the plural
	strongOfPlural                   // housu-ni
)

// nounSlots are those of nominals, verbSlots those of verbs.
const (
	nounSlots = verbStrong - 1 | adverbSti | pluralHead | strongOfPlural
	verbSlots = wholeWord - verbStrong
)

// stem is one of the stems of a word, or its tail after the letters that all
// stems of the word share, with the endings it takes.
type stem struct {
	text  string
	slots slots
}

// stems gathers the stems of a headword.
type stems []stem

// add adds a stem; stems of the same text are one with the endings of both.
func (s *stems) add(kind slots, text string) {
	for i := range *s {
		if (*s)[i].text == text {
			(*s)[i].slots |= kind
			return
		}
	}
	*s = append(*s, stem{text, kind})
}

// pattern cuts the stems at the letters that all of them share. The tails take the
// place of the stems.
func (s stems) pattern() (root string, tails []stem) {
	root = s[0].text
	for _, one := range s[1:] {
		n := min(len(root), len(one.text))
		i := 0
		for i < n && root[i] == one.text[i] {
			i++
		}
		root = root[:i]
	}
	for len(root) > 0 && !whole(s, len(root)) {
		root = root[:len(root)-1]
	}
	for i := range s {
		s[i].text = s[i].text[len(root):]
	}
	return root, s
}

// whole tells whether no stem is cut within a letter at byte n.
func whole(s stems, n int) bool {
	for _, one := range s {
		if n < len(one.text) && one.text[n]&0xC0 == 0x80 {
			return false
		}
	}
	return true
}

// class is an inflection class of Kotus with the letter of its gradation.
type class struct {
	number int // 1 to 49 nominals, 52 to 78 verbs, 99 indeclinable
	grade  grade
}

// stemsOf returns the stems of a headword in a class, or nil when the class
// does not fit the headword.
func stemsOf(word string, c class) stems {
	s := make(stems, 0, usualStems)
	switch {
	case c.number == 99:
		s.add(wholeWord, word)
	case len(word) < 2:
	case c.number >= 1 && c.number <= 49:
		if singular := singularOf(word, c); singular != "" {
			return pluralStems(word, singular, c)
		}
		s.nominal(word, c)
	case c.number >= 52 && c.number <= 78:
		s.verb(word, c)
	}
	if len(s) == 0 {
		return nil
	}
	return s
}

// usualStems is how many stems hardly any headword has more of.
const usualStems = 12
