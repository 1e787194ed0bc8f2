package catalog

import "testing"

// TestWrapping: gift wrapping is bought like goods but stands on no shelf and
// does not come back.
func TestWrapping(t *testing.T) {
	t.Parallel()
	const wrapping = `currency: EUR
wrapping: {sku: LAHJA, name: {fi: Lahjapaketti}, price: "4,90"}`
	s, err := Load(changed(t, "shop.yaml", "currency: EUR", wrapping))
	if err != nil {
		t.Fatal(err)
	}
	p, v := s.Variant("LAHJA")
	if p == nil || p.PriceOf(v) != 490 || v.Stock != StockUnknown || !s.IsWrapping("LAHJA") {
		t.Fatalf("%+v, %+v", p, v)
	}
	for i := range s.Products {
		if s.Products[i].ID == p.ID {
			t.Error("it is among the goods")
		}
	}
	o := Order{Status: Delivered, Lines: []OrderLine{{SKU: "LAHJA", Product: p.ID, Qty: 1}}, Delivered: moment("2026-11-20 10:00")}
	if ok, why := s.Eligible(o, 0, "", moment("2026-11-21 10:00")); ok || why != WhyCustom {
		t.Errorf("comes back: %v, %q", ok, why)
	}
	again, err := s.WithProducts(s.Products, s.Categories)
	if err != nil || !again.IsWrapping("LAHJA") {
		t.Errorf("lost with new products: %v", err)
	}
	for _, bad := range []string{`{sku: "Ä", name: {fi: x}, price: "1,00"}`, `{sku: A, name: {fi: x}, price: "0,00"}`, `{sku: A, price: "1,00"}`, `{name: {fi: x}, price: "1,00"}`} {
		if _, err := Load(changed(t, "shop.yaml", "currency: EUR", "currency: EUR\nwrapping: "+bad)); err == nil {
			t.Errorf("wrapping: %s is taken", bad)
		}
	}
}
