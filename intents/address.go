package intents

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// streetEnds end the names of streets, folded.
var streetEnds = []string{
	"katu", "kadun", "kadulle", "kadulla", "tie", "tien", "tielle", "tiella", "kuja", "kujan", "kujalle", "kujalla",
	"polku", "polun", "polulle", "kaari", "kaaren", "tori", "torin", "ranta", "rannan", "rinne", "rinteen", "raitti",
	"raitin", "bulevardi", "esplanadi", "vayla", "vaylan", "aukio", "aukion", "penger", "portti", "piha", "pihan",
	"puistikko", "puisto", "laituri", "silta", "gatan", "vagen", "grand", "granden", "stigen", "allen",
	"street", "road", "avenue", "lane",
}

// streetEnd returns the end that the i-th word has in common with names of
// streets, or "".
func (s *scan) streetEnd(i int) string {
	for _, end := range streetEnds {
		if strings.HasSuffix(s.tokens[i].fold, end) {
			return end
		}
	}
	return ""
}

// street reports whether the i-th word is the name of a street: more than "tie".
func (s *scan) street(i int) bool {
	end := s.streetEnd(i)
	return end != "" && len(s.tokens[i].fold) >= len(end)+2
}

// houseNumber is what follows the name of a street: "12", "5a", "12 B 34",
// "3 as 7", "10-12 C".
var houseNumber = regexp.MustCompile(`^\s+(\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:\s?[a-zA-Z]\b)?(?:(?:\s+|,\s*)(?:as\.?|lgh|apt\.?)\s*\d{1,4}|\s+\d{1,3}\b)?)(?:$|[\s,.;:!?])`)

// longestStreet is how many words the name of a street may have that was asked for.
const longestStreet = 4

// addresses finds streets with their numbers: "Hämeenkatu 12 B 34",
// "mannerheimintie 5a". When the address was asked for any name will do.
func (s *scan) addresses() {
	if s.digits() == 0 {
		return
	}
	for i := range s.tokens {
		t := &s.tokens[i]
		if s.taken[i] || t.number() >= 0 || i+1 == len(s.tokens) || s.tokens[i+1].letters() ||
			!s.street(i) && !(s.hint.Pending == Address && i < longestStreet) {
			continue
		}
		at := houseNumber.FindStringSubmatchIndex(s.text[t.End:])
		if at == nil || s.euroAfter(s.tokenAt(t.End+at[2])) > 0 || s.is(otherUnit, s.tokenAt(t.End+at[3])) > 0 || s.is(piece, s.tokenAt(t.End+at[3])) > 0 {
			continue
		}
		number := s.text[t.End+at[2] : t.End+at[3]]
		first := s.streetFrom(i)
		street := s.text[s.tokens[first].Start:t.Start] + s.nominative(i)
		s.addSpan(Address, tidyStreet(street)+" "+tidyNumber(number), s.tokens[first].Start, t.End+at[3])
		return
	}
}

// streetFrom returns where the name of a street begins that ends with the i-th
// word: words with a capital go with it, and all words when it was asked for.
func (s *scan) streetFrom(i int) int {
	for i > 0 && s.sign(i-1) == "" && !s.taken[i-1] && s.tokens[i-1].number() < 0 && s.is(filler, i-1) == 0 {
		asked := s.hint.Pending == Address && s.is(negation, i-1) == 0 && s.is(aboutAddress, i-1) == 0
		if !asked && !s.capitalInside(i-1) && !(i == 1 && s.tokens[0].capital(s.text) && s.is(aboutAddress, 0) == 0 && s.tokens[1].capital(s.text)) {
			break
		}
		i--
	}
	return i
}

// nominative returns the i-th word of a street's name without a case: "Koivukadulle".
func (s *scan) nominative(i int) string {
	t := &s.tokens[i]
	as := s.text[t.Start:t.End]
	if lemma := t.word.Lemma; lemma != "" && !t.word.Guess && lemma != t.Text {
		return lemma
	}
	return as
}

func tidyStreet(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	if len(words) == 1 && words[0] == "Pl" {
		return "PL"
	}
	return strings.Join(words, " ")
}

// stair is the letter of a staircase between two numbers, or by itself after one.
var stair = regexp.MustCompile(`(\d)\s+([a-z])\b`)

func tidyNumber(number string) string {
	number = strings.Join(strings.Fields(number), " ")
	return stair.ReplaceAllStringFunc(number, strings.ToUpper)
}
