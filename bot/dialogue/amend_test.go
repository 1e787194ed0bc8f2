package dialogue_test

import (
	"slices"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// TestDeliveryGone: a way of delivery that the shop has given up between the
// summary and the tap orders nothing; it is said, and asked anew.
func TestDeliveryGone(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki)
	w := shelves[0].world(now, 1, nil)
	s := dialogue.State{
		Lang: "fi", Greeted: true, Cart: []dialogue.Line{{SKU: "V-VSUKKA-40-HAR", Qty: 1}},
		Contact: catalog.Contact{Name: "Maija Virtanen", Email: "maija@example.fi", Phone: "+358401234567"},
		Address: catalog.Address{Street: "Kotikatu 5", Postcode: "00530", City: "Helsinki"}, Delivery: "kotiinkuljetus", Payment: "invoice",
	}
	s, _ = dialogue.Step(s, dialogue.Tapped{Tap: "checkout"}, w)
	if s.Summary == nil {
		t.Fatalf("no summary: %+v", s.Tasks)
	}
	later := *w.Shop
	later.Delivery = slices.DeleteFunc(slices.Clone(later.Delivery), func(m catalog.DeliveryMethod) bool { return m.ID == "kotiinkuljetus" })
	w.Shop, w.Version = &later, 2
	s, effects := dialogue.Step(s, dialogue.Tapped{Tap: "order:" + s.Summary.ID}, w)
	var keys []string
	for _, e := range effects {
		switch e := e.(type) {
		case dialogue.PlaceOrder:
			t.Error("it is ordered all the same")
		case dialogue.Say:
			for _, p := range e.Parts {
				keys = append(keys, p.Key)
			}
		}
	}
	if !slices.Contains(keys, "delivery.gone") || s.Pending() != "delivery" || s.Delivery != "" {
		t.Errorf("says %v, asks %q, delivery %q", keys, s.Pending(), s.Delivery)
	}
}

// TestTheCartsGoodsAreGone: what is no longer sold leaves the cart, which is said,
// and an empty cart leads to no checkout.
func TestTheCartsGoodsAreGone(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	w := shelves[0].world(time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki), 1, nil)
	for _, c := range []struct {
		tap  string
		cart []dialogue.Line
		want []string
	}{
		{"cart", []dialogue.Line{{SKU: "GONE-1", Qty: 1}, {SKU: "GONE-2", Qty: 2}}, []string{"cart.gone", "cart.empty"}},
		{"checkout", []dialogue.Line{{SKU: "GONE-1", Qty: 1}}, []string{"cart.gone", "cart.empty"}},
		{"cart", []dialogue.Line{{SKU: "GONE-1", Qty: 1}, {SKU: "V-VSUKKA-40-HAR", Qty: 1}}, []string{"cart.some_gone", "cart.title", "cart.line", "cart.goods"}},
	} {
		s, effects := dialogue.Step(dialogue.State{Lang: "fi", Greeted: true, Cart: c.cart}, dialogue.Tapped{Tap: c.tap}, w)
		var keys []string
		for _, e := range effects {
			say, ok := e.(dialogue.Say)
			if !ok {
				continue
			}
			for _, p := range say.Parts {
				keys = append(keys, p.Key)
			}
			if len(s.Cart) == 0 && slices.ContainsFunc(say.Buttons, func(b dialogue.Button) bool { return b.Tap == "checkout" }) {
				t.Errorf("%s: an empty cart can be ordered", c.tap)
			}
		}
		if !slices.Equal(keys, c.want) {
			t.Errorf("%s: says %v, want %v", c.tap, keys, c.want)
		}
	}
}
