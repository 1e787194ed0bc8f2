package search

import (
	"slices"
	"strings"
	"testing"

	"tiski/intents/finnish"
)

func TestTerms(t *testing.T) {
	t.Parallel()
	r := reader{finnish.Base().Analyse}
	for _, c := range []struct{ lang, word, whole, heads, modifiers string }{
		{"fi", "kengissä", "kengissa kenka", "", ""},
		{"fi", "talvikenkiä", "talvikenkia talvikenka", "kenka", "talvi"},
		{"fi", "kahvinkeitintä", "kahvinkeitinta kahvinkeitin", "keitin", "kahvi"},
		{"fi", "villainen", "villainen villa", "", ""},
		{"fi", "puinen", "puinen puu", "", ""},
		{"fi", "lasinen", "lasinen lasi", "", ""},
		{"fi", "kahden", "kahden 2 kaksi", "", ""},
		{"fi", "110/116", "110/116", "", ""},
		{"sv", "skorna", "skorna", "", ""},
		{"en", "boots", "boots boot", "", ""},
	} {
		read := r.read(c.lang, c.word)
		var whole []string
		for _, k := range read.whole {
			whole = append(whole, k.term)
		}
		if got := strings.Join(whole, " "); got != c.whole && !strings.HasPrefix(got, c.whole+" ") {
			t.Errorf("%s: %s", c.word, got)
		}
		if read.body == "" && (strings.Join(read.heads, " ") != c.heads || strings.Join(read.modifiers, " ") != c.modifiers) {
			t.Errorf("%s: heads %v, modifiers %v", c.word, read.heads, read.modifiers)
		}
	}
	set := r.read("fi", "satiinipussilakanasetti")
	if !slices.Contains(set.heads, "lakanasetti") || !slices.Contains(set.modifiers, "pussilakana") {
		t.Errorf("%+v", set)
	}
	if vinter := r.read("sv", "vinterskor"); !slices.Contains(vinter.heads, "skor") || !slices.Contains(vinter.modifiers, "vinter") {
		t.Errorf("%+v", vinter)
	}
}
