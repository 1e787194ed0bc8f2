package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
)

// cards shows hits with price, sizes, colours and stock, as they are now.
func (t *turn) cards(hits []catalog.Hit, q catalog.Query) []Card {
	var cards []Card
	for _, h := range hits {
		cards = append(cards, t.card(h.Product, q))
	}
	return cards
}

func (t *turn) card(p *catalog.Product, q catalog.Query) Card {
	v := t.fitting(p, q)
	c := Card{Product: p, Parts: t.priceParts(p)}
	stock := t.stockPart(p)
	if v != nil && !t.has(v) && !t.sold(p) {
		stock = part("card.out_of", "wanted", optionsNamed(p, map[string]string{"size": q.Size, "color": q.Color}))
	}
	for _, fact := range t.firstFacts(p) {
		if c.Parts = append(c.Parts, fact); fact.Key == stock.Key {
			stock = Part{}
		}
	}
	if v != nil {
		c.SKU = v.SKU
	}
	for _, option := range p.OptionNames() {
		if values := t.inStock(p, option); len(values) > 0 {
			c.Parts = append(c.Parts, part("card.option", "option", OptionName(option), "values", optionValues(option, values)))
		}
	}
	if stock.Key != "" {
		c.Parts = append(c.Parts, stock)
	}
	if !t.sold(p) {
		c.Buttons = append(c.Buttons, button("button.add", "add:"+p.ID))
	}
	c.Buttons = append(c.Buttons, button("button.more", "more:"+p.ID))
	return c
}

// stockPart tells whether a product can be bought now, and when few are left of
// its only variant, how many.
func (t *turn) stockPart(p *catalog.Product) Part {
	if t.sold(p) {
		return part("card.sold_out")
	}
	if n := t.pieces(&p.Variants[0]); len(p.Variants) == 1 && n > 0 && n <= 3 {
		return part("card.few", "count", n)
	}
	return part("card.in_stock")
}

func (t *turn) priceParts(p *catalog.Product) []Part {
	low, high := p.PriceRange()
	if low == high {
		return append([]Part{part("card.price", "price", low)}, reduction(p)...)
	}
	return []Part{part("card.price_from", "price", low)}
}

// reduction tells by how much a price is reduced, with the lowest one of the 30
// days before, and nothing when that is not known (KSL 2:11).
func reduction(p *catalog.Product) []Part {
	if percent, before, told := p.Reduction(); told {
		return []Part{part("card.sale", "n", percent, "price", before)}
	}
	return nil
}

// fitting is the variant that a query means: in stock if any such is.
func (t *turn) fitting(p *catalog.Product, q catalog.Query) *catalog.Variant {
	var best *catalog.Variant
	for i := range p.Variants {
		v := &p.Variants[i]
		if q.Size != "" && v.Size() != "" && !sameSize(v.Size(), q.Size) ||
			q.Color != "" && v.Options["color"] != "" && !sameColor(v.Options["color"], q.Color) || !wants(q, v.Options["color"]) {
			continue
		}
		if best == nil || !t.has(best) && t.has(v) {
			best = v
		}
	}
	return best
}

// has reports whether at least one piece can be bought now.
func (t *turn) has(v *catalog.Variant) bool { return t.pieces(v) != 0 }

// pieces is the stock now, or catalog.StockUnknown when it is not counted.
func (t *turn) pieces(v *catalog.Variant) int {
	if n, counted := t.w.Stock(v.SKU); counted {
		return n
	}
	return v.Stock
}

func (t *turn) sold(p *catalog.Product) bool {
	for i := range p.Variants {
		if t.has(&p.Variants[i]) {
			return false
		}
	}
	return true
}

// inStock returns the values of an option that can be bought now.
func (t *turn) inStock(p *catalog.Product, option string) []string {
	var values []string
	for i := range p.Variants {
		v := &p.Variants[i]
		if value := v.Options[option]; value != "" && t.has(v) && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

// sameColor: a plain colour names its shades too ("sininen" – "tummansininen"); pink is
// no shade of red.
func sameColor(have, want string) bool {
	have, want = strings.ToLower(have), strings.ToLower(want)
	return have == want || have != "vaaleanpunainen" && strings.HasSuffix(have, want)
}

// plainSize is a size without what customers leave out, its decimals after a comma:
// "28 cm", "70 x 140 cm", "2.5 kg".
var plainSize = strings.NewReplacer(" cm", "", " ", "", "×", "x", ".", ",")

// inches are how they are written after a number: `29"`, "29 tuumaa".
var inches = strings.NewReplacer(`"`, "", "″", "", "”", "", " tuumaa", "", " tuuman", "", " tum", "", " inch", "")

func inInches(size string) bool {
	return strings.ContainsAny(size, "\"″”") || strings.Contains(size, " tuu") || strings.Contains(size, " tum") || strings.Contains(size, " inch")
}

// sameSize: a range such as "36/39" holds what lies in it.
func sameSize(have, want string) bool {
	if inInches(have) || inInches(want) {
		have, want = inches.Replace(have), inches.Replace(want)
	}
	if strings.EqualFold(have, want) || strings.ContainsAny(have, " .") && strings.EqualFold(plainSize.Replace(have), plainSize.Replace(want)) {
		return true
	}
	low, high, between := span(want)
	if !between {
		n, err := number(want)
		if err != nil || !strings.Contains(have, "/") {
			return false
		}
		low, high = n, n
	}
	from, to, ok := ends(have)
	return ok && from <= high && low <= to
}
