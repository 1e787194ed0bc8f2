package intents

import (
	"slices"
	"testing"

	"tiski/intents/finnish"
)

func TestTopics(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"fi", "Onko teillä lahjakortteja?", []string{"lahjakortti"}},
		{"fi", "lahjakortin LAHJAKORTTI", []string{"lahjakortti"}},
		{"en", "do you have gift cards", []string{"gift", "card"}},
		{"fi", "", nil},
	} {
		got := Topics(finnish.Base(), c.lang, c.text)
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%q is about %v, which lacks %q", c.text, got, want)
			}
		}
		if len(got) > len(c.want)+1 {
			t.Errorf("%q is about %v", c.text, got)
		}
	}
}
