package catalog

import "testing"

func TestBulk(t *testing.T) {
	t.Parallel()
	s, err := testShop(t).WithProducts([]Product{
		{ID: "teltta", VAT: GeneralVAT, Price: 100, Bulk: Bulk{Weight: 2_600, Length: 48}, Variants: []Variant{{SKU: "T-2"}, {SKU: "T-4", Bulk: Bulk{Weight: 4_100, Length: 60}}, {SKU: "T-3", Bulk: Bulk{Weight: 3_200}}}},
		{ID: "sukat", VAT: GeneralVAT, Price: 100, Variants: []Variant{{SKU: "S"}}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lines []OrderLine
		want  Bulk
	}{
		{nil, Bulk{}},
		{[]OrderLine{{SKU: "S", Qty: 9}}, Bulk{}},
		{[]OrderLine{{SKU: "T-2", Qty: 2}}, Bulk{5_200, 48}},
		{[]OrderLine{{SKU: "T-2", Qty: 1}, {SKU: "T-4", Qty: 1}, {SKU: "S", Qty: 3}, {SKU: "gone", Qty: 1}}, Bulk{6_700, 60}},
		{[]OrderLine{{SKU: "T-3", Qty: 1}}, Bulk{3_200, 48}},
	} {
		if got := s.Bulk(c.lines); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.lines, got, c.want)
		}
	}
	for _, c := range []struct {
		most, of Bulk
		want     bool
	}{
		{Bulk{}, Bulk{99_999, 999}, true},
		{Bulk{Weight: 5_000}, Bulk{5_000, 999}, true},
		{Bulk{Weight: 5_000}, Bulk{5_001, 0}, false},
		{Bulk{Length: 60}, Bulk{99_999, 60}, true},
		{Bulk{Length: 60}, Bulk{0, 61}, false},
		{Bulk{5_000, 60}, Bulk{}, true}, // nothing is told
	} {
		if got := (&DeliveryMethod{Most: c.most}).Takes(c.of); got != c.want {
			t.Errorf("%+v takes %+v: %v", c.most, c.of, got)
		}
	}
}
