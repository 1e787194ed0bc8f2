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
func (x *Lexicon) Place(name string, c Case) string { return x.PlaceName(name).In(c) }

// PlaceName is the name of a place to be put into cases as [Lexicon.Place] does.
type PlaceName struct {
	Name  Phrase   // in all cases as other names
	forms []string // in, from and to, where no case is like them
	begin string   // by whose vowels the ending of the end does not go
	end   Phrase
	outer bool
}

// PlaceName finds how the name of a place inflects.
func (x *Lexicon) PlaceName(name string) PlaceName {
	if name == strings.ToUpper(name) || name == strings.ToLower(name) {
		name = capitalised(name)
	}
	first, rest, _ := strings.Cut(name, " ")
	lower := strings.ToLower(first)
	p := PlaceName{Name: x.Name(name)}
	p.end = p.Name
	forms, outer := placeForms()[lower]
	p.outer = outer
	for _, form := range forms {
		p.forms = append(p.forms, strings.TrimSpace(form+" "+rest))
	}
	for _, e := range placeEndings {
		if strings.HasSuffix(lower, e.text) && len(lower) == len(first) {
			p.begin = first[:len(first)-len(e.text)]
			p.end = x.Name(name[len(p.begin):])
			p.outer = p.outer || e.outer
		}
	}
	return p
}

// In tells where, whence or whither, or puts the name into another case.
func (p PlaceName) In(c Case) string {
	way := slices.Index([]Case{Inessive, Elative, Illative}, c)
	switch {
	case way < 0:
		return p.Name.In(Form{Case: c})
	case len(p.forms) > 0:
		return p.forms[way]
	case p.outer:
		c = []Case{Adessive, Ablative, Allative}[way]
	}
	return p.begin + p.end.In(Form{Case: c})
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
