package finnish

import (
	"strings"
	"sync"
)

// doings turns the end of a verb into that of the nouns that name what it
// does. Only words of the lexicon come of it.
var doings = []struct {
	verb  string
	nouns []string
}{
	{"ttaa", []string{"tus"}}, {"ttää", []string{"tys"}}, // palauttaa: palautus
	{"ntaa", []string{"nnus"}}, {"ntää", []string{"nnys"}}, // alentaa: alennus
	{"ata", []string{"aus"}}, {"ätä", []string{"äys"}}, {"ota", []string{"ous"}}, // tilata: tilaus
	{"aa", []string{"u", "o"}}, {"ää", []string{"y", "ö", "u", "o"}}, // maksaa: maksu, kestää: kesto
	{"ea", []string{"u", "o"}}, {"oa", []string{"o", "e"}}, {"ua", []string{"u"}}, {"yä", []string{"ymys"}}, // hakea: haku
	{"ia", []string{"iva", "imus"}}, {"iä", []string{"ivä", "imys"}}, // sopia: sopiva
	{"ella", []string{"elu"}}, {"ellä", []string{"ely"}}, // palvella: palvelu
	{"lla", []string{"lo"}}, {"stä", []string{"su"}}, {"ita", []string{"inta"}}, // tulla: tulo, pestä: pesu, valita: valinta
}

// shortestVerb is the fewest bytes of a verb that nouns are looked for: of
// shorter ones most that would be found are others (olla: olo).
const shortestVerb = 5

// verbsOfNouns maps nouns of the built-in lexicon to verbs.
var verbsOfNouns = sync.OnceValue(func() map[string]string {
	x := Base()
	verbs := map[string]string{}
	for i := range x.entries {
		e := &x.entries[i]
		if len(e.lemma) < shortestVerb || !x.verb(e) {
			continue
		}
		for _, d := range doings {
			body, ok := strings.CutSuffix(e.lemma, d.verb)
			if !ok {
				continue
			}
			for _, n := range d.nouns {
				if noun := body + n; verbs[noun] == "" && x.knows(noun) {
					verbs[noun] = e.lemma
				}
			}
		}
	}
	return verbs
})

// verb tells whether an entry is a verb.
func (x *Lexicon) verb(e *entry) bool {
	for _, s := range x.patterns[e.pattern] {
		if s.slots&infinitiveA != 0 {
			return true
		}
	}
	return false
}

// VerbOf returns the verb that a noun of the built-in lexicon names the doing
// of, "palauttaa" of "palautus", or "".
func VerbOf(noun string) string { return verbsOfNouns()[noun] }
