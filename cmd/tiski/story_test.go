package main

import (
	"cmp"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tiski/bot"
	"tiski/bot/voice"
)

var rewrite = flag.Bool("rewrite", false, "write the stories anew from what the bot says; read the diff")

// demoShelf is the demo shop, put on its shelf once for all tests.
var demoShelf = sync.OnceValues(func() (*bot.Shelf, error) { return openShelf(context.Background(), "", "") })

// otherShops are shops of other goods than the demo shop's: their stories stand in a folder
// of their name.
var otherShops = []string{"keralanka", "kuistila"}

// TestStories replays the conversations of testdata/stories. Every line of a
// customer goes through the whole bot; between every two the state is written
// to Redis and read back.
func TestStories(t *testing.T) {
	t.Parallel()
	demo, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(names) < 40 {
		t.Fatalf("%d stories: %v", len(names), err)
	}
	persons, err := filepath.Glob("testdata/stories/personas/*.txt")
	if err != nil || len(persons) < 5 {
		t.Fatalf("%d stories of five kinds of customers: %v", len(persons), err)
	}
	names = slices.Concat(names, persons)
	shelves := map[string]*bot.Shelf{} // by story
	for _, shop := range otherShops {
		shelf, err := openShelf(t.Context(), "testdata/shops/"+shop, "")
		if err != nil {
			t.Fatal(err)
		}
		told, err := filepath.Glob("testdata/stories/" + shop + "/*.txt")
		if err != nil || len(told) == 0 {
			t.Fatalf("%d stories of %s: %v", len(told), shop, err)
		}
		for _, name := range told {
			names, shelves[name] = append(names, name), shelf
		}
	}
	for _, name := range names {
		shelf := cmp.Or(shelves[name], demo)
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			told, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			heard := retell(t, shelf, string(told))
			if heard == string(told) {
				return
			}
			if *rewrite {
				if err := os.WriteFile(name, []byte(heard), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s goes differently; run with -rewrite and read the diff. First difference:\n%s", name, firstDifference(string(told), heard))
		})
	}
}

// TestSameQuestion: that the question is still the same is said only before questions.
func TestSameQuestion(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, name := range names {
		told, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, rest := range strings.Split(string(told), "Kysymys on yhä tämä:\n")[1:] {
			said++
			if line, _, _ := strings.Cut(rest, "\n"); !strings.Contains(line, "?") {
				t.Errorf("%s: %q is no question", name, line)
			}
		}
	}
	if said == 0 {
		t.Error("no story says it")
	}
}

// retell plays a story's lines and writes down what comes of them. The head of
// a story is its title "# …" and its time "@ …", and "! given FILE" for orders
// that exist, "! pays" for a shop that takes payments online, and
// "! campaigns" for one that sends those of testdata/campaigns. A line "> [Label]" taps the button shown last with this label;
// "> [Label] Title" the one on the card with this title.
func retell(t *testing.T, shelf *bot.Shelf, story string) string {
	t.Helper()
	var b strings.Builder
	lines := strings.Split(story, "\n")
	at, err := parseTime("2026-11-23T10:00")
	if err != nil {
		t.Fatal(err)
	}
	orders := ""
	var providers []string
	for _, line := range lines {
		if text, ok := strings.CutPrefix(line, "@ "); ok {
			if at, err = parseTime(text); err != nil {
				t.Fatal(err)
			}
		}
		if line == "! pays" {
			providers = practised
		}
		if text, ok := strings.CutPrefix(line, "! given "); ok {
			orders = filepath.Join("testdata", text)
		}
	}
	// The conversation's id is fixed, so that its wording is.
	c, err := openCounter(t.Context(), shelf, "story:teller", at, providers...)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	c.bot.Public = "https://tiski.example"
	if slices.Contains(lines, "! campaigns") {
		if c.campaigns, err = campaigns(os.DirFS("testdata"), shelf); err != nil {
			t.Fatal(err)
		}
	}
	if orders != "" {
		if err := c.give(t.Context(), orders); err != nil {
			t.Fatal(err)
		}
	}
	numbers := map[string]string{}
	var shown []bot.Message
	for _, line := range lines {
		if strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "@ ") || strings.HasPrefix(line, "! ") || strings.HasPrefix(line, "// ") {
			b.WriteString(line + "\n")
		}
		text, ok := strings.CutPrefix(line, "> ")
		if !ok && line != ">" {
			continue
		}
		said := text
		if strings.HasPrefix(text, "[") {
			said = "!tap " + tapOf(t, shown, text)
		}
		for number, name := range numbers {
			said = strings.ReplaceAll(said, name, number)
		}
		turn, err := c.line(t.Context(), said)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		shown = append(shown, turn.Messages...)
		if o := turn.State.Order; o != nil && numbers[o.Number] == "" {
			numbers[o.Number] = "T-" + strings.Repeat(string(rune('1'+len(numbers))), 6)
		}
		if k := turn.State.Case; k != nil && numbers[k.Number] == "" {
			numbers[k.Number] = "P-" + strings.Repeat(string(rune('1'+len(numbers))), 6)
		}
		if p := turn.State.Purse; p != nil && p.Invite != "" {
			numbers[p.Invite] = "KAVERI-AAAAAA"
		}
		told := storyTurn(text, turn, shelf.Shop)
		for number, name := range numbers { // numbers are drawn by chance
			told = strings.ReplaceAll(told, number, name)
		}
		b.WriteString(told)
	}
	return b.String()
}

// tapOf finds what a button says to the bot.
func tapOf(t *testing.T, shown []bot.Message, text string) string {
	t.Helper()
	label, title, _ := strings.Cut(strings.TrimPrefix(text, "["), "]")
	title = strings.TrimSpace(title)
	find := func(buttons []voice.Button) string {
		for _, b := range buttons {
			if b.Label == label {
				return b.Tap
			}
		}
		return ""
	}
	for i := len(shown) - 1; i >= 0; i-- {
		if tap := find(shown[i].Buttons); tap != "" && title == "" {
			return tap
		}
		for _, c := range shown[i].Cards {
			if title != "" && !strings.HasPrefix(c.Title, title) {
				continue
			}
			if tap := find(c.Buttons); tap != "" {
				return tap
			}
		}
	}
	t.Errorf("no button %s is shown", text)
	return ""
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "(the end)", "(the end)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return "was  " + x + "\nis   " + y
		}
	}
	return ""
}
