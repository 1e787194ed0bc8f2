package language

import "strings"

// written is how words are spelt that Swedish speakers type as they say them.
var written = map[string]string{
	"e": "är", "ä": "är", "va": "vad", "hu": "hur", "de": "det", "di": "dom", "int": "inte", "fins": "finns", "sku": "skulle", "tå": "då",
	"he": "det", "hede": "det", "me": "med", "ti": "till", "kommi": "kommit", "mycke": "mycket", "mej": "mig", "dej": "dig", "sej": "sig", "o": "och",
	"nån": "någon", "nåt": "något", "nåra": "några", "nånting": "någonting", "sån": "sådan", "sånt": "sådant", "såna": "sådana",
}

// Written returns a lower-case word of a language as it is spelt in books: "är" for
// Swedish "e". Words that are spelt so already, and those of other languages, come back.
func Written(lang, word string) string {
	if lang == Swedish {
		if w, ok := written[word]; ok {
			return w
		}
	}
	return word
}

// mutated are Swedish nouns whose vowel changes in the plural, by that plural: Snowball
// leaves it as it is. They end compounds, too: "barnböcker". Plurals that are verbs as
// well, "händer" and "stänger", are not among them.
var mutated = map[string]string{
	"böcker": "bok", "fötter": "fot", "tänder": "tand", "nätter": "natt", "städer": "stad", "rötter": "rot",
	"söner": "son", "döttrar": "dotter", "mödrar": "moder", "bröder": "broder",
}

// singular returns a Swedish word with a mutated plural at its end in the singular.
func singular(word string) string {
	if !strings.ContainsAny(word, "äö") {
		return word
	}
	for _, ending := range []string{"", "na", "nas", "s"} {
		plural, ok := strings.CutSuffix(word, ending)
		if !ok {
			continue
		}
		for many, one := range mutated {
			if first, ok := strings.CutSuffix(plural, many); ok {
				return first + one
			}
		}
	}
	return word
}
