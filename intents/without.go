package intents

import (
	"tiski/intents/finnish"
	"tiski/intents/language"
)

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
