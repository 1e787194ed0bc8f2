package intents

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// shortestUnknown is the fewest letters of a word that may join a lexicon without
// anybody telling its class: shorter ones are codes and units.
const shortestUnknown = 4

// UnknownWords lists the words of Finnish texts that a lexicon does not know, in
// the order in which they are met, each once: those of letters, with their parts
// between hyphens.
func UnknownWords(lexicon *finnish.Lexicon, texts iter.Seq[string]) []string {
	var unknown []string
	seen := map[string]bool{}
	look := func(word string) {
		if seen[word] {
			return
		}
		seen[word] = true
		letters := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) < 0
		if letters && utf8.RuneCountInString(word) >= shortestUnknown && lexicon.Analyse(word)[0].Guess {
			unknown = append(unknown, word)
		}
	}
	for text := range texts {
		for _, t := range language.Tokens(text) {
			for part := range strings.SplitSeq(t.Text, "-") {
				look(part)
			}
			look(t.Text)
		}
	}
	return unknown
}
