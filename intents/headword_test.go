package intents

import (
	"slices"
	"testing"

	"tiski/intents/finnish"
)

// said returns what a Finnish word is known by: its headword, parts and verb.
func said(word string) []string {
	lemma, parts, _ := stems(finnish.Base(), word, "fi", analysis(finnish.Base(), word, "fi"))
	return append([]string{lemma}, parts...)
}

func TestNounsAndTheirVerbsAreOneIdea(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"palautin", "palautuksen"}, {"toimitatte", "toimitusta"}, {"tilasin", "tilaukseni"}, {"maksaisin", "maksuun"}, {"vaihtaisin", "vaihdosta"},
		{"peruuttaa", "peruutuksessa"}, {"kestää", "kesto"}, {"sopii", "sopivat"}, {"noutaisin", "nouto"}, {"lähetätte", "lähetykseni"},
		{"tilata", "talvitilaus"}, {"palauttaisin", "palautusoikeus"},
	} {
		a, b := said(pair[0]), said(pair[1])
		if !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) }) {
			t.Errorf("%s %v and %s %v have nothing in common", pair[0], a, pair[1], b)
		}
	}
}

func TestOtherWordsAreOtherIdeas(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"kassa", "kassi"}, {"kassalla", "kassit"}, {"tila", "tilata"}, {"tilassa", "tilauksessa"}, {"hinta", "hindu"}, {"koko", "kokki"},
	} {
		a, b := said(pair[0]), said(pair[1])
		if slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) }) {
			t.Errorf("%s %v and %s %v are taken for one", pair[0], a, pair[1], b)
		}
	}
}
