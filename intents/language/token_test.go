package language

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                        "",
		"Onko Kenkiä, koko 38,5?": "onko kenkiä koko 38,5",
		"koot 110/116 ja 20–30":   "koot 110/116 ja 20 30",
		"hinta 20-30 €":           "hinta 20 30",
		"T-paita, T-100234":       "t-paita t-100234",
		"Osoite on Matti.Meikalainen+x@posti.fi.": "osoite on matti.meikalainen+x@posti.fi",
		"anna@örnsköld.se kiitos":                 "anna@örnsköld.se kiitos",
		"a@b ei kelpaa":                           "a b ei kelpaa",
		"Kiitos😀👍🏽!":                              "kiitos 😀 👍🏽",
		"👨‍👩‍👧 ❤️":                                "👨‍👩‍👧 ❤️",
		"it's ok":                                 "it's ok",
		"DVD:n hinta":                             "dvd n hinta",
		"24.12. asti":                             "24.12 asti",
		"--- ... !":                               "",
		"\xff\xfeä\xff":                           "ä",
	} {
		var got []string
		for _, token := range Tokens(text) {
			if lower := strings.ToLower(text[token.Start:token.End]); lower != token.Text {
				t.Errorf("%q: token %q stands at %q", text, token.Text, lower)
			}
			got = append(got, token.Text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("Tokens(%q) = %q, want %q", text, s, want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("a@b.c 38,5 👍🏽 \xff")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, token := range Tokens(text) {
			if token.Start < last || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("%q: token %+v after %d", text, token, last)
			}
			last = token.End
		}
	})
}

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"KENGÄT": "kengat", "ÅÄÖ": "aao", "crème brûlée": "creme brulee", "Čaj": "caj", "": "",
		"a\u0308a\u0308ni": "aani",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestStem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, a, b string }{
		{Swedish, "jackor", "jackorna"}, {English, "running", "runs"}, {Finnish, "kengät", "kengät"},
	} {
		if a, b := Stem(c.lang, c.a), Stem(c.lang, c.b); a != b {
			t.Errorf("%s: %q stems to %q, %q to %q", c.lang, c.a, a, c.b, b)
		}
	}
}
