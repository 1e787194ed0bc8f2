package search

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// longestWord is the longest word that is looked for, in bytes.
const longestWord = 100

// words cuts a text into words; of "t-paita" come also its parts.
func words(text string) []string {
	tokens := language.Tokens(text)
	list := make([]string, 0, len(tokens))
	for _, t := range tokens {
		if len(t.Text) > longestWord {
			continue
		}
		list = append(list, t.Text)
		if strings.Contains(t.Text, "-") {
			for _, part := range strings.Split(t.Text, "-") {
				if utf8.RuneCountInString(part) >= 3 {
					list = append(list, part)
				}
			}
		}
	}
	return list
}

// names splits a product's name into what the product is, the name of the
// model, and what is said beside it: a Finnish genitive before a common noun
// ("repun sadesuoja"), whom it is for ("kumisaappaat lapsille"), or all that
// follows a preposition ("regnskydd till ryggsäck").
func names(lang, name string) (heads, models, beside []string) {
	list := language.Tokens(name)
	for i, t := range list {
		w := words(t.Text)
		first, _ := utf8.DecodeRuneInString(name[t.Start:])
		switch {
		case lang != language.Finnish && prepositions[t.Text]:
			return heads, models, append(beside, words(name[t.End:])...)
		case lang == language.Finnish && (strings.HasSuffix(t.Text, "lle") || i+1 < len(list) && genitive(t.Text, name[list[i+1].Start:])):
			beside = append(beside, w...)
		case lang == language.Finnish && i > 0 && unicode.IsUpper(first):
			models = append(models, w...)
		default:
			heads = append(heads, w...)
		}
	}
	return heads, models, beside
}

func genitive(word, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	return strings.HasSuffix(word, "n") && !strings.HasSuffix(word, "nen") && unicode.IsLower(first)
}

// and joins the names of shelves: "reput ja laukut".
var and = map[string]bool{"ja": true, "och": true, "and": true}

var prepositions = map[string]bool{"för": true, "till": true, "med": true, "for": true, "of": true, "with": true}

// numbers are written as digits where goods are told apart by them, and said
// as words: "kahden hengen teltta".
var numbers = map[string]string{
	"yhden": "1", "yhdelle": "1", "kaksi": "2", "kahden": "2", "kahdelle": "2", "kolme": "3", "kolmen": "3", "kolmelle": "3",
	"neljä": "4", "neljän": "4", "neljälle": "4", "viisi": "5", "viiden": "5", "viidelle": "5", "kuusi": "6", "kuuden": "6",
	"två": "2", "tre": "3", "fyra": "4", "fem": "5", "sex": "6", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
}

// key is a term by which a word is indexed and looked up.
type key struct {
	term string
	sure float32 // how surely it stands for the word, up to 1
}

// rough marks the terms that are rough roots, apart from all words.
const rough = "~"

// keysOf returns the terms of a lower-case word, the surest first, each once.
// A word of an unknown language has those of all languages.
func keysOf(lang, word string) []key {
	keys := []key{{language.Fold(word), 1}}
	add := func(term string, sure float32) {
		for _, k := range keys {
			if k.term == term {
				return
			}
		}
		keys = append(keys, key{term, sure})
	}
	if digits := numbers[word]; digits != "" {
		add(digits, 1)
	}
	if m := lacking.FindStringSubmatch(keys[0].term); m != nil && inFinnish(lang) {
		add(rough+m[1]+"maton", roughly)
	} else if inFinnish(lang) {
		add(language.Fold(finnish.Stem(cmp.Or(finnish.Written(word), word))), 1)
		add(rough+roughRoot(word), roughly)
		if m := made.FindStringSubmatch(keys[0].term); m != nil {
			add(rough+roughRoot(m[1]), ofMaterial)
		}
	}
	for _, other := range []string{language.Swedish, language.English} {
		if lang == other || lang == "" {
			add(language.Fold(language.Stem(other, word)), 1)
		}
	}
	return keys
}

// made matches a folded word such as puuvillainen in all its forms: what is
// made of puuvilla.
var made = regexp.MustCompile(`^(.{3,}[aeiouy])i(?:nen|sta|sen|set|sia|sten|siin|sissa|sella|selle|seen)$`)

// ofMaterial is how surely pellava stands for pellavainen.
const ofMaterial = 0.75

// inFinnish reports whether a word may be Finnish.
func inFinnish(lang string) bool { return lang == language.Finnish || lang == "" }
