package dialogue

import (
	"slices"

	"tiski/catalog"
)

// Kilos is a weight in grams, worded in kilos: "2,5 kg".
type Kilos int

// deliveries are the ways of delivery that serve the address and take what is in
// the cart.
func (t *turn) deliveries() []*catalog.DeliveryMethod {
	return taking(t.w.Shop.DeliveryFor(t.Address.Postcode), t.bulk())
}

// taking are those of some ways of delivery that take goods of such a bulk.
func taking(all []*catalog.DeliveryMethod, bulk catalog.Bulk) []*catalog.DeliveryMethod {
	return slices.DeleteFunc(slices.Clone(all), func(m *catalog.DeliveryMethod) bool { return !m.Takes(bulk) })
}

// outgrown reports whether a way of delivery does not take what is in the cart.
func (t *turn) outgrown(m *catalog.DeliveryMethod) bool {
	return m.Most != (catalog.Bulk{}) && !m.Takes(t.bulk())
}

// bulk is that of what is in the cart.
func (t *turn) bulk() catalog.Bulk { return t.w.Shop.Bulk(t.orderLines()) }

// tooBig says why goods cannot go by a way of delivery that does not take them.
func tooBig(m *catalog.DeliveryMethod, b catalog.Bulk) Part {
	if m.Most.Length > 0 && b.Length > m.Most.Length {
		return part("delivery.too_long", "name", m.Name, "most", m.Most.Length, "length", b.Length)
	}
	return part("delivery.too_heavy", "name", m.Name, "most", Kilos(m.Most.Weight), "weight", Kilos(b.Weight))
}

// bulkMeant is of what a question of delivery is about: the cart, or else the
// product talked about, in its smallest variant.
func (t *turn) bulkMeant() catalog.Bulk {
	p := t.w.Shop.Product(t.Focus)
	if len(t.Cart) > 0 || p == nil {
		return t.bulk()
	}
	return smallest(p)
}

// smallest is what the smallest variant of a product weighs and measures.
func smallest(p *catalog.Product) catalog.Bulk {
	least := p.BulkOf(&p.Variants[0])
	for i := range p.Variants {
		b := p.BulkOf(&p.Variants[i])
		least = catalog.Bulk{Weight: min(least.Weight, b.Weight), Length: min(least.Length, b.Length)}
	}
	return least
}

// forShown are the ways of delivery, of some, that take each of the products shown beside what
// is in the cart.
func (t *turn) forShown(all []*catalog.DeliveryMethod) []*catalog.DeliveryMethod {
	bulk, most := t.bulk(), catalog.Bulk{}
	for _, p := range t.shownProducts() {
		b := smallest(p)
		most = catalog.Bulk{Weight: max(most.Weight, b.Weight), Length: max(most.Length, b.Length)}
	}
	return taking(all, catalog.Bulk{Weight: bulk.Weight + most.Weight, Length: max(bulk.Length, most.Length)})
}

// unfit adds to the line of a way of delivery that it does not take what is in
// the cart, or what is talked about.
func (t *turn) unfit(parts []Part, m *catalog.DeliveryMethod) []Part {
	switch {
	case m.Takes(t.bulkMeant()):
		return parts
	case len(t.Cart) > 0:
		return append(parts, part("delivery.unfit").glued())
	}
	return append(parts, part("delivery.unfit.product", "title", t.w.Shop.Product(t.Focus).Name).glued())
}
