package persona

import (
	"math"
	"testing"

	"tiski/catalog"
)

// What is told of a product makes its qualities, each at most once over.
func TestQualitiesComeFromTheCatalogue(t *testing.T) {
	t.Parallel()
	prices := []catalog.Cents{1000, 2000, 3000}
	plain := func() *catalog.Product {
		return &catalog.Product{Price: 2000, Variants: []catalog.Variant{{Stock: 10}}}
	}
	was := qualities(plain(), prices)
	for what, c := range map[string]struct {
		with  func(p *catalog.Product)
		value string
		more  float64
	}{
		"the cheapest of its shelf":     {func(p *catalog.Product) { p.Price = 1000 }, "price", 0.5},
		"the dearest of its shelf":      {func(p *catalog.Product) { p.Price = 3000 }, "quality", 0.3},
		"many bought":                   {func(p *catalog.Product) { p.Popularity = 100 }, "speed", 0.4},
		"none left":                     {func(p *catalog.Product) { p.Variants[0].Stock = 0 }, "speed", -0.24},
		"pieces not counted":            {func(p *catalog.Product) { p.Variants[0].Stock = catalog.StockUnknown }, "speed", 0},
		"more pieces than plenty":       {func(p *catalog.Product) { p.Variants[0].Stock = 1000 }, "speed", 0.26},
		"of wool":                       {func(p *catalog.Product) { p.Material = catalog.Text{"fi": "100 % merinovillaa"} }, "domestic", 0.3},
		"of polyester":                  {func(p *catalog.Product) { p.Material = catalog.Text{"fi": "polyesteriä"} }, "ecological", -0.35},
		"told to be recycled":           {func(p *catalog.Product) { p.Features = []string{"kierrätetty"} }, "ecological", 0.275},
		"told so in three ways":         {func(p *catalog.Product) { p.Features = []string{"luomu", "vegaaninen", "muoviton"} }, "ecological", 0.55},
		"told to be made in Finland":    {func(p *catalog.Product) { p.Description = catalog.Text{"fi": "Tehty Suomessa."} }, "domestic", 0.35},
		"with a figure":                 {func(p *catalog.Product) { p.Facts = map[string]catalog.Text{"teho": {"fi": "5 W"}} }, "technical", 0.12},
		"for a child":                   {func(p *catalog.Product) { p.Audience = "child" }, "care", 0.4},
		"with more figures than counts": {func(p *catalog.Product) { p.Facts = map[string]catalog.Text{"ean": {"fi": "6400000000009"}} }, "technical", 0.3},
	} {
		p := plain()
		c.with(p)
		if more := qualities(p, prices)[c.value] - was[c.value]; math.Abs(more-c.more) > 0.005 {
			t.Errorf("%s: %s is more by %.3f, want %.3f", what, c.value, more, c.more)
		}
	}
}
