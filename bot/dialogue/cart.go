package dialogue

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// order begins with what is to be bought: a product into the cart, or the
// checkout when the cart is what is meant.
func (t *turn) order(r intents.Reading) {
	q := Query(r)
	p := t.target(r)
	if q.Text == "" && q.Product == "" && len(t.Cart) > 0 && !cueThis.in(folded(r.Text)) && !cueAdd.in(folded(r.Text)) && t.pointed(folded(r.Text)) == nil {
		t.checkout()
		return
	}
	if p == nil {
		if q.Text == "" && len(t.Shown) == 0 {
			t.say(part("order.how"), t.shelfButtons())
			return
		}
		t.unclear(r, intents.OrderPlace)
		return
	}
	if sku := t.lineOf(p.ID); sku != "" && !constrained(q) && q.Product == "" {
		switch {
		case r.First(intents.Quantity) == "" && cueAdd.in(folded(r.Text)):
			t.showCart()
		case r.First(intents.Quantity) == "":
			t.checkout()
		case cueMore.in(folded(r.Text)):
			t.add(sku, quantity(r))
		default:
			t.setQty(sku, quantity(r))
		}
		return
	}
	if t.Buying && q.Text == "" && !constrained(q) {
		return // a word on ordering while ordering: the open question goes on
	}
	options := t.searched(p.ID)
	for name, value := range wanted(q) {
		options[name] = value
	}
	t.choose(p, options, quantity(r))
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

var cueMore = cue{words: []string{"lisaa", "lisaksi", "viela", "toinen", "toisen", "mer", "till", "more", "another"}}

func wanted(q catalog.Query) map[string]string {
	w := map[string]string{}
	if q.Size != "" {
		w["size"] = q.Size
	}
	if q.Color != "" {
		w["color"] = q.Color
	}
	return w
}

func quantity(r intents.Reading) int {
	if n, err := strconv.Atoi(r.First(intents.Quantity)); err == nil && n > 0 {
		return min(n, MaxQty+1)
	}
	return 1
}

// choose puts a product into the cart, asking for the options that are open.
func (t *turn) choose(p *catalog.Product, options map[string]string, qty int) {
	t.Focus = p.ID
	if t.sold(p) {
		t.say(part("sold_out", "title", p.Name), button("button.similar", "shelf:"+p.Category))
		return
	}
	for _, name := range p.OptionNames() {
		values := t.left(p, options, name)
		switch {
		case len(values) == 0:
			t.miss(p, options, qty)
			return
		case len(values) > 1, options[name] == "" && len(offered(p, options, name)) > 1:
			t.askOption(p, options, qty, name)
			return
		}
		options = maps.Clone(options)
		if options == nil {
			options = map[string]string{}
		}
		options[name] = values[0]
	}
	for i := range p.Variants {
		if v := &p.Variants[i]; fits(v, options) && t.has(v) {
			t.add(v.SKU, qty)
			return
		}
	}
}

// miss says that what was chosen is not to be had, and asks the last option
// anew that leaves something to choose from.
func (t *turn) miss(p *catalog.Product, options map[string]string, qty int) {
	names := p.OptionNames()
	wanted := OptionValues{}
	for _, name := range names {
		if options[name] != "" {
			wanted = append(wanted, OptionValue{name, options[name]})
		}
	}
	t.say(part("unavailable", "title", p.Name, "wanted", wanted))
	for _, name := range slices.Backward(names) {
		without := maps.Clone(options)
		delete(without, name)
		if len(t.left(p, without, name)) > 0 {
			t.askOption(p, without, qty, name)
			return
		}
	}
	t.askOption(p, map[string]string{}, qty, names[0])
}

// left lists the values of an option that can still be bought, given the
// options chosen so far; a value asked for exactly is the only one.
func (t *turn) left(p *catalog.Product, options map[string]string, name string) []string {
	var values []string
	for i := range p.Variants {
		v := &p.Variants[i]
		value := v.Options[name]
		if !fits(v, options) || !t.has(v) || slices.Contains(values, value) {
			continue
		}
		if strings.EqualFold(value, options[name]) || name == "size" && options[name] != "" && sameSize(value, options[name]) {
			return []string{value}
		}
		values = append(values, value)
	}
	return values
}

// offered lists the values of an option that the shop has, sold out or not,
// given the options chosen so far.
func offered(p *catalog.Product, options map[string]string, name string) []string {
	var values []string
	for i := range p.Variants {
		if v := &p.Variants[i]; fits(v, options) && !slices.Contains(values, v.Options[name]) {
			values = append(values, v.Options[name])
		}
	}
	return values
}

// fits reports whether a variant has the options chosen; a plain colour fits
// its shades.
func fits(v *catalog.Variant, options map[string]string) bool {
	for name, want := range options {
		have := v.Options[name]
		if name == "color" && sameColor(have, want) || name == "size" && sameSize(have, want) {
			continue
		}
		if want != "" && !strings.EqualFold(have, want) {
			return false
		}
	}
	return true
}

func (t *turn) askOption(p *catalog.Product, options map[string]string, qty int, name string) {
	t.ask(Pending{Slot: name, For: "add", Product: p.ID, Options: options, Qty: qty})
}

// add puts pieces of a variant into the cart, at most what there is.
func (t *turn) add(sku string, qty int) {
	p, v := t.w.Shop.Variant(sku)
	if v == nil {
		t.say(part("unknown_tap"), t.nextButtons())
		return
	}
	t.Focus = p.ID
	t.Pending = nil
	line := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == sku })
	have := 0
	if line >= 0 {
		have = t.Cart[line].Qty
	}
	n := t.limit(v, have+qty)
	if n <= have {
		t.say(part("cart.no_more", "item", Item{p, v}, "count", have), t.cartButtons())
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
		parts = append(parts, part("cart.only", "count", n))
	}
	t.changed()
	parts = append(parts, part("cart.goods", "price", t.goods()))
	t.say(parts, t.cartButtons())
}

// limit is how many of n pieces can be had.
func (t *turn) limit(v *catalog.Variant, n int) int {
	n = min(n, MaxQty)
	if pieces := t.pieces(v); pieces != catalog.StockUnknown {
		n = min(n, pieces)
	}
	return n
}

// changed forgets the summary: what it said is no longer so.
func (t *turn) changed() {
	t.Summary = nil
	if t.Pending != nil && t.Pending.Slot == "confirm" {
		t.Pending = nil
	}
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
	if qty == 0 {
		t.Cart = slices.Delete(t.Cart, line, line+1)
		t.say(part("cart.removed", "item", Item{p, v}))
	} else {
		n := t.limit(v, qty)
		if n < 1 {
			t.Cart = slices.Delete(t.Cart, line, line+1)
			t.say(part("sold_out", "title", p.Name))
		} else {
			t.Cart[line].Qty = n
			if n < qty {
				t.say(part("cart.only", "count", n))
			}
		}
	}
	if len(t.Cart) == 0 {
		t.Buying, t.Pending = false, nil
	}
	t.showCart()
}

// removeInWords removes the line that the words name, or asks which.
func (t *turn) removeInWords(words []string, r intents.Reading) {
	if cueEmpty.in(words) {
		t.Cart, t.Buying, t.Pending = nil, false, nil
		t.changed()
		t.say(part("cart.emptied"), t.shelfButtons())
		return
	}
	lines := t.linesNamed(r)
	if len(lines) == 1 {
		left := 0
		if r.First(intents.Quantity) != "" {
			line := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == lines[0] })
			left = max(0, t.Cart[line].Qty-quantity(r))
		}
		t.setQty(lines[0], left)
		return
	}
	t.ask(Pending{Slot: "which_line", For: "remove"})
}

// lineButtons offer the lines of the cart, to remove one.
func (t *turn) lineButtons() []Button {
	var buttons []Button
	for _, l := range t.Cart {
		if p, v := t.w.Shop.Variant(l.SKU); v != nil {
			buttons = append(buttons, button("button.item", "rm:"+l.SKU, "item", Item{p, v}))
		}
	}
	return buttons
}

// swap changes the size or colour of a line of the cart, before it is ordered.
func (t *turn) swap(r intents.Reading) bool {
	q := Query(r)
	lines := t.linesNamed(r)
	if t.Order != nil && len(t.Cart) == 0 || !constrained(q) || len(lines) != 1 {
		return false
	}
	p, v := t.w.Shop.Variant(lines[0])
	options := maps.Clone(v.Options)
	maps.Copy(options, wanted(q))
	for i := range p.Variants {
		w := &p.Variants[i]
		if !fits(w, options) || !t.has(w) {
			continue
		}
		line := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == lines[0] })
		qty := t.limit(w, t.Cart[line].Qty)
		if other := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == w.SKU }); other >= 0 && other != line {
			return false
		}
		t.Cart[line] = Line{SKU: w.SKU, Qty: qty}
		t.changed()
		t.say(part("cart.changed", "item", Item{p, w}, "count", qty), t.cartButtons())
		return true
	}
	t.say(part("unavailable.wanted", "title", p.Name, "wanted", wantedValues(q)), t.optionParts(p), t.cartButtons())
	return true
}

// linesNamed are the cart's lines that a message names by product or words;
// the only line when it names none.
func (t *turn) linesNamed(r intents.Reading) []string {
	q := Query(r)
	var all, named []string
	for _, l := range t.Cart {
		p, v := t.w.Shop.Variant(l.SKU)
		if v == nil {
			continue
		}
		all = append(all, l.SKU)
		title := strings.Join(folded(p.Name.In(t.Lang)+" "+v.Options["color"]), " ")
		byWord := slices.ContainsFunc(folded(q.Text), func(w string) bool { return len(w) > 3 && strings.Contains(title, w[:4]) })
		if q.Product == p.ID || byWord || q.Color != "" && sameColor(v.Options["color"], q.Color) {
			named = append(named, l.SKU)
		}
	}
	if len(named) == 0 && len(all) == 1 {
		return all
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
	for _, l := range t.orderLines() {
		sum += l.Unit * catalog.Cents(l.Qty)
	}
	return sum
}

func (t *turn) showCart() {
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

func (t *turn) cartButtons() []Button {
	if len(t.Cart) == 0 {
		return t.shelfButtons()
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
