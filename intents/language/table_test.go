package language

import (
	"os"
	"strings"
	"testing"
)

// TestLanguages reads testdata/languages.txt, short messages with no
// conversation before them.
func TestLanguages(t *testing.T) {
	t.Parallel()
	right, all := 0, 0
	eachLine(t, "testdata/languages.txt", func(want, text string) {
		all++
		if got := Detect(text, ""); got == want {
			right++
		} else {
			t.Logf("%q is %s, not %s", text, want, got)
		}
	})
	if share := float64(right) / float64(all); share < 0.987 {
		t.Errorf("the language of %d messages of %d is told, %.3f", right, all, share)
	}
}

// TestSwitches reads testdata/switches.txt: a customer who changes language is
// followed at the first clear sentence, and no sooner.
func TestSwitches(t *testing.T) {
	t.Parallel()
	eachLine(t, "testdata/switches.txt", func(langs, text string) {
		prior, want, _ := strings.Cut(langs, " ")
		if got := Detect(text, prior); got != want {
			t.Errorf("%q after %s is %s, not %s", text, prior, want, got)
		}
	})
}

// eachLine calls f with what stands before and after the tab of each line.
func eachLine(t *testing.T, file string, f func(before, after string)) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if before, after, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			f(before, after)
		}
	}
}

func BenchmarkDetect(b *testing.B) {
	Detect("", "")
	for b.Loop() {
		Detect("moi, etsin vedenpitäviä talvikenkiä lapselle koko 30, alle 80 euroa", "")
	}
}
