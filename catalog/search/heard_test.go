package search

import (
	"fmt"
	"sync"
	"testing"

	"tiski/catalog"
)

// TestMemory asks more words than are remembered, of an index that others ask too.
func TestMemory(t *testing.T) {
	t.Parallel()
	x := boots(t)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range mostHeard + 2 {
				x.Find(catalog.Query{Text: fmt.Sprint("outo", i)}, nil)
			}
		})
	}
	wg.Wait()
	if n := len(x.memory.words); n == 0 || n > mostHeard {
		t.Errorf("%d words are remembered", n)
	}
	for _, lang := range []string{"fi", "sv", "fi"} {
		found := x.Find(catalog.Query{Text: "kengissä", Lang: lang}, nil)
		if got := len(found.Hits) > 0; got != (lang == "fi") {
			t.Errorf("%s: %+v", lang, found)
		}
	}
}
