package dialogue

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tiski/catalog"
	"tiski/intents"
)

// order begins with what is to be bought: a product into the cart, or the
// checkout when the cart is what is meant.
func (t *turn) order(m *said) {
	q := m.sought()
	if goods := t.several(m); len(goods) > 1 {
		t.foretold(m)
		t.chooseAll(goods)
		return
	}
	if t.ordersUnknown(m) {
		t.show(q, "found")
		return
	}
	p := t.target(m)
	if q.Text == "" && q.Product == "" && !constrained(q) && len(t.Cart) > 0 && !m.has(cueThis) && !m.has(cueAdd) && t.pointed(m) == nil {
		if m.First(intents.Quantity) != "" && !m.has(cueCheckoutWord) && !t.Has(Buy) {
			t.recount(t.lineMeant(), m)
			return
		}
		t.checkout()
		return
	}
	if p == nil && q.Text == "" && q.Color != "" {
		if with := t.shownIn(q, m); len(with) == 1 {
			p = with[0].Product // "the red one"
		}
	}
	if p == nil {
		p = t.backTo(m, q)
	}
	if p == nil {
		if len(t.Shown) == 0 && (q.Text == "" || m.has(cueAsking) && m.has(cueCheckoutWord) && !t.names(q)) {
			t.say(part("order.how"), t.shelfButtons())
			return
		}
		t.unclear(m, intents.OrderPlace)
		return
	}
	if sku := t.lineOf(p.ID); sku != "" && !constrained(q) && q.Product == "" && len(t.namedOptions(p, m)) == 0 {
		switch {
		case m.has(cueAnother):
			t.add(sku, quantity(m))
		case m.First(intents.Quantity) == "" && m.has(cueAdd):
			t.showCart()
		case m.First(intents.Quantity) == "":
			t.checkout()
		default:
			t.recount(sku, m)
		}
		return
	}
	if t.Has(Buy) && q.Text == "" && !constrained(q) && !(m.has(cueAdd) && t.lineOf(p.ID) == "") {
		return // a word on ordering while ordering: the open question goes on
	}
	if len(t.Shown) == 1 && t.Shown[0] == p.ID && len(m.words) <= 4 && (m.has(cueSecond) || m.has(cueThird)) {
		t.lead(part("only_one"))
	}
	t.foretold(m)
	if m.has(cueCheckout) && !t.Has(Buy) {
		t.begin(Task{Kind: Buy}) // it goes on when the choice is made
	}
	t.lead(between(p, m)...)
	options := t.suited(p, m)
	qty := piecesBesides(m, options)
	if m.First(intents.Quantity) == "" {
		qty = t.told(p.ID)
	}
	t.choose(p, options, qty)
}

// articles stand before goods in Swedish and English.
var articles = []string{"en", "ett", "nagra", "a", "an", "the", "some"}

// ordersUnknown reports whether a message orders by its name what the shop does not
// sell, so that it is not taken for the product talked about: "otan lapion", "i'll take
// a spade".
func (t *turn) ordersUnknown(m *said) bool {
	q := m.sought()
	name := q.Text
	if len(name) < 4 || m.asks || m.has(cueThis) || m.has(cueSecond) || m.has(cueAnother) || m.has(cueQuality) ||
		len(m.words) > fewWords || !t.unknown(q) {
		return false
	}
	if t.Lang != "fi" {
		return slices.ContainsFunc(m.words, func(w string) bool { return slices.Contains(articles, w) })
	}
	_, ending := utf8.DecodeLastRuneInString(name)
	return strings.Contains("ntaä", name[len(name)-ending:]) && !strings.HasSuffix(name, "kin")
}

// lineOf is the variant of a product that is in the cart, when it is one.
func (t *turn) lineOf(product string) string {
	var skus []string
	for _, l := range t.Cart {
		if p, _ := t.w.Shop.Variant(l.SKU); p != nil && p.ID == product {
			skus = append(skus, l.SKU)
		}
	}
	if len(skus) != 1 {
		return ""
	}
	return skus[0]
}

// requested are the options that a query asks for; a size between two chooses none.
func requested(q catalog.Query) map[string]string {
	w := map[string]string{}
	if _, _, between := span(q.Size); q.Size != "" && !between {
		w["size"] = q.Size
	}
	if q.Color != "" {
		w["color"] = q.Color
	}
	return w
}

func quantity(m *said) int {
	if m.has(cueAnother) && slices.Contains(m.words, "pari") {
		return 1 // "toinen pari" is one more
	}
	if n, err := strconv.Atoi(m.First(intents.Quantity)); err == nil && n > 0 {
		return atMost(n)
	}
	return 1
}

// atMost is a number of pieces that is known to be too many where it is.
func atMost(n int) int { return min(n, MaxQty+1) }

// add puts pieces of a variant into the cart, at most what there is.
func (t *turn) add(sku string, qty int) {
	p, v := t.w.Shop.Variant(sku)
	if v == nil {
		t.say(part("unknown_tap"), t.nextButtons())
		return
	}
	t.Focus, t.Amount, t.chose = p.ID, nil, true
	line := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == sku })
	have := 0
	if line >= 0 {
		have = t.Cart[line].Qty
	}
	n := t.limit(v, have+qty)
	if n <= have {
		full := part("cart.no_more", "item", Item{p, v}, "count", have)
		if have == MaxQty {
			full = only(have)
		}
		t.say(full, t.cartButtons())
		return
	}
	if line < 0 && len(t.Cart) == MaxLines {
		t.say(part("cart.full", "count", MaxLines), t.cartButtons())
		return
	}
	if line < 0 {
		t.Cart = append(t.Cart, Line{SKU: sku, Qty: n})
	} else {
		t.Cart[line].Qty = n
	}
	parts := []Part{part("cart.added", "item", Item{p, v}, "count", n-have)}
	if n < have+qty {
		parts = append(parts, only(n))
	}
	t.changed()
	parts = append(parts, part("cart.goods", "price", t.goods()))
	offer, buttons := t.offerPairs(p)
	t.say(parts, offer, t.cartButtons(), buttons)
}

// limit is how many of n pieces can be had.
func (t *turn) limit(v *catalog.Variant, n int) int {
	n = min(n, MaxQty)
	if pieces := t.pieces(v); pieces != catalog.StockUnknown {
		n = min(n, pieces)
	}
	return n
}

// only says why fewer pieces are in the cart than were wanted.
func only(n int) Part {
	if n == MaxQty {
		return part("cart.most", "count", n)
	}
	return part("cart.only", "count", n)
}

// recount takes the pieces that a message tells of a line of the cart: "vielä 2" are more
// of it, "2" are all there shall be.
func (t *turn) recount(sku string, m *said) {
	if m.has(cueAnother) || m.has(cueMore) && !m.has(cueChange) {
		t.add(sku, quantity(m))
		return
	}
	t.setQty(sku, quantity(m))
}

// setQty changes a line; 0 removes it.
func (t *turn) setQty(sku string, qty int) {
	line := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == sku })
	p, v := t.w.Shop.Variant(sku)
	if line < 0 || v == nil || qty < 0 {
		t.say(part("unknown_tap"), t.nextButtons())
		return
	}
	t.changed()
	t.chose = true
	if qty == 0 {
		t.Cart = slices.Delete(t.Cart, line, line+1)
		if t.Focus == p.ID && t.lineOf(p.ID) == "" {
			t.Focus, t.Shown = "", nil
		}
		t.say(part("cart.removed", "item", Item{p, v}))
	} else {
		n := t.limit(v, qty)
		if n < 1 {
			t.Cart = slices.Delete(t.Cart, line, line+1)
			t.say(part("sold_out", "title", p.Name))
		} else {
			t.Cart[line].Qty = n
			if n < qty {
				t.say(only(n))
			}
		}
	}
	t.unwrap()
	if len(t.Cart) == 0 {
		t.end(Buy, Add)
	}
	t.showCart()
}

// swap changes the size or colour of a line of the cart, before it is ordered.
// The line is named by what it is to become or by what it is not to be; else it
// is the one talked about.
func (t *turn) swap(wanted, not *said) bool {
	q := wanted.sought()
	if len(t.Cart) == 0 {
		return false
	}
	lines := t.linesNamed(wanted)
	if not != nil && constrained(not.sought()) {
		if with := t.linesWith(not.sought()); len(with) > 0 {
			lines = with
		}
	}
	if len(lines) != 1 {
		if q.Text != "" {
			return false
		}
		lines = []string{t.lineMeant()}
	}
	p, v := t.w.Shop.Variant(lines[0])
	if v == nil {
		return false
	}
	named := t.namedOptions(p, wanted)
	return len(named) > 0 && t.swapLine(v.SKU, named, wanted)
}

// swapLine changes the options named of a line of the cart, of some of its pieces when the message
// counts fewer. It reports false when what it would become is a line already.
func (t *turn) swapLine(sku string, named map[string]string, wanted *said) bool {
	p, v := t.w.Shop.Variant(sku)
	options := maps.Clone(v.Options)
	maps.Copy(options, named)
	if maps.Equal(options, v.Options) && wanted.First(intents.Quantity) == "" {
		t.say(part("cart.same", "item", Item{p, v}), t.optionParts(p), t.cartButtons())
		return true
	}
	for i := range p.Variants {
		w := &p.Variants[i]
		if !fits(w, options) || !t.has(w) {
			continue
		}
		line := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == sku })
		qty := t.limit(w, t.Cart[line].Qty)
		if other := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == w.SKU }); other >= 0 && other != line {
			return false
		}
		if n := quantity(wanted); wanted.First(intents.Quantity) != "" && n < t.Cart[line].Qty { // some of them
			if len(t.Cart) == MaxLines {
				t.say(part("cart.full", "count", MaxLines), t.cartButtons())
				return true
			}
			there := t.limit(w, n)
			t.Cart[line].Qty -= there
			t.Cart = slices.Insert(t.Cart, line+1, Line{SKU: w.SKU, Qty: there})
			t.changed()
			if there < n {
				t.lead(only(there))
			}
			t.showCart()
			return true
		}
		t.Cart[line] = Line{SKU: w.SKU, Qty: qty}
		t.changed()
		t.say(part("cart.changed", "item", Item{p, w}, "count", qty), t.cartButtons())
		return true
	}
	t.say(t.lacking(p, options), t.cartButtons())
	return true
}

// lineMeant is the line of the product talked about, else the one added last.
func (t *turn) lineMeant() string {
	if sku := t.lineOf(t.Focus); sku != "" {
		return sku
	}
	for _, l := range slices.Backward(t.Cart) {
		if !t.w.Shop.IsWrapping(l.SKU) {
			return l.SKU
		}
	}
	return t.Cart[0].SKU
}

// linesWith are the cart's lines of a size or colour.
func (t *turn) linesWith(q catalog.Query) []string {
	var lines []string
	for _, l := range t.Cart {
		if _, v := t.w.Shop.Variant(l.SKU); v != nil && fits(v, requested(q)) {
			lines = append(lines, l.SKU)
		}
	}
	return lines
}

// linesNamed are the cart's lines that a message names by product or words;
// the only line when it names nothing else.
func (t *turn) linesNamed(m *said) []string {
	q := m.sought()
	var found []catalog.Hit
	if t.names(q) {
		found = t.look(q).Hits
	}
	var all, named []string
	for _, l := range t.Cart {
		p, v := t.w.Shop.Variant(l.SKU)
		if v == nil {
			continue
		}
		all = append(all, l.SKU)
		title := strings.Join(folded(p.Name.In(t.Lang)+" "+v.Options["color"]), " ")
		byWord := slices.ContainsFunc(folded(q.Text), func(w string) bool { return len(w) > 3 && strings.Contains(title, w[:4]) })
		byHit := among(found, p.ID)
		if q.Product == p.ID || byWord || byHit || q.Color != "" && sameColor(v.Options["color"], q.Color) {
			named = append(named, l.SKU)
		}
	}
	if len(named) == 0 && len(all) == 1 {
		if p, _ := t.w.Shop.Variant(all[0]); t.namesBeyond(q, p.ID) {
			return nil
		}
		return all
	}
	if len(named) > 1 && q.Color != "" { // "se valkonen t-paita" of two
		colored := slices.DeleteFunc(slices.Clone(named), func(sku string) bool {
			_, v := t.w.Shop.Variant(sku)
			return !sameColor(v.Options["color"], q.Color)
		})
		if len(colored) > 0 {
			return colored
		}
	}
	return named
}

// orderLines prices the cart as it is now; lines whose variant is gone are left out.
func (t *turn) orderLines() []catalog.OrderLine {
	var lines []catalog.OrderLine
	for _, l := range t.Cart {
		p, v := t.w.Shop.Variant(l.SKU)
		if v == nil {
			continue
		}
		lines = append(lines, catalog.OrderLine{
			SKU: l.SKU, Product: p.ID, Title: p.Name.In(t.Lang), Options: v.Options,
			Qty: l.Qty, Unit: p.PriceOf(v), VAT: t.w.Shop.VATRate(p.VAT, t.w.Now),
		})
	}
	return lines
}

func (t *turn) goods() catalog.Cents {
	var sum catalog.Cents
	for _, l := range t.Cart {
		if p, v := t.w.Shop.Variant(l.SKU); v != nil {
			sum += p.PriceOf(v) * catalog.Cents(l.Qty)
		}
	}
	return sum
}

func (t *turn) showCart() {
	if t.offerPageCart() {
		return
	}
	t.dropGone()
	if len(t.Cart) == 0 {
		t.say(part("cart.empty"), t.shelfButtons())
		return
	}
	parts := []Part{part("cart.title")}
	var buttons []Button
	for _, l := range t.orderLines() {
		p, v := t.w.Shop.Variant(l.SKU)
		parts = append(parts, part("cart.line", "count", l.Qty, "item", Item{p, v}, "price", l.Unit*catalog.Cents(l.Qty)))
		if len(t.Cart) <= 4 {
			buttons = append(buttons,
				button("button.plus", "qty:"+l.SKU+":"+strconv.Itoa(l.Qty+1), "item", Item{p, v}),
				button("button.remove", "rm:"+l.SKU, "item", Item{p, v}))
		}
	}
	parts = append(parts, part("cart.goods", "price", t.goods()))
	if len(t.Cart) > 4 {
		buttons = append(buttons, button("button.remove_line", "which"))
	}
	t.say(parts, append(buttons, button("button.checkout", "checkout")))
}

// dropGone takes out of the cart what is no longer sold, and tells it.
func (t *turn) dropGone() {
	sold := slices.DeleteFunc(slices.Clone(t.Cart), func(l Line) bool {
		_, v := t.w.Shop.Variant(l.SKU)
		return v == nil
	})
	if len(sold) == len(t.Cart) {
		return
	}
	t.Cart = sold
	t.unwrap()
	t.changed()
	if len(t.Cart) > 0 {
		t.lead(part("cart.some_gone"))
		return
	}
	t.end(Buy, Add)
	t.lead(part("cart.gone"))
}

// cartLine is a line of a cart that is no quote yet, at the price of now.
func (t *turn) cartLine(l Line) Part {
	p, v := t.w.Shop.Variant(l.SKU)
	return part("cart.line", "count", l.Qty, "item", Item{p, v}, "price", p.PriceOf(v)*catalog.Cents(l.Qty))
}

func (t *turn) cartButtons() []Button {
	if len(t.Cart) == 0 {
		return t.shelfButtons()
	}
	if t.Has(Buy) {
		return []Button{button("button.cart", "cart")}
	}
	return []Button{button("button.checkout", "checkout"), button("button.cart", "cart")}
}

// nextButtons are the ways on when nothing is open.
func (t *turn) nextButtons() []Button {
	if len(t.Cart) > 0 {
		return t.cartButtons()
	}
	return t.shelfButtons()
}
