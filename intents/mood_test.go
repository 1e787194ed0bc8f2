package intents

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestMoods reads testdata/moods.txt.
func TestMoods(t *testing.T) {
	t.Parallel()
	m := model(t)
	f, err := os.Open("testdata/moods.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		want, text, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(want, "#") {
			continue
		}
		if got := m.Read(text, Hint{}).Mood.String(); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
