package intents

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// TestEntities reads testdata/entities.txt: a message, a tab, and the entities
// that must be found and no others, "kind=value" with commas between and "not" before what is not wanted. A line
// "pending SLOT" tells what was asked before the messages after it.
func TestEntities(t *testing.T) {
	t.Parallel()
	m := model(t)
	f, err := os.Open("testdata/entities.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	pending := ""
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		if slot, ok := strings.CutPrefix(line, "pending"); ok {
			pending = strings.TrimSpace(slot)
			continue
		}
		text, want, _ := strings.Cut(line, "\t")
		want = strings.TrimSpace(want)
		r := m.Read(text, Hint{Pending: pending, Now: now})
		var got []string
		for _, e := range r.Entities {
			if text[e.Start:e.End] != e.Text {
				t.Errorf("line %d: %q stands at %q", number, e.Text, text[e.Start:e.End])
			}
			kind := e.Kind
			if e.Negated {
				kind = "not " + kind
			}
			got = append(got, kind+"="+e.Value)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("line %d: %s %q: %s; want %s", number, r.Lang, text, s, want)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
