package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

var (
	cueThis   = cue{words: []string{"tata", "taa", "tama", "taman", "tan", "tassa", "tas", "tahan", "naita", "nama", "naa", "naiden", "nais", "naissa", "se", "sen", "sita", "siina", "siita", "sille", "ne", "niita", "niiden", "niissa", "tuo", "tuon", "tuota", "toi", "ton", "tota", "toka", "noi", "noita", "nuo", "den", "det", "denna", "dessa", "dem", "this", "that", "it", "these", "those", "them"}}
	cueFirst  = cue{words: []string{"eka*", "ensimmai*", "forsta", "first"}}
	cueSecond = cue{words: []string{"toka*", "toinen", "toisen", "toista", "toisesta", "andra", "second"}}
	cueThird  = cue{words: []string{"kolmas", "kolmannen", "kolmatta", "tredje", "third"}}
	cueLast   = cue{words: []string{"viimei*", "jalkimmai*", "sista", "last"}}
	cueCheap  = cue{words: []string{"halpa*", "halva*", "halve*", "halvi*", "edulli*", "billig*", "cheap*"}}
)

// target is the product that a message is about: named, pointed at among those
// shown, found by its words, or the one talked about. nil when none is clear.
func (t *turn) target(r intents.Reading) *catalog.Product {
	if p := t.w.Shop.Product(r.First(intents.Product)); p != nil {
		return p
	}
	words := folded(r.Text)
	if p := t.pointed(words); p != nil {
		return p
	}
	q := Query(r)
	if q.Text != "" && !cueThis.in(words) {
		q.Limit = pool
		found := t.w.Find(q)
		if !found.Nearest || len(found.Relaxed) > 0 && !slices.Contains(found.Relaxed, "words") {
			for _, h := range found.Hits {
				if h.Product.ID == t.Focus || len(t.Shown) > 0 && slices.Contains(t.Shown, h.Product.ID) {
					return h.Product
				}
			}
			if len(found.Hits) == 1 && found.Hits[0].Score >= sure {
				return found.Hits[0].Product
			}
			if len(found.Hits) > 0 && (t.Focus == "" || found.Hits[0].Score >= sure) {
				return nil
			}
		}
	}
	if p := t.w.Shop.Product(t.Focus); p != nil {
		return p
	}
	if len(t.Shown) == 1 {
		return t.w.Shop.Product(t.Shown[0])
	}
	return nil
}

// pointed resolves "se eka", "toi halvempi" among the products shown.
func (t *turn) pointed(words []string) *catalog.Product {
	var shown []*catalog.Product
	for _, id := range t.Shown {
		if p := t.w.Shop.Product(id); p != nil {
			shown = append(shown, p)
		}
	}
	if len(shown) == 1 && cueFirst.in(words) {
		return shown[0]
	}
	if len(shown) < 2 {
		return nil
	}
	switch {
	case cueFirst.in(words):
		return shown[0]
	case cueSecond.in(words):
		return shown[1]
	case cueThird.in(words) && len(shown) > 2:
		return shown[2]
	case cueLast.in(words):
		return shown[len(shown)-1]
	case cueCheap.in(words) && (len(words) <= 4 || cueThis.in(words)):
		return t.cheapest()
	}
	return nil
}

// cheapest is the product shown that costs least.
func (t *turn) cheapest() *catalog.Product {
	var best *catalog.Product
	var least catalog.Cents
	for _, id := range t.Shown {
		if p := t.w.Shop.Product(id); p != nil {
			if low, _ := p.PriceRange(); best == nil || low < least {
				best, least = p, low
			}
		}
	}
	return best
}

// unclear handles a question about a product when it is not clear which.
func (t *turn) unclear(r intents.Reading, intent string) {
	if t.searchedNow {
		return // another part of the message has shown them
	}
	q := Query(r)
	if q.Text != "" && !cueThis.in(folded(r.Text)) && !(intent == intents.OrderPlace && len(t.Shown) > 1 && t.w.Find(q).Nearest) {
		t.show(q, "found")
		return
	}
	if len(t.Shown) > 1 {
		t.say(part("which_product"), t.shownButtons(intent))
		return
	}
	if cueThis.in(folded(r.Text)) {
		t.ask(Pending{Slot: intents.Product, For: "about"})
		return
	}
	t.ask(Pending{Slot: intents.Product, For: "find"})
}

// shownButtons offer the products shown, to ask about one of them.
func (t *turn) shownButtons(intent string) []Button {
	var buttons []Button
	for _, id := range t.Shown {
		if p := t.w.Shop.Product(id); p != nil {
			verb := "more:"
			if intent == intents.OrderPlace {
				verb = "add:"
			}
			buttons = append(buttons, button("button.text", verb+id, "text", p.Name))
		}
	}
	return buttons
}

// details answers what a product is like from what the shop's files say of it.
func (t *turn) details(r intents.Reading) {
	p := t.target(r)
	if p == nil {
		t.unclear(r, intents.ProductDetails)
		return
	}
	t.Focus = p.ID
	words := folded(r.Text)
	switch {
	case cueCare.in(words) && p.Care.In(t.Lang) != "":
		t.say(part("details.care", "title", p.Name, "care", p.Care), t.productButtons(p))
	case cueMaterial.in(words) && p.Material.In(t.Lang) != "":
		t.say(part("details.material", "title", p.Name, "material", p.Material), t.productButtons(p))
	case cueSizes.in(words) && len(p.Values("size")) > 0:
		t.say(part("details.sizes", "title", p.Name, "sizes", optionValues("size", p.Values("size"))), t.productButtons(p))
	default:
		if name := fact(p, words); name != "" {
			t.say(part("details.fact", "title", p.Name, "fact", p.Facts[name]), t.productButtons(p))
			return
		}
		if (strings.Contains(r.Text, "?") || cueQuestion.in(words)) && !cueTell.in(words) && len(content(r.Text)) > 0 && !t.described(p, r) {
			t.say(part("details.unknown", "title", p.Name), part("details.description", "description", p.Description), t.productButtons(p), button("button.human", "human"))
			return
		}
		t.describe(p)
	}
}

var (
	cueCare     = cue{words: []string{"pesu*", "pesta*", "peseminen", "pesen", "hoito*", "hoide*", "puhdist*", "tvatt*", "skots*", "wash*", "clean*", "care"}}
	cueMaterial = cue{words: []string{"materiaal*", "matsku*", "kangas", "kankaa*", "nahka*", "villaa", "puuvilla*", "tehty", "valmistettu", "material*", "tyg", "fabric", "made"}}
	cueSizes    = cue{words: []string{"koot", "kokoja", "mitoitus*", "kokotauluk*", "storlekar*", "sizes", "sizing"}}
	cueTell     = cue{words: []string{"kerro*", "lisatieto*", "millai*", "minkalai*", "beratta", "tell", "more"}}
)

// fact finds the fact of a product that the words ask for, by the beginning of
// its name.
func fact(p *catalog.Product, words []string) string {
	names := make([]string, 0, len(p.Facts))
	for name := range p.Facts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, key := range folded(name) {
			if len(key) > 4 {
				key = key[:len(key)-1]
			}
			if slices.ContainsFunc(words, func(w string) bool { return len(key) > 2 && strings.HasPrefix(w, key) }) {
				return name
			}
		}
	}
	return ""
}

// described reports whether the product's own texts speak of what is asked.
func (t *turn) described(p *catalog.Product, r intents.Reading) bool {
	all := strings.Join(folded(p.Name.In(t.Lang)+" "+p.Description.In(t.Lang)+" "+strings.Join(p.Features, " ")), " ")
	for _, w := range folded(content(r.Text)) {
		if len(w) >= 5 && strings.Contains(all, w[:5]) {
			return true
		}
	}
	return false
}

// describe shows a product as a whole.
func (t *turn) describe(p *catalog.Product) {
	t.Focus = p.ID
	t.say(part("details.description", "description", p.Description), []Card{t.card(p, catalog.Query{})})
}

func (t *turn) productButtons(p *catalog.Product) []Button {
	if t.sold(p) {
		return nil
	}
	return []Button{button("button.add", "add:"+p.ID)}
}

// availability answers whether a product is to be had in a size or colour.
func (t *turn) availability(r intents.Reading) {
	p, q := t.target(r), Query(r)
	if p == nil && len(t.Shown) > 1 && constrained(q) && (q.Text == "" || cueThis.in(folded(r.Text))) {
		if p = t.shownWith(q); p == nil {
			return
		}
	}
	if p == nil {
		t.unclear(r, intents.ProductAvailability)
		return
	}
	t.Focus = p.ID
	if constrained(q) {
		n := t.narrowed(q)
		t.Query = &n
	}
	if values := unsold(p, q); len(values) > 0 {
		t.say(part("never", "title", p.Name, "wanted", values), t.optionParts(p), t.productButtons(p))
		return
	}
	var fitting []*catalog.Variant
	for i := range p.Variants {
		v := &p.Variants[i]
		if q.Size != "" && !sameSize(v.Options["size"], q.Size) || q.Color != "" && !sameColor(v.Options["color"], q.Color) {
			continue
		}
		if t.has(v) {
			fitting = append(fitting, v)
		}
	}
	wanted := wantedValues(q)
	switch {
	case len(fitting) > 0:
		key := "available"
		if len(wanted) > 0 {
			key = "available.wanted"
		}
		parts := []Part{part(key, "title", p.Name, "wanted", wanted)}
		parts = append(parts, t.stockParts(p, fitting)...)
		t.say(parts, t.addButtons(p, fitting))
	case t.sold(p):
		t.say(part("sold_out", "title", p.Name), button("button.similar", "shelf:"+p.Category))
	default:
		t.say(part("unavailable.wanted", "title", p.Name, "wanted", wanted), t.optionParts(p), t.productButtons(p), button("button.similar", "shelf:"+p.Category))
	}
}

// optionParts list what of a product can be bought now.
func (t *turn) optionParts(p *catalog.Product) []Part {
	var parts []Part
	for _, option := range p.OptionNames() {
		if values := t.inStock(p, option); len(values) > 0 {
			parts = append(parts, part("card.option", "option", OptionName(option), "values", optionValues(option, values)))
		}
	}
	return parts
}

// unsold lists what a query asks of a product that it never comes in.
func unsold(p *catalog.Product, q catalog.Query) OptionValues {
	var values OptionValues
	if q.Color != "" && !slices.ContainsFunc(p.Values("color"), func(v string) bool { return sameColor(v, q.Color) }) {
		values = append(values, OptionValue{"color", q.Color})
	}
	if q.Size != "" && !slices.ContainsFunc(p.Values("size"), func(v string) bool { return sameSize(v, q.Size) }) {
		values = append(values, OptionValue{"size", q.Size})
	}
	return values
}

// shownWith picks, among the products shown, the one that is to be had in the
// size or colour asked for. When several are, they are shown, and nil returned.
func (t *turn) shownWith(q catalog.Query) *catalog.Product {
	var with []catalog.Hit
	for _, id := range t.Shown {
		p := t.w.Shop.Product(id)
		if p == nil {
			continue
		}
		if v := t.fitting(p, q); v != nil && t.has(v) {
			with = append(with, catalog.Hit{Product: p})
		}
	}
	switch len(with) {
	case 0:
		return t.w.Shop.Product(t.Shown[0])
	case 1:
		return with[0].Product
	}
	t.Shown = nil
	for _, h := range with {
		t.Shown = append(t.Shown, h.Product.ID)
	}
	t.say(part("available.shown", "wanted", wantedValues(q)), t.cards(with, q))
	return nil
}

// wantedValues are the colour and size that a query asks for.
func wantedValues(q catalog.Query) OptionValues {
	values := OptionValues{}
	if q.Color != "" {
		values = append(values, OptionValue{"color", q.Color})
	}
	if q.Size != "" {
		values = append(values, OptionValue{"size", q.Size})
	}
	return values
}

// stockParts tell sizes, colours and, when few are left of the only variant
// that fits, how many.
func (t *turn) stockParts(p *catalog.Product, fitting []*catalog.Variant) []Part {
	var parts []Part
	for _, option := range p.OptionNames() {
		var values []string
		for _, v := range fitting {
			if value := v.Options[option]; value != "" && !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		if len(values) > 0 {
			parts = append(parts, part("card.option", "option", OptionName(option), "values", optionValues(option, values)))
		}
	}
	low, high := p.PriceOf(fitting[0]), catalog.Cents(0)
	for _, v := range fitting {
		low, high = min(low, p.PriceOf(v)), max(high, p.PriceOf(v))
	}
	if low == high {
		parts = append(parts, part("card.price", "price", low))
	} else {
		parts = append(parts, part("card.price_from", "price", low))
	}
	if len(fitting) == 1 {
		if n := t.pieces(fitting[0]); n > 0 && n <= 3 {
			parts = append(parts, part("card.few", "count", n))
		}
	}
	return parts
}

// addButtons put a variant that is clear straight into the cart, else begin
// with the product.
func (t *turn) addButtons(p *catalog.Product, fitting []*catalog.Variant) []Button {
	if len(fitting) == 1 {
		return []Button{button("button.add", "sku:"+fitting[0].SKU), button("button.more", "more:"+p.ID)}
	}
	return []Button{button("button.add", "add:"+p.ID), button("button.more", "more:"+p.ID)}
}

// price tells what a product costs; of discounts only what is true of all.
func (t *turn) price(r intents.Reading) {
	words := folded(r.Text)
	if cueDiscount.in(words) {
		t.say(part("discount"))
		return
	}
	if q := Query(r); q.Text != "" && cueCheap.in(words) {
		t.show(q, "found")
		return
	}
	if q := Query(r); cueCheaper.in(words) && t.Query != nil && len(t.Shown) > 0 && t.pointed(words) == nil {
		t.cheaper(q)
		return
	}
	p := t.target(r)
	if p == nil {
		if t.Buying || len(t.Cart) > 0 && Query(r).Text == "" {
			t.showCart()
			return
		}
		t.unclear(r, intents.PriceDiscount)
		return
	}
	t.Focus = p.ID
	low, high := p.PriceRange()
	if low == high {
		t.say(part("price.one", "title", p.Name, "price", low), t.productButtons(p))
		return
	}
	t.say(part("price.range", "title", p.Name, "low", low, "high", high), t.productButtons(p))
}

var (
	cueDiscount = cue{words: []string{"alennu*", "alekood*", "alet", "ale", "alessa", "tarjou*", "kampanja*", "koodi*", "opiskelijaalennu*", "rabatt*", "erbjudande*", "discount*", "coupon*", "promo*", "offer*", "sale"}}
	cueCheaper  = cue{words: []string{"halvemp*", "halvin*", "edullise*", "edullisin", "billiga*", "cheap*"}}
)

// cheaper shows what costs less than the cheapest of those shown.
func (t *turn) cheaper(q catalog.Query) {
	n := t.narrowed(q)
	var cheapest catalog.Cents
	for _, id := range t.Shown {
		if p := t.w.Shop.Product(id); p != nil {
			if low, _ := p.PriceRange(); cheapest == 0 || low < cheapest {
				cheapest = low
			}
		}
	}
	n.Max = max(cheapest-1, 1)
	n.Limit = pool
	if found := t.w.Find(n); len(found.Hits) == 0 || found.Nearest {
		t.say(part("find.no_cheaper"), t.shownButtons(""))
		return
	}
	t.show(n, "found")
}
