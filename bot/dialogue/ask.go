package dialogue

import (
	"cmp"
	"maps"
	"slices"
	"strings"

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
	if only == nil && (m.sought().Text == "" || m.digresses() && !m.Has(intents.ProductSearch)) {
		return notMine
	}
	t.end(About)
	if only != nil {
		t.Focus = only.ID
	}
	t.do(intent, m)
	return finished
}

// toldApart is the only one of the products shown that comes in the colour or size
// of a message, or costs as many euros; nil when none does or several do.
func (t *turn) toldApart(m *said) *catalog.Product {
	if len(m.words) > fewWords || m.asks {
		return nil
	}
	q, price := m.sought(), catalog.Cents(m.number()*100)
	var only *catalog.Product
	for _, p := range t.shownProducts() {
		fits := len(requested(q)) > 0 && len(unsold(p, q)) == 0 && t.fitting(p, q) != nil
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

// target is the product that a message is about: named, pointed at among those
// shown, found by its words, or the one talked about. nil when none is clear.
func (t *turn) target(m *said) *catalog.Product {
	if p := t.w.Shop.Product(m.First(intents.Product)); p != nil {
		return p
	}
	if p := t.pointed(m); p != nil {
		return p
	}
	q := m.sought()
	if q.Text != "" && m.has(cueThis) && len(t.Shown) > 1 {
		if p := t.onlyShown(q); p != nil {
			return p
		}
	}
	if q.Text != "" && !m.has(cueThis) {
		found := t.look(q)
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

// onlyShown is the only one of the products shown that a query finds: "ne tossut"; nil
// when there is none or there are several.
func (t *turn) onlyShown(q catalog.Query) *catalog.Product {
	var only *catalog.Product
	for _, h := range t.look(q).Hits {
		switch {
		case !slices.Contains(t.Shown, h.Product.ID):
		case only != nil:
			return nil
		default:
			only = h.Product
		}
	}
	return only
}

// unclear handles a question about a product when it is not clear which.
func (t *turn) unclear(m *said, intent string) {
	if t.shown || t.asked {
		return // another part of the message has shown them, or asks already
	}
	q := m.sought()
	if len(m.words) > fewWords && q.Product == "" && len(t.look(q).Hits) == 0 {
		t.outOfScope(m)
		return
	}
	if intent == intents.PriceDiscount && len(t.look(q).Hits) == 0 && q.Text != "" {
		t.discounts(m)
		return
	}
	room := m.has(cueRoom) && !t.names(q)
	ofShown := len(t.Shown) > 1 && (intent == intents.OrderPlace || intent == intents.ProductDetails) // "paljo painaa"
	if q.Text != "" && !m.has(cueThis) && !room && !(ofShown && !t.names(q)) {
		t.show(q, "found")
		return
	}
	if len(t.Shown) > 1 {
		t.askWhich(intent)
		return
	}
	if m.has(cueThis) || room {
		k := Task{Kind: About}
		k.note("intent", intent)
		t.start(k)
		return
	}
	t.start(Task{Kind: Find})
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

// fewDetails is how long a question is at most that is about the product talked
// about whatever its words.
const fewDetails = 3

// details answers what a product is like from what the shop's files say of it.
func (t *turn) details(m *said) {
	p := t.target(m)
	if short := m.asks && len(m.words) <= fewDetails && m.First(intents.Category) == "" && m.First(intents.Product) == "" && t.pointed(m) == nil; short && t.w.Shop.Product(t.Focus) != nil {
		p = t.w.Shop.Product(t.Focus) // "onko vedenpitävä"
	}
	if p == nil {
		if !t.featureOfEach(m) && !t.factsOfEach(m) && !t.detailOfEach(m) && !t.describesOne(m) {
			t.unclear(m, intents.ProductDetails)
		}
		return
	}
	t.Focus = p.ID
	switch detail := t.detail(p, m); {
	case detail.Key != "":
		t.say(detail, t.productButtons(p))
	default:
		if names := facts(p, m); len(names) > 0 {
			t.say(t.factsOf([]*catalog.Product{p}, names), t.productButtons(p))
			return
		}
		if feature := t.feature(p, m); feature != "" {
			t.say(part("details.feature", "title", p.Name, "feature", feature), t.productButtons(p))
			return
		}
		if (m.asks || m.has(cueQuestion)) && !m.has(cueTell) && len(content(m.Text)) > 0 && !t.described(p, m) {
			t.say(part("details.unknown", "title", p.Name), part("details.description", "description", p.Description), t.productButtons(p), button("button.human", "human"))
			return
		}
		t.describe(p)
	}
}

// detail is the care, material or sizes of a product, when the message asks for
// them and the shop's files tell; else the zero Part.
func (t *turn) detail(p *catalog.Product, m *said) Part {
	switch {
	case m.has(cueCare) && p.Care.In(t.Lang) != "":
		return part("details.care", "title", p.Name, "care", p.Care)
	case m.has(cueMaterial) && p.Material.In(t.Lang) != "":
		return part("details.material", "title", p.Name, "material", p.Material)
	case !m.has(cueSizes) && !m.has(cueRoom):
	case len(p.Values("size")) > 0:
		return part("details.sizes", "title", p.Name, "sizes", optionValues("size", p.Values("size")))
	case len(p.Values("amount")) > 0:
		return part("details.sizes", "title", p.Name, "sizes", optionValues("amount", p.Values("amount")))
	}
	return Part{}
}

// detailOfEach tells what is asked of each of the few products that a message
// may mean. It reports whether there was anything to tell.
func (t *turn) detailOfEach(m *said) bool {
	q := m.sought()
	if q.Text == "" || m.has(cueThis) {
		return false
	}
	var meant []*catalog.Product
	ofShown := len(t.Shown) > 1 && !t.names(q)
	if ofShown {
		meant = t.compared(m)
	} else if found := t.look(q); !found.Nearest {
		for _, h := range found.Hits[:min(len(found.Hits), maxCompared)] {
			meant = append(meant, h.Product)
		}
	}
	var parts []Part
	var shown []string
	for _, p := range meant {
		if detail := t.detail(p, m); detail.Key != "" {
			parts, shown = append(parts, detail), append(shown, p.ID)
		}
	}
	if len(parts) == 0 {
		return false
	}
	if t.Shown = shown; !ofShown {
		t.Query = &q
	}
	t.say(parts, t.shownButtons(intents.ProductDetails))
	return true
}

// describesOne shows the only one of the products shown whose texts speak of what is
// asked. It reports false when there is none or there are several.
func (t *turn) describesOne(m *said) bool {
	if !m.asks || !m.has(cueThis) || content(m.Text) == "" {
		return false
	}
	speaking := slices.DeleteFunc(t.shownProducts(), func(p *catalog.Product) bool { return !t.described(p, m) })
	if len(speaking) != 1 {
		return false
	}
	t.describe(speaking[0])
	return true
}

// factsOfEach tells the facts that are asked for of the few products shown. It
// reports false when none of them tells any, or other goods are asked for.
func (t *turn) factsOfEach(m *said) bool {
	shown := t.shownProducts()
	if len(shown) < 2 || len(shown) > maxFacts || !m.has(cueThis) && t.names(m.sought()) {
		return false
	}
	for _, p := range shown {
		if names := facts(p, m); len(names) > 0 {
			t.say(t.factsOf(shown, names), t.shownButtons(intents.OrderPlace))
			return true
		}
	}
	return false
}

// facts finds the facts of a product that a message asks for, by the beginnings of
// their names; for how much fits in, its volume.
func facts(p *catalog.Product, m *said) (asked []string) {
	words := slices.DeleteFunc(slices.Clone(m.words), filler.has) // "mitä" asks for no "mitat"
	if m.has(cueRoom) {
		words = append(words, "tilavuus")
	}
	for _, name := range slices.Sorted(maps.Keys(p.Facts)) {
		if slices.ContainsFunc(folded(name), func(key string) bool {
			if len(key) > 4 {
				key = key[:len(key)-1]
			}
			return len(key) > 2 && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, key) })
		}) {
			asked = append(asked, name)
		}
	}
	return asked
}

// feature is the short fact of a product that a message asks after: the shop
// writes those in Finnish alone.
func (t *turn) feature(p *catalog.Product, m *said) string {
	if t.Lang != "fi" || !m.asks {
		return ""
	}
	for _, w := range folded(content(m.Text)) {
		for _, feature := range p.Features {
			if len(w) >= 5 && !cueWords.word(w).has(cueNumber) && slices.ContainsFunc(folded(feature), func(own string) bool { return strings.HasPrefix(own, w[:5]) }) {
				return feature
			}
		}
	}
	return ""
}

// featureOfEach tells which of the products shown have what is asked after, and of
// the others, when they are few, that nothing is said. It reports false when none has.
func (t *turn) featureOfEach(m *said) bool {
	shown := t.shownProducts()
	if len(shown) < 2 {
		return false
	}
	var parts []Part
	var having []string
	for _, p := range shown {
		if feature := t.feature(p, m); feature != "" {
			having = append(having, p.ID)
			parts = append(parts, part("details.feature.of", "title", p.Name, "feature", feature))
		} else if len(shown) <= maxCompared {
			parts = append(parts, part("details.feature.not", "title", p.Name))
		}
	}
	if len(having) == 0 {
		return false
	}
	if len(having) == 1 {
		t.Focus = having[0]
	}
	t.say(parts, t.shownButtons(intents.OrderPlace))
	return true
}

// described reports whether the product's own texts speak of what is asked.
func (t *turn) described(p *catalog.Product, m *said) bool {
	all := strings.Join(folded(p.Name.In(t.Lang)+" "+p.Description.In(t.Lang)+" "+strings.Join(p.Features, " ")), " ")
	for _, w := range folded(content(m.Text)) {
		if len(w) >= 5 && strings.Contains(all, w[:5]) {
			return true
		}
	}
	return false
}

// describe shows a product as a whole.
func (t *turn) describe(p *catalog.Product) {
	t.Focus = p.ID
	card := t.card(p, catalog.Query{})
	if line := t.reviewLine(p); line != nil {
		card.Parts = slices.Insert(card.Parts, 1, line...)
		card.Buttons = append(card.Buttons, button("button.reviews", "reviews:"+p.ID))
	}
	t.say(t.description(p), []Card{card})
}

func (t *turn) productButtons(p *catalog.Product) []Button {
	if t.sold(p) {
		return nil
	}
	return []Button{button("button.add", "add:"+p.ID)}
}

// availability answers whether a product is to be had in a size or colour.
func (t *turn) availability(m *said) {
	p, q := t.target(m), m.sought()
	if p == nil && len(t.Shown) > 1 && constrained(q) && (q.Text == "" || m.has(cueThis)) {
		if p = t.shownWith(q); p == nil {
			return
		}
	}
	if p == nil {
		t.unclear(m, intents.ProductAvailability)
		return
	}
	t.Focus = p.ID
	if constrained(q) {
		n := t.narrowed(q)
		t.Query = &n
	}
	if len(unsold(p, q)) > 0 {
		t.say(t.lacking(p, requested(q)), t.productButtons(p))
		return
	}
	var fitting []*catalog.Variant
	for i := range p.Variants {
		v := &p.Variants[i]
		if q.Size != "" && !sameSize(v.Options["size"], q.Size) || q.Color != "" && !sameColor(v.Options["color"], q.Color) || !wants(q, v.Options["color"]) {
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
		t.say(t.lacking(p, requested(q)), t.productButtons(p), button("button.similar", "shelf:"+p.Category))
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
