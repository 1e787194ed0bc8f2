package search

import (
	"slices"
	"testing"

	"tiski/catalog"
	"tiski/intents/finnish"
)

func TestSizeFit(t *testing.T) {
	for _, c := range []struct {
		asked, has string
		fits       bool
	}{
		{"42", "42", true}, {"42", "43", false}, {"m", "M", true}, {"37", "36/39", true}, {"40", "36/39", false},
		{"110", "110 cm", true}, {"2 hengen", "2 hengen", true}, {"12", "12 kg", true},
		{"30/32", "30/32", true}, {"28/32", "32/32", false}, {"36/30", "30/32", false}, {"32", "32/34", true}, {"36/38", "38/40", true}, {"110/116", "116/122", true},
		{"12 kg", "12 kg", true}, {"12 kg", "12 pussia", false}, {"12 kg", "12 g", false}, {"100 ml", "100 g", false}, {"12 kg", "2 kg", false},
	} {
		if got := sizeFit(c.asked, c.has) > 0; got != c.fits {
			t.Errorf("%s fits %s: %t", c.asked, c.has, got)
		}
	}
}

// TestColorsThatTextsSay: goods that come in one colour alone are of the colour that
// their shelf or their name says, and of none that only their description speaks of. A
// shelf is called by its last word however it is described.
func TestColorsThatTextsSay(t *testing.T) {
	t.Parallel()
	text := func(s string) catalog.Text { return catalog.Text{"fi": s} }
	tea := func(id, name, shelf, about string, options map[string]string) catalog.Product {
		return catalog.Product{ID: id, Name: text(name), Category: shelf, Description: text(about), Price: 690, VAT: "general", Variants: []catalog.Variant{{SKU: id, Options: options, Stock: 1}}}
	}
	shop, err := (&catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{}}}}).WithProducts([]catalog.Product{
		tea("sencha", "Sencha", "vihreat", "Ruohoinen ja raikas.", nil),
		tea("earl", "Earl Grey", "mustat", "Maistuu myös vihreän teen ystäville.", nil),
		tea("rooibos", "Rooibos", "yrtti", "Kofeiiniton.", nil),
		tea("mustikka", "Musta mate", "yrtti", "Paahdettu.", nil),
		tea("pannu", "Pannu", "pannut", "Vihreälle teelle.", map[string]string{"color": "musta"}),
	}, []catalog.Category{
		{ID: "vihreat", Name: text("Vihreät teet")}, {ID: "mustat", Name: text("Mustat teet")}, {ID: "yrtti", Name: text("Yrttiteet")}, {ID: "pannut", Name: text("Pannut")},
	})
	if err != nil {
		t.Fatal(err)
	}
	x := New(shop, finnish.Base())
	for _, c := range []struct {
		query   catalog.Query
		ids     []string
		nearest bool
	}{
		{catalog.Query{Text: "teetä", Color: "vihreä"}, []string{"sencha"}, false},
		{catalog.Query{Text: "tee", Color: "musta"}, []string{"earl", "mustikka"}, false},
		{catalog.Query{Text: "teetä", Without: "musta"}, []string{"rooibos", "sencha"}, false},
		{catalog.Query{Text: "teet"}, []string{"earl", "mustikka", "rooibos", "sencha"}, false},
		{catalog.Query{Text: "pannu", Color: "vihreä"}, []string{"pannu"}, true},
		{catalog.Query{Text: "pannu", Color: "musta"}, []string{"pannu"}, false},
	} {
		c.query.Lang = "fi"
		found := x.Find(c.query, nil)
		var ids []string
		for _, h := range found.Hits {
			ids = append(ids, h.Product.ID)
		}
		slices.Sort(ids)
		if !slices.Equal(ids, c.ids) || found.Nearest != c.nearest {
			t.Errorf("%+v: %v, nearest %t; want %v, %t", c.query, ids, found.Nearest, c.ids, c.nearest)
		}
	}
}
