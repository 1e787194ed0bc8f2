package dialogue

import (
	"maps"
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// exchanging changes goods for another size or colour of the same product.
var exchanging = afterOrder(task{
	kind: Exchange,
	slots: []slot{linesSlot, countSlot, sealSlot,
		{name: "swap", ask: (*turn).askSwap, take: (*turn).takeSwap, notice: (*turn).noticeSwap, quiet: true}, sureSlot},
	yields: (*turn).shopsInstead,
})

// exchange begins an exchange, or tells how it goes.
func (t *turn) exchange(m *said) {
	if m.wishes() {
		if t.exchangeInCart(m) {
			return
		}
		t.opens(Exchange, m)
		t.proceed()
		return
	}
	t.Topic = Exchange
	t.say(part("text", "text", t.w.Shop.Returns.Exchange), button("button.exchange", "open:"+Exchange), button("button.human", "human"))
}

// exchangesAndReturns begins both when a message wants goods exchanged and others returned, the one
// said first on top: "haluan vaihtaa housut ja palauttaa paidan". It reports whether it does.
func (t *turn) exchangesAndReturns(m *said) bool {
	if t.inCase() || !m.Has(intents.Exchange) || !m.Has(intents.ReturnHow) || !m.wishes() {
		return false
	}
	wishes := m.clauses(func(c *said) bool { return c.has(cueExchange) || c.has(cueReturn) })
	if len(wishes) != 2 || wishes[0].has(cueExchange) == wishes[1].has(cueExchange) {
		return false
	}
	first, then := Exchange, Return
	if wishes[1].has(cueExchange) {
		first, then = Return, Exchange
	}
	t.opens(then, wishes[1])
	t.opens(first, wishes[0])
	t.lead(part("case.then." + then))
	t.proceed()
	return true
}

// exchangeInCart changes the size or colour of goods that are in the cart, when nothing is known to have
// been bought. It reports false when a message tells of a purchase, or names none of the cart.
func (t *turn) exchangeInCart(m *said) bool {
	if len(t.Cart) == 0 || m.has(cueBought) || m.First(intents.OrderNo) != "" || len(t.numbers()) > 0 {
		return false
	}
	lines := t.linesNamed(m)
	if len(lines) == 0 {
		return false
	}
	p, v := t.w.Shop.Variant(lines[0])
	named := t.namedOptions(p, m)
	if size := nextSize(p, v.Options["size"], m.step()); size != "" && named["size"] == "" {
		named["size"] = size
	}
	switch {
	case len(lines) > 1:
		t.say(part("change.cart"))
		t.showCart()
	case len(named) == 0:
		t.say(part("change.line", "item", Item{p, v}), t.optionParts(p), t.cartButtons(), button("button.exchange", "open:"+Exchange))
	default:
		return t.swapLine(v.SKU, named, m)
	}
	return true
}

// step is which way a message goes from one size to another, "" when none.
func (m *said) step() string {
	switch {
	case m.has(cueBigger):
		return intents.RefBigger
	case m.has(cueSmaller):
		return intents.RefSmaller
	}
	return ""
}

// swaps are the variants that the goods can be changed for now: in stock, and
// not the same.
func (t *turn) swaps() []*catalog.Variant {
	k := t.top()
	if len(k.Lines) == 0 {
		return nil
	}
	p, _ := t.w.Shop.Variant(k.Lines[0].SKU)
	if p == nil {
		return nil
	}
	var all []*catalog.Variant
	for i := range p.Variants {
		if v := &p.Variants[i]; v.SKU != k.Lines[0].SKU && t.limit(v, max(1, k.Lines[0].Qty)) >= max(1, k.Lines[0].Qty) {
			all = append(all, v)
		}
	}
	return all
}

// askSwap offers those that differ in one option first.
func (t *turn) askSwap() ([]Part, []Button) {
	k := t.top()
	p, had := t.w.Shop.Variant(k.Lines[0].SKU)
	var near, far []Button
	for _, v := range t.swaps() {
		differ := 0
		for option, value := range v.Options {
			if had.Options[option] != value {
				differ++
			}
		}
		b := button("button.item", t.choice("swap", v.SKU), "item", Item{p, v})
		if differ == 1 {
			near = append(near, b)
		} else {
			far = append(far, b)
		}
	}
	buttons := append(near, far...)
	if len(buttons) == 0 {
		return []Part{part("exchange.none")}, []Button{button("button.return", "open:"+Return), button("button.human", "human")}
	}
	return []Part{part("ask.swap", "item", t.item(KnownLine{SKU: k.Lines[0].SKU}))}, buttons[:min(8, len(buttons))]
}

// takeSwap takes "L", "sininen", "isompaan".
func (t *turn) takeSwap(m *said) answer {
	k := t.top()
	if len(k.Lines) == 0 {
		return notMine
	}
	p, had := t.w.Shop.Variant(k.Lines[0].SKU)
	if had == nil {
		return notMine
	}
	named := t.namedOptions(p, m)
	if size := nextSize(p, had.Options["size"], m.step()); size != "" && named["size"] == "" {
		named["size"] = size
	}
	if len(named) == 0 {
		return notMine
	}
	return t.swapTo(p, had, named)
}

// noticeSwap takes another size or colour than the one chosen.
func (t *turn) noticeSwap(m *said) bool {
	return t.top().Values["swap"] != "" && len(m.words) <= 3 && !m.asks && t.takeSwap(m).taken
}

// swapTo takes the variant that differs from the one bought by these options.
func (t *turn) swapTo(p *catalog.Product, had *catalog.Variant, named map[string]string) answer {
	options := maps.Clone(had.Options)
	maps.Copy(options, named)
	for _, v := range t.swaps() {
		if fits(v, options) {
			t.top().note("swap", v.SKU)
			return taken
		}
	}
	if fits(had, options) {
		return refused(part("exchange.same", "item", Item{p, had}))
	}
	return refused(part("exchange.sold_out", "wanted", optionsNamed(p, named)))
}

// presetSwap takes the size or colour that the first message told.
func (t *turn) presetSwap() {
	k := t.top()
	if k.Kind != Exchange || len(k.Lines) == 0 {
		return
	}
	p, had := t.w.Shop.Variant(k.Lines[0].SKU)
	if had == nil {
		return
	}
	named := map[string]string{}
	for _, option := range []string{"size", "color"} {
		for _, v := range p.Values(option) {
			if strings.EqualFold(v, k.Values[option]) || option == "size" && slices.Contains(folded(k.Values["opening"]), strings.ToLower(v)) {
				named[option] = v
			}
		}
		k.note(option, "")
	}
	if size := nextSize(p, had.Options["size"], k.Values["step"]); size != "" && named["size"] == "" {
		named["size"] = size
	}
	k.note("step", "")
	if len(named) == 0 {
		return
	}
	if a := t.swapTo(p, had, named); a.why.Key != "" {
		t.lead(a.why)
	}
}
