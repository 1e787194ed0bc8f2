package intents

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// halfSpelt is an address of which only the sign is spelt: "jenni.korhonen ät
// gmail.com", "jenni(at)posti.fi".
var halfSpelt = regexp.MustCompile(`(?i)([\p{L}\d._+-]+)\s*(?:\s(?:ät|miukumauku)\s*|[(\[](?:at|ät)[)\]]\s*|(\sat\s))([a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,})\b`)

// halfSpelt looks only where there can be one: most messages have none.
func (s *scan) halfSpelt() [][]int {
	if s.hint.Pending != Email && !strings.Contains(s.text, "ät") && !strings.Contains(s.text, "at)") && !strings.Contains(s.text, "at]") && !strings.Contains(s.text, "miuku") {
		return nil
	}
	return halfSpelt.FindAllStringSubmatchIndex(s.text, -1)
}

// emails finds addresses, also those spelt out: "matti piste meikäläinen ät
// posti piste fi".
func (s *scan) emails() {
	for _, at := range s.halfSpelt() {
		if at[4] < 0 || s.hint.Pending == Email { // "at" is a word, too
			s.addSpan(Email, strings.ToLower(s.text[at[2]:at[3]]+"@"+s.text[at[6]:at[7]]), at[0], at[1])
		}
	}
	for i, t := range s.tokens {
		if strings.Contains(t.Text, "@") {
			s.add(Email, t.Text, i, i+1)
			continue
		}
		if s.is(mailAt, i) != 1 || i == 0 {
			continue
		}
		first, last := i-1, i+1
		for s.mailSign(first-1) != "" && first >= 2 {
			first -= 2
		}
		domain := false
		for s.mailSign(last+1) != "" && last+2 < len(s.tokens) {
			domain = domain || s.mailSign(last+1) == "."
			last += 2
		}
		if !domain {
			continue
		}
		var address strings.Builder
		for j := first; j <= last; j++ {
			switch sign := s.mailSign(j); {
			case j == i:
				address.WriteByte('@')
			case sign != "":
				address.WriteString(sign)
			default:
				address.WriteString(s.tokens[j].fold)
			}
		}
		s.add(Email, address.String(), first, last+1)
	}
}

// mailSign returns the sign that the i-th word says aloud, or "".
func (s *scan) mailSign(i int) string {
	switch {
	case s.is(mailDot, i) == 1:
		return "."
	case s.is(mailLow, i) == 1:
		return "_"
	case s.is(mailDash, i) == 1:
		return "-"
	}
	return ""
}

var phoneShape = regexp.MustCompile(`(?:\+|\b00|\b0)\d[\d \-()]{4,}\d\b`)

// phones finds numbers that can be called; one without a country is Finnish.
func (s *scan) phones() {
	for _, at := range phoneShape.FindAllStringIndex(s.text, -1) {
		number, err := phonenumbers.Parse(s.text[at[0]:at[1]], "FI")
		if err != nil || s.takenAt(at[0]) {
			continue
		}
		if phonenumbers.IsValidNumber(number) || s.hint.Pending == Phone && phonenumbers.IsPossibleNumber(number) {
			s.addSpan(Phone, phonenumbers.Format(number, phonenumbers.E164), at[0], at[1])
		}
	}
}

// zeros are the word that a number said aloud begins with.
var zeros = []string{"nolla", "noll", "zero", "oh"}

// longestPhone is how many digits of a number said aloud are read.
const longestPhone = 15

// spokenPhones finds numbers that begin with a zero in letters: "nolla neljäkyt
// 1234567".
func (s *scan) spokenPhones() {
	for i := 0; i < len(s.tokens); i++ {
		if !s.free(i) || !slices.Contains(zeros, s.tokens[i].fold) {
			continue
		}
		digits, n := s.spoken(i)
		number, err := phonenumbers.Parse(digits, "FI")
		if err != nil || !phonenumbers.IsValidNumber(number) {
			continue
		}
		s.addSpan(Phone, phonenumbers.Format(number, phonenumbers.E164), s.tokens[i].Start, s.tokens[i+n-1].End)
		i += n - 1
	}
}

// spoken reads digits and numbers below a hundred from the i-th word on, and
// returns how many words they took. "neljäkyt viis" before digits is 45.
func (s *scan) spoken(i int) (digits string, n int) {
	tens := false
	for ; s.free(i+n) && len(digits) < longestPhone; n++ {
		word := s.tokens[i+n]
		if numeral(word.Text) >= 0 {
			digits, tens = digits+word.Text, false
			continue
		}
		said, ok := s.lexicon.cutNumber(counting{}, word.fold, false)
		value := said.value() / one
		switch {
		case slices.Contains(zeros, word.fold):
			value = 0
		case !ok || value == 0 || value > 99 || said.value()%one != 0:
			return digits, n
		}
		if tens && value > 0 && value < 10 && i+n+1 < len(s.tokens) && numeral(s.tokens[i+n+1].Text) >= 0 {
			digits = digits[:len(digits)-1]
		}
		digits += strconv.Itoa(value)
		tens = value >= 20 && value%10 == 0
	}
	return digits, n
}

func (s *scan) takenAt(offset int) bool {
	for i, t := range s.tokens {
		if t.Start <= offset && offset < t.End {
			return s.taken[i]
		}
	}
	return false
}

// postalCodes finds five digits that are nothing else.
func (s *scan) postalCodes() {
	for i, t := range s.tokens {
		if len(t.Text) != 5 || t.number() < 1 || s.taken[i] || s.euroAfter(i) != 0 || s.is(otherUnit, i+1) > 0 {
			continue
		}
		if start := t.Start; start > 0 && strings.IndexByte("+#", s.text[start-1]) >= 0 {
			continue
		}
		s.add(PostalCode, t.Text, i, i+1)
	}
}
