package main

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
)

// Talks and judgements were written without sight of the personas' files and of
// the code. On those of testdata/customers recognition and ranking were developed
// since, and what their plain customers write is among the lines of ordinary
// customers; those of testdata/heldout measure alone.
const plainKind = "tavallinen" // who is none of the personas

// heldOut is the folder of talks and judgements that nothing was developed on.
const heldOut = "heldout"

type customerTalk struct {
	Kind string   `yaml:"kind"`
	Says []string `yaml:"says"`
}

// judged is a search: how well each product answers it, 0–3, for each kind.
type judged struct {
	Query    string                    `yaml:"query"`
	Products map[string]map[string]int `yaml:"products"`
}

// readCustomers reads the files of a folder of testdata whose names begin so.
func readCustomers[T any](t *testing.T, folder, beginning string) (all []T) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", folder, beginning+"*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s of %s: %v", beginning, folder, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file map[string][]T
		if err := yaml.Unmarshal(text, &file); err != nil {
			t.Fatalf("%s: %v", filepath.Base(name), err)
		}
		for _, of := range file {
			all = append(all, of...)
		}
	}
	return all
}

// readTalks reads the talks of a folder in a language.
func readTalks(t *testing.T, folder, lang string) []customerTalk {
	t.Helper()
	if lang == "fi" {
		lang = "[0-9]"
	}
	return readCustomers[customerTalk](t, folder, "talks-"+lang)
}

func readSearches(t *testing.T, folder string) []judged {
	t.Helper()
	return readCustomers[judged](t, folder, "judgements")
}

// Recognised are how talks ended after some messages.
type recognised struct{ right, wrong, of, misled, plain int }

// recognise talks with the shop in a language and sees by which persona each
// customer is served after the given message.
func recognise(shelf *bot.Shelf, lang string, talks []customerTalk, after int) (r recognised) {
	for i, talk := range talks {
		v := newVisit(shelf, uint64(i))
		v.state.Lang = lang
		for _, text := range talk.Says[:min(after, len(talk.Says))] {
			v.do(dialogue.Said{Text: text})
		}
		used := v.state.Persona.Persona()
		switch {
		case talk.Kind == plainKind:
			r.plain++
			if used != persona.Neutral {
				r.misled++
			}
		case used == talk.Kind:
			r.right++
		case used != persona.Neutral:
			r.wrong++
		}
	}
	r.of = len(talks) - r.plain
	return r
}

// TestCustomersAreRecognised tells how often customers are served as the kind
// that they are by their fourth message. It prints no lines of theirs.
func TestCustomersAreRecognised(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		folder, lang         string
		right, wrong, misled float64 // percent: at least, at most, at most
	}{
		{"customers", "fi", 79, 5, 2},
		{heldOut, "fi", 86, 3, 7},
		{heldOut, "sv", 76, 4, 20},
		{heldOut, "en", 72, 6, 15},
	} {
		t.Run(c.folder+" "+c.lang, func(t *testing.T) {
			t.Parallel()
			r := recognise(shelf, c.lang, readTalks(t, c.folder, c.lang), 4)
			if r.of == 0 || r.plain == 0 {
				t.Fatalf("%d talks of kinds, %d plain ones", r.of, r.plain)
			}
			percent := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
			right, wrong, misled := percent(r.right, r.of), percent(r.wrong, r.of), percent(r.misled, r.plain)
			t.Logf("after the 4th message: right %.1f %%, wrong %.1f %% of %d; of %d plain customers %.1f %% are taken for a kind", right, wrong, r.of, r.plain, misled)
			if right < c.right || wrong > c.wrong || misled > c.misled {
				t.Errorf("want right at least %v %%, wrong at most %v %%, plain ones misled at most %v %%", c.right, c.wrong, c.misled)
			}
		})
	}
}

// TestCustomersSeeWhatSuitsThem compares what each kind sees, in its order, with
// what everybody sees, and with the same goods in everybody's order.
func TestCustomersSeeWhatSuitsThem(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	find := func(q catalog.Query) catalog.Found {
		return shelf.Index.Find(q, func(string) (int, bool) { return 0, false })
	}
	for _, c := range []struct {
		folder string
		better float64 // percent, at least, than what everybody sees
	}{{"customers", 22}, {heldOut, 25}} {
		t.Run(c.folder, func(t *testing.T) {
			t.Parallel()
			var neutral, same, own float64
			pairs := 0
			for _, s := range readSearches(t, c.folder) {
				q := dialogue.Query(shelf.Model.Read(s.Query, intents.Hint{Lang: "fi"}))
				q.Limit = 24
				found := find(q)
				hits, also := found.Hits, dialogue.Also(find, found, q)
				for _, p := range shelf.Personas.All() {
					if p.ID == persona.Neutral {
						continue
					}
					grade := func(id string) int { return s.Products[id][p.ID] }
					best := bestGain(s, p.ID)
					if best == 0 {
						continue
					}
					pairs++
					neutral += gain(hits, grade) / best
					same += gain(slices.Concat(hits, also), grade) / best
					own += gain(slices.Concat(shelf.Personas.Rank(p.ID, hits), shelf.Personas.Rank(p.ID, also)), grade) / best
				}
			}
			if pairs == 0 {
				t.Fatal("nothing is judged")
			}
			t.Logf("nDCG@5 over %d searches by kind: %.3f as everybody sees it, %.3f as they do, %+.1f %%; the same goods in everybody's order %.3f, %+.1f %%",
				pairs, neutral/float64(pairs), own/float64(pairs), 100*(own/neutral-1), same/float64(pairs), 100*(own/same-1))
			if own < neutral*(1+c.better/100) || own <= same {
				t.Errorf("what they see suits them too little better than what everybody does; want %v %%", c.better)
			}
		})
	}
}

// gain is the discounted cumulative gain of the first five hits.
func gain(hits []catalog.Hit, grade func(id string) int) float64 {
	sum := 0.0
	for i, h := range hits[:min(5, len(hits))] {
		sum += (math.Exp2(float64(grade(h.Product.ID))) - 1) / math.Log2(float64(i+2))
	}
	return sum
}

// bestGain is the gain of the best order of what is judged.
func bestGain(s judged, kind string) float64 {
	var grades []int
	for _, by := range s.Products {
		grades = append(grades, by[kind])
	}
	slices.Sort(grades)
	slices.Reverse(grades)
	sum := 0.0
	for i, g := range grades[:min(5, len(grades))] {
		sum += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i+2))
	}
	return sum
}

// TestCustomersAreStrangers: no query, and no message of a kind's talks that is
// longer than what anybody says, is a line or a phrase of the personas' files or stands in the
// recognition's own talks.
func TestCustomersAreStrangers(t *testing.T) {
	t.Parallel()
	plain := func(text string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.?!*:;", r) }), " ")
	}
	said := map[string]bool{}
	for _, talk := range slices.Concat(readTalks(t, "customers", "fi"), readTalks(t, heldOut, "")) {
		if talk.Kind == plainKind {
			continue
		}
		for _, text := range talk.Says {
			if words := plain(text); len(strings.Fields(words)) > 3 {
				said[words] = true
			}
		}
	}
	for _, s := range slices.Concat(readSearches(t, "customers"), readSearches(t, heldOut)) {
		said[plain(s.Query)] = true
	}
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	set, err := persona.Load(demo.FS, shop, intents.Names)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range set.All() {
		for _, phrase := range slices.Concat(p.Phrases, p.Statements, p.Says["fi"], p.Says["sv"], p.Says["en"]) {
			if said[plain(phrase)] {
				t.Errorf("%s: a phrase or a line is a message of the talks", p.ID)
			}
		}
	}
	names, err := filepath.Glob("../../bot/persona/testdata/talks/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("talks for developing: %v", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			for _, message := range strings.Split(line, "|") {
				if words := plain(message); len(strings.Fields(words)) > 3 && said[words] {
					t.Errorf("%s: a message for developing is one of the talks", filepath.Base(name))
				}
			}
		}
	}
}
