package dialogue_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// TestGoodsTooBig: the limits of a shop change in the middle of a checkout.
func TestGoodsTooBig(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki)
	// limited is the demo shop with other limits of every way, or of one.
	limited := func(method string, most catalog.Bulk) dialogue.World {
		w := shelves[0].world(now, 2, nil)
		shop := *w.Shop
		shop.Delivery = slices.Clone(shop.Delivery)
		for i := range shop.Delivery {
			if method == "" || shop.Delivery[i].ID == method {
				shop.Delivery[i].Most = most
			}
		}
		w.Shop = &shop
		return w
	}
	// confirming has a summary with home delivery of a rucksack in front of it.
	confirming := func() dialogue.State {
		s := dialogue.State{
			Lang: "fi", Greeted: true, Cart: []dialogue.Line{{SKU: "R-VAARA-65-OLI", Qty: 1}}, Delivery: "kotiinkuljetus", Payment: "invoice",
			Contact: catalog.Contact{Name: "Aino Salmi", Email: "aino@example.fi", Phone: "+358405551234"},
			Address: catalog.Address{Street: "Vaasankatu 12", Postcode: "00500", City: "Helsinki"},
		}
		s, _ = dialogue.Step(s, dialogue.Tapped{Tap: "checkout"}, shelves[0].world(now, 1, nil))
		if s.Summary == nil {
			t.Fatalf("no summary: %+v", s)
		}
		return s
	}
	for name, c := range map[string]struct {
		world dialogue.World
		says  string // key of a reply
		offer string // taps that begin so, and that many
		n     int
	}{
		"still taken":     {limited("", catalog.Bulk{Length: 80}), "", "del:", 0},
		"its way too far": {limited("kotiinkuljetus", catalog.Bulk{Length: 79}), "delivery.too_long", "del:", 2},
		"too heavy":       {limited("kotiinkuljetus", catalog.Bulk{Weight: 2_399}), "delivery.too_heavy", "del:", 2},
		"by every way":    {limited("", catalog.Bulk{Length: 79}), "delivery.too_big", "human", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := confirming()
			s, effects := dialogue.Step(s, dialogue.Tapped{Tap: "order:" + s.Summary.ID}, c.world)
			said, placed, offered := "", false, 0
			for _, e := range effects {
				switch e := e.(type) {
				case dialogue.PlaceOrder:
					placed = true
				case dialogue.Say:
					for _, p := range e.Parts {
						said += " " + p.Key
					}
					for _, b := range e.Buttons {
						if strings.HasPrefix(b.Tap, c.offer) {
							offered++
						}
					}
				}
			}
			if placed != (c.says == "") || !strings.Contains(said, c.says) || offered != c.n {
				t.Errorf("placed %v, said%s, %d offers of %s; %+v", placed, said, offered, c.offer, s.Tasks)
			}
		})
	}
}

// TestDeliveryOfHeavyGoods: no way of delivery that goods cannot go by is told as theirs, and
// without a cart each is told that does not take them.
func TestDeliveryOfHeavyGoods(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	s := shelves[0]
	ask := func(lightest int, lines ...string) (told []dialogue.Part) {
		state := dialogue.State{Lang: "fi", Greeted: true, Untracked: true, Persona: persona.Belief{Used: "opiskelija"}}
		for i, text := range lines {
			w := s.world(time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki), int64(i+1), nil)
			shop := *w.Shop
			shop.Delivery = slices.Clone(shop.Delivery)
			for i := range shop.Delivery {
				if shop.Delivery[i].Price < 900 {
					shop.Delivery[i].Most.Weight = lightest
				}
			}
			w.Shop = &shop
			w.Reading = s.model.Read(text, intents.Hint{Lang: "fi", Now: w.Now})
			var effects []dialogue.Effect
			state, effects = dialogue.Step(state, dialogue.Said{Text: text}, w)
			told = nil
			for _, e := range effects {
				if say, is := e.(dialogue.Say); is {
					told = append(told, say.Parts...)
				}
			}
		}
		return told
	}
	price := func(told []dialogue.Part) any {
		for _, p := range told {
			if p.Key == "fact.delivery_cost" {
				return p.With.Get("price")
			}
		}
		return nil
	}
	for most, want := range map[int]dialogue.Fee{0: 490, 1000: 990} {
		if got := price(ask(most, "viiksilä kissanhiekka männystä")); got != want {
			t.Errorf("the cheapest delivery of cat litter where the cheap ones take %d g: %v", most, got)
		}
	}
	for most, want := range map[int]int{0: 0, 1000: 3} {
		unfit := 0
		for _, p := range ask(most, "viiksilä kissanhiekka männystä", "paljonko toimitus maksaa") {
			if p.Key == "delivery.unfit.product" {
				unfit++
			}
		}
		if unfit != want {
			t.Errorf("%d ways do not take cat litter where the cheap ones take %d g", unfit, most)
		}
	}
}
