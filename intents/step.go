package intents

import (
	"slices"
	"strings"

	"tiski/intents/language"
)

// longestStep is how many words a message may have in which a step is known
// misspelt, and shortestStep how many letters such a word must have.
const (
	longestStep  = 4
	shortestStep = 5
)

// steps returns a Speller of the words by which a purchase goes on or ends.
func (m markers) steps() *language.Speller {
	var words []string
	for _, signs := range m {
		for _, s := range signs {
			if s.kind == step && len(s.words) == 1 {
				words = append(words, s.words[0])
			}
		}
	}
	slices.Sort(words)
	return language.NewSpeller(words)
}

// mended returns a short message with the steps in it as they are spelt:
// "kassale" is "kassalle", and "jooo" is "joo". Words that mean something else
// stay as they are.
func (m *Model) mended(text string, ts []token) string {
	if len(ts) > longestStep {
		return text
	}
	var mended strings.Builder
	from := 0
	for _, t := range ts {
		if meant := m.stepMeant(t); meant != "" {
			mended.WriteString(text[from:t.Start] + meant)
			from = t.End
		}
	}
	if from == 0 {
		return text
	}
	return mended.String() + text[from:]
}

// stepMeant returns the step, or the yes or no, that a word is when it is
// misspelt; "" for any other word.
func (m *Model) stepMeant(t token) string {
	l := m.lexicons[t.lang]
	for _, length := range []int{2, 1} {
		if short := language.Squeezed(t.fold, length); short != t.fold && l.stepOrAnswer(short) {
			return short
		}
	}
	t = m.cutters[t.lang].thing(t)
	if len(t.fold) < shortestStep || !t.word.Guess || t.meaningful() {
		return ""
	}
	if near := l.steps.Near(t.fold); near != t.fold && len(near) >= shortestStep {
		return near
	}
	return ""
}

// stepOrAnswer reports whether a folded word is a step, or yes or no.
func (l *lexicon) stepOrAnswer(word string) bool {
	return slices.ContainsFunc(l.markers[word], func(s sign) bool {
		return (s.kind == step || s.kind == answer) && len(s.words) == 1
	})
}
