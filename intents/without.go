package intents

import (
	"tiski/intents/finnish"
	"tiski/intents/language"
)

// nearIntolerance is how many words may stand between what somebody cannot stand and the
// word that says so.
const nearIntolerance = 3

// shunned reports whether goods are to be without what the i-th word names: "joissa ei
// oo villaa", "allergia villalle".
func (s *scan) shunned(i int) bool {
	for j := i - nearIntolerance; j <= i+nearIntolerance; j++ {
		if s.is(intolerant, j) > 0 {
			return true
		}
	}
	for j := i - 1; j >= i-3; j-- {
		if s.is(negation, j) > 0 {
			return s.is(relative, j-1) > 0 || !s.asked(i) && j < i-1
		}
		if s.is(containing, j) == 0 {
			return false
		}
	}
	return false
}

// features finds what goods shall be without: "ilman vetoketjua".
func (s *scan) features() {
	for i := 1; i < len(s.tokens); i++ {
		t := &s.tokens[i]
		if !s.lacked(i) || s.named(i) || t.number() >= 0 {
			continue
		}
		word := t.Text
		if s.lang == language.Finnish {
			if word = t.word.Lemma; t.word.Form.Case != finnish.Partitive {
				continue
			}
		}
		s.name(Feature, word, i, i+1)
		s.found[len(s.found)-1].Negated = true
	}
}
