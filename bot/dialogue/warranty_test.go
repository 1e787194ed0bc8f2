package dialogue_test

import (
	"slices"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/intents"
)

// TestWarranty: a length is told when the shop's files know one, and only then.
func TestWarranty(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	const lamp = "hamy-kiila-otsalamppu"
	tests := map[string]struct {
		facts    map[string]catalog.Text
		features []string
		terms    string
		said     []string // keys of what is said
	}{
		"fact":    {facts: map[string]catalog.Text{"takuuaika": {"fi": "takuu 5 vuotta"}}, said: []string{"details.fact", "warranty.law"}},
		"feature": {features: []string{"viiden vuoden takuu"}, said: []string{"details.feature", "warranty.law"}},
		"terms":   {terms: "Takuu on kaksi vuotta.", said: []string{"text"}},
		"nothing": {said: []string{"warranty.unknown.of", "warranty.law"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := shelves[0].world(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), 1, nil)
			p := *w.Shop.Product(lamp)
			p.Facts, p.Features = test.facts, test.features
			shop, err := w.Shop.WithProducts([]catalog.Product{p}, w.Shop.Categories)
			if err != nil {
				t.Fatal(err)
			}
			if test.terms != "" {
				shop.Returns.Warranty = catalog.Text{"fi": test.terms}
			}
			w.Shop = shop
			w.Reading = shelves[0].model.Read("onks siihen takuuta", intents.Hint{Lang: "fi", Now: w.Now})
			_, effects := dialogue.Step(dialogue.State{Lang: "fi", Greeted: true, Focus: lamp}, dialogue.Said{Text: w.Reading.Text}, w)
			var said []string
			for _, e := range effects {
				if s, ok := e.(dialogue.Say); ok {
					for _, p := range s.Parts {
						said = append(said, p.Key)
					}
				}
			}
			if !slices.Equal(said, test.said) {
				t.Errorf("said %q, not %q", said, test.said)
			}
		})
	}
}
