package catalog

// Bulk is what goods weigh and measure, packed.
type Bulk struct {
	Weight int // grams, all pieces together; 0: not told
	Length int // cm, the longest side of all; 0: not told
}

// BulkOf returns what a piece of variant v of p weighs and measures.
func (p *Product) BulkOf(v *Variant) Bulk {
	b := p.Bulk
	if v.Bulk.Weight > 0 {
		b.Weight = v.Bulk.Weight
	}
	if v.Bulk.Length > 0 {
		b.Length = v.Bulk.Length
	}
	return b
}

// Bulk is what the lines of an order weigh and measure together. What the shop
// does not tell of is not counted.
func (s *Shop) Bulk(lines []OrderLine) Bulk {
	var all Bulk
	for _, l := range lines {
		p, v := s.Variant(l.SKU)
		if v == nil {
			continue
		}
		b := p.BulkOf(v)
		all.Weight += b.Weight * l.Qty
		all.Length = max(all.Length, b.Length)
	}
	return all
}

// Takes reports whether goods of this bulk can go by m.
func (m *DeliveryMethod) Takes(b Bulk) bool {
	return (m.Most.Weight == 0 || b.Weight <= m.Most.Weight) && (m.Most.Length == 0 || b.Length <= m.Most.Length)
}
