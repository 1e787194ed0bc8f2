package catalog

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

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

// Units of weight, in grams, and of length, in centimetres.
var (
	weights = map[string]float64{"kg": 1_000, "g": 1, "lb": 453.592, "lbs": 453.592, "oz": 28.3495}
	lengths = map[string]float64{"m": 100, "cm": 1, "mm": 0.1, "in": 2.54, "yd": 91.44}
	measure = regexp.MustCompile(`^(\d{1,6}(?:[.,]\d{1,3})?)\s*([a-z]{1,3})$`)
)

// Grams reads a weight such as 1.5 kg and 500 g, rounded up; what cannot be read
// is 0.
func Grams(s string) int { return measured(s, weights) }

// Centimetres reads a length such as 60,5 cm likewise.
func Centimetres(s string) int { return measured(s, lengths) }

func measured(s string, units map[string]float64) int {
	m := measure.FindStringSubmatch(strings.ToLower(s))
	if m == nil {
		return 0
	}
	n, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	if err != nil {
		return 0
	}
	return int(math.Ceil(n * units[m[2]]))
}
