package finnish

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestSpokenForms reads each pair of testdata/puhekieli.txt: the spoken form
// must bring a lemma of the written one.
func TestSpokenForms(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/puhekieli.txt")
	if err != nil {
		t.Fatal(err)
	}
	pairs, listed := 0, 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.SplitSeq(line, "|") {
			spoken, written, ok := strings.Cut(strings.TrimSpace(pair), " ")
			if !ok {
				t.Fatalf("%q is no pair", pair)
			}
			pairs++
			if Written(spoken) != "" {
				listed++
			}
			want := Base().Analyse(written)
			if want[0].Guess {
				t.Errorf("the lexicon does not know %q", written)
			}
			if !slices.ContainsFunc(Base().Analyse(spoken), func(a Analysis) bool { return a.Lemma == want[0].Lemma }) {
				t.Errorf("%q is read as %v, not as %q, of %q", spoken, Base().Analyse(spoken), want[0].Lemma, written)
			}
		}
	}
	if pairs < 300 || listed > pairs/2 {
		t.Errorf("%d pairs, %d of them in the table", pairs, listed)
	}
}
