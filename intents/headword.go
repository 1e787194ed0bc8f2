package intents

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// analysis returns the likeliest way to understand a word; of another language
// than Finnish, and of a number, the zero one.
func analysis(x *finnish.Lexicon, word, lang string) finnish.Analysis {
	if r, _ := utf8.DecodeRuneInString(word); lang != language.Finnish || unicode.IsDigit(r) {
		return finnish.Analysis{}
	}
	return x.Analyse(word)[0]
}

// shortestTopic is the shortest word, in characters, that tells what a message
// is about.
const shortestTopic = 4

// offTopic are headwords that are in every other message.
var offTopic = map[string]bool{
	"olla": true, "voida": true, "saada": true, "haluta": true, "pitää": true, "tulla": true, "mennä": true, "tehdä": true, "mikä": true, "miten": true,
	"minä": true, "sinä": true, "tämä": true, "joka": true, "että": true, "mutta": true, "kuin": true, "vielä": true, "kanssa": true, "kiitos": true,
	"have": true, "that": true, "this": true, "what": true, "with": true, "your": true, "would": true, "there": true,
	"vill": true, "skull": true, "inte": true, "från": true, "kann": true,
}

// Topics are the words of a message that may tell what it is about, each as its
// headword: "millon mun paketit tulee" is about "paketti".
func Topics(x *finnish.Lexicon, lang, text string) []string {
	var topics []string
	for _, t := range language.Tokens(text) {
		word := strings.ToLower(t.Text)
		if best := analysis(x, word, lang); best.Lemma != "" {
			word = best.Lemma
		} else if lang != language.Finnish {
			word = language.Stem(lang, word)
		}
		if utf8.RuneCountInString(word) >= shortestTopic && !offTopic[word] && !slices.Contains(topics, word) {
			topics = append(topics, word)
		}
	}
	return topics
}

// anyNumber is the lemma of every number.
const anyNumber = "0"

// stems returns what stands for all forms of a word, for each part of a
// compound, and for the verbs that they come from. Dots are folded away in Finnish, where people leave them out;
// Swedish "täck" is another word than "tack". Dots tells whether any were. A
// number stands for all numbers.
func stems(x *finnish.Lexicon, word, lang string, best finnish.Analysis) (lemma string, parts []string, dots bool) {
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(r) {
		return anyNumber, nil, false
	}
	if lang != language.Finnish {
		return language.Stem(lang, word), nil, false
	}
	lemma = language.Fold(best.Lemma)
	dots = lemma != best.Lemma
	if best.Guess {
		lemma = bareStem(lemma)
	}
	if len(best.Parts) < 2 {
		return lemma, withVerb(nil, best.Lemma), dots
	}
	for _, part := range best.Parts[:len(best.Parts)-1] {
		headword := x.Analyse(part)[0].Lemma
		parts = withVerb(append(parts, language.Fold(headword)), headword)
	}
	return lemma, withVerb(append(parts, language.Fold(best.Head())), best.Head()), dots
}

// withVerb adds the verb that a noun comes from, if any.
func withVerb(parts []string, noun string) []string {
	if verb := finnish.VerbOf(noun); verb != "" {
		parts = append(parts, language.Fold(verb))
	}
	return parts
}

// bareStem brings the grades of a folded Snowball stem together.
func bareStem(stem string) string {
	if bare := strings.TrimRight(stem, "aeiouy"); len(bare) >= shortestGraded {
		return evenGrade.Replace(bare)
	}
	return stem
}

// evenGrade brings the grades of a Finnish stem together: keng- and kenk-, repp-
// and rep-. Short stems would become alike that are not.
var evenGrade = strings.NewReplacer("kk", "k", "pp", "p", "tt", "t", "nk", "n", "ng", "n", "d", "t")

const shortestGraded = 4
