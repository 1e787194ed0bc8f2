package intents

import "tiski/intents/language"

// stemmed finds names by the stems that their forms have in Finnish.
type stemmed map[string]string

// learn makes a folded name mean something: "tuli" is found in "tulen",
// "kaamos" in "kaamoksen".
func (s stemmed) learn(name, meaning string) {
	s[name] = meaning
	last := len(name) - 1
	other := ""
	switch name[last] {
	case 'i':
		other = name[:last] + "e"
	case 's':
		other = name[:last] + "ks"
	}
	if _, taken := s[other]; other != "" && !taken {
		s[other] = meaning
	}
}

// endings of names in Finnish, dots folded away.
var endings = map[string]bool{
	"n": true, "a": true, "t": true, "ta": true, "ssa": true, "sta": true, "lla": true, "lle": true, "lta": true, "na": true, "ksi": true,
	"in": true, "en": true, "ia": true, "ien": true, "it": true, "eja": true, "ja": true, "issa": true, "ista": true, "iin": true, "an": true,
	"s": true, "et": true, "essa": true, "esta": true, "ella": true, "elle": true, "ena": true, "eksi": true,
}

const (
	longestEnding = 4
	shortestStem  = 3
)

// find returns what a word without its ending means, or "".
func (s stemmed) find(word string) string {
	if meaning, ok := s[word]; ok {
		return meaning
	}
	for n := 1; n <= longestEnding && len(word)-n >= shortestStem; n++ {
		if meaning, ok := s[word[:len(word)-n]]; ok && endings[word[len(word)-n:]] {
			return meaning
		}
	}
	return ""
}

// properWord returns the proper word that a token is a form of, perhaps
// misspelt, or "".
func (w *vocabulary) properWord(t *entry) string {
	if w.proper[t.fold] != nil {
		return t.fold
	}
	if t.word.Lemma != "" {
		if lemma := language.Fold(t.word.Lemma); w.proper[lemma] != nil {
			return lemma
		}
	}
	if word := w.stems.find(t.fold); word != "" {
		return word
	}
	if len(t.fold) < shortestMisspelt || w.noun(t) || w.common[t.lemma] {
		return ""
	}
	if near := w.spelling.Near(t.fold); near != "" {
		return near
	}
	for n := 1; n <= longestEnding && len(t.fold)-n >= shortestMisspelt; n++ {
		if !endings[t.fold[len(t.fold)-n:]] {
			continue
		}
		if near := w.spelling.Near(t.fold[:len(t.fold)-n]); near != "" {
			return near
		}
	}
	return ""
}
