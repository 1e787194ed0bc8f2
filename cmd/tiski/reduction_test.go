package main

import (
	"fmt"
	"strings"
	"testing"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents/finnish"
)

// TestAReductionIsToldWithThePriceBefore: a price that is reduced is told so only
// when the lowest price of the 30 days before is known, and then with it.
func TestAReductionIsToldWithThePriceBefore(t *testing.T) {
	t.Parallel()
	for before, told := range map[catalog.Cents]bool{0: false, 8990: true} {
		base, err := catalog.Load(demo.FS)
		if err != nil {
			t.Fatal(err)
		}
		products := []catalog.Product{{
			ID: "kilpi", Name: catalog.Text{"fi": "Heijastinkilpi"}, VAT: catalog.GeneralVAT, Price: 6990,
			Variants: []catalog.Variant{{SKU: "K-1", Stock: 3, Sale: true}},
		}}
		shop, err := sold(base, catalog.Goods{Products: catalog.WithBefore(products, map[string]catalog.Cents{"K-1": before})})
		if err != nil {
			t.Fatal(err)
		}
		shelf, err := stock(demo.FS, shop, finnish.Base(), "")
		if err != nil {
			t.Fatal(err)
		}
		at, err := parseTime("2026-11-23T10:00")
		if err != nil {
			t.Fatal(err)
		}
		c, err := openCounter(t.Context(), shelf, "chat:sale", at)
		if err != nil {
			t.Fatal(err)
		}
		defer c.close()
		for _, line := range []string{"heijastinkilpi", "paljonko se maksaa"} {
			turn, err := c.line(t.Context(), line)
			if err != nil {
				t.Fatal(err)
			}
			said := fmt.Sprint(turn.Messages)
			if !strings.Contains(said, "69,90") || strings.Contains(said, "Alennus 22 %. Alin hinta 30 päivän aikana ennen alennusta oli 89,90") != told || strings.Contains(said, "%") != told {
				t.Errorf("%s, %d before: %s", line, before, said)
			}
		}
	}
}
