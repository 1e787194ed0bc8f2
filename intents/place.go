package intents

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// placesFile lists the places that all languages know.
const placesFile = "places.yaml"

// doubtful marks a place's name that is also another word.
const doubtful = "?"

// placeCases are the cases in which places are told, and whether they leave no
// doubt that a place is meant.
var placeCases = []struct {
	form finnish.Case
	sure bool
}{
	{finnish.Nominative, false}, {finnish.Genitive, false}, {finnish.Partitive, false},
	{finnish.Inessive, true}, {finnish.Elative, true}, {finnish.Illative, true},
	{finnish.Adessive, false}, {finnish.Ablative, false}, {finnish.Allative, false},
}

// readPlaces adds the names of places, in Finnish in all cases.
func (l *lexicon) readPlaces(fsys fs.FS, lang string, known *finnish.Lexicon) error {
	all, err := readWords(fsys, placesFile)
	if err != nil {
		return err
	}
	homonyms := map[string]bool{}
	for _, name := range all["homonyms"] {
		homonyms[name] = true
	}
	delete(all, "homonyms")
	if len(all) == 0 {
		return fmt.Errorf("%s: no places", placesFile)
	}
	for _, place := range slices.Sorted(maps.Keys(all)) {
		for _, name := range append([]string{place}, all[place]...) {
			if lang != language.Finnish {
				l.learnPlace(place, homonyms[name], name)
				continue
			}
			where := known.PlaceName(name)
			for _, c := range placeCases {
				if c.sure { // Oulussa, but Tampereella
					for _, form := range asSpoken(where.In(c.form), c.form) {
						l.learnPlace(place, false, form)
					}
				}
				for _, form := range asSpoken(where.Name.In(finnish.Form{Case: c.form}), c.form) {
					l.learnPlace(place, homonyms[name] && !c.sure, form)
				}
			}
		}
	}
	return nil
}

// asSpoken returns a form of a name in a case and, where its end is often
// dropped, the shorter one: Turussa and Turus, Helsinkiin and Helsinkii.
func asSpoken(form string, c finnish.Case) []string {
	short := form
	switch end := strings.TrimRight(form, "aä"); {
	case c == finnish.Nominative, c == finnish.Genitive, c == finnish.Partitive, end == "":
	case strings.HasSuffix(end, "ss"), strings.HasSuffix(end, "ll"):
		short = end[:len(end)-1]
	case strings.HasSuffix(end, "st"), strings.HasSuffix(end, "lt"):
		short = end
	case c == finnish.Illative:
		short = strings.TrimSuffix(form, "n")
	}
	return []string{form, short}
}

// learnPlace adds a name; the first place of two that are told alike keeps it.
func (l *lexicon) learnPlace(place string, doubt bool, name string) {
	if doubt {
		place += doubtful
	}
	var words []string
	dots := false
	for _, t := range language.Tokens(strings.ReplaceAll(name, "-", " ")) {
		fold := language.Fold(t.Text)
		dots = dots || fold != t.Text
		words = append(words, fold)
	}
	l.phrases.put(phrase{list: places, meaning: place, first: words[0], rest: words[1:], dots: dots})
}

// places finds where the customer is or wants things sent.
func (s *scan) places() {
	for i := 0; i < len(s.tokens); i++ {
		place, n := s.at(places, i)
		if n == 0 || s.taken[i] || s.within(i, Product, Brand, Category, Address) {
			continue
		}
		if sure, doubt := strings.CutSuffix(place, doubtful); doubt {
			if place = sure; !s.placeMeant(i) {
				continue
			}
		}
		s.name(Place, place, i, i+n)
		i += n - 1
	}
}

// placeMeant reports whether a word that is also the name of a place is meant
// as one: it was asked for, a postal code goes before it, or it is written with
// a capital inside a sentence.
func (s *scan) placeMeant(i int) bool {
	switch s.hint.Pending {
	case Address, PostalCode, Place:
		return true
	}
	return i > 0 && s.within(i-1, PostalCode) || s.capitalInside(i)
}

// capitalInside reports whether the i-th word has a capital that does not come
// from beginning a sentence or from a message all in capitals.
func (s *scan) capitalInside(i int) bool {
	return i > 0 && s.tokens[i].capital(s.text) && strings.ToUpper(s.text) != s.text && !strings.ContainsAny(s.sign(i-1), ".?!")
}
