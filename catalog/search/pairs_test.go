package search

import (
	"slices"
	"testing"

	"tiski/catalog"
	"tiski/intents/finnish"
)

// outdoors is a small shop: a rule, things alike, and things that are not.
func outdoors(t *testing.T, rules ...catalog.PairRule) *Pairs {
	t.Helper()
	product := func(id, name, category, audience string, price catalog.Cents, popularity int, features ...string) catalog.Product {
		return catalog.Product{ID: id, Name: catalog.Text{"fi": name}, Category: category, Audience: audience, Price: price, Popularity: popularity,
			Features: features, Variants: []catalog.Variant{{SKU: id}}, VAT: "general"}
	}
	shop, err := (&catalog.Shop{Pairs: rules, VAT: map[string][]catalog.Rate{"general": {{}}}}).WithProducts([]catalog.Product{
		product("bag", "Korpi-reppu", "bags", "", 5000, 50, "retkelle", "kevyt"),
		product("other-bag", "Puro-reppu", "bags", "", 3500, 90, "retkelle", "kevyt"),
		product("bottle", "Juomapullo", "kitchen", "", 1500, 80, "ei vuoda"),
		product("stove", "Keitin", "kitchen", "", 3000, 20, "retkelle", "kevyt"),
		product("dear-stove", "Liesi", "kitchen", "", 30000, 20, "retkelle", "kevyt"),
		product("small-stove", "Nuotio", "kitchen", "child", 1000, 20, "retkelle", "kevyt"),
		product("novel", "Romaani", "books", "", 1000, 99, "retkelle", "kevyt"),
	}, []catalog.Category{{ID: "outdoor"}, {ID: "bags", Parent: "outdoor"}, {ID: "kitchen", Parent: "outdoor"}, {ID: "books"}})
	if err != nil {
		t.Fatal(err)
	}
	return New(shop, finnish.Base()).Pairs()
}

func anything(*catalog.Product) bool { return true }

func paired(pairs []catalog.Pair) (ids []string) {
	for _, p := range pairs {
		ids = append(ids, p.Product.ID+" by "+p.Why)
	}
	return ids
}

func TestPairs(t *testing.T) {
	t.Parallel()
	bought := catalog.CountTogether([][]string{{"bag", "novel"}, {"bag", "novel"}, {"bag", "novel"}, {"bag", "bottle"}, {"bag", "bottle"}})
	for _, c := range []struct {
		name     string
		rules    []catalog.PairRule
		of       []string
		together *catalog.Together
		limit    int
		want     []string
	}{
		{"from the first day by likeness: another kind, not dearer, of the department", nil, []string{"bag"}, nil, 9,
			[]string{"stove by traits"}},
		{"of equals the most popular", nil, []string{"stove"}, nil, 1, []string{"other-bag by traits"}},
		{"what the shop says comes first", []catalog.PairRule{{Of: []string{"bags"}, With: []string{"bottle"}}}, []string{"bag"}, nil, 1, []string{"bottle by shop"}},
		{"of a shelf the most popular", []catalog.PairRule{{Of: []string{"novel"}, With: []string{"outdoor"}}}, []string{"novel"}, nil, 9,
			[]string{"other-bag by shop", "bottle by shop", "bag by shop"}},
		{"what was bought together three times", nil, []string{"bag"}, bought, 1, []string{"novel by orders"}},
		{"nothing that is there already", nil, []string{"bag", "stove", "small-stove", "other-bag"}, nil, 9, nil},
		{"what is not sold", nil, []string{"gone"}, bought, 9, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := paired(outdoors(t, c.rules...).With(catalog.PairQuery{Of: c.of, Wanted: anything, Limit: c.limit}, c.together)); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	p := outdoors(t)
	if got := p.With(catalog.PairQuery{Of: []string{"bag"}, Wanted: anything, Surely: true, Limit: 9}, nil); len(got) > 0 {
		t.Errorf("surely, where nobody knows: %v", got)
	}
	dry := func(p *catalog.Product) bool { return p.ID != "bottle" }
	if got := paired(outdoors(t, catalog.PairRule{Of: []string{"bags"}, With: []string{"bottle"}}).With(catalog.PairQuery{Of: []string{"bag"}, Wanted: dry, Limit: 9}, nil)); !slices.Equal(got, []string{"stove by traits"}) {
		t.Errorf("what is not wanted: %v", got)
	}
	if got := (*Pairs)(nil).With(catalog.PairQuery{Of: []string{"bag"}, Wanted: anything, Limit: 9}, nil); got != nil {
		t.Errorf("without pairs: %v", got)
	}
}

func BenchmarkPairs(b *testing.B) {
	x, err := demoIndex()
	if err != nil {
		b.Fatal(err)
	}
	p := x.Pairs()
	for b.Loop() {
		p.With(catalog.PairQuery{Of: []string{"hillasuo-vaara-rinkka"}, Wanted: anything, Limit: 12}, nil)
	}
}
