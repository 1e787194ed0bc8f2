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

// Talks and judgements of testdata/customers were written without sight of the
// personas' files and of the code; the recognition was developed on them since.
const plainKind = "tavallinen" // who is none of the personas

type customerTalk struct {
	Kind string   `yaml:"kind"`
	Says []string `yaml:"says"`
}

// judged is a search: how well each product answers it, 0–3, for each kind.
type judged struct {
	Query    string                    `yaml:"query"`
	Products map[string]map[string]int `yaml:"products"`
}

func readCustomers(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "customers", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// Recognised are how talks ended after some messages.
type recognised struct{ right, wrong, of, misled, plain int }

// recognise talks with the shop and sees by which persona each customer is
// served after the given message.
func recognise(shelf *bot.Shelf, talks []customerTalk, after int) (r recognised) {
	for i, talk := range talks {
		v := newVisit(shelf, uint64(i))
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
	var file struct {
		Talks []customerTalk `yaml:"talks"`
	}
	readCustomers(t, "talks.yaml", &file)
	r := recognise(shelf, file.Talks, 4)
	if r.of == 0 || r.plain == 0 {
		t.Fatalf("%d talks of kinds, %d plain ones", r.of, r.plain)
	}
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	t.Logf("after the 4th message: right %.1f %%, wrong %.1f %% of %d; of %d plain customers %.1f %% are taken for a kind",
		percent(r.right, r.of), percent(r.wrong, r.of), r.of, r.plain, percent(r.misled, r.plain))
	if percent(r.right, r.of) < 78 || percent(r.wrong, r.of) > 5 || percent(r.misled, r.plain) > 10 {
		t.Errorf("of %d customers %d are recognised, %d taken for another kind; of %d plain ones %d for one", r.of, r.right, r.wrong, r.plain, r.misled)
	}
}

// TestCustomersSeeWhatSuitsThem compares the order of hits for each kind with
// the order for everybody.
func TestCustomersSeeWhatSuitsThem(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Searches []judged `yaml:"searches"`
	}
	readCustomers(t, "judgements.yaml", &file)
	var neutral, own float64
	pairs := 0
	for _, s := range file.Searches {
		q := dialogue.Query(shelf.Model.Read(s.Query, intents.Hint{Lang: "fi"}))
		q.Limit = 24
		hits := shelf.Index.Find(q, func(string) (int, bool) { return 0, false }).Hits
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
			own += gain(shelf.Personas.Rank(p.ID, hits), grade) / best
		}
	}
	if pairs == 0 {
		t.Fatal("nothing is judged")
	}
	t.Logf("nDCG@5 over %d searches by kind: %.3f in everybody's order, %.3f in their own, %+.1f %%",
		pairs, neutral/float64(pairs), own/float64(pairs), 100*(own/neutral-1))
	if own <= neutral {
		t.Errorf("their own order suits them no better: %.3f, everybody's %.3f", own/float64(pairs), neutral/float64(pairs))
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

// TestCustomersAreStrangers: no message of the talks and no query stands in the
// personas' files or in the talks for developing, and no phrase of theirs is a
// message.
func TestCustomersAreStrangers(t *testing.T) {
	t.Parallel()
	var file struct {
		Talks []customerTalk `yaml:"talks"`
	}
	var judgements struct {
		Searches []judged `yaml:"searches"`
	}
	readCustomers(t, "talks.yaml", &file)
	readCustomers(t, "judgements.yaml", &judgements)
	plain := func(text string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.?!*:;", r) }), " ")
	}
	said := map[string]bool{}
	for _, talk := range file.Talks {
		if talk.Kind == plainKind {
			continue
		}
		for _, text := range talk.Says {
			said[plain(text)] = true
		}
	}
	for _, s := range judgements.Searches {
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
		for _, phrase := range slices.Concat(p.Phrases, p.Statements, p.Says) {
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
