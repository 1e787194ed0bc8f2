package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// Slots that returns, exchanges, withdrawals and complaints share.
var (
	linesSlot = slot{name: "lines", value: (*turn).linesChosen, ask: (*turn).askLines, take: (*turn).takeLines}
	countSlot = slot{name: "count", when: (*turn).plural, value: (*turn).counted, ask: (*turn).askCount, take: (*turn).takeCount}
	sealSlot  = slot{name: "seal", when: (*turn).sealedChosen, ask: (*turn).askSeal, take: (*turn).takeSeal}
	sureSlot  = slot{name: "sure", value: func(t *turn) string { return t.top().Values["confirm"] }, ask: (*turn).askSure, take: (*turn).takeSure, loose: true}
)

// afterOrder completes a task about an order that was made: which order and
// whose is asked first. Unless the task says otherwise, it opens a case about goods of the order.
func afterOrder(d task) task {
	d.slots = append([]slot{orderSlot, ownerSlot}, d.slots...)
	if d.check == nil {
		d.check = (*turn).checkCase
	}
	if d.finish == nil {
		d.finish = (*turn).openCase
	}
	d.changed, d.lost, d.leads = (*turn).changedCase, (*turn).cannotFind, []string{Track}
	return d
}

// shopsInstead reports that a message which names goods, when the order is
// asked, goes on shopping.
func (t *turn) shopsInstead(m *said) bool {
	return t.top().Asked == orderSlot.name && t.names(m.sought())
}

// buysInstead reports whether a message orders goods, when the order is asked: that question
// is left.
func (t *turn) buysInstead(m *said) bool {
	return m.has(cueAdd) && !m.asks && m.Has(intents.OrderPlace) && (t.names(m.sought()) || t.target(m) != nil)
}

// answersCase reports whether words of ordering, when it is asked what of an order a case is
// about, order nothing: "yks pari".
func (t *turn) answersCase(m *said) bool {
	return t.inCase() && t.top().Asked != orderSlot.name && m.Acted[0] == intents.OrderPlace && !t.names(m.sought()) && t.target(m) == nil
}

// caseKinds are the cases that tasks open.
var caseKinds = map[string]catalog.CaseKind{
	Return: catalog.Withdrawal, Withdraw: catalog.Withdrawal, Exchange: catalog.Exchange, Complain: catalog.Complaint,
}

// opens begins a task about an order: the one named, else the only one known.
func (t *turn) opens(kind string, m *said) {
	number := m.First(intents.OrderNo)
	if k := t.top(); k != nil && k.Kind == kind && number == "" {
		return // the same once more
	}
	k := Task{Kind: kind, Order: number}
	k.note("opening", clipped(m.Text))
	k.note("category", m.First(intents.Category))
	k.note("about", m.sought().Product)
	k.note("color", m.sought().Color)
	k.note("size", m.sought().Size)
	k.note("step", m.step())
	if n := m.First(intents.Quantity); n != "" {
		k.note("pieces", n)
	}
	if k.Order == "" && len(t.numbers()) == 1 {
		k.Order = t.numbers()[0]
	}
	for i := range t.Known {
		t.Known[i].Stale = true
	}
	t.beginOrder(k, m)
}

// inCase reports whether the task on top is to become a case.
func (t *turn) inCase() bool {
	k := t.top()
	return k != nil && caseKinds[k.Kind] != ""
}

// clipped is a text as far as a task keeps one.
func clipped(text string) string {
	if len(text) <= maxNote {
		return text
	}
	return strings.ToValidUTF8(text[:maxNote], "")
}

// choice is the tap of a choice of the task on top.
func (t *turn) choice(slot, value string) string {
	return "take:" + t.top().Kind + ":" + slot + ":" + value
}

// tapChoice takes such a choice, which its button brings to the top.
func (t *turn) tapChoice(rest string) bool {
	kind, rest, _ := strings.Cut(rest, ":")
	name, value, _ := strings.Cut(rest, ":")
	if value == "" || len(value) > maxNote || !t.takeUp(kind) {
		return false
	}
	k, d := t.top(), t.kind()
	s := d.named(name)
	if s == nil {
		return false
	}
	switch name {
	case "order_no":
		if !slices.Contains(t.numbers(), value) {
			return false
		}
		k.Order = value
	case "lines":
		o := t.known(k.Order)
		line, err := strconv.Atoi(value)
		switch {
		case o == nil:
			return false
		case value == "all":
			t.pick(o, allOf(o)...)
		case err != nil || line < 0 || line >= len(o.Lines):
			return false
		default:
			t.pick(o, line)
		}
	case "email":
		if !t.settleEmail(value == "meant") {
			return false
		}
	case "count":
		n, err := strconv.Atoi(value)
		if err != nil || !t.count(n) {
			return false
		}
	case "swap":
		if !slices.ContainsFunc(t.swaps(), func(v *catalog.Variant) bool { return v.SKU == value }) {
			return false
		}
		k.note(name, value)
	case "sure", "erase":
		if k.Asked != name {
			return false
		}
		k.note("confirm", value)
	case "question":
		return t.tapQuiz(value)
	case "rating":
		return t.rateAs(value)
	case "product":
		if !slices.Contains(t.reviewable(), value) {
			return false
		}
		k.Product = value
	default:
		k.note(name, value)
	}
	t.filled(s)
	return true
}

// sealedChosen reports whether something chosen may come back only sealed.
func (t *turn) sealedChosen() bool {
	k := t.top()
	return slices.ContainsFunc(k.Lines, func(l Line) bool {
		p, _ := t.w.Shop.Variant(l.SKU)
		return p != nil && p.Withdrawal == "sealed-hygiene"
	})
}

func (t *turn) askSeal() ([]Part, []Button) {
	return []Part{part("ask.seal")}, []Button{
		button("button.seal.whole", t.choice("seal", string(catalog.Unopened))), button("button.seal.broken", t.choice("seal", string(catalog.Opened))),
	}
}

func (t *turn) takeSeal(m *said) answer {
	switch {
	case m.has(cueBroken) && !m.denies(cueBroken), m.has(cueNo), m.denies(cueWhole):
		t.top().note("seal", string(catalog.Opened))
	case m.has(cueWhole), m.has(cueYes), m.has(cueNegation):
		t.top().note("seal", string(catalog.Unopened))
	default:
		return notMine
	}
	return taken
}

// checkCase looks the order up, and drops what the law and the shop's terms do
// not let come back, saying why.
func (t *turn) checkCase() bool {
	if !t.checkOrder() {
		return false
	}
	k := t.top()
	o := t.known(k.Order)
	if o == nil || k.Kind == Withdraw && o.unsent() {
		return true
	}
	all := o.order()
	chosen := k.Lines
	if len(chosen) == 0 {
		for _, l := range o.Lines {
			chosen = append(chosen, Line{SKU: l.SKU})
		}
	}
	var left []Line
	why, of := "", KnownLine{}
	for _, c := range chosen {
		i := slices.IndexFunc(o.Lines, func(l KnownLine) bool { return l.SKU == c.SKU })
		if i < 0 {
			continue
		}
		goods := catalog.Condition("")
		if p, _ := t.w.Shop.Variant(c.SKU); p != nil && p.Withdrawal == "sealed-hygiene" {
			goods = catalog.Condition(k.Values["seal"])
		}
		if ok, reason := t.w.Shop.Eligible(all, i, goods, t.w.Now); ok {
			left = append(left, c)
		} else {
			why, of = reason, o.Lines[i]
		}
	}
	switch {
	case len(left) == 0:
		t.refuse(why, of, o)
		return false
	case len(left) < len(chosen) && len(k.Lines) > 0:
		k.Lines = left
		t.lead(part("case.without."+why, "item", t.item(of)))
	}
	return true
}

// refuse says why goods cannot come back, and what can be done.
func (t *turn) refuse(why string, of KnownLine, o *Known) {
	k := *t.top()
	t.end(k.Kind)
	buttons := []Button{button("button.complain", "open:"+Complain), button("button.human", "human")}
	if why == catalog.WhyClosed {
		buttons = buttons[1:]
	}
	t.say(part("case.why."+why, "number", o.Number, "item", t.item(of), "days", t.w.Shop.Returns.Days, "last", t.w.Shop.Returns.Deadline(o.Delivered)), buttons)
	if k.Values["notice"] != "" {
		t.callStaff("withdrawal")
		t.say(part("withdraw.stands", "at", Moment(t.w.Now)))
	}
}

// changedCase shows anew what is about to be notified when any of it changed.
func (t *turn) changedCase() {
	if k := t.top(); k.Asked == "sure" {
		k.Asked = ""
	}
}

// askSure shows what is about to be notified, with the button that does it.
func (t *turn) askSure() ([]Part, []Button) {
	k := t.top()
	o := t.known(k.Order)
	parts := []Part{part("sure."+k.Kind, "number", o.Number)}
	for _, l := range k.Lines {
		i := slices.IndexFunc(o.Lines, func(line KnownLine) bool { return line.SKU == l.SKU })
		parts = append(parts, part("sure.line", "count", l.Qty, "item", t.item(o.Lines[i])))
	}
	if p, v := t.w.Shop.Variant(k.Values["swap"]); v != nil {
		parts = append(parts, part("sure.swap", "item", Item{p, v}))
	}
	if !o.unsent() && !t.w.Shop.Returns.CostPaid {
		parts = append(parts, t.returnCost())
	}
	tap := t.choice("sure", "yes")
	if k.Kind == Withdraw {
		tap = "withdraw!:" + k.Order
	}
	return parts, []Button{button("button.sure."+k.Kind, tap), button("button.keep."+k.Kind, "drop:"+k.Kind)}
}

// takeSure takes a yes or the words of the button. What names goods of the
// order is about those: "peru vaan toi paita".
func (t *turn) takeSure(m *said) answer {
	if t.otherLines(m) {
		return finished
	}
	declared := m.has(cueDeclare) || m.has(cueWithdraw)
	switch {
	case m.asks:
		return notMine
	case m.has(cueYes), len(m.words) <= longestYes && (m.has(cueCheckoutWord) || t.top().Kind == Withdraw && declared) && !m.has(cueNegation):
		t.top().note("confirm", "yes")
		return taken
	case m.has(cueNo), m.givesUp(cueCancel) && !declared, t.top().Kind == Withdraw && m.has(cueNegation) && len(m.words) <= fewWords:
		t.cancel()
		return finished
	}
	return notMine
}

// longestYes is how many words at most confirm what is about to be notified.
const longestYes = 3

// otherLines takes the goods that a message names in place of those that are
// about to be notified, or besides them, and shows them anew.
func (t *turn) otherLines(m *said) bool {
	k := t.top()
	o := t.known(k.Order)
	if o == nil || m.asks || m.has(cueNegation) && !m.has(cueSlip) {
		return false
	}
	named := t.linesLike(o, m.words, m.sought().Product, m.First(intents.Category), m.sought().Color, m.sought().Size)
	chosen := func(i int) bool {
		return slices.ContainsFunc(k.Lines, func(l Line) bool { return l.SKU == o.Lines[i].SKU })
	}
	lines := named
	if m.has(cueAlso) {
		lines = slices.DeleteFunc(allOf(o), func(i int) bool { return !chosen(i) && !slices.Contains(named, i) })
	}
	same := len(lines) == len(k.Lines) && !slices.ContainsFunc(lines, func(i int) bool { return !chosen(i) })
	if len(named) == 0 || same || k.Kind == Exchange && len(lines) > 1 {
		return false
	}
	before := k.Lines
	t.pick(o, lines...)
	for i, l := range k.Lines {
		if at := slices.IndexFunc(before, func(was Line) bool { return was.SKU == l.SKU }); at >= 0 {
			k.Lines[i].Qty = before[at].Qty
		}
	}
	t.changedCase()
	t.lead(part("corrected"))
	t.moved = true
	return true
}

// openCase gives the notice. What of an order that has not left cannot be done
// without a person goes to one.
func (t *turn) openCase() {
	k := t.top()
	o := t.known(k.Order)
	whole := true
	c := catalog.Case{Order: o.Number, Kind: caseKinds[k.Kind], Conversation: t.w.Conversation, Reason: k.Values["reason"]}
	if k.Values["fault"] != "" {
		c.Reason, c.Goods = k.Values["fault"], catalog.Faulty
	} else if t.sealedChosen() {
		c.Goods = catalog.Condition(k.Values["seal"])
	}
	for i, l := range o.Lines {
		at := slices.IndexFunc(k.Lines, func(chosen Line) bool { return chosen.SKU == l.SKU })
		if at < 0 {
			whole = false
			continue
		}
		whole = whole && k.Lines[at].Qty == l.Qty
		c.Lines = append(c.Lines, catalog.CaseLine{Line: i, Qty: k.Lines[at].Qty, Swap: k.Values["swap"]})
	}
	if o.unsent() && k.Kind != Complain && (!whole || k.Kind == Exchange) {
		t.end(k.Kind)
		t.noted(o.Number)
		return
	}
	t.Working = t.want(OpenCase{Case: c})
}

// opened tells the result: the number, what to do, and what comes back when.
func (t *turn) opened(in Done) {
	kind := Withdraw
	for _, k := range t.Tasks {
		if caseKinds[k.Kind] != "" {
			kind = k.Kind
		}
	}
	t.end(kind)
	c := in.Case
	if in.Reason != "" {
		if in.Reason == catalog.WhyPieces || in.Reason == catalog.WhyClosed {
			t.say(part("case.already"), button("button.human", "human"))
			return
		}
		t.say(part("case.failed"))
		t.callStaff(kind)
		return
	}
	t.Case = &CaseRef{Number: c.Number, Kind: c.Kind, State: c.State}
	t.guessReturn(c)
	if o := t.known(c.Order); o != nil {
		o.Stale = true
	}
	if k := t.top(); k != nil && caseKinds[k.Kind] != "" && k.Order == "" && t.known(c.Order) != nil {
		k.Order = c.Order // the other half of one wish
		t.preselect()
	}
	at := Moment(c.Opened)
	if c.State == catalog.CaseCancelled {
		if t.own(c.Order) {
			t.Order = &OrderRef{Number: c.Order, Status: catalog.Cancelled}
		}
		if t.Paying != nil && t.Paying.Order == c.Order {
			t.Paying = nil
		}
		back := part("withdraw.nothing")
		if !c.RefundBy.IsZero() {
			back = part("withdraw.refund", "price", c.Refund.Total, "date", c.RefundBy)
		}
		t.end(Change) // nothing of it is changed any more
		t.say(part("withdraw.done", "number", c.Order, "at", at), back, part("case.number", "number", c.Number))
		t.rate()
		return
	}
	t.say(part("case.opened."+kind, "number", c.Order, "at", at), part("case.number", "number", c.Number))
	if c.Kind == catalog.Complaint {
		t.say(part("case.complaint.next"))
		t.callStaff("complaint")
		return
	}
	s := t.w.Shop
	parts := []Part{
		part("case.send", "date", c.SendBy),
		part("case.address", "name", s.Company.Name, "street", s.Company.Street, "postcode", s.Company.Postcode, "city", s.Company.City, "number", c.Number),
	}
	if s.Returns.Cost > 0 && c.Kind != catalog.Exchange {
		parts = append(parts, part("case.label", "price", s.Returns.Cost))
	}
	if c.Kind == catalog.Exchange {
		parts = append(parts, part("case.exchange.next"))
	} else {
		parts = append(parts, part("case.refund", "price", c.Refund.Total, "date", c.RefundBy))
	}
	t.say(parts)
	t.rate()
}

// CaseRef is the last case of this conversation.
type CaseRef struct {
	Number string            `json:"number"`
	Kind   catalog.CaseKind  `json:"kind"`
	State  catalog.CaseState `json:"state"`
	Rated  bool              `json:"rated,omitempty"` // how it went has been asked
}

// skipButton passes over the question about to be asked.
func (t *turn) skipButton() []Button {
	return []Button{button("button.skip", "skip:"+t.top().Kind+":"+t.nextSlot())}
}

// nextSlot is the slot about to be asked.
func (t *turn) nextSlot() string {
	d := t.kind()
	for i := range d.slots {
		if s := &d.slots[i]; !s.known(t) {
			return s.name
		}
	}
	return ""
}

// tapSkip passes over a question by its button.
func (t *turn) tapSkip(rest string) bool {
	kind, name, _ := strings.Cut(rest, ":")
	if !t.takeUp(kind) {
		return false
	}
	s := t.open()
	if s == nil || s.name != name || !s.skip {
		return false
	}
	t.skip(false)
	return true
}
