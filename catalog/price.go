package catalog

import "time"

// PriceSpan is a price that was asked from a moment until another.
type PriceSpan struct {
	Price       Cents
	From, Until time.Time
}

// What is known of prices before a sale (KSL 2:11: whoever tells of a reduction
// tells the lowest price of the 30 days before it).
const (
	saleDays = 30
	PriceGap = 48 * time.Hour // longer without a look at the prices, and they are not known
	saleLife = 60 * 24 * time.Hour
)

// LowestBefore returns the lowest price of the 30 days before the present one,
// which is the last of a variant's history, oldest first. It is not known when
// the history has a gap in those days, when the price has not fallen below it,
// and when it fell longer ago than a sale lasts.
func LowestBefore(history []PriceSpan) (lowest Cents, known bool) {
	if len(history) < 2 {
		return 0, false
	}
	last := len(history) - 1
	now, sale := history[last], history[last].From
	if now.Until.Sub(sale) > saleLife {
		return 0, false
	}
	begin, known := sale.AddDate(0, 0, -saleDays), false
	for i := last; i > 0 && !known; i-- {
		span := history[i-1]
		if history[i].From.Sub(span.Until) > PriceGap {
			return 0, false
		}
		if lowest == 0 || span.Price < lowest {
			lowest = span.Price
		}
		known = !span.From.After(begin)
	}
	if !known || lowest <= now.Price {
		return 0, false
	}
	return lowest, true
}

// OnSale are the SKUs of which the source says that their price is reduced.
func OnSale(products []Product) []string {
	var skus []string
	for i := range products {
		for _, v := range products[i].Variants {
			if v.Sale {
				skus = append(skus, v.SKU)
			}
		}
	}
	return skus
}

// WithBefore returns the products with the lowest prices, by SKU, of the 30 days
// before their sales.
func WithBefore(products []Product, lowest map[string]Cents) []Product {
	with := make([]Product, len(products))
	for i, p := range products {
		variants := make([]Variant, len(p.Variants))
		for j, v := range p.Variants {
			v.Before = 0
			if v.Sale {
				v.Before = lowest[v.SKU]
			}
			variants[j] = v
		}
		p.Variants = variants
		with[i] = p
	}
	return with
}

// Reduction is by how many per cent the price of p is reduced, rounded down, and
// from which lowest price of the 30 days before. It is told only when it is the
// same for all variants.
func (p *Product) Reduction() (percent int, before Cents, told bool) {
	low, high := p.PriceRange()
	for i, v := range p.Variants {
		if v.Before == 0 || i > 0 && v.Before != before {
			return 0, 0, false
		}
		before = v.Before
	}
	if low != high || low >= before {
		return 0, 0, false
	}
	percent = int((before - low) * 100 / before)
	return percent, before, percent > 0
}
