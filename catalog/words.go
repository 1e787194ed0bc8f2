package catalog

type optionValue struct{ option, value string }

// Translate returns an option's value ("color", "tummansininen") in a language,
// or the value itself when words.yaml does not know better.
func (s *Shop) Translate(option, value, lang string) string {
	if w := s.words[optionValue{option, value}]; w != nil && w.Name[lang] != "" {
		return w.Name[lang]
	}
	return value
}

// FactWords are the words of the names that facts of products have in the shop's words, in
// Finnish and in a language: in lower case, and without dots and accents.
func (s *Shop) FactWords(lang string) []string { return s.factWords[lang] }
