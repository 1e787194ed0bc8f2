package finnish

import (
	"math/rand/v2"
	"testing"
)

// TestReads looks that the quick look at a changed word tells just what matching
// it whole does.
func TestReads(t *testing.T) {
	t.Parallel()
	x := Base()
	chance := rand.New(rand.NewPCG(1, 2))
	letters := []string{"a", "ä", "s", "n", "t", "i", "k", "ssa", "nsä", "aan", "in", "ko"}
	read := 0
	for range 20_000 {
		word := x.entries[chance.IntN(len(x.entries))].lemma
		from := chance.IntN(len(word) + 1)
		changed := word[:from]
		for range chance.IntN(4) {
			changed += letters[chance.IntN(len(letters))]
		}
		if len(changed) == 0 || len(changed) > longestWord {
			continue
		}
		var cuts [24]tail
		var some [mostCandidates]candidate
		want := len(x.match(changed, 0, tails(changed, cuts[:0]), some[:0])) > 0
		if got := x.reads([]byte(changed), x.follow(word), from); got != want {
			t.Fatalf("%q of %q, alike for %d bytes: %v instead of %v", changed, word, from, got, want)
		}
		if want {
			read++
		}
	}
	if read == 0 {
		t.Error("no word was read")
	}
}
