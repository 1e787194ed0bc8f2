package dialogue

import (
	"fmt"
	"slices"
	"testing"

	"tiski/catalog"
)

func TestAlsoIsAlike(t *testing.T) {
	t.Parallel()
	goods := func(id, name, brand, description string, features ...string) *catalog.Product {
		return &catalog.Product{ID: id, Name: catalog.Text{"fi": name}, Description: catalog.Text{"fi": description}, Brand: brand, Category: "pienkoneet", Features: features}
	}
	iron := goods("iron", "Silitysrauta Askare", "Askare", "Kuumenee minuutissa.", "höyrysuihku", "pystyhöyry")
	forChild := goods("child", "Lasten leikkisilitysrauta", "Askare", "")
	forChild.Audience = "child"
	shelf := []catalog.Hit{
		{Product: goods("waffles", "Vohvelipannu", "Norrvind", "Paistaa sydämiä.")},
		{Product: goods("steamer", "Höyrystin", "Askare", "Silittää paidan henkarissa.", "pystyhöyry")},
		{Product: iron},
		{Product: goods("kettle", "Vedenkeitin", "Askare", "Keittää litran.")},
		{Product: goods("travel", "Matkasilitysrauta Norrvind", "Norrvind", "Silittää reissussa.", "höyrysuihku", "pystyhöyry")},
		{Product: goods("mug", "Åke", "", "")},
		{Product: forChild},
	}
	var asked catalog.Query
	find := func(q catalog.Query) catalog.Found {
		asked = q
		return catalog.Found{Hits: slices.Clone(shelf)}
	}
	found := catalog.Found{Hits: []catalog.Hit{{Product: iron}}}
	q := catalog.Query{Text: "silitysrauta", Audience: "women", Lang: "fi"}
	var ids []string
	for _, h := range Also(find, found, q) {
		ids = append(ids, h.Product.ID)
	}
	if fmt.Sprint(ids) != "[travel steamer]" {
		t.Errorf("beside an iron: %v", ids)
	}
	if asked.Category != "pienkoneet" || asked.Audience != "women" || !asked.InStock || asked.Text != "" {
		t.Errorf("asked for %+v", asked)
	}
	near := func(relaxed ...string) catalog.Found {
		return catalog.Found{Hits: found.Hits, Nearest: true, Relaxed: relaxed}
	}
	if also := Also(find, near("words"), q); len(also) != 2 {
		t.Errorf("beside the nearest by a word: %+v", also)
	}
	for what, also := range map[string][]catalog.Hit{
		"beside nothing":                    Also(find, catalog.Found{}, q),
		"beside the nearest in price":       Also(find, near("words", "price"), q),
		"of who said a price":               Also(find, found, catalog.Query{Text: "silitysrauta", Max: 5000}),
		"of who named the product":          Also(find, found, catalog.Query{Product: "iron"}),
		"of a shelf with nothing that fits": Also(func(catalog.Query) catalog.Found { return catalog.Found{Hits: shelf, Nearest: true} }, found, q),
	} {
		if also != nil {
			t.Errorf("%s: %+v", what, also)
		}
	}
}
