package intents

import (
	"strings"
	"testing"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

func TestSeek(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sought, text, first string // first: the word found; "" when the text is not meant
	}{
		{"kengissä", "Onko talvikengille hoitoainetta?", "talvikengille"},
		{"kenkä", "nää KENGÄT on rikki", "KENGÄT"},
		{"kengat", "nää kengät on rikki", "kengät"},
		{"kengät", "nää kengat on rikki", "kengat"},
		{"vesi", "Tuli vettä sisään", "vettä"},
		{"palautus", "haluan palautuksen", "palautuksen"},
		{"käsi", "Kädet palelee", "Kädet"},
		{"lukea", "luin ohjeen", "luin"},
		{"virtanen", "Matti Virtanen", "Virtanen"},
		{"virtasen", "Matti Virtanen", "Virtanen"},
		{"virta", "Matti Virtanen", "Virtanen"},
		{"T-482913", "tilaus t-482913 puuttuu", "t-482913"},
		{"skorna", "har ni skor", "skor"},
		{"boots", "the boot is wet", "boot"},
		{"rikki kengät", "nää kengät on rikki", "kengät"},
		{"rikki hanskat", "nää kengät on rikki", ""},
		{"kenkä", "kenties huomenna", ""},
		{"on", "oven takana", ""},
		{"", "jotain", ""},
		{"🙂", "", ""},
	} {
		s := Seek(finnish.Base(), test.sought)
		start, end, ok := s.In(test.text)
		if ok != (test.first != "") || ok && test.text[start:end] != test.first {
			t.Errorf("%q in %q: %d–%d, %v", test.sought, test.text, start, end, ok)
		}
		if !ok {
			continue
		}
		for _, any := range s.Beginnings() {
			has := false
			for _, b := range any {
				has = has || strings.Contains(language.Fold(test.text), language.Fold(b))
			}
			if !has {
				t.Errorf("%q has none of %q", test.text, any)
			}
		}
	}
	if n := len(Seek(finnish.Base(), "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän").Beginnings()); n != mostSought {
		t.Errorf("%d words are looked for", n)
	}
	if !Seek(finnish.Base(), " … ").Empty() {
		t.Error("signs are looked for")
	}
}

func BenchmarkSeek(b *testing.B) {
	s := Seek(finnish.Base(), "kengissä")
	for b.Loop() {
		s.In("Moi, tilasin viime viikolla lasten talvikengät, mutta ne eivät ole vieläkään tulleet perille")
	}
}
