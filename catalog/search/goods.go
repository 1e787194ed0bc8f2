package search

import (
	"maps"
	"math"
	"slices"

	"tiski/catalog"
)

// goods is a product as it is held against what is asked.
type goods struct {
	product  *catalog.Product
	variants []variant
	shelf    int32   // or none
	popular  float32 // factor of the score
	audience string
	ages     ages
	sized    bool // it comes in several sizes
}

// variant is what is asked of a variant, by the numbers of the index.
type variant struct {
	price       int32 // in cents
	size, color int32
}

// newGoods makes goods of a product, its variants at the end of all.
func (x *Index) newGoods(p *catalog.Product, all []variant) (goods, []variant) {
	first := len(all)
	for i := range p.Variants {
		v := &p.Variants[i]
		all = append(all, variant{int32(min(p.PriceOf(v), math.MaxInt32)), x.sizes.of(v.Size()), x.colors.of(v.Options["color"])})
	}
	return goods{
		product: p, variants: all[first:len(all):len(all)], shelf: x.shelves.of(p.Category),
		popular: 1 + float32(p.Popularity)/1000, audience: p.Audience, ages: agesOf(p), sized: len(p.Values("size")) > 1,
	}, all
}

// numbered gives numbers to values.
type numbered struct {
	numbers map[string]int32
	values  []string
}

func (n *numbered) of(value string) int32 {
	number, known := n.numbers[value]
	if !known {
		if n.numbers == nil {
			n.numbers = map[string]int32{}
		}
		number = int32(len(n.values))
		n.numbers[value] = number
		n.values = append(n.values, value)
	}
	return number
}

// with returns the numbers with those of a product's values of an option, in a
// clone when there are new ones.
func (n numbered) with(p *catalog.Product, of func(*catalog.Variant) string) numbered {
	cloned := false
	for i := range p.Variants {
		value := of(&p.Variants[i])
		if _, known := n.numbers[value]; !known && !cloned {
			n, cloned = numbered{maps.Clone(n.numbers), slices.Clone(n.values)}, true
		}
		n.of(value)
	}
	return n
}
