package catalog

import (
	"testing"
)

func TestChargeLinesAddUpToTheOrder(t *testing.T) {
	t.Parallel()
	goods := func(qty int, unit, discount Cents) OrderLine {
		return OrderLine{SKU: "A", Title: "Sukat", Qty: qty, Unit: unit, Discount: discount, VAT: 255}
	}
	for name, o := range map[string]Order{
		"plain":                {Lines: []OrderLine{goods(3, 1290, 0)}, Total: 3870},
		"an odd discount":      {Lines: []OrderLine{goods(3, 1290, 100), goods(1, 500, 0)}, Total: 4270},
		"delivery":             {Lines: []OrderLine{goods(1, 1290, 0)}, Delivery: OrderDelivery{Name: "Nouto", Price: 490}, Total: 1780},
		"delivery made free":   {Lines: []OrderLine{goods(1, 1290, 0)}, Delivery: OrderDelivery{Name: "Nouto", Price: 490, Discount: 490}, Total: 1290},
		"fee":                  {Lines: []OrderLine{goods(1, 1290, 0)}, PaymentFee: 195, Total: 1485},
		"goods given for free": {Lines: []OrderLine{goods(2, 1290, 2580), goods(1, 100, 0)}, Total: 100},
	} {
		var sum Cents
		for _, l := range o.ChargeLines() {
			sum += l.Unit * Cents(l.Qty)
			if l.Title == "" || l.Code == "" || l.Qty < 1 {
				t.Errorf("%s: %+v", name, l)
			}
		}
		if sum != o.Total {
			t.Errorf("%s: the lines are %d cents, the order is %d", name, sum, o.Total)
		}
	}
}
