package persona

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"tiski/catalog"
)

// tellings are beginnings of words in a product's Finnish texts that speak for
// a value, and of those of materials that grow and of those that are made of oil.
//
//go:embed qualities.yaml
var tellingFile []byte

var tellings = func() (t map[string][]string) {
	if err := yaml.Unmarshal(tellingFile, &t); err != nil {
		panic(fmt.Sprintf("qualities.yaml: %v", err))
	}
	return t
}()

// qualities tells of a product what personas value, 0–1, from the shop's own
// data; prices are the sorted lowest prices of its category. Which traits make a
// quality, and in which shares, was learnt by ridge regression from how people
// judged goods for customers of five kinds, and rounded: neither a persona nor
// goods have weights of their own.
func qualities(p *catalog.Product, prices []catalog.Cents) map[string]float64 {
	low, _ := p.PriceRange()
	at, _ := slices.BinarySearch(prices, low)
	dear := 0.5
	if len(prices) > 1 {
		dear = float64(at) / float64(len(prices)-1)
	}
	description := p.Description.In("fi")
	material := strings.ToLower(p.Material.In("fi"))
	text := " " + strings.ToLower(strings.Join(append(slices.Clone(p.Features), p.Name.In("fi"), description, material, p.Care.In("fi")), " ; "))
	figures := digits(description)
	for name, fact := range p.Facts {
		text += " ; " + strings.ToLower(name+" "+fact.In("fi"))
		figures += digits(fact.In("fi"))
	}
	told := func(value string) float64 {
		n := 0
		for _, beginning := range tellings[value] {
			if strings.Contains(text, " "+beginning) {
				n++
			}
		}
		return upTo(2, n)
	}
	made := func(of string) float64 {
		if slices.ContainsFunc(tellings[of], func(part string) bool { return strings.Contains(material, part) }) {
			return 1
		}
		return 0
	}
	natural, synthetic := made("natural"), made("synthetic")
	young := 0.0
	if p.Audience == "child" || p.Audience == "baby" {
		young = 1
	}
	return map[string]float64{
		"price":      1 - dear,
		"speed":      0.5*plenty(p) + 0.4*float64(p.Popularity)/100 + 0.1*(1-dear), // there, and chosen without much thought
		"quality":    0.6*dear + 0.15*natural + 0.15*(1-synthetic) + 0.1*told("quality"),
		"domestic":   0.7*told("domestic") + 0.3*natural,
		"ecological": 0.55*told("ecological") + 0.1*natural + 0.35*(1-synthetic),
		"technical":  0.4*upTo(4, len(p.Facts)) + 0.2*upTo(5, len(p.Features)) + 0.2*upTo(10, figures) + 0.2*upTo(300, len([]rune(description))),
		"style":      0.6*told("style") + 0.4*dear,
		"care":       0.6*told("care") + 0.4*young,
	}
}

// upTo is n as a share of as many as count, 0–1.
func upTo(most, n int) float64 { return min(1, float64(n)/float64(most)) }

// plenty is how much there is of a product, 0–1: some 150 pieces are plenty, ten
// half of that, and ten are taken for a variant whose pieces are not counted.
func plenty(p *catalog.Product) float64 {
	pieces := 0
	for i := range p.Variants {
		if n := p.Variants[i].Stock; n == catalog.StockUnknown {
			pieces += 10
		} else {
			pieces += max(0, n)
		}
	}
	return min(1, math.Log1p(float64(pieces))/5)
}

// digits is how many figures a text has.
func digits(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
