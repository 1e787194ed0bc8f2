package catalog

import "slices"

// Settlement is what the customer gets back. When an order by invoice has not been
// paid, it lowers the invoice.
type Settlement struct {
	Rows  []Row
	Total Cents
}

func (r *Settlement) add(row Row) {
	if row.Gross != 0 {
		r.Rows = append(r.Rows, row)
		r.Total += row.Gross
	}
}

// refund computes what a case gives back: what its pieces cost, and when with
// them all of the order has come back, the fee and as much of the delivery as
// the cheapest way would have cost (KSL 6:17), all of it for a defect. Cases
// one after the other never give back more than was paid, to the cent.
func (s *Shop) refund(c Case, o Order, earlier []Case) Settlement {
	var r Settlement
	// An exchange that was made took no money back.
	paid := slices.DeleteFunc(slices.Clone(earlier), func(e Case) bool { return e.Kind == Exchange })
	gone := taken(o, paid)
	for _, l := range c.Lines {
		r.add(part(o.Lines[l.Line], gone[l.Line]+l.Qty).less(part(o.Lines[l.Line], gone[l.Line])))
		gone[l.Line] += l.Qty
	}
	if o.all(gone) && c.Kind != Return {
		for _, row := range o.Receipt() {
			if row.Kind == RowDelivery && c.Kind != Complaint {
				row = rowOf(row, min(row.Gross, s.cheapest(o)))
			}
			if row.Kind != RowGoods {
				r.add(row)
			}
		}
	}
	if c.Label && c.Kind != Complaint && !s.Returns.CostPaid {
		r.add(rowOf(Row{Kind: RowLabel, Qty: 1, VAT: o.ServiceVAT}, -min(s.Returns.Cost, r.Total)))
	}
	return r
}

// part is the row of the first pieces of a line.
func part(l OrderLine, qty int) Row {
	share := func(c Cents) Cents { return c * Cents(qty) / Cents(l.Qty) }
	return row(RowGoods, l.SKU, l.Title, qty, share(l.Amount()), share(l.Discount), l.VAT)
}

// rowOf is the row with another amount.
func rowOf(r Row, gross Cents) Row {
	return row(r.Kind, r.SKU, r.Title, r.Qty, gross, 0, r.VAT)
}

// cheapest is what the cheapest parcel to the order's address costs now; what
// the order's own cost when no other goes there.
func (s *Shop) cheapest(o Order) Cents {
	var goods Cents
	for _, l := range o.Lines {
		goods += l.Unit * Cents(l.Qty)
	}
	price := o.Delivery.Price
	for _, m := range s.DeliveryFor(o.Address.Postcode) {
		if m.Kind != StorePickup {
			price = min(price, m.PriceFor(goods))
		}
	}
	return price
}
