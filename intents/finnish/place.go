package finnish

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// places.txt: places with outer local cases, and those that inflect as no
// other word does; see its beginning.
//
//go:embed places.txt
var placesText string

// placeForms are the forms of places by lower-cased name: in, from and to; nil
// where the cases alone are unusual.
var placeForms = sync.OnceValue(func() map[string][]string {
	forms := map[string][]string{}
	for line := range strings.Lines(placesText) {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(line, "#") {
			forms[strings.ToLower(words[0])] = words[1:]
		}
	}
	return forms
})

// placeEndings end names of places, which inflect as they do; outer are those
// that one is on: Nurmijärvellä, but Taipalsaaressa.
var placeEndings = []struct {
	text  string
	outer bool
}{
	{"järvi", true}, {"joki", true}, {"koski", true}, {"lahti", true}, {"mäki", true}, {"niemi", true}, {"nummi", true}, {"salmi", true}, {"vesi", true},
	{"saari", false}, {"kaupunki", false},
}

// Place tells where, whence or whither: it puts the name of a place into
// Inessive, Elative or Illative, or where Finns use the outer local cases of it,
// into Adessive, Ablative or Allative: "Oulussa", but "Tampereella". A name all
// in capitals or without any is written with one. Another case than these is
// that of [Lexicon.Inflect].
func (x *Lexicon) Place(name string, c Case) string {
	if name == strings.ToUpper(name) || name == strings.ToLower(name) {
		name = capitalised(name)
	}
	first, rest, _ := strings.Cut(name, " ")
	lower := strings.ToLower(first)
	way := slices.Index([]Case{Inessive, Elative, Illative}, c)
	if way < 0 {
		return x.Inflect(name, Form{Case: c})
	}
	forms, outer := placeForms()[lower]
	if len(forms) > 0 {
		return strings.TrimSpace(forms[way] + " " + rest)
	}
	begin := ""
	for _, e := range placeEndings {
		if strings.HasSuffix(lower, e.text) && len(lower) == len(first) {
			begin = first[:len(first)-len(e.text)] // by whose vowels the ending does not go
			outer = outer || e.outer
		}
	}
	if outer {
		c = []Case{Adessive, Ablative, Allative}[way]
	}
	return begin + x.Inflect(name[len(begin):], Form{Case: c})
}

// capitalised writes the parts of a name with capitals: "mänttä-vilppula" is
// "Mänttä-Vilppula".
func capitalised(name string) string {
	var b strings.Builder
	start := true
	for _, r := range strings.ToLower(name) {
		if start {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		start = r == ' ' || r == '-'
	}
	return b.String()
}
