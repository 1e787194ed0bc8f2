package telegram

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitCutsAtTheBestBorder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing":              {"  ", nil},
		"as long as may be":    {"0123456789", []string{"0123456789"}},
		"one more":             {"01234567890", []string{"0123456789", "0"}},
		"between paragraphs":   {"aaaaa\n\nb\nc d", []string{"aaaaa", "b\nc d"}},
		"between lines":        {"aaaaaa\nb cd e", []string{"aaaaaa", "b cd e"}},
		"between words":        {"aaaa bbbb cccc", []string{"aaaa bbbb", "cccc"}},
		"not far too early":    {"a bbbbbbbbbbbb", []string{"a bbbbbbbb", "bbbb"}},
		"emoji count for two":  {"🧦🧦🧦🧦🧦🧦", []string{"🧦🧦🧦🧦🧦", "🧦"}},
		"no emoji is cut open": {"a🧦🧦🧦🧦🧦", []string{"a🧦🧦🧦🧦", "🧦"}},
	} {
		if got := split(c.text, 10); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("a b\n\nc", 3)
	f.Add("🧦🧦\n \n🧦", 2)
	f.Add("\u2028 \xff \n", 5)
	f.Fuzz(func(t *testing.T, text string, most int) {
		if most < 2 || most > 5000 {
			return
		}
		text = clean(text)
		pieces := split(text, most)
		for _, p := range pieces {
			if p == "" || units(p) > most {
				t.Fatalf("%q is %d units of %d", p, units(p), most)
			}
		}
		letters := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if letters(strings.Join(pieces, "")) != letters(text) {
			t.Fatalf("%q became %q", text, pieces)
		}
	})
}
