// Package language holds what the three languages of a shop have in common:
// folding, cutting into words, telling the language, and the stems of Swedish
// and English. Finnish words are the trade of package finnish.
package language

import (
	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/swedish"
)

// The languages, by their ISO 639-1 codes.
const (
	Finnish = "fi"
	Swedish = "sv"
	English = "en"
)

// Codes lists the languages that can be told apart.
var Codes = []string{Finnish, Swedish, English}

// Stem returns the Snowball stem of a lower-cased Swedish or English word, of a
// Swedish one as it is written and in the singular: "böckerna" as "bok". A word of any
// other language comes back as it is.
func Stem(lang, word string) string {
	switch lang {
	case Swedish:
		return swedish.Stem(singular(Written(lang, word)), true)
	case English:
		return english.Stem(word, true)
	}
	return word
}
