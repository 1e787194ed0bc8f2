package finnish

import (
	"strings"
	"testing"
)

func TestWithNamesAndWordsOfUnknownClass(t *testing.T) {
	t.Parallel()
	x := Base().With("Apple", "Nike", "IKEA", "Samsung", "Kaamos Pakkanen", "glitteröity", "snoodi", "Zyntrix", "pupututti", "Revontuli", "huljukkeet", "laturikotelo", "kerinlaite")
	for word, want := range map[string]string{
		"applen":          "apple",
		"nikellä":         "nike",
		"ikeasta":         "ikea",
		"samsungin":       "samsung",
		"kaamoksen":       "kaamos",
		"pakkasella":      "pakkanen",
		"snoodeja":        "snoodi",
		"zyntrixiä":       "zyntrix",
		"pupututeissa":    "pupututti",
		"revontulesta":    "revontuli",
		"laturikoteloita": "laturikotelo",
		"kerinlaitteen":   "kerinlaite",
		"nike-kengissä":   "nike-kenkä",
		"15:n":            "15",
		"usb:llä":         "usb",
	} {
		if got := x.Analyse(word)[0]; got.Lemma != want || got.Guess {
			t.Errorf("%q is read as %+v, not as %q", word, got, want)
		}
	}
	if got := Base().Analyse("zyntrixiä")[0]; !got.Guess {
		t.Errorf("the base lexicon has become another: %+v", got)
	}
}

func TestLongestWord(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("xo", longestWord/2)
	x := Base().With(name, name+"x")
	if got := x.Analyse(name)[0]; got.Guess {
		t.Errorf("a word of %d bytes is unknown", len(name))
	}
	if got := x.Analyse(name + "x")[0]; !got.Guess || got.Lemma != name+"x" {
		t.Errorf("a word of %d bytes is %+v", len(name)+1, got)
	}
}

func TestMostParts(t *testing.T) {
	t.Parallel()
	x := newLexicon(1)
	x.add("kala", class{9, 0}, listed)
	most := strings.Repeat("kala", mostParts+1)
	if got := x.Analyse(most)[0]; got.Guess || len(got.Parts) != mostParts+1 {
		t.Errorf("%d parts are %+v", mostParts+1, got)
	}
	if got := x.Analyse(most + "kala")[0]; !got.Guess {
		t.Errorf("%d parts are %+v", mostParts+2, got)
	}
}

func TestLinesThatAreWrong(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"kenkä", "kenkä 0", "takki 52", "kenkä 79", "kenkä 50X", "kenkä 10X", "kenkä 10GG", "a 9"} {
		x := newLexicon(1)
		if _, _, err := x.read(line); err == nil {
			t.Errorf("%q is accepted", line)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"talvikengissä": "kenkä", "t-paidan": "paita", "kengät": "kenkä", "lastenvaunuissa": "vaunut", "zzz": "zz"} {
		if got := Base().Analyse(word)[0].Head(); got != want {
			t.Errorf("the head of %q is %q, not %q", word, got, want)
		}
	}
}

func BenchmarkBase(b *testing.B) {
	for b.Loop() {
		if _, err := readFiles(); err != nil {
			b.Fatal(err)
		}
	}
}
