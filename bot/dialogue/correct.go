package dialogue

import (
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// correct takes what a message changes of what was told before: a detail by its
// name, or a new value alone.
func (t *turn) correct(m *said) bool {
	k, d := t.top(), t.kind()
	if m.asks || d == nil {
		return false
	}
	if t.correctEach(m) {
		return true
	}
	wanted, not := m.contrast()
	change := not != nil || m.has(cueChange) || m.has(cueSlip) || m.revises
	names := change || len(m.words) <= 2 || d.calls(m) == 1 && m.renames()
	if names && t.renoted(m) {
		return true
	}
	if not == nil {
		wanted = m.corrected()
	}
	if s := t.open(); s != nil && s.called != 0 && !slices.ContainsFunc(m.words, func(w string) bool { return !anyCue([]string{w}, s.called, cueChange) }) {
		k.Asked, t.moved = "", true // the name of what is asked is no answer
		return true
	}
	if k.Kind == Buy && !change && slices.ContainsFunc(t.payments(), func(p *catalog.PaymentMethod) bool { return called(m, p) }) {
		return false // "lasku sähköpostiin" is how it is paid
	}
	if names {
		for i := range d.slots {
			if k.Asked == "delivery" && d.slots[i].name == "point" {
				continue // "automaatti" is how it comes
			}
			if s := &d.slots[i]; s.called != 0 && m.has(s.called) && s.name != k.Asked && t.revise(s, wanted) {
				return true
			}
		}
	}
	if !change {
		return false
	}
	if k.Kind == Buy && m.has(cueDetail) && t.tapChange() {
		return true
	}
	if p := t.pointed(wanted); p != nil && k.Kind == Add {
		t.choose(p, t.searched(p.ID), max(1, k.Qty))
		return true
	}
	if k.Asked == "confirm" && (wanted.First(intents.Quantity) != "" || constrained(wanted.sought())) && t.correctLine(m) {
		return true
	}
	for _, name := range slices.Backward(slices.Clone(k.Filled)) {
		if k.Asked == "confirm" && !isSuch(name, wanted) {
			continue
		}
		s := d.named(name)
		if s == nil { // one of several of a kind
			s = t.open()
		}
		if s != nil && s.take != nil && s.take(t, wanted).taken {
			t.filled(s)
			t.leadOnce(part("corrected"))
			return true
		}
	}
	return t.correctLine(m)
}

// correctEach makes every change of an order that a message tells in a clause of its own:
// "kotiin sittenkin ja osoite on Puistokatu 7". It says which ones it could not make, and
// reports false when there are not several or it could make none.
func (t *turn) correctEach(m *said) bool {
	k := t.top()
	asked := k.Asked
	if k.Kind != Buy || k.Anew || asked != "confirm" && !m.has(cueChange) {
		return false
	}
	clauses := m.clauses(t.tellsChange)
	if len(clauses) < 2 {
		return false
	}
	made := false
	var missed []Part
	for _, c := range clauses {
		if k = t.top(); k != nil && k.Kind == Buy {
			k.Asked = asked
		}
		if k == nil || t.correct(c) || t.fill(c) || t.react(c) {
			made = true
			continue
		}
		missed = append(missed, part("correct.missed", "text", c.Text))
	}
	if made {
		t.lead(missed...)
	}
	return made
}

// tellsChange reports whether a clause names what of an order it is about.
func (t *turn) tellsChange(c *said) bool {
	return t.namesDetail(c) || c.has(cueRemove) ||
		slices.ContainsFunc(t.deliveries(), func(d *catalog.DeliveryMethod) bool { return c.has(kindCues[d.Kind]) }) ||
		slices.ContainsFunc(t.payments(), func(p *catalog.PaymentMethod) bool { return called(c, p) })
}

// isSuch reports whether a message has the shape of a detail that may be any words, so
// that it is taken for another one when all are known already.
func isSuch(detail string, m *said) bool {
	switch detail {
	case "name":
		return isName(m.Text) && unmistakable(m.Text) == ""
	case "address":
		return m.First(intents.Address) != ""
	case "point", "greeting":
		return false
	}
	return true
}

// namesDetail reports whether a message calls a detail of the task on top by
// its name: in "ändra adressen" andra is no second one.
func (t *turn) namesDetail(m *said) bool {
	d := t.kind()
	return d != nil && d.calls(m) > 0
}

// calls counts the details of a task that a message calls by their names.
func (d *task) calls(m *said) int {
	n := 0
	for i := range d.slots {
		if s := &d.slots[i]; s.called != 0 && m.has(s.called) {
			n++
		}
	}
	return n
}

// renoted takes what a message tells unmistakably of the details that it names, but
// for what it is asked.
func (t *turn) renoted(m *said) bool {
	got, d, asked := false, t.kind(), t.top().Asked
	for i := range d.slots {
		if s := &d.slots[i]; s.name != asked && m.has(s.called) && s.notice != nil && s.notice(t, m) {
			t.filled(s)
			got = true
		}
	}
	if got {
		t.leadOnce(part("corrected"))
	}
	return got
}

// revise takes a new value for a slot named, or asks for it.
func (t *turn) revise(s *slot, m *said) bool {
	if s.when != nil && !s.when(t) || !s.known(t) {
		return false
	}
	k := t.top()
	was := k.Asked
	k.Asked = s.name // what follows its name is an answer
	for _, value := range []*said{m.afterCopula(), m.afterComma()} {
		if value == m {
			continue
		}
		value.Acted = nil
		if s.take(t, value).taken {
			k.Asked = was
			t.filled(s)
			t.leadOnce(part("corrected"))
			return true
		}
	}
	k.Asked = was
	t.reopen(s.name)
	return true
}

// correctSearch searches anew when a size or colour that was searched for is
// not the one wanted.
func (t *turn) correctSearch(wanted, not *said) bool {
	q, was := wanted.sought(), not.sought()
	if t.Query == nil || !constrained(q) || was.Size != t.Query.Size && was.Color != t.Query.Color || was.Size+was.Color == "" {
		return false
	}
	t.show(t.narrowed(q), "found")
	return true
}

// instead takes another of the products shown in place of the one that was
// taken from among them.
func (t *turn) instead(p *catalog.Product) bool {
	sku := t.lineMeant()
	was, v := t.w.Shop.Variant(sku)
	if was == nil || was.ID == p.ID || !slices.Contains(t.Shown, was.ID) {
		return false
	}
	i := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == sku })
	qty := t.Cart[i].Qty
	t.Cart = slices.Delete(t.Cart, i, i+1)
	t.changed()
	t.lead(part("cart.removed", "item", Item{was, v}))
	t.choose(p, t.searched(p.ID), qty)
	return true
}

// ones are the words for a single piece.
var ones = []string{"yks", "yksi", "yhden", "yhteen", "en", "ett", "one"}

// correctLine changes the size, the colour or the number of what is in the cart.
func (t *turn) correctLine(m *said) bool {
	wanted, not := m.contrast()
	if not != nil && t.correctSearch(wanted, not) {
		return true
	}
	if m.asks || not == nil && !m.has(cueChange) && !m.has(cueAmount) && !m.has(cueSlip) && !m.revises {
		return false
	}
	if not == nil {
		wanted = m.corrected()
	}
	if q := m.sought(); t.Query != nil && q.Text == "" && q.Max+q.Min > 0 {
		t.show(t.narrowed(q), "found") // another price
		return true
	}
	if len(t.Cart) == 0 {
		if p := t.pointed(wanted); p != nil {
			t.describe(p)
			return true
		}
		return false
	}
	if p := t.pointed(wanted); p != nil && t.instead(p) {
		return true
	}
	one := (len(wanted.words) == 1 || wanted.has(cueAmount)) && slices.Contains(ones, wanted.words[len(wanted.words)-1])
	counted := one || wanted.First(intents.Quantity) != ""
	q := wanted.sought()
	if lines := t.linesNamed(m); counted && m.has(cueAmount) && len(lines) == 1 {
		t.setQty(lines[0], quantity(wanted))
		return true
	}
	if one || counted && !constrained(q) && (q.Text == "" || m.has(cueAmount) && !t.names(q)) {
		t.setQty(t.lineMeant(), quantity(wanted))
		return true
	}
	return t.swap(wanted, not)
}
