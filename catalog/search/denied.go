package search

import (
	"slices"
	"strings"

	"tiski/intents/language"
)

// denial is how texts of a language tell what goods do not bear: "ei kestä pakkasta", "inte
// vattentät".
type denial struct {
	not   []string // words that deny
	bears []string // how what they deny begins
	but   []string // words that a denial may follow that leaves its verb out: "mutta ei pakkasta"
}

var denials = map[string]denial{
	language.Finnish: {
		not:   []string{"ei", "eivät", "muttei"},
		bears: []string{"kestä", "siedä", "vedenpitä"},
		but:   []string{"mutta", "muttei"},
	},
	language.Swedish: {
		not:   []string{"inte", "ej"},
		bears: []string{"tål", "vattentät"},
		but:   []string{"men"},
	},
	language.English: {
		not:   []string{"not", "cannot"},
		bears: []string{"withstand", "resist", "safe", "proof", "waterproof"},
		but:   []string{"but"},
	},
}

// without leaves out of a text the clauses which tell that the goods do not bear something, so that
// "ei kestä pakkasta" is no answer to who seeks what bears it.
func (d denial) without(text string) string {
	if !slices.ContainsFunc(d.not, func(not string) bool {
		return strings.Contains(text, not) || strings.Contains(text, strings.ToUpper(not[:1])+not[1:])
	}) {
		return text // most deny nothing
	}
	clauses := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;:–.", r) })
	var left []string
	borne := false // an earlier clause tells what is borne
	for _, clause := range clauses {
		words := strings.Fields(strings.ToLower(clause))
		at := slices.IndexFunc(words, func(w string) bool { return slices.Contains(d.not, w) })
		bears := slices.ContainsFunc(words, d.bearing)
		but := borne && slices.ContainsFunc(words[:at+1], func(w string) bool { return slices.Contains(d.but, w) })
		if at < 0 || !bears && !but {
			left = append(left, clause)
		}
		borne = borne || bears
	}
	if len(left) == len(clauses) {
		return text
	}
	return strings.Join(left, ",")
}

func (d denial) bearing(word string) bool {
	return slices.ContainsFunc(d.bears, func(beginning string) bool { return strings.HasPrefix(word, beginning) }) || strings.HasSuffix(word, "kestävä")
}
