package dialogue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// questionAt is the byte at which the first question of a message begins, -1
// when it asks nothing. Few write the question mark: a clause asks, too, with
// the ending of a Finnish question ("onko", "käyks"), and a sentence that
// begins with a word such as "mikä", "hur", "where".
func questionAt(text, lang string, words []string, starts []int) int {
	sentence, clause, opening := 0, 0, true
	for i, w := range words {
		if i > 0 {
			between := afterWord(text[starts[i-1]:starts[i]])
			switch {
			case strings.Contains(between, "?"):
				return sentence
			case strings.ContainsAny(between, ".!\n"):
				sentence, clause, opening = starts[i], starts[i], true
			case strings.ContainsAny(between, ",;:–") || slices.Contains(joints, w):
				clause = starts[i]
			}
		}
		switch {
		case lang != "sv" && lang != "en" && asksByEnding(w) && (i == 0 || !isCapital(text[starts[i]:])) && !unsure(words[:i]):
			return clause
		case cueWords.word(w).has(cueAsking) && !named(w, text[starts[i]:]) && (opening || i > 0 && cueWords.word(words[i-1]).has(cueWonder)) && !(i+1 < len(words) && slices.Contains(whatever, words[i+1])):
			return sentence
		}
		opening = opening && (slices.Contains(softly, w) || slices.Contains(joints, w) || slices.Contains(openers, w))
	}
	if strings.Contains(text, "?") {
		return sentence
	}
	return -1
}

// named reports whether a word is of somebody's name, in the text from it on: "Mika
// Kuusisto", "mika.kuusisto@example.fi".
func named(word, text string) bool {
	joined, _, _ := strings.Cut(text, " ")
	return slices.Contains(namesakes, word) && (strings.Contains(joined, "@") || isName(text) && unmistakable(text) == "")
}

var (
	// openers may stand before the word that a question begins with.
	openers = []string{"moi", "moikka", "moro", "terve", "huomenta", "paivaa", "iltaa", "enta", "entas", "sitten", "sit", "niin", "ni", "viela", "hej", "hi", "hello"}
	// whatever makes of a question word something else: "mikä vaan", "paljon kiitoksia", "har inte numret".
	whatever = []string{"vaan", "vain", "vaa", "tahansa", "hyvansa", "som", "ever", "kiitos", "kiitoksia", "kiitti", "onnea", "parempi", "inte", "inget", "ingen", "not"}
)

func isCapital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// unsure reports whether what follows these words is what somebody does not know.
func unsure(words []string) bool { return anyCue(words, cueForgot) }

// notAsking are words, and ends of compounds, that only look like the form of a question.
var notAsking = []string{"koko", "tauko", "korko", "joko", "aurinko", "vahinko", "ulko", "teko", "sahko", "runko", "vihko", "nako", "katko", "kauko", "disko", "alko", "hko", "esko", "asko", "marko", "mirko", "anteeks", "pisteeks", "nimeks", "osoitteeks", "numeroks", "postiks", "lahjaks", "kaveriks", "kooks", "variks", "ajaks"}

// questionEndings are -ko and -kö (folded) and the -ks of speech, which follows a vowel in full
// length or a personal ending: "saaks", "voiks", "onks", but "huomiseks".
var questionEndings = []string{"ko", "kohan", "nks", "aaks", "eeks", "iiks", "ooks", "uuks", "yyks", "oiks", "ayks", "tteks"}

// asksByEnding reports whether a folded Finnish word has the form of a question.
func asksByEnding(w string) bool {
	ends := func(ending string) bool { return strings.HasSuffix(w, ending) }
	return len(w) > 3 && slices.ContainsFunc(questionEndings, ends) && !ends("kko") && !slices.ContainsFunc(notAsking, ends)
}
