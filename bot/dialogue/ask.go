package dialogue

import (
	"cmp"
	"maps"
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// wondering is a question about a product when it is not clear which.
var wondering = task{
	kind:    About,
	slots:   []slot{{name: intents.Product, key: "about", take: (*turn).takeAbout}},
	passing: true,
}

// takeAbout answers the question of the product that is named or told apart now.
func (t *turn) takeAbout(m *said) answer {
	intent := t.top().Values["intent"]
	if m.has(cueSkip) && len(t.Shown) > 1 {
		t.askWhich(intent)
		return finished
	}
	only := cmp.Or(t.toldApart(m), t.pointed(m))
	if only == nil && t.narrowsAbout(m) {
		return finished
	}
	if only == nil && (m.sought().Text == "" || m.digresses() && !m.Has(intents.ProductSearch)) {
		return notMine
	}
	qty := t.top().Qty
	t.end(About)
	if only != nil {
		t.Focus = only.ID
	}
	if p := t.target(m); qty > 0 && p != nil && slices.Contains(t.Shown, p.ID) && m.First(intents.Quantity) == "" {
		t.choose(p, t.suited(p, m), qty)
		return finished
	}
	t.do(intent, m)
	return finished
}

// narrowsAbout takes a size, a colour or whom it is for, by which several products are not
// told apart, as a filter of the search: of what is shown then, one still is to be named.
func (t *turn) narrowsAbout(m *said) bool {
	q := m.sought()
	if t.Query == nil || q.Text != "" || q.Product != "" || q.Size+q.Color+q.Audience == "" || m.asks {
		return false
	}
	k := t.top().clone()
	t.show(t.narrowed(q), "found")
	if len(t.Shown) > 1 {
		t.begin(k)
		t.asked = true
	}
	return true
}

// toldApart is the only one of the products shown that comes in the colour or size
// of a message, is for whom it says, or costs as many euros; nil when none does or several do.
func (t *turn) toldApart(m *said) *catalog.Product {
	if len(m.words) > fewWords || m.asks {
		return nil
	}
	q, price := m.sought(), catalog.Cents(m.number()*100)
	var only *catalog.Product
	for _, p := range t.shownProducts() {
		fits := q.Size+q.Color+q.Audience != "" && (q.Audience == "" || p.Audience == q.Audience) && len(unsold(p, q)) == 0 && t.fitting(p, q) != nil
		costs := price > 0 && lowest(p)/100*100 <= price && price <= lowest(p)+99
		switch {
		case !fits && !costs:
		case only != nil:
			return nil
		default:
			only = p
		}
	}
	return only
}

// unclear handles a question about a product when it is not clear which.
func (t *turn) unclear(m *said, intent string) {
	if t.shown || t.asked {
		return // another part of the message has shown them, or asks already
	}
	q := t.gist(m.sought(), len(m.Acted) > 1)
	if len(m.words) > fewWords && q.Product == "" && len(t.look(q).Hits) == 0 {
		t.outOfScope(m)
		return
	}
	if intent == intents.PriceDiscount && len(t.look(q).Hits) == 0 && q.Text != "" && q.Size == "" && !m.has(cueThis) {
		if m.likelihood(intent) < doubtful {
			t.outOfScope(m)
		} else {
			t.discounts(m)
		}
		return
	}
	goods := q
	goods.Size, goods.Color = "", ""
	if len(t.Shown) == 0 && t.Focus == "" && t.finds(goods, near) || m.has(cueThis) && t.onlyShown(goods) == nil && (t.names(goods) || t.namesAnother(q, m)) {
		t.show(q, "found") // "onks teil tota mekkoo vihreenä", when no dress has been shown
		t.keepPieces(intent, m)
		return
	}
	room := m.has(cueRoom)
	ofShown := len(t.Shown) > 1 && (intent == intents.OrderPlace || intent == intents.ProductDetails) // "paljo painaa"
	if q.Text != "" && (t.names(q) || t.goodsIn(q) != q || !m.has(cueThis) && !room && !ofShown) {
		t.show(q, "found")
		t.keepPieces(intent, m)
		return
	}
	if len(t.Shown) > 1 {
		t.askWhich(intent)
		t.keepPieces(intent, m)
		return
	}
	if m.has(cueThis) || room && !t.names(q) {
		k := Task{Kind: About}
		k.note("intent", intent)
		t.start(k)
		return
	}
	t.start(Task{Kind: Find})
}

// keepPieces keeps how many a message orders, and in which size and colour, until it
// is clear of which of the products shown.
func (t *turn) keepPieces(intent string, m *said) {
	if intent != intents.OrderPlace || len(t.Shown) < 2 || m.First(intents.Quantity) == "" {
		return
	}
	if t.Query != nil {
		n := t.narrowed(catalog.Query{Size: m.sought().Size, Color: m.sought().Color})
		t.Query = &n
	}
	k := Task{Kind: About, Asked: intents.Product, Qty: quantity(m)}
	k.note("intent", intent)
	t.begin(k)
	t.asked = true
}

// askWhich asks which of the products shown is meant: by their names, and when
// that was asked already, by how they differ.
func (t *turn) askWhich(intent string) {
	again := t.top() != nil && t.top().Kind == About
	k := Task{Kind: About, Asked: intents.Product}
	k.note("intent", intent)
	t.begin(k)
	t.asked = true
	if !again {
		t.say(part("which_product"), t.shownButtons(intent))
		return
	}
	t.say(part("which_product.again"), t.cards(t.shownHits(), catalog.Query{}), button("button.human", "human"))
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

// availability answers whether a product is to be had in a size or colour.
func (t *turn) availability(m *said) {
	p, q := t.target(m), m.sought()
	if p == nil && len(t.Shown) > 1 && constrained(q) && (q.Text == "" || m.has(cueThis)) {
		if p = t.shownWith(q, m); p == nil {
			return
		}
	}
	if p == nil {
		t.unclear(m, intents.ProductAvailability)
		return
	}
	if constrained(q) && q.Text == "" && q.Product == "" {
		q = t.alsoWished(p, q)
	}
	other := t.namedOptions(p, m)
	if m.asks && !m.has(cueThis) && !constrained(q) && len(other) == 0 && q.Text != "" && !t.described(p, m) {
		t.tell(p, m) // "onko varaosia saatavilla": that it is in stock is no answer
		return
	}
	t.Focus = p.ID
	maps.DeleteFunc(other, func(option, value string) bool { return option == "color" || value == q.Size || option == "size" })
	if constrained(q) || len(other) > 0 {
		n := t.narrowed(q)
		for _, named := range optionsNamed(p, other) {
			n.Text = union(n.Text, named.Value)
		}
		t.Query = &n
	}
	if len(unsold(p, q)) > 0 {
		t.say(t.lacking(p, requested(q)), t.productButtons(p))
		return
	}
	var fitting []*catalog.Variant
	for i := range p.Variants {
		v := &p.Variants[i]
		if !fits(v, other) || q.Size != "" && !sameSize(v.Size(), q.Size) || q.Color != "" && !sameColor(v.Options["color"], q.Color) || !wants(q, v.Options["color"]) {
			continue
		}
		if t.has(v) {
			fitting = append(fitting, v)
		}
	}
	wanted := append(wantedValues(q), optionsNamed(p, other)...)
	most := t.fewer(fitting, m)
	switch {
	case most != nil:
		t.say(part("available.fewer", "item", Item{p, most}, "count", t.pieces(most)), t.addButtons(p, fitting))
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
		t.say(t.lacking(p, requested(q)), t.productButtons(p), button("button.similar", "shelf:"+p.Category))
	}
}

// alsoWished adds to what a message asks of a product the size or colour that was searched for
// before, when the product comes in it: after "98", "sininen käy" is of blue ones in 98.
func (t *turn) alsoWished(p *catalog.Product, q catalog.Query) catalog.Query {
	before := t.searched(p.ID)
	if size := (catalog.Query{Size: before["size"]}); q.Size == "" && len(unsold(p, size)) == 0 {
		q.Size = size.Size
	}
	if color := (catalog.Query{Color: before["color"]}); q.Color == "" && wants(q, color.Color) && len(unsold(p, color)) == 0 {
		q.Color = color.Color
	}
	return q
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
	if q.Size != "" && !slices.ContainsFunc(p.Variants, func(v catalog.Variant) bool { return sameSize(v.Size(), q.Size) }) {
		values = append(values, OptionValue{"size", q.Size})
	}
	return values
}

// shownWith picks, among the products shown, the one that is to be had in the
// size or colour asked for. When several are, they are shown, and nil returned.
func (t *turn) shownWith(q catalog.Query, m *said) *catalog.Product {
	with := t.shownIn(q, m)
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

// shownIn are the products shown that are to be had in the size or colour of a message:
// when it points, in a shade of it only if none is in the colour itself.
func (t *turn) shownIn(q catalog.Query, m *said) []catalog.Hit {
	var with, exactly []catalog.Hit
	for _, p := range t.shownProducts() {
		if v := t.fitting(p, q); v != nil && t.has(v) && len(unsold(p, q)) == 0 {
			with = append(with, catalog.Hit{Product: p})
			if slices.Contains(p.Values("color"), q.Color) {
				exactly = append(exactly, catalog.Hit{Product: p})
			}
		}
	}
	if len(exactly) > 0 && !m.asks {
		return exactly
	}
	return with
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
