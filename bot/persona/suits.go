package persona

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tiski/catalog"
)

// tellings are beginnings of words in a product's Finnish texts that speak for
// a value.
//
//go:embed qualities.yaml
var tellingFile []byte

var tellings = func() (t map[string][]string) {
	if err := yaml.Unmarshal(tellingFile, &t); err != nil {
		panic(fmt.Sprintf("qualities.yaml: %v", err))
	}
	return t
}()

// ordinary is how well goods without any particular quality fit.
const ordinary = 0.4

// With is s over the goods of a shop, after they changed.
func (s Set) With(shop *catalog.Shop) Set {
	s.fits = make(map[string][]float64, len(shop.Products))
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
		}
		s.fits[p.ID] = fits
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

// reach is how much a fit weighs beside how well a hit answers the words, in
// logarithms: some 0.2 between two hits makes up for a score half as good again.
const reach = 2.5

// beside is how much a price weighs beside those of the other hits, whatever is
// usual on its shelf.
const beside = 0.5

// Rank orders hits that are nearly as good as each other by how well they suit
// a persona; for Neutral they stay as they are. hits is not changed.
func (s Set) Rank(id string, hits []catalog.Hit) []catalog.Hit {
	i := slices.IndexFunc(s.all, func(p Persona) bool { return p.ID == id })
	if id == Neutral || i < 0 || len(hits) < 2 {
		return hits
	}
	type ranked struct {
		catalog.Hit
		worth float64
	}
	all := make([]ranked, len(hits))
	prices := make([]catalog.Cents, len(hits))
	for k, h := range hits {
		prices[k], _ = h.Product.PriceRange()
	}
	slices.Sort(prices)
	thrift := share(s.all[i].Values, "price") - share(s.all[i].Values, "quality")/2
	for k, h := range hits {
		fit := ordinary
		if fits := s.fits[h.Product.ID]; fits != nil {
			fit = fits[i]
		}
		low, _ := h.Product.PriceRange()
		at, _ := slices.BinarySearch(prices, low)
		fit += beside * thrift * (0.5 - float64(at)/float64(len(prices)-1))
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
	if weight == 0 {
		return ordinary
	}
	return sum / weight
}

// share is how much of what a persona values is this.
func share(values map[string]float64, name string) float64 {
	sum := 0.0
	for _, weight := range values {
		sum += weight
	}
	return values[name] / max(sum, 1e-9)
}

// qualities tells of a product what personas value, 0–1, from the shop's own
// data; prices are the sorted lowest prices of its category.
func qualities(p *catalog.Product, prices []catalog.Cents) map[string]float64 {
	low, _ := p.PriceRange()
	at, _ := slices.BinarySearch(prices, low)
	dear := 0.5
	if len(prices) > 1 {
		dear = float64(at) / float64(len(prices)-1)
	}
	text := " " + strings.ToLower(strings.Join(append(slices.Clone(p.Features), p.Name.In("fi"), p.Description.In("fi"), p.Material.In("fi"), p.Care.In("fi")), " ; "))
	for name, fact := range p.Facts {
		text += " ; " + strings.ToLower(name+" "+fact.In("fi"))
	}
	told := func(value string) float64 {
		n := 0
		for _, beginning := range tellings[value] {
			if strings.Contains(text, " "+beginning) {
				n++
			}
		}
		return min(1, float64(n)/2)
	}
	there, popular := 0, float64(p.Popularity)/100
	for i := range p.Variants {
		if p.Variants[i].Stock != 0 {
			there++
		}
	}
	stock := float64(there) / float64(max(1, len(p.Variants)))
	careful := 0.0
	if p.Material.In("fi") != "" {
		careful += 0.5
	}
	if p.Care.In("fi") != "" {
		careful += 0.5
	}
	young := 0.0
	if p.Audience == "child" || p.Audience == "baby" {
		young = 0.4
	}
	return map[string]float64{
		"price":      1 - dear,
		"speed":      stock * (0.4 + 0.6*popular), // there, and chosen without much thought
		"quality":    0.5*dear + 0.2*careful + 0.3*told("quality"),
		"domestic":   told("domestic"),
		"ecological": told("ecological"),
		"technical":  min(1, 0.25*float64(len(p.Facts))+0.1*float64(len(p.Features))+0.3*told("technical")),
		"style":      min(1, 0.1*float64(len(p.Values("color")))+0.6*told("style")),
		"care":       min(1, young+0.6*told("care")),
	}
}
