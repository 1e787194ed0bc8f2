package dialogue

import (
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// track tells where an order is: those of this conversation at once, others
// when number and e-mail or phone match.
func (t *turn) track(r intents.Reading) {
	number := r.First(intents.OrderNo)
	if number == "" && t.Order != nil || t.Order != nil && t.Order.Number == number {
		t.want(Look{Orders: t.Order.Number})
		return
	}
	if t.Buying && number == "" {
		t.say(part("order.not_yet"))
		return
	}
	t.identify(Pending{For: "track", Order: number}, r)
}

// identify asks what is missing to look an order up: number, then e-mail.
func (t *turn) identify(p Pending, r intents.Reading) {
	email, phone := r.First(intents.Email), r.First(intents.Phone)
	switch {
	case p.Order == "":
		p.Slot = "order_no"
		t.ask(p)
	case email == "" && phone == "":
		p.Slot = "email"
		t.Pending = &p
		t.asked = true
		t.say(part("ask.order_email", "number", p.Order))
	default:
		t.Pending = nil
		t.want(Look{Orders: p.Order, Email: email, Phone: phone})
	}
}

// answerTracking takes the order number or the e-mail asked for.
func (t *turn) answerTracking(text string, r intents.Reading) bool {
	p := *t.Pending
	if number := r.First(intents.OrderNo); number != "" {
		p.Order = number
	}
	if p.Slot == "email" && (r.First(intents.Email) != "" || r.First(intents.Phone) != "") || p.Order != t.Pending.Order {
		t.identify(p, r)
		return true
	}
	if digression(r) || cueForgot.in(folded(text)) || cueNo.in(folded(text)) || p.Tries > 0 {
		t.Pending = nil
		if digression(r) || t.names(Query(r)) {
			return false
		}
		t.say(part("track.where"))
		t.offerHuman("order_status")
		return true
	}
	if p.Slot == "email" {
		t.missed(part("bad.email"))
	} else {
		t.missed(part("bad.order_no"))
	}
	return true
}

// looked takes the orders that were looked up.
func (t *turn) looked(in Looked) {
	orders := in.Orders
	if len(orders) == 0 {
		t.say(part("order.unknown"))
		t.offerHuman("order_status")
		return
	}
	for i, o := range orders {
		if i == 3 {
			break
		}
		t.status(o)
	}
}

// told are the statuses that have a reply of their own.
var told = map[catalog.Status]bool{
	catalog.Placed: true, catalog.Paid: true, catalog.Packed: true, catalog.Shipped: true,
	catalog.Ready: true, catalog.Delivered: true, catalog.Cancelled: true,
	catalog.Awaiting: true, catalog.Handed: true, catalog.Closed: true, catalog.Expired: true,
	catalog.Refused: true, catalog.PartlyReturned: true, catalog.Returned: true, catalog.Refunded: true,
}

// status tells one order's state. What the shop's files or the carrier do not
// tell is not told.
func (t *turn) status(o catalog.Order) {
	if t.Order != nil && t.Order.Number == o.Number {
		t.Order = &OrderRef{Number: o.Number, Status: o.Status}
	}
	key := "order.status." + string(o.Status)
	if !told[o.Status] {
		key = "order.status.other"
	}
	parts := []Part{part(key, "number", o.Number, "date", o.Placed)}
	var items Words
	for _, l := range o.Lines {
		items = append(items, l.Title)
	}
	if len(items) > 3 {
		items = append(items[:3], "…")
	}
	parts = append(parts, part("order.items", "items", items))
	switch o.Status {
	case catalog.Placed, catalog.Paid, catalog.Packed, catalog.Shipped:
		if !o.Delivery.Window.Latest.IsZero() {
			parts = append(parts, part("order.arrives."+o.Delivery.Kind, "window", o.Delivery.Window))
		}
	}
	if o.Tracking != "" {
		parts = append(parts, part("order.tracking", "code", o.Tracking))
	}
	var buttons []Button
	if o.Conversation == t.w.Conversation && o.Status != catalog.Cancelled && strings.HasPrefix(o.Number, "T-") {
		buttons = append(buttons, button("button.withdraw", "withdraw:"+o.Number))
	}
	t.say(parts, buttons)
}
