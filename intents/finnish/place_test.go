package finnish

import (
	"os"
	"strings"
	"testing"
)

// TestPlaces reads testdata/paikat.txt: a place, where and whither.
func TestPlaces(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/paikat.txt")
	if err != nil {
		t.Fatal(err)
	}
	places := 0
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) != 3 {
			t.Fatalf("%q is not a place, where and whither", line)
		}
		places++
		for c, want := range map[Case]string{Inessive: words[1], Illative: words[2]} {
			if got := Base().Place(words[0], c); got != want {
				t.Errorf("%s: %q, not %q", words[0], got, want)
			}
		}
	}
	if places < 300 {
		t.Errorf("%d places", places)
	}
}

func TestPlaceNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   Case
		want string
	}{
		{"TAMPERE", Illative, "Tampereelle"},
		{"oulunsalo", Illative, "Oulunsaloon"},
		{"mänttä-vilppula", Inessive, "Mänttä-Vilppulassa"},
		{"Koski Tl", Elative, "Koskelta Tl"},
		{"Tampere", Elative, "Tampereelta"},
		{"Lahti", Elative, "Lahdesta"},
		{"Uusikaupunki", Elative, "Uudestakaupungista"},
		{"Tampere", Genitive, "Tampereen"},
		{"Tampere", Nominative, "Tampere"},
		{"Kuvitelmajärvi", Illative, "Kuvitelmajärvelle"},
		{"", Illative, ""},
	} {
		if got := Base().Place(c.name, c.in); got != c.want {
			t.Errorf("%q: %q, not %q", c.name, got, c.want)
		}
	}
}
