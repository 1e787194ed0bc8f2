package intents

import (
	"slices"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// shortestMeant is the fewest letters of a word that is known misspelt by the
// examples, and leastUsed the examples that must have the word it is meant for.
const (
	shortestMeant = 5
	leastUsed     = 5
)

// usedWords lists the words of Finnish examples that customers use often, folded:
// those that a misspelt word may be meant for.
func usedWords(examples []Example) []string {
	used := map[string]int{}
	for _, e := range examples {
		if e.Lang != language.Finnish {
			continue
		}
		for _, t := range language.Tokens(e.Text) {
			used[t.Text]++
		}
	}
	var words []string
	for word, n := range used {
		if n >= leastUsed && utf8.RuneCountInString(word) >= shortestMeant && !finnish.Base().Analyse(word)[0].Guess {
			words = append(words, language.Fold(word))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// spelt returns the words of a Finnish message as they are meant: "haosi" as
// "hajosi". A word that is known stays, and so does what may be a name.
func (m *Model) spelt(text string, ts []token) []token {
	for i, t := range ts {
		if !t.word.Guess || i > 0 && t.capital(text) {
			continue
		}
		if meant := m.cutters[t.lang].thing(t).meant; meant != "" {
			ts[i] = m.cutters[t.lang].token(language.Token{Text: meant, Start: t.Start, End: t.End})
		}
	}
	return ts
}

// meantBy returns the word that an unknown one is meant for, or "".
func (m *Model) meantBy(e *entry) string {
	if e.lang != language.Finnish || !e.word.Guess || len(e.fold) < shortestMeant || e.meaningful() || len(e.said.exact)+len(e.said.lemmas) > 0 {
		return ""
	}
	if meant := m.spelling.Slip(e.fold); meant != e.fold {
		return meant
	}
	return ""
}
