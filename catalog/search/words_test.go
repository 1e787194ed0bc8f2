package search

import (
	"slices"
	"testing"

	"tiski/catalog"
	"tiski/intents/finnish"
)

func TestSplitTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                  string
		heads, models, beside []string
	}{
		{"Karhu U-lukko", []string{"karhu", "lukko"}, []string{"u-lukko", "lukko"}, nil},
		{"Hehku LED-lamppu 9 W", []string{"hehku", "lamppu", "9"}, []string{"led-lamppu", "led", "lamppu", "w"}, nil},
		{"Kairasto Pyry -makuupussi", []string{"kairasto", "makuupussi"}, []string{"pyry"}, nil},
		{"Karhu Suuri-Savo", []string{"karhu"}, []string{"suuri-savo", "suuri", "savo"}, nil},
		{"Repun sadesuoja", []string{"sadesuoja"}, nil, []string{"repun"}},
	} {
		var got title
		got.split("fi", c.name)
		if !slices.Equal(got.heads, c.heads) || !slices.Equal(got.models, c.models) || !slices.Equal(got.beside, c.beside) {
			t.Errorf("%q: %q", c.name, got)
		}
	}
}

// Goods are found by the noun that their name ends in after a hyphen.
func TestFindAfterHyphen(t *testing.T) {
	t.Parallel()
	shop := &catalog.Shop{Languages: []string{"fi"}}
	for _, name := range []string{"Karhu U-lukko", "Vaijerilukko Karhu", "Lukko Karhu", "Karhu Pumppu", "Karhu Valo", "Karhu Kori"} {
		shop.Products = append(shop.Products, catalog.Product{ID: name, Name: catalog.Text{"fi": name}, Variants: []catalog.Variant{{SKU: name, Price: 100, Stock: 1}}})
	}
	found := New(shop, finnish.Base()).Find(catalog.Query{Text: "lukko", Lang: "fi"}, nil)
	if !slices.ContainsFunc(found.Hits, func(h catalog.Hit) bool { return h.Product.ID == "Karhu U-lukko" }) {
		t.Errorf("found %+v", found)
	}
}
