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
		if m.First(intents.OrderNo) != "" {
			t.changeOrder(m) // it was to come off an order made
			return
		}
		if written := unknownCode(m); written != "" {
			t.say(part("code.unknown", "code", written), t.afterTalk())
			return
		}
		if m.speaksOfCode() && t.helpsWithCode(m) {
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
	if q := m.sought(); t.Focus != "" && q.Product == "" && t.pointed(m) == nil && t.namesBeyond(q, t.Focus) {
		t.show(q, "found") // "mitä ne hanskat maksaa"
		return
	}
	p := t.target(m)
	if p == nil {
		if t.Has(Buy) || len(t.Cart) == 0 && m.has(cueTotal) || len(t.Cart) > 0 && m.sought().Text == "" {
			t.showCart()
			return
		}
		if !t.pricesOfEach(m) {
			t.unclear(m, intents.PriceDiscount)
		}
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

// pricesOfEach tells the price of each of the few products shown, when a question points
// at them and names no others. It reports whether it did.
func (t *turn) pricesOfEach(m *said) bool {
	shown := t.shownProducts()
	if q := m.sought(); len(shown) < 2 || len(shown) > maxFacts || !m.has(cueThis) || q.Text != "" || constrained(q) {
		return false
	}
	var parts []Part
	for _, p := range shown {
		parts = append(parts, priceLine(p))
	}
	t.say(parts, t.shownButtons(intents.OrderPlace))
	return true
}

// onlyReduction reports whether a message asks for reduced goods, and of no code.
func (m *said) onlyReduction() bool {
	return slices.ContainsFunc(m.words, ofReduction) && !m.speaksOfCode()
}

// ofReduction reports whether a word speaks of a reduction: "määräalennusta".
func ofReduction(w string) bool {
	return strings.Contains(w, "alennu") || strings.Contains(w, "rabatt")
}

// tooDear looks for what is reduced or costs less when the goods shown are said to
// cost too much, and takes a question of clearance goods for one of reductions.
func (t *turn) tooDear(m *said) bool {
	dear := m.has(cueTooDear) && t.Query != nil && len(t.Shown) > 0 && !m.has(cueBought) && !m.has(cueNegation)
	switch q := m.sought(); {
	case m.has(cueClearance) && (dear || m.asks || len(m.words) <= 2):
		t.discounts(m)
	case !dear || len(m.words) > fewWords || len(m.words) > 2 && m.Has(intents.DeliveryCost) || t.names(q):
		return false
	case q.Max > 0:
		t.show(t.narrowed(q), "found")
	case !t.undercut(""):
		t.say(part("find.no_cheaper"), t.shownButtons(""))
	}
	return true
}

// undercut shows what costs less than what was shown, after a lead, else the cheapest of
// that when the customer does not talk about it already. It reports false when there is nothing.
func (t *turn) undercut(lead string) bool {
	if t.Query == nil || len(t.Shown) == 0 {
		return false
	}
	n, found := t.below(catalog.Query{Lang: t.Lang})
	shown := t.shownProducts()
	switch {
	case found:
		if lead != "" {
			t.lead(part(lead))
		}
		t.show(n, "found")
	case len(shown) > 1 && cheapest(shown).ID != t.Focus:
		t.say(firstByPrice(cheapest(shown), catalog.CheapestFirst, "shown.cheapest", ""), t.productButtons(cheapest(shown)))
		t.Focus = cheapest(shown).ID
	default:
		return false
	}
	return true
}

// cheaper shows what costs less than the product talked about, else than the
// cheapest of those shown.
func (t *turn) cheaper(q catalog.Query) {
	if n, found := t.below(q); found {
		t.show(n, "found")
		return
	}
	t.say(part("find.no_cheaper"), t.shownButtons(""))
}

// below is the last search for what costs less; false when it finds nothing.
func (t *turn) below(q catalog.Query) (n catalog.Query, found bool) {
	n = t.narrowed(q)
	var cheapest catalog.Cents
	for _, id := range t.Shown {
		if p := t.w.Shop.Product(id); p != nil {
			if low, _ := p.PriceRange(); cheapest == 0 || low < cheapest {
				cheapest = low
			}
		}
	}
	if p := t.w.Shop.Product(t.Focus); p != nil && slices.Contains(t.Shown, p.ID) {
		cheapest = lowest(p)
	}
	all := t.look(n)
	n.Max = max(cheapest-1, 1)
	less := t.look(n)
	return n, len(less.Hits) > 0 && !less.Nearest && (all.Total != len(all.Hits) || share(all.Hits, less.Hits))
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
	for _, p := range t.reducible() {
		if len(reduced) < reducedShown && reduction(p) != nil && !t.sold(p) {
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
	if parts[0].Key == "discount" && (m.has(cueTooDear) || m.has(cueClearance) || m.asks && len(m.words) <= fewDetails && m.onlyReduction()) {
		t.undercut("discount.cheaper")
	}
	t.askConsent(Reminders)
}

// reducible are the products among which reduced ones are looked for: what the
// last search found, then all others.
func (t *turn) reducible() []*catalog.Product {
	var all []*catalog.Product
	if t.Query != nil {
		for _, h := range t.look(*t.Query).Hits {
			all = append(all, h.Product)
		}
	}
	for i := range t.w.Shop.Products {
		if p := &t.w.Shop.Products[i]; !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// inForce reports whether a discount is given at a moment.
func inForce(d *catalog.Discount, at time.Time) bool {
	return !at.Before(d.From) && (d.Until.IsZero() || at.Before(d.Until))
}
