package dialogue

import (
	"slices"

	"tiski/intents"
)

// removing takes a line out of the cart, once it is clear which.
var removing = task{
	kind:    Remove,
	slots:   []slot{{name: "which_line", ask: (*turn).askLine, take: (*turn).takeLine}},
	passing: true,
}

func (t *turn) askLine() ([]Part, []Button) { return []Part{part("ask.which_line")}, t.lineButtons() }

func (t *turn) takeLine(m *said) answer {
	lines := t.linesNamed(m)
	if len(lines) != 1 {
		return notMine
	}
	t.end(Remove)
	t.setQty(lines[0], 0)
	return finished
}

// removeInWords removes the line that the words name, or asks which.
func (t *turn) removeInWords(m *said) {
	if m.has(cueEmpty) {
		t.empty()
		return
	}
	lines, q := t.linesNamed(m), m.sought()
	if k := t.top(); k != nil && k.Kind == Add && t.names(q) && !t.namesBeyond(q, k.Product) {
		t.cancel() // it is not in the cart yet
		return
	}
	if len(lines) == 0 && t.names(q) {
		t.lead(part("cart.without"))
		t.showCart()
		return
	}
	if len(lines) != 1 {
		t.start(Task{Kind: Remove})
		return
	}
	has, left := t.Cart[slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == lines[0] })].Qty, 0
	switch last := m.words[len(m.words)-1]; {
	case m.First(intents.Quantity) != "", last == "one", last == "en":
		left = max(0, has-quantity(m))
	case slices.ContainsFunc(m.words, func(w string) bool { return slices.Contains(halves, w) }):
		left = has / 2
	}
	t.setQty(lines[0], left)
}

// empty empties the cart, and gives up what was being ordered of it.
func (t *turn) empty() {
	if t.Has(Buy) {
		t.lead(part("cancelled"))
	}
	t.Cart = nil
	t.end(Buy, Add, Remove)
	t.forgetOrder()
	t.say(part("cart.emptied"), t.shelfButtons())
}

// halves are the words for half of what there is.
var halves = []string{"puolet", "halften", "half"}

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
