package dialogue

import (
	"slices"
	"time"

	"tiski/catalog"
	"tiski/intents"
)

// maxKnown is how many orders a conversation remembers.
const maxKnown = 3

// Known is an order that the customer has shown to be theirs: by placing it in
// this conversation, or by its number and the e-mail or phone it was made with.
type Known struct {
	Number    string         `json:"number"`
	Status    catalog.Status `json:"status"`
	Delivered time.Time      `json:"delivered,omitzero"`
	Email     string         `json:"email,omitempty"`
	Phone     string         `json:"phone,omitempty"`
	Token     string         `json:"token,omitempty"` // names the order's page
	Lines     []KnownLine    `json:"lines"`
	Stale     bool           `json:"stale,omitempty"`  // to be looked up before it is acted on
	Proved    bool           `json:"proved,omitempty"` // by its number and contact; else it was placed in a conversation of theirs
	Told      catalog.Status `json:"told,omitempty"`   // the status that the customer was told last
}

// Sought is an order that was looked for and not found. What is told next, another number
// or another e-mail or phone, is tried with the rest.
type Sought struct {
	Number string `json:"number"`
	Email  string `json:"email,omitempty"`
	Phone  string `json:"phone,omitempty"`
}

// KnownLine is a line of it.
type KnownLine struct {
	SKU     string `json:"sku"`
	Product string `json:"product"`
	Title   string `json:"title,omitempty"` // when the shop no longer has the variant
	Qty     int    `json:"qty"`
}

// remember keeps an order that was found, the latest last.
func (t *turn) remember(o catalog.Order) {
	k := Known{
		Number: o.Number, Status: o.Status, Delivered: o.Delivered,
		Email: o.Contact.Email, Phone: o.Contact.Phone, Token: o.Token,
	}
	for _, l := range o.Lines[:min(MaxLines, len(o.Lines))] {
		line := KnownLine{SKU: l.SKU, Product: l.Product, Qty: l.Qty}
		if _, v := t.w.Shop.Variant(l.SKU); v == nil {
			line.Title = l.Title
		}
		k.Lines = append(k.Lines, line)
	}
	if was := t.known(o.Number); was != nil {
		k.Proved, k.Told = was.Proved, was.Told
	}
	t.forgetKnown(o.Number)
	t.Known = append(t.Known, k)
	t.Known = t.Known[max(0, len(t.Known)-maxKnown):]
	if t.Order != nil && t.Order.Number == o.Number {
		t.Order = &OrderRef{Number: o.Number, Status: o.Status}
	}
	if t.Paying != nil && t.Paying.Order == o.Number && o.Status != catalog.Awaiting {
		t.Paying = nil
	}
}

func (t *turn) forgetKnown(number string) {
	t.Known = slices.DeleteFunc(slices.Clone(t.Known), func(o Known) bool { return o.Number == number })
}

// prove notes how orders that were looked up have been shown to be the customer's.
func (t *turn) prove(in Looked) {
	for _, o := range in.Orders {
		if k := t.known(o.Number); k != nil {
			k.Proved = in.Proved
		}
	}
}

// known is the order of this number, nil when it has not been shown to be the
// customer's.
func (t *turn) known(number string) *Known {
	for i := range t.Known {
		if t.Known[i].Number == number {
			return &t.Known[i]
		}
	}
	return nil
}

// own reports whether the order was placed in this conversation.
func (t *turn) own(number string) bool { return t.Order != nil && t.Order.Number == number }

// numbers are the orders that need no identification, the latest first.
func (t *turn) numbers() []string {
	var all []string
	for _, o := range slices.Backward(t.Known) {
		all = append(all, o.Number)
	}
	if t.Order != nil && !slices.Contains(all, t.Order.Number) {
		all = append([]string{t.Order.Number}, all...)
	}
	return all
}

// order is as much of it as the law asks.
func (o *Known) order() catalog.Order {
	all := catalog.Order{Number: o.Number, Status: o.Status, Delivered: o.Delivered}
	for _, l := range o.Lines {
		all.Lines = append(all.Lines, catalog.OrderLine{SKU: l.SKU, Product: l.Product, Qty: l.Qty})
	}
	return all
}

// unsent reports whether the order can still be cancelled.
func (o *Known) unsent() bool {
	return o.Status != catalog.Cancelled && o.Status.Step(catalog.Cancelled) == nil
}

// item words a line: the variant as the shop names it, else its old title.
func (t *turn) item(l KnownLine) any {
	if p, v := t.w.Shop.Variant(l.SKU); v != nil {
		return Item{p, v}
	}
	return l.Title
}

// orderSlot asks which order; ownerSlot who made it.
var (
	orderSlot = slot{name: "order_no", value: func(t *turn) string { return t.top().Order }, ask: (*turn).askOrderNo, again: (*turn).remindOrderNo,
		take: (*turn).takeOrderNo, notice: (*turn).noticeOrderNo, changed: (*turn).otherOrder, called: cueOrderNo}
	ownerSlot = slot{name: "email", key: "order_email", when: (*turn).unidentified, value: (*turn).identified, ask: (*turn).askOrderEmail,
		take: (*turn).takeOrderEmail, notice: func(t *turn, m *said) bool { return t.unidentified() && t.takeOrderEmail(m).taken }, quiet: true}
)

// unidentified reports whether the customer must still show that the order is theirs.
func (t *turn) unidentified() bool {
	k := t.top()
	return t.known(k.Order) == nil && !t.own(k.Order)
}

// askOrderNo offers the orders that are known.
func (t *turn) askOrderNo() ([]Part, []Button) {
	var buttons []Button
	for _, n := range t.numbers() {
		buttons = append(buttons, button("button.text", t.choice("order_no", n), "text", n))
	}
	if len(buttons) > 0 {
		return []Part{part("ask.which_order")}, buttons
	}
	return []Part{part("ask.order_no")}, nil
}

// remindOrderNo says, to who has told an e-mail, that it is not enough alone.
func (t *turn) remindOrderNo() ([]Part, []Button) {
	if len(t.numbers()) == 0 && t.top().Values[intents.Email] != "" {
		return []Part{part("again.order_no.reach")}, []Button{button("button.human", "human")}
	}
	_, buttons := t.askOrderNo()
	return []Part{part("again.order_no")}, buttons
}

// otherOrder forgets what was told of another.
func (t *turn) otherOrder() {
	k := t.top()
	k.Lines, k.Asked = nil, ""
	for _, told := range []string{"seal", "missed", "confirm", "swap"} {
		k.note(told, "")
	}
	if o := t.known(k.Order); o != nil {
		o.Stale = true
	}
}

// checkOrder looks the order up as soon as it is known whose it is.
func (t *turn) checkOrder() bool {
	k := t.top()
	o := t.known(k.Order)
	if k.Order == "" || o != nil && !o.Stale || o == nil && !t.own(k.Order) && t.identified() == "" {
		return true
	}
	l := Look{Orders: k.Order, Email: k.Values["email"], Phone: k.Values["phone"]}
	if o != nil {
		l.Email, l.Phone = o.Email, o.Phone
	}
	k.note("looking", k.Order)
	t.lookFor(l)
	return false
}

// lookedFor takes the order that the task on top is about.
func (t *turn) lookedFor(in Looked) {
	k := t.top()
	k.note("looking", "")
	t.moved = true
	if len(in.Orders) > 0 {
		t.remember(in.Orders[0])
		t.prove(in)
		k.Order = in.Orders[0].Number
		t.preselect()
		return
	}
	t.forgetKnown(k.Order)
	k.note("email", "")
	k.note("phone", "")
	if k.Values["missed"] != "" {
		t.lead(part("order.unknown"))
		t.cannotFind()
		return
	}
	k.note("missed", "1")
	k.Asked = ""
	t.lead(part("order.unknown"))
}
