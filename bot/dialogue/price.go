package dialogue

import (
	"slices"
	"strings"
	"time"

	"tiski/catalog"
	"tiski/intents"
)

// price tells what a product costs, or what is reduced.
func (t *turn) price(m *said) {
	if m.has(cueDiscount) || slices.ContainsFunc(m.words, ofReduction) {
		if written := unknownCode(m); written != "" {
			t.say(part("code.unknown", "code", written), t.afterTalk())
			return
		}
		t.discounts(m)
		return
	}
	if m.sought().Text == "" && (m.First(intents.PostalCode) != "" || m.has(cueThither) || t.Whither != "" && t.Focus == "" && len(t.Shown) == 0) {
		t.deliveryCost(m)
		return
	}
	if q := m.sought(); q.Text != "" && m.has(cueCheap) && len(t.look(q).Hits) > 0 {
		t.show(q, "found")
		return
	}
	if q := m.sought(); m.has(cueCheaper) && t.Query != nil && len(t.Shown) > 0 && (t.pointed(m) == nil || m.asks && len(m.words) <= 4 && !m.has(cueSuperlative) && !m.has(cueThis)) {
		t.cheaper(q)
		return
	}
	if len(t.Cart) > 0 && (m.has(cueTotal) || t.Has(Buy) && m.has(cueThis) && m.sought().Text == "") {
		t.sum()
		return
	}
	p := t.target(m)
	if p == nil {
		if t.Has(Buy) || len(t.Cart) == 0 && m.has(cueTotal) || len(t.Cart) > 0 && m.sought().Text == "" {
			t.showCart()
			return
		}
		t.unclear(m, intents.PriceDiscount)
		return
	}
	t.Focus = p.ID
	low, high := p.PriceRange()
	if low == high {
		t.say(part("price.one", "title", p.Name, "price", low), reduction(p), t.productButtons(p))
		return
	}
	t.say(part("price.range", "title", p.Name, "low", low, "high", high), t.productButtons(p))
}

// ofReduction reports whether a word speaks of a reduction: "määräalennusta".
func ofReduction(w string) bool {
	return strings.Contains(w, "alennu") || strings.Contains(w, "rabatt")
}

// cheaper shows what costs less than the cheapest of those shown.
func (t *turn) cheaper(q catalog.Query) {
	n := t.narrowed(q)
	var cheapest catalog.Cents
	for _, id := range t.Shown {
		if p := t.w.Shop.Product(id); p != nil {
			if low, _ := p.PriceRange(); cheapest == 0 || low < cheapest {
				cheapest = low
			}
		}
	}
	all := t.look(n)
	n.Max = max(cheapest-1, 1)
	if found := t.look(n); len(found.Hits) == 0 || found.Nearest || all.Total == len(all.Hits) && !share(all.Hits, found.Hits) {
		t.say(part("find.no_cheaper"), t.shownButtons(""))
		return
	}
	t.show(n, "found")
}

// share reports whether two lists have a product in common: what a search finds
// only when nothing else is left is not what was looked for.
func share(a, b []catalog.Hit) bool {
	return slices.ContainsFunc(b, func(h catalog.Hit) bool {
		return slices.ContainsFunc(a, func(of catalog.Hit) bool { return of.Product == h.Product })
	})
}

// reducedShown is how many reduced products are shown, to everybody the same.
const reducedShown = 4

// discounts tells what costs less for everybody now: the reduced price of the
// product asked about, else what the shop takes off by itself and the goods of
// which a reduction may be told. Codes are told by who gives them out.
func (t *turn) discounts(m *said) {
	if p := t.target(m); p != nil && (m.has(cueThis) || m.First(intents.Product) != "") {
		if told := reduction(p); told != nil {
			low, _ := p.PriceRange()
			t.say(part("price.one", "title", p.Name, "price", low), told, t.productButtons(p))
			return
		}
	}
	var parts []Part
	for i := range t.w.Shop.Discounts {
		if d := &t.w.Shop.Discounts[i]; d.Code == "" && inForce(d, t.w.Now) {
			parts = append(parts, part("discount.now", "name", d.Name))
		}
	}
	var reduced []catalog.Hit
	for i := range t.w.Shop.Products {
		if p := &t.w.Shop.Products[i]; len(reduced) < reducedShown && reduction(p) != nil && !t.sold(p) {
			reduced = append(reduced, catalog.Hit{Product: p})
		}
	}
	if len(reduced) > 0 {
		t.Shown, t.Query, t.Focus = nil, nil, ""
		for _, h := range reduced {
			t.Shown = append(t.Shown, h.Product.ID)
		}
		parts = append(parts, part("discount.goods"))
	}
	if len(parts) == 0 {
		parts = []Part{part("discount")}
	}
	t.say(parts, t.cards(reduced, catalog.Query{}))
	t.askConsent(Reminders)
}

// inForce reports whether a discount is given at a moment.
func inForce(d *catalog.Discount, at time.Time) bool {
	return !at.Before(d.From) && (d.Until.IsZero() || at.Before(d.Until))
}
