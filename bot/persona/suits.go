package persona

import (
	"math"
	"slices"
	"strings"

	"tiski/catalog"
)

// With is s over the goods of a shop, after they changed.
func (s Set) With(shop *catalog.Shop) Set {
	s.fits = make(map[string][]float64, len(shop.Products))
	mean := make([]float64, len(s.all))
	shelves := map[string][]catalog.Cents{}
	for i := range shop.Products {
		low, _ := shop.Products[i].PriceRange()
		shelves[shop.Products[i].Category] = append(shelves[shop.Products[i].Category], low)
	}
	for _, prices := range shelves {
		slices.Sort(prices)
	}
	for i := range shop.Products {
		p := &shop.Products[i]
		q := qualities(p, shelves[p.Category])
		fits := make([]float64, len(s.all))
		for k := range s.all {
			fits[k] = fit(s.all[k].Values, q)
			mean[k] += fits[k] / float64(len(shop.Products))
		}
		s.fits[p.ID] = fits
	}
	for _, fits := range s.fits {
		for k := range fits {
			fits[k] -= mean[k]
		}
	}
	s.liked = map[string][]bool{}
	for i := range shop.Categories {
		c := shop.Categories[i].ID
		likes := make([]bool, len(s.all))
		for k := range s.all {
			likes[k] = slices.ContainsFunc(s.all[k].Categories, func(liked string) bool { return shop.Under(c, liked) })
		}
		if slices.Contains(likes, true) {
			s.liked[c] = likes
		}
	}
	return s
}

// What a fit weighs beside how well a hit answers the words, and a price beside
// those of the other hits. By people's judgements half of either ranks as well.
const (
	reach  = 2   // in logarithms of scores: a fit better by 0.2 makes up for a score half as good again
	beside = 0.3 // of a fit, for a price e times as high
)

// Rank orders hits that are nearly as good as each other by how well they suit
// a persona; for Neutral they stay as they are. hits is not changed.
func (s Set) Rank(id string, hits []catalog.Hit) []catalog.Hit {
	i := s.index(id)
	if id == Neutral || i < 0 || len(hits) < 2 {
		return hits
	}
	type ranked struct {
		catalog.Hit
		worth float64
	}
	all := make([]ranked, len(hits))
	usual := 0.0
	for _, h := range hits {
		usual += priceLog(h.Product) / float64(len(hits))
	}
	thrift := share(s.all[i].Values, "price") - share(s.all[i].Values, "quality")
	for k, h := range hits {
		fit := 0.0
		if fits := s.fits[h.Product.ID]; fits != nil {
			fit = fits[i]
		}
		fit -= beside * thrift * max(-1, min(1, priceLog(h.Product)-usual))
		all[k] = ranked{h, h.Score * math.Exp(reach*fit)}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		switch {
		case a.worth > b.worth:
			return -1
		case a.worth < b.worth:
			return 1
		}
		return 0
	})
	ordered := make([]catalog.Hit, len(all))
	for k := range all {
		ordered[k] = all[k].Hit
	}
	return ordered
}

// priceLog is the logarithm of the lowest price of a product, in cents.
func priceLog(p *catalog.Product) float64 {
	low, _ := p.PriceRange()
	return math.Log(float64(max(1, low)))
}

// Speaking are the features of a product that speak for what a persona values
// most; none for Neutral.
func (s Set) Speaking(id string, p *catalog.Product) []string {
	var features []string
	values := s.Get(id).Values
	for _, feature := range p.Features {
		text := " " + strings.ToLower(feature)
		for value, weight := range values {
			if weight >= important && slices.ContainsFunc(tellings[value], func(beginning string) bool { return strings.Contains(text, " "+beginning) }) {
				features = append(features, feature)
				break
			}
		}
	}
	return features
}

// important is how much a value weighs that speaks for goods by itself.
const important = 0.4

// fit is the mean of qualities, weighed by what a persona values.
func fit(values, qualities map[string]float64) float64 {
	var sum, weight float64
	for _, name := range Values {
		weight += values[name]
		sum += values[name] * qualities[name]
	}
	return sum / max(weight, 1e-9)
}

// share is how much of what a persona values is this.
func share(values map[string]float64, name string) float64 {
	sum := 0.0
	for _, weight := range values {
		sum += weight
	}
	return values[name] / max(sum, 1e-9)
}
