package search

import (
	"bufio"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents/finnish"
)

var demoIndex = sync.OnceValues(func() (*Index, error) {
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		return nil, err
	}
	return New(shop, finnish.Base()), nil
})

// wanted is a line of testdata/queries.txt.
type wanted struct {
	line    string
	query   catalog.Query
	ids     []string
	named   bool
	nearest bool
}

func queries(t testing.TB) []wanted {
	t.Helper()
	file, err := os.Open("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []wanted
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		arrow := regexp.MustCompile(` [-=~]> `).FindStringIndex(line)
		if arrow == nil {
			t.Fatalf("no arrow in %q", line)
		}
		asked, kind, ids := line[:arrow[0]], line[arrow[0]+1], strings.Fields(line[arrow[1]:])
		if slices.Equal(ids, []string{"-"}) {
			ids = nil
		}
		text, filters, _ := strings.Cut(asked, ";")
		q := catalog.Query{Text: text, Lang: "fi"}
		for _, f := range strings.Fields(filters) {
			name, value, _ := strings.Cut(f, "=")
			switch name {
			case "lang":
				q.Lang = value
			case "category":
				q.Category = value
			case "size":
				q.Size = value
			case "color":
				q.Color = value
			case "audience":
				q.Audience = value
			case "max":
				cents, err := strconv.Atoi(value)
				if err != nil {
					t.Fatalf("%s: %v", line, err)
				}
				q.Max = catalog.Cents(cents)
			default:
				t.Fatalf("unknown filter in %q", line)
			}
		}
		list = append(list, wanted{asked, q, ids, kind == '=', kind == '~'})
	}
	return list
}

func ids(found catalog.Found) []string {
	var list []string
	for _, h := range found.Hits {
		list = append(list, h.Product.ID)
	}
	return list
}

func TestDemoQueries(t *testing.T) {
	t.Parallel()
	x, err := demoIndex()
	if err != nil {
		t.Fatal(err)
	}
	if list := queries(t); len(list) < 400 {
		t.Errorf("only %d queries", len(list))
	}
	answersAll(t, x)
}

// TestDemoQueriesByKotus asks the same by the word list of Kotus, which takes
// many more words apart.
func TestDemoQueriesByKotus(t *testing.T) {
	t.Parallel()
	list, err := os.Open("../../../shared/data/nykysuomensanalista2024.csv")
	if err != nil {
		t.Skip("the word list of Kotus is not here:", err)
	}
	defer list.Close()
	lexicon, err := finnish.ReadKotus(list)
	if err != nil {
		t.Fatal(err)
	}
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	answersAll(t, New(shop, lexicon))
}

// answersAll asks an index all of testdata/queries.txt.
func answersAll(t *testing.T, x *Index) {
	for _, w := range queries(t) {
		found := x.Find(w.query, nil)
		got := ids(found)
		if w.ids == nil {
			if len(got) > 0 {
				t.Errorf("%s: wanted none, got %v, given up %v", w.line, got, found.Relaxed)
			}
			continue
		}
		first := slices.Sorted(slices.Values(got[:min(len(got), len(w.ids))]))
		if !slices.Equal(first, slices.Sorted(slices.Values(w.ids))) || found.Nearest != w.nearest {
			t.Errorf("%s\nwanted %v\n   got %v, given up %v", w.line, w.ids, got, found.Relaxed)
			continue
		}
		if score := found.Hits[0].Score; w.named && score < 0.45 || slices.Contains(found.Relaxed, "words") && score >= 0.4 {
			t.Errorf("%s: score %.2f", w.line, score)
		}
	}
}

// boots is a shop of four products to be told apart by every filter.
func boots(t testing.TB) *Index {
	t.Helper()
	variant := func(sku, size, color string, stock int) catalog.Variant {
		return catalog.Variant{SKU: sku, Options: map[string]string{"size": size, "color": color}, Stock: stock}
	}
	name := func(s string) catalog.Text { return catalog.Text{"fi": s} }
	shop := &catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{Tenths: 255}}}}
	shop, err := shop.WithProducts([]catalog.Product{
		{ID: "talvi", Name: name("Talvikengät"), Audience: "child", Price: 5990, VAT: "general", Category: "lasten", Popularity: 10,
			Variants: []catalog.Variant{variant("t1", "30", "tummansininen", 2), variant("t2", "31", "musta", 0)}},
		{ID: "kumi", Name: name("Kumisaappaat"), Audience: "child", Price: 2990, VAT: "general", Category: "lasten", Popularity: 90,
			Variants: []catalog.Variant{variant("k1", "30/31", "vaaleanpunainen", 5)}},
		{ID: "juoksu", Name: name("Juoksukengät"), Price: 9990, VAT: "general", Category: "kengat", Popularity: 50,
			Variants: []catalog.Variant{variant("j1", "40-42", "punainen", catalog.StockUnknown)}},
		{ID: "pipo", Name: name("Pipo"), Audience: "women", Price: 1990, VAT: "general",
			Variants: []catalog.Variant{variant("p1", "yksi koko", "musta-valkoinen", 1)}},
	}, []catalog.Category{
		{ID: "kengat", Name: name("Kengät")},
		{ID: "lasten", Parent: "kengat", Name: name("Lasten kengät")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return New(shop, finnish.Base())
}

func TestFilters(t *testing.T) {
	t.Parallel()
	x := boots(t)
	for name, c := range map[string]struct {
		query   catalog.Query
		ids     []string
		relaxed []string
	}{
		"nothing asked":       {catalog.Query{}, []string{"kumi", "juoksu", "pipo", "talvi"}, nil},
		"shelf":               {catalog.Query{Category: "lasten"}, []string{"kumi", "talvi"}, nil},
		"shelf above":         {catalog.Query{Category: "kengat"}, []string{"kumi", "juoksu", "talvi"}, nil},
		"product":             {catalog.Query{Product: "pipo", Text: "kengät"}, []string{"pipo"}, nil},
		"product, not so":     {catalog.Query{Product: "pipo", Color: "sininen"}, []string{"pipo"}, []string{"color"}},
		"size":                {catalog.Query{Text: "kengät", Size: "31"}, []string{"kumi", "talvi"}, nil},
		"size in a range":     {catalog.Query{Text: "kengät", Size: "41"}, []string{"juoksu"}, nil},
		"size beyond":         {catalog.Query{Text: "juoksukengät", Size: "43"}, []string{"juoksu"}, []string{"size"}},
		"one size":            {catalog.Query{Text: "pipo", Size: "M"}, []string{"pipo"}, nil},
		"shade":               {catalog.Query{Color: "sininen"}, []string{"talvi"}, nil},
		"pink is not red":     {catalog.Query{Color: "punainen"}, []string{"juoksu"}, nil},
		"one of two colours":  {catalog.Query{Color: "valkoinen"}, []string{"pipo"}, nil},
		"price":               {catalog.Query{Text: "kengät", Max: 5990, Min: 5990}, []string{"talvi"}, nil},
		"too dear":            {catalog.Query{Text: "talvikengät", Max: 5989}, []string{"talvi"}, []string{"price"}},
		"too cheap":           {catalog.Query{Text: "talvikengät", Min: 5991}, []string{"talvi"}, []string{"price"}},
		"audience":            {catalog.Query{Audience: "women", Text: "pipo"}, []string{"pipo"}, nil},
		"other audience":      {catalog.Query{Audience: "men", Text: "pipo"}, []string{"pipo"}, []string{"audience"}},
		"for everybody":       {catalog.Query{Audience: "men", Text: "kengät"}, []string{"juoksu"}, nil},
		"in stock":            {catalog.Query{Text: "talvikengät", Size: "31", InStock: true}, []string{"talvi"}, []string{"stock"}},
		"out of stock":        {catalog.Query{Text: "talvikengät", Size: "31"}, []string{"talvi"}, nil},
		"cheapest to give up": {catalog.Query{Text: "talvikengät", Size: "30", Color: "musta"}, []string{"talvi"}, []string{"color"}},
		"two given up":        {catalog.Query{Text: "talvikengät", Color: "keltainen", Max: 1000}, []string{"talvi"}, []string{"color", "price"}},
		"unknown word":        {catalog.Query{Text: "polkupyörä"}, nil, nil},
		"half known":          {catalog.Query{Text: "samettinen pipo"}, []string{"pipo"}, []string{"words"}},
		"unknown on a shelf":  {catalog.Query{Text: "sandaalit", Category: "lasten"}, []string{"kumi", "talvi"}, []string{"words"}},
	} {
		found := x.Find(c.query, nil)
		if !reflect.DeepEqual(ids(found), c.ids) || !reflect.DeepEqual(found.Relaxed, c.relaxed) || found.Nearest != (c.relaxed != nil) || found.Total != len(c.ids) {
			t.Errorf("%s: %v of %d, given up %v", name, ids(found), found.Total, found.Relaxed)
		}
	}
}

func TestStockOfTheMoment(t *testing.T) {
	t.Parallel()
	x := boots(t)
	q := catalog.Query{Text: "talvikengät", Size: "30", InStock: true}
	for pieces, relaxed := range map[int][]string{0: {"stock"}, 1: nil} {
		found := x.Find(q, func(string) (int, bool) { return pieces, true })
		if !reflect.DeepEqual(found.Relaxed, relaxed) {
			t.Errorf("with %d pieces: %+v", pieces, found)
		}
	}
	found := x.Find(q, func(string) (int, bool) { return 0, false })
	if found.Nearest {
		t.Error("stock that is not counted counts as none")
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	found := boots(t).Find(catalog.Query{Limit: 2}, nil)
	if len(found.Hits) != 2 || found.Total != 4 {
		t.Errorf("%d of %d", len(found.Hits), found.Total)
	}
}

func TestEmptyShop(t *testing.T) {
	t.Parallel()
	x := New(&catalog.Shop{}, finnish.Base())
	for _, q := range []catalog.Query{{}, {Text: "kengät"}, {Product: "x"}} {
		if found := x.Find(q, nil); found.Total != 0 || found.Nearest {
			t.Errorf("%+v: %+v", q, found)
		}
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang, name            string
		heads, models, beside []string
	}{
		{"fi", "Repun sadesuoja", []string{"sadesuoja"}, nil, []string{"repun"}},
		{"fi", "Kahvinkeitin Askare", []string{"kahvinkeitin"}, []string{"askare"}, nil},
		{"fi", "Kumisaappaat lapsille", []string{"kumisaappaat"}, nil, []string{"lapsille"}},
		{"fi", "Sininen reppu", []string{"sininen", "reppu"}, nil, nil},
		{"sv", "Regnskydd till ryggsäck", []string{"regnskydd"}, nil, []string{"ryggsäck"}},
	} {
		var got title
		got.split(c.lang, c.name)
		if !slices.Equal(got.heads, c.heads) || !slices.Equal(got.models, c.models) || !slices.Equal(got.beside, c.beside) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestSpelling(t *testing.T) {
	t.Parallel()
	s := newSpelling(map[string]bool{"pipo": true, "reppu": true, "teltta": true, "vedenpitävä": true})
	one, two := func(w string) []string { return s.near(w, 1) }, func(w string) []string { return s.near(w, 2) }
	onesWanted := map[string]string{
		"vedenpitva":            "vedenpitävä", // a letter left out
		"vedennpitava":          "vedenpitävä", // one too many
		"vedenpitaba":           "vedenpitävä", // a wrong one
		"vednepitava":           "vedenpitävä", // two that changed places
		"reppi":                 "reppu",
		"vedepitaba":            "",
		"bedenpitava":           "", // the first letter
		"repu":                  "", // too short to tell
		"pippo":                 "", // what would be meant is too short
		strings.Repeat("a", 25): "",
	}
	twosWanted := map[string]string{
		"vedepitaba":            "vedenpitävä",
		"vebenpitaba":           "vedenpitävä",
		"vebenpitabaa":          "", // three
		"tellat":                "", // two in a short word
		strings.Repeat("a", 25): "",
	}
	for _, c := range []struct {
		like   func(string) []string
		wanted map[string]string
	}{{one, onesWanted}, {two, twosWanted}} {
		for word, want := range c.wanted {
			got := ""
			for _, t := range c.like(word) {
				got += t
			}
			if got != want {
				t.Errorf("%s: %q", word, got)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range []string{"talvikengät", "vedenpitävä kahden hengen teltta", "", "\xff\x00", "~~~ -t-", "ÅÄÖ-åäö 110/116"} {
		f.Add(text, "fi")
	}
	x := boots(f)
	f.Fuzz(func(t *testing.T, text, lang string) {
		found := x.Find(catalog.Query{Text: text, Lang: lang}, nil)
		if len(found.Hits) > found.Total {
			t.Errorf("%d hits of %d", len(found.Hits), found.Total)
		}
	})
}

// BenchmarkFind asks testdata/queries.txt of the demo shop, of an index that never
// heard a word of them and of one that did.
func BenchmarkFind(b *testing.B) {
	shared, err := demoIndex()
	if err != nil {
		b.Fatal(err)
	}
	x, list := *shared, queries(b)
	b.Run("first", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			x.memory = new(memory)
			x.Find(list[i%len(list)].query, nil)
		}
	})
	b.Run("again", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			x.Find(list[i%len(list)].query, nil)
		}
	})
}

func BenchmarkNew(b *testing.B) {
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		New(shop, finnish.Base())
	}
}

func ExampleIndex_Find() {
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		panic(err)
	}
	found := New(shop, finnish.Base()).Find(catalog.Query{Text: "vedenpitäviä talvikenkiä", Size: "30", Audience: "child", Max: 8000}, nil)
	fmt.Println(found.Hits[0].Product.Name.In("fi"))
	// Output: Kaamos Pakkanen -talvikengät lapsille
}
