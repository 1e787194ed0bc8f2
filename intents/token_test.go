package intents

import (
	"strconv"
	"testing"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	var m memory
	made := 0
	recall := func(word string) string {
		return m.recall(word, func() *entry { made++; return &entry{lemma: word} }).lemma
	}
	recall("kenkä")
	for i := range 3 * mostRemembered {
		if word := strconv.Itoa(i); recall(word) != word {
			t.Fatalf("%s is remembered as something else", word)
		}
		if i%(mostRemembered/4) == 0 {
			recall("kenkä")
		}
	}
	if made != 1+3*mostRemembered {
		t.Errorf("%d words were made: what is met again and again is forgotten", made)
	}
	if n := len(m.words) + len(m.old); n > mostRemembered {
		t.Errorf("%d words are remembered", n)
	}
	recall("0")
	if made != 2+3*mostRemembered {
		t.Error("a word that was not met for long is still remembered")
	}
}
