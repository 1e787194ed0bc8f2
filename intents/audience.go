package intents

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldestChild is the last age at which children's goods are meant.
const oldestChild = 15

func ageAudience(age int) string {
	if age <= 1 {
		return "baby"
	}
	return "child"
}

// birthdays finds how old somebody turns, which is no quantity: "täyttää 7".
func (s *scan) birthdays() {
	for i := range s.tokens {
		at := i + s.is(turning, i)
		if at == i || at == len(s.tokens) || s.taken[at] || at+1 < len(s.tokens) && s.tokens[at+1].goods {
			continue
		}
		age := s.tokens[at].number()
		if value, n := s.letters(at); age < 0 && n == 1 {
			age = value / one
		}
		if age > 0 && age <= oldestChild {
			s.add(Age, strconv.Itoa(age), at, at+1)
		} else if age > 0 {
			s.take(s.tokens[at].Start, s.tokens[at].End)
		}
	}
}

// vee is an age as it is written in a hurry: "5v", "3vee".
var vee = regexp.MustCompile(`^(\d{1,2})v(?:ee|uotia\pL*)?$`)

// age returns the years of "7-vuotiaalle", "7-åring", "5v pojalle", "min son 7 år" when the
// i-th word says so, and with which word they begin; else -1.
func (s *scan) age(i int) (years, from int) {
	if s.child(i-1) || s.child(i+1) {
		if short := vee.FindStringSubmatch(s.tokens[i].fold); short != nil {
			years, _ = strconv.Atoi(short[1])
			return years, i
		}
	}
	if i == 0 {
		return -1, i
	}
	said := func() bool {
		switch s.tokens[i].fold {
		case "yo", "yrs":
			return true
		case "ar":
			return s.child(i - 2)
		case "v", "vee":
			return s.child(i-2) || s.child(i+1)
		}
		return slices.ContainsFunc([]string{"vuotia", "vuotta", "aring", "arig", "year"}, func(beginning string) bool { return strings.HasPrefix(s.tokens[i].fold, beginning) })
	}
	if !said() {
		return -1, i
	}
	return s.tokens[i-1].number(), i - 1
}

// child reports whether the i-th word is one for a child.
func (s *scan) child(i int) bool {
	audience, _ := s.at(audiences, i)
	return audience == "child" || audience == "baby"
}

// audiences finds for whom goods are.
func (s *scan) audiences() {
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		if age, from := s.age(i); age >= 0 {
			if age <= oldestChild {
				_, n := s.at(audiences, i+1) // "5-årig kille" is no man
				s.name(Audience, ageAudience(age), from, i+1+n)
				if age > 0 && !s.has(Age) {
					s.name(Age, strconv.Itoa(age), from, i+1)
				}
				i += n
			}
			continue
		}
		if audience, n := s.at(audiences, i); n > 0 {
			s.name(Audience, audience, i, i+n)
			i += n - 1
		}
	}
	for _, e := range s.found {
		if e.Kind == Age && !s.has(Audience) {
			age, _ := strconv.Atoi(e.Value)
			s.found = append(s.found, Entity{Kind: Audience, Value: ageAudience(age), Text: e.Text, Start: e.Start, End: e.End})
		}
	}
}
