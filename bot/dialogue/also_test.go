package dialogue

import (
	"testing"

	"tiski/catalog"
)

func TestAlsoIsCalledAlike(t *testing.T) {
	t.Parallel()
	goods := func(id, name, brand string) *catalog.Product {
		return &catalog.Product{ID: id, Name: catalog.Text{"fi": name}, Brand: brand, Category: "pienkoneet"}
	}
	coffee := goods("coffee", "Kahvinkeitin Askare", "Askare")
	shelf := []catalog.Hit{
		{Product: coffee},
		{Product: goods("espresso", "Espressokeitin Norrvind", "Norrvind")},
		{Product: goods("iron", "Silitysrauta Askare", "Askare")},
		{Product: goods("mug", "Åke", "")},
		{Product: goods("forMen", "Miesten partakone", "")},
		{Product: goods("child", "Lasten leikkikeitin", "")},
	}
	shelf[len(shelf)-1].Product.Audience = "child"
	var asked catalog.Query
	find := func(q catalog.Query) catalog.Found {
		asked = q
		return catalog.Found{Hits: append([]catalog.Hit(nil), shelf...)}
	}
	also := Also(find, shelf[:1], catalog.Query{Text: "kahvinkeitin", Audience: "women", Lang: "fi"})
	if len(also) != 1 || also[0].Product.ID != "espresso" {
		t.Errorf("beside a coffee maker: %+v", also)
	}
	if asked.Category != "pienkoneet" || asked.Audience != "women" || !asked.InStock || asked.Text != "" {
		t.Errorf("asked for %+v", asked)
	}
	if also := Also(find, nil, catalog.Query{}); also != nil {
		t.Errorf("beside nothing: %+v", also)
	}
	none := func(catalog.Query) catalog.Found { return catalog.Found{Hits: shelf, Nearest: true} }
	if also := Also(none, shelf[:1], catalog.Query{}); also != nil {
		t.Errorf("of a shelf without anything fitting: %+v", also)
	}
}
