package dialogue

import (
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// exceptions are the reasons of law for which goods cannot be withdrawn from, or not when
// opened, with what is said of them in a summary and when it is asked what can be returned.
var exceptions = []struct{ withdrawal, summary, returned string }{
	{"sealed-hygiene", "summary.sealed", "return.sealed"},
	{"perishable", "summary.spoils", "return.spoils"},
	{"custom", "summary.custom", "return.custom"},
}

// excepted tells which of the goods of an order are excepted from the right of withdrawal.
func (t *turn) excepted(lines []catalog.OrderLine) (parts []Part) {
	for _, e := range exceptions {
		if slices.ContainsFunc(lines, func(l catalog.OrderLine) bool {
			p := t.w.Shop.Product(l.Product)
			return p != nil && p.Withdrawal == e.withdrawal && !t.w.Shop.IsWrapping(l.SKU)
		}) {
			parts = append(parts, part(e.summary))
		}
	}
	return parts
}

// withdrawn reports whether anything in an order can be withdrawn from.
func (t *turn) withdrawn(lines []catalog.OrderLine) bool {
	return slices.ContainsFunc(lines, func(l catalog.OrderLine) bool {
		p := t.w.Shop.Product(l.Product)
		return p == nil || p.Stays() == "" && !t.w.Shop.IsWrapping(l.SKU)
	})
}

// withdrawalRight tells for how long an order may be withdrawn from, who pays for that, and
// what is excepted.
func (t *turn) withdrawalRight(lines []catalog.OrderLine) (parts []Part) {
	switch r := t.w.Shop.Returns; {
	case !t.withdrawn(lines):
	case r.CostPaid:
		parts = append(parts, part("summary.withdrawal.free", "days", r.Days))
	default:
		parts = append(parts, part("summary.withdrawal", "days", r.Days))
	}
	return append(parts, t.excepted(lines)...)
}

// withdrawable tells once more, of an order that was sold, for how long it may be withdrawn
// from.
func (t *turn) withdrawable(o catalog.Order) []Part {
	if !t.withdrawn(o.Lines) {
		return nil
	}
	return []Part{part("order.withdrawal", "days", t.w.Shop.Returns.Days)}
}

// exceptedHere tells which kinds of goods of the shop cannot be returned.
func (t *turn) exceptedHere() (parts []Part) {
	for _, e := range exceptions {
		if slices.ContainsFunc(t.w.Shop.Products, func(p catalog.Product) bool { return p.Withdrawal == e.withdrawal }) {
			parts = append(parts, part(e.returned))
		}
	}
	return parts
}

// neverReturned tells that the goods which a message names cannot be returned. It reports
// false when they can, or it names none.
func (t *turn) neverReturned(m *said) bool {
	p := t.w.Shop.Product(m.First(intents.Product))
	q := m.sought()
	q.Text = wordsBut(q.Text, func(w string) bool { return anyCue(folded(w), cueReturn) })
	if p == nil && t.names(q) {
		hits := t.look(q).Hits
		if slices.ContainsFunc(hits, func(h catalog.Hit) bool { return h.Product.Withdrawal != hits[0].Product.Withdrawal }) {
			return false
		}
		p = hits[0].Product
	} else if p == nil && m.has(cueThis) {
		p = t.talkedOf()
	}
	if p == nil || p.Stays() == "" {
		return false
	}
	for _, e := range exceptions {
		if p.Withdrawal == e.withdrawal {
			t.say(part(e.returned), button("button.human", "human"))
		}
	}
	return true
}
