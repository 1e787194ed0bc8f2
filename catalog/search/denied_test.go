package search

import (
	"testing"

	"tiski/catalog"
	"tiski/intents/finnish"
)

func TestWithoutDenied(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, text, left string }{
		{"fi", "Kestää pakkasta ja konepesun", "Kestää pakkasta ja konepesun"},
		{"fi", "Savea, joka ei kestä pakkasta", "Savea"},
		{"fi", "Kestää konepesun, mutta ei pakkasta", "Kestää konepesun"},
		{"fi", "Pakkasta ruukku ei kestä", ""},
		{"fi", "Ei pakkasenkestävä", ""},
		{"fi", "Merinovilla ei kutita", "Merinovilla ei kutita"},
		{"fi", "Villaa, mutta ei kutita", "Villaa, mutta ei kutita"},
		{"sv", "Tål frost", "Tål frost"},
		{"sv", "Krukan tål inte frost", ""},
		{"en", "Withstands frost", "Withstands frost"},
		{"en", "Handmade, not dishwasher safe", "Handmade"},
	} {
		if left := denials[c.lang].without(c.text); left != c.left {
			t.Errorf("%q leaves %q, not %q", c.text, left, c.left)
		}
	}
}

// What goods do not bear is no answer to who seeks goods that bear it.
func TestFindDenied(t *testing.T) {
	t.Parallel()
	pot := func(id, description string) catalog.Product {
		return catalog.Product{
			ID: id, Name: catalog.Text{"fi": "Terassiruukku " + id}, Description: catalog.Text{"fi": description},
			Variants: []catalog.Variant{{SKU: id, Price: 100, Stock: 1}},
		}
	}
	shop := &catalog.Shop{Languages: []string{"fi"}, Products: []catalog.Product{
		pot("a", "Lasitettu savi. Ei kestä pakkasta."),
		pot("b", "Betonia, joka kestää pakkasta."),
		pot("c", "Sisälle. Kestää kosteutta, mutta ei pakkasta."),
	}}
	found := New(shop, finnish.Base()).Find(catalog.Query{Text: "ruukku kestää pakkasta", Lang: "fi"}, nil)
	if len(found.Hits) != 1 || found.Hits[0].Product.ID != "b" || found.Nearest {
		t.Errorf("found %+v", found)
	}
}
