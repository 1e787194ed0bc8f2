package search

import (
	"strconv"
	"strings"

	"tiski/catalog"
)

// demand is something a customer asks of a product, as bits of a set.
type demand uint8

const (
	theWords demand = 1 << iota
	theSize
	theColor
	thePrice
	theAudience
	theStock
)

// demands are the names of [catalog.Found.Relaxed] and how much it hurts to
// give each up.
var demands = []struct {
	is   demand
	name string
	cost float32
}{
	{theWords, "words", 3},
	{theSize, "size", 3},
	{theColor, "color", 1},
	{thePrice, "price", 2},
	{theAudience, "audience", 4},
	{theStock, "stock", 2},
}

func (d demand) cost() (cost float32) {
	for _, one := range demands {
		if d&one.is != 0 {
			cost += one.cost
		}
	}
	return cost
}

func (d demand) names() (names []string) {
	for _, one := range demands {
		if d&one.is != 0 {
			names = append(names, one.name)
		}
	}
	return names
}

// Stock tells how many pieces of a variant are left, if they are counted.
type Stock = func(sku string) (pieces int, counted bool)

// fit holds a product against what is asked besides words: which demands it
// fails in its best variant, and how well it meets the others, up to 1.
func fit(p *catalog.Product, q *catalog.Query, stock Stock) (failed demand, well float32) {
	best := float32(-1)
	for i := range p.Variants {
		v := &p.Variants[i]
		f, w := fitVariant(p, v, q, stock)
		if cost := f.cost(); best < 0 || cost < best || cost == best && w > well {
			best, failed, well = cost, f, w
		}
	}
	a := audienceFit(q.Audience, p.Audience)
	if a == 0 {
		return failed | theAudience, well
	}
	return failed, well * a
}

func fitVariant(p *catalog.Product, v *catalog.Variant, q *catalog.Query, stock Stock) (failed demand, well float32) {
	well = 1
	if q.Size != "" {
		if s := sizeFit(q.Size, v.Options["size"]); s > 0 {
			well *= s
		} else {
			failed |= theSize
		}
	}
	if q.Color != "" {
		if c := colorFit(q.Color, v.Options["color"]); c > 0 {
			well *= c
		} else {
			failed |= theColor
		}
	}
	price := p.PriceOf(v)
	if q.Max > 0 && price > q.Max {
		failed |= thePrice
		well *= float32(q.Max) / float32(price)
	}
	if price < q.Min {
		failed |= thePrice
		well *= float32(price) / float32(q.Min)
	}
	if !available(v, stock) {
		if q.InStock {
			failed |= theStock
		}
		well *= 0.7
	}
	return failed, well
}

func available(v *catalog.Variant, stock Stock) bool {
	if stock != nil {
		if pieces, counted := stock(v.SKU); counted {
			return pieces > 0
		}
	}
	return v.Stock != 0
}

// audienceFit returns how well a product suits who is asked for, 0 not at all.
func audienceFit(asked, has string) float32 {
	switch {
	case asked == "" || asked == has:
		return 1
	case has == "":
		return 0.7
	case has == "adult" && (asked == "women" || asked == "men"),
		asked == "adult" && (has == "women" || has == "men"):
		return 0.9
	}
	return 0
}

// colorFit returns how well a colour is the one asked for: "sininen" is also
// found in its shades "tummansininen" and "vaaleansininen", and in "musta-sininen".
func colorFit(asked, has string) float32 {
	switch {
	case asked == has:
		return 1
	case has == "vaaleanpunainen": // pink is no shade of red to a customer
		return 0
	case strings.HasSuffix(has, "-"+asked), strings.HasPrefix(has, asked+"-"), strings.HasPrefix(has, asked+"/"):
		return 0.9
	case strings.HasSuffix(has, asked):
		return 0.85
	}
	return 0
}

// sizeFit returns how well a size is the one asked for: "30" is also found in
// "30/31" and "29-32", "110" in "110/116", and everything a little in one size for all.
func sizeFit(asked, has string) float32 {
	asked, has = strings.TrimSuffix(asked, " cm"), strings.TrimSuffix(has, " cm")
	if has == "" {
		return 0
	}
	if strings.EqualFold(asked, has) {
		return 1
	}
	if strings.EqualFold(has, "yksi koko") || strings.EqualFold(has, "one size") {
		return 0.7
	}
	between := func(r rune) bool { return r == '/' || r == '-' || r == '–' || r == ' ' }
	parts := strings.FieldsFunc(has, between)
	for _, a := range strings.FieldsFunc(asked, between) {
		for _, h := range parts {
			if strings.EqualFold(a, h) {
				return 0.95
			}
		}
	}
	if len(parts) == 2 {
		low, err := strconv.Atoi(parts[0])
		high, err2 := strconv.Atoi(parts[1])
		n, err3 := strconv.Atoi(asked)
		if err == nil && err2 == nil && err3 == nil && low < n && n < high {
			return 0.95
		}
	}
	return 0
}
