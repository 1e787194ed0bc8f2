package intents

import "strings"

// oldestChild is the last age at which children's goods are meant.
const oldestChild = 15

func ageAudience(age int) string {
	if age <= 1 {
		return "baby"
	}
	return "child"
}

// age returns the years of "7-vuotiaalle", "7-åring", "min son 7 år" when the i-th
// word says so, else -1.
func (s *scan) age(i int) int {
	if i == 0 {
		return -1
	}
	switch s.tokens[i].fold {
	case "yo", "yrs":
		return s.tokens[i-1].number()
	case "ar":
		if audience, _ := s.at(audiences, i-2); audience == "child" || audience == "baby" {
			return s.tokens[i-1].number()
		}
	}
	for _, beginning := range []string{"vuotia", "vuotta", "aring", "arig", "year"} {
		if strings.HasPrefix(s.tokens[i].fold, beginning) {
			return s.tokens[i-1].number()
		}
	}
	return -1
}

// audiences finds for whom goods are.
func (s *scan) audiences() {
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		if age := s.age(i); age >= 0 {
			if age <= oldestChild {
				_, n := s.at(audiences, i+1) // "5-årig kille" is no man
				s.name(Audience, ageAudience(age), i-1, i+1+n)
				i += n
			}
			continue
		}
		if audience, n := s.at(audiences, i); n > 0 {
			s.name(Audience, audience, i, i+n)
			i += n - 1
		}
	}
}
