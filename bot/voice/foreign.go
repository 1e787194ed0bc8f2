package voice

import (
	"slices"
	"strings"
	"unicode"
)

// owner puts a name into the Swedish or English genitive.
func owner(name, lang string) string {
	switch last := strings.ToLower(name[max(0, len(name)-1):]); {
	case name == "":
		return ""
	case lang == "en":
		return name + "'s"
	case strings.Contains("sxz", last):
		return name
	}
	return name + "s"
}

// uncountable are English nouns that goods are called by and that have no
// plural.
var uncountable = []string{"bread", "clothing", "coffee", "food", "hay", "jewellery", "litter", "make-up", "soap", "tea", "water"}

// headEnds begin what follows the noun in an English title.
var headEnds = []string{"for", "of", "with", "in", "on", "to", "from", "and", "or"}

// english puts a title into the plural by its noun: "Retki sleeping bags"; ""
// when the noun has none or stands in the plural already.
func english(title string) (many string, plural bool) {
	words := strings.Fields(title)
	head := -1
	for i, word := range words {
		if i > 0 && (slices.Contains(headEnds, word) || !unicode.IsLetter([]rune(word)[0])) {
			if head > 0 && words[head] == strings.ToUpper(words[head]) {
				head-- // SPF 50
			}
			break
		}
		head = i
		if strings.HasSuffix(word, ",") {
			break
		}
	}
	if head < 0 || slices.Contains(uncountable, strings.ToLower(words[head])) {
		return "", false
	}
	noun, comma := strings.CutSuffix(words[head], ",")
	lower := strings.ToLower(noun)
	ends := func(endings ...string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(lower, e) })
	}
	switch {
	case strings.IndexFunc(noun, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) >= 0:
		return "", false
	case ends("ss", "sh", "ch", "x"):
		noun += "es"
	case ends("s", "feet", "men"):
		return "", true
	case ends("y") && !ends("ay", "ey", "oy", "uy"):
		noun = noun[:len(noun)-1] + "ies"
	case ends("knife", "shelf", "scarf"):
		noun = strings.TrimSuffix(strings.TrimSuffix(noun, "e"), "f") + "ves"
	default:
		noun += "s"
	}
	words[head] = noun
	if comma {
		words[head] += ","
	}
	return strings.Join(words, " "), false
}
