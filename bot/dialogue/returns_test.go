package dialogue_test

import (
	"slices"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// TestReturnWithoutALabel: in a shop that has no return label of its own, no label is
// told of, and sending back is not said to cost nothing.
func TestReturnWithoutALabel(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki)
	const sku = "V-VSUKKA-40-HAR"
	p, _ := shelves[0].shop.Variant(sku)
	known := dialogue.Known{
		Number: "T-100001", Status: catalog.Delivered, Delivered: now.AddDate(0, 0, -2), Email: "maija@example.fi",
		Lines: []dialogue.KnownLine{{SKU: sku, Product: p.ID, Qty: 1}},
	}
	for cost, told := range map[catalog.Cents][]string{590: {"return.cost", "case.label"}, 0: {"return.cost.own"}} {
		w := shelves[0].world(now, 1, nil)
		shop := *w.Shop
		shop.Returns.Cost = cost
		w.Shop = &shop
		s := dialogue.State{
			Lang: "fi", Greeted: true, Known: []dialogue.Known{known},
			Tasks: []dialogue.Task{{Kind: dialogue.Return, Order: known.Number, Skipped: []string{"reason"}, Asked: "lines"}},
		}
		var keys []string
		step := func(in dialogue.Input) {
			var effects []dialogue.Effect
			s, effects = dialogue.Step(s, in, w)
			for _, e := range effects {
				if say, ok := e.(dialogue.Say); ok {
					for _, part := range say.Parts {
						keys = append(keys, part.Key)
					}
				}
			}
		}
		step(dialogue.Tapped{Tap: "take:" + dialogue.Return + ":lines:0"})
		step(dialogue.Done{Work: dialogue.OpeningCase, Case: catalog.Case{Number: "P-1", Order: known.Number, Kind: catalog.Withdrawal, State: catalog.CaseOpen, Opened: now}})
		for _, key := range []string{"return.cost", "return.cost.own", "case.label"} {
			if slices.Contains(keys, key) != slices.Contains(told, key) {
				t.Errorf("a label costs %d: told %v", cost, keys)
			}
		}
	}
}
