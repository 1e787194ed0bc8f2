package search

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents/finnish"
)

func TestWith(t *testing.T) {
	t.Parallel()
	x := boots(t)
	pipo := *x.good(x.number("pipo")).product
	pipo.Name = catalog.Text{"fi": "Villamyssy"}
	pipo.Price = 2490
	pipo.Variants = []catalog.Variant{{SKU: "m1", Options: map[string]string{"color": "turkoosi"}, Stock: 1}}
	fresh := pipo
	fresh.ID, fresh.Name, fresh.Category = "uusi", catalog.Text{"fi": "Avokkaat"}, "lasten"
	y := x.With(&pipo).With(&fresh)
	z := y.Without("kumi").Without("uusi").Without("never there")
	for name, c := range map[string]struct {
		index *Index
		query catalog.Query
		ids   []string
	}{
		"before":            {x, catalog.Query{Text: "pipo"}, []string{"pipo"}},
		"before, new name":  {x, catalog.Query{Text: "myssyt"}, nil},
		"before, all":       {x, catalog.Query{}, []string{"kumi", "juoksu", "pipo", "talvi"}},
		"changed":           {y, catalog.Query{Text: "myssyjä"}, []string{"pipo"}},
		"misspelt":          {y, catalog.Query{Text: "villamysssy"}, []string{"pipo"}},
		"old name":          {y, catalog.Query{Text: "pipo"}, nil},
		"new colour":        {y, catalog.Query{Color: "turkoosi"}, []string{"pipo", "uusi"}},
		"new price":         {y, catalog.Query{Text: "myssy", Min: 2490, Max: 2490}, []string{"pipo"}},
		"new product":       {y, catalog.Query{Text: "avokkaita"}, []string{"uusi"}},
		"by id":             {y, catalog.Query{Product: "uusi"}, []string{"uusi"}},
		"on its shelf":      {y, catalog.Query{Category: "lasten"}, []string{"kumi", "uusi", "talvi"}},
		"all":               {y, catalog.Query{}, []string{"kumi", "juoksu", "pipo", "uusi", "talvi"}},
		"gone":              {z, catalog.Query{Text: "kumisaappaat"}, nil},
		"gone by id":        {z, catalog.Query{Product: "kumi", Text: "kumisaappaat"}, nil},
		"gone again":        {z, catalog.Query{Text: "avokkaat"}, nil},
		"all that are left": {z, catalog.Query{}, []string{"juoksu", "pipo", "talvi"}},
	} {
		if got := ids(c.index.Find(c.query, nil)); !reflect.DeepEqual(got, c.ids) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestWithIsNew compares an index in which every product has been changed with
// one made anew.
func TestWithIsNew(t *testing.T) {
	t.Parallel()
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	anew := New(shop, finnish.Base())
	changed := anew
	for i := range shop.Products {
		other := shop.Products[i]
		other.Brand += " Oy"
		changed = changed.With(&other).With(&shop.Products[i])
	}
	for _, w := range queries(t) {
		want, got := anew.Find(w.query, nil), changed.Find(w.query, nil)
		if !reflect.DeepEqual(slices.Sorted(slices.Values(ids(want))), slices.Sorted(slices.Values(ids(got)))) || !slices.Equal(want.Relaxed, got.Relaxed) {
			t.Errorf("%s: %v, anew %v", w.line, ids(got), ids(want))
		}
	}
}

// TestWithNewPrice changes what is not said in words.
func TestWithNewPrice(t *testing.T) {
	t.Parallel()
	x := boots(t)
	pipo := *x.good(x.number("pipo")).product
	pipo.Price = 990
	pipo.Variants = slices.Clone(pipo.Variants)
	pipo.Variants[0].Stock = 0
	y := x.With(&pipo)
	cheap := catalog.Query{Text: "pipo", Max: 1000, InStock: true}
	if found := x.Find(cheap, nil); !slices.Equal(found.Relaxed, []string{"price"}) {
		t.Errorf("before: %+v", found)
	}
	if found := y.Find(cheap, nil); !slices.Equal(found.Relaxed, []string{"stock"}) {
		t.Errorf("changed: %+v", found)
	}
}

// TestWithNewWords changes one thing that is said of a product at a time.
func TestWithNewWords(t *testing.T) {
	t.Parallel()
	x := boots(t)
	said := catalog.Text{"fi": "samettinen"}
	for name, change := range map[string]func(p *catalog.Product){
		"name":        func(p *catalog.Product) { p.Name = catalog.Text{"fi": "Samettinen pipo"} },
		"description": func(p *catalog.Product) { p.Description = said },
		"brand":       func(p *catalog.Product) { p.Brand = "Samettinen" },
		"feature":     func(p *catalog.Product) { p.Features = []string{"samettinen"} },
		"material":    func(p *catalog.Product) { p.Material = said },
		"fact":        func(p *catalog.Product) { p.Facts = map[string]catalog.Text{"kangas": said} },
		"option": func(p *catalog.Product) {
			p.Variants = []catalog.Variant{{SKU: "p1", Options: map[string]string{"color": "samettinen"}}}
		},
	} {
		pipo := *x.good(x.number("pipo")).product
		change(&pipo)
		query := catalog.Query{Text: "samettinen pipo"}
		if found := x.With(&pipo).Find(query, nil); found.Total != 1 || found.Nearest {
			t.Errorf("%s: %+v", name, found)
		}
		if found := x.Find(query, nil); !found.Nearest {
			t.Errorf("before, %s: %+v", name, found)
		}
	}
	pipo := *x.good(x.number("pipo")).product
	pipo.Category = "kengat"
	if got := ids(x.With(&pipo).Find(catalog.Query{Category: "kengat"}, nil)); !slices.Contains(got, "pipo") {
		t.Errorf("category: %v", got)
	}
}

// TestWithWhileSearching changes an index while others search those before it.
func TestWithWhileSearching(t *testing.T) {
	t.Parallel()
	x := boots(t)
	var wg sync.WaitGroup
	for i := range 50 {
		old := x
		wg.Go(func() {
			for _, text := range []string{"pipo", "kengät", "kumisapaat"} {
				old.Find(catalog.Query{Text: text}, nil)
			}
		})
		pipo := *x.good(x.number("pipo")).product
		pipo.Name = maps.Clone(pipo.Name)
		pipo.Name["fi"] += fmt.Sprint(" ", i)
		x = x.With(&pipo)
	}
	wg.Wait()
	if found := x.Find(catalog.Query{Text: "pipo 49"}, nil); found.Total != 1 || found.Nearest {
		t.Errorf("%+v", found)
	}
}
