package catalog

import (
	"testing"
	"time"
)

func TestLowestBefore(t *testing.T) {
	t.Parallel()
	day := func(n float64) time.Time {
		return time.Date(2026, 9, 1, 12, 0, 0, 0, Helsinki).Add(time.Duration(n * 24 * float64(time.Hour)))
	}
	span := func(price Cents, from, until float64) PriceSpan { return PriceSpan{price, day(from), day(until)} }
	for name, c := range map[string]struct {
		history []PriceSpan
		want    Cents // 0: not known
	}{
		"nothing":              {nil, 0},
		"one price":            {[]PriceSpan{span(100, 0, 40)}, 0},
		"a sale":               {[]PriceSpan{span(100, 0, 40), span(80, 40, 41)}, 100},
		"just 30 days":         {[]PriceSpan{span(100, 0, 30), span(80, 30, 31)}, 100},
		"less than 30 days":    {[]PriceSpan{span(100, 0.1, 30), span(80, 30, 31)}, 0},
		"raised for the sale":  {[]PriceSpan{span(100, 0, 40), span(150, 40, 45), span(90, 45, 46)}, 100},
		"raised before that":   {[]PriceSpan{span(100, 0, 15), span(150, 15, 45), span(90, 45, 46)}, 150},
		"on the last day":      {[]PriceSpan{span(100, 0, 15.1), span(150, 15.1, 45), span(90, 45, 46)}, 100},
		"cheaper lately":       {[]PriceSpan{span(80, 0, 40), span(100, 40, 45), span(80, 45, 46)}, 0},
		"raised":               {[]PriceSpan{span(80, 0, 40), span(100, 40, 41)}, 0},
		"cut twice":            {[]PriceSpan{span(100, 0, 40), span(90, 40, 45), span(80, 45, 46)}, 90},
		"not looked for 48 h":  {[]PriceSpan{span(100, 0, 20), span(100, 22, 40), span(80, 40, 41)}, 100},
		"and longer":           {[]PriceSpan{span(100, 0, 20), span(100, 22.1, 40), span(80, 40, 41)}, 0},
		"before the 30 days":   {[]PriceSpan{span(90, 0, 5), span(100, 8, 40), span(80, 40, 41)}, 100},
		"as long as it lasts":  {[]PriceSpan{span(100, 0, 40), span(80, 40, 100)}, 100},
		"longer than it lasts": {[]PriceSpan{span(100, 0, 40), span(80, 40, 100.1)}, 0},
	} {
		if got, known := LowestBefore(c.history); got != c.want || known != (c.want > 0) {
			t.Errorf("%s: %d, %v", name, got, known)
		}
	}
}

func TestReduction(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		variants []Variant
		percent  int
	}{
		"all alike":          {[]Variant{{SKU: "A", Sale: true}, {SKU: "B", Sale: true}}, 22},
		"one is not on sale": {[]Variant{{SKU: "A", Sale: true}, {SKU: "B"}}, 0},
		"another price":      {[]Variant{{SKU: "A", Sale: true}, {SKU: "B", Sale: true, Price: 6000}}, 0},
		"another before":     {[]Variant{{SKU: "A", Sale: true}, {SKU: "C", Sale: true}}, 0},
		"not known":          {[]Variant{{SKU: "D", Sale: true}}, 0},
		"less than one":      {[]Variant{{SKU: "E", Sale: true}}, 0},
	} {
		products := []Product{{Price: 6990, Variants: c.variants}}
		p := WithBefore(products, map[string]Cents{"A": 8990, "B": 8990, "C": 9990, "E": 6999})[0]
		percent, before, told := p.Reduction()
		if percent != c.percent || told != (c.percent > 0) || told && before != 8990 {
			t.Errorf("%s: %d %% of %d, %v", name, percent, before, told)
		}
		if products[0].Variants[0].Before != 0 {
			t.Errorf("%s: the products given were changed", name)
		}
	}
}
