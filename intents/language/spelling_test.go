package language

import "testing"

func TestSpeller(t *testing.T) {
	t.Parallel()
	s := NewSpeller([]string{"kaamos", "kajo", "halla", "hallo", "lumikki"})
	for word, want := range map[string]string{
		"kaamos": "kaamos", "kaaos": "kaamos", "kaammos": "kaamos", "kasmos": "kaamos", "kaamso": "kaamos",
		"kaamosx": "kaamos", "xkaamos": "kaamos", "akamos": "kaamos",
		"kamso": "", "lumi": "", "hallu": "", "halla": "halla", "": "", "\xff": "", "lumikkie": "lumikki",
		"lumikkien": "lumikki", "lumikkiena": "", "kaamosxx": "kaamos", "xakamosx": "",
	} {
		if got := s.Near(word); got != want {
			t.Errorf("Near(%q) = %q, want %q", word, got, want)
		}
	}
}
