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
	base, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	reduced := func(id, name, sku string) catalog.Product {
		return catalog.Product{
			ID: id, Name: catalog.Text{"fi": name}, VAT: catalog.GeneralVAT, Price: 6990,
			Variants: []catalog.Variant{{SKU: sku, Stock: 3, Sale: true}},
		}
	}
	products := []catalog.Product{reduced("kilpi", "Heijastinkilpi", "K-1"), reduced("uistin", "Lusikkauistin", "U-1")}
	shop, err := sold(base, catalog.Goods{Products: catalog.WithBefore(products, map[string]catalog.Cents{"K-1": 0, "U-1": 8990})})
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
	for name, told := range map[string]bool{"heijastinkilpi": false, "lusikkauistin": true} {
		c, err := openCounter(t.Context(), shelf, "chat:sale", at)
		if err != nil {
			t.Fatal(err)
		}
		defer c.close()
		for _, line := range []string{name, "paljonko se maksaa"} {
			turn, err := c.line(t.Context(), line)
			if err != nil {
				t.Fatal(err)
			}
			said := fmt.Sprint(turn.Messages)
			if !strings.Contains(said, "69,90") || strings.Contains(said, "Alennus 22 %. Alin hinta 30 päivän aikana ennen alennusta oli 89,90") != told || strings.Contains(said, "%") != told {
				t.Errorf("%s, %s: %s", name, line, said)
			}
		}
	}
}
