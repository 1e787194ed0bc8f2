package dialogue

import (
	"slices"
	"strings"
	"time"

	"tiski/catalog"
)

// TelegramPayments is the provider whose invoices are paid in the channel
// itself: it serves no other.
const TelegramPayments = "telegram"

// Clock is a time of day.
type Clock time.Time

// Paying is an order that awaits its payment.
type Paying struct {
	Order  string               `json:"order"`
	Total  catalog.Cents        `json:"total"`
	Until  time.Time            `json:"until"`  // until when its goods are reserved
	Method string               `json:"method"` // id of the way of paying
	Link   string               `json:"link,omitempty"`
	State  catalog.PaymentState `json:"state,omitempty"`
	Kind   string               `json:"kind,omitempty"` // of its delivery
}

// payable reports whether a way of paying works now in this conversation.
func (w World) payable(p *catalog.PaymentMethod) bool {
	return p.Provider == "" || w.Payments[p.Provider]
}

// offered are the ways of paying that the shop has for this conversation.
func (t *turn) offered() []*catalog.PaymentMethod {
	var all []*catalog.PaymentMethod
	for i := range t.w.Shop.Payments {
		if p := &t.w.Shop.Payments[i]; t.w.payable(p) {
			all = append(all, p)
		}
	}
	return all
}

// downParts tell which ways of paying do not work just now.
func (t *turn) downParts(kind string) []Part {
	var parts []Part
	for _, p := range t.w.Shop.PaymentsFor(kind) {
		if works, configured := t.w.Payments[p.Provider]; configured && !works {
			parts = append(parts, part("payment.down", "name", p.Name))
		}
	}
	return parts
}

// await tells that an order has been made, and asks for its payment.
func (t *turn) await(o catalog.Order) {
	t.Paying = &Paying{Order: o.Number, Total: o.Total, Until: o.ReservedUntil, Method: o.Payment, Kind: o.Delivery.Kind}
	t.say(part("order.placed", "number", o.Number, "price", o.Total))
	t.askFor(o.Payment)
}

// askFor asks for the payment of the order that awaits it.
func (t *turn) askFor(method string) {
	paying := *t.Paying
	paying.Method, paying.Link = method, ""
	t.Paying = &paying
	t.Working = t.want(AskPayment{Order: paying.Order, Method: method})
}

// tapPay asks for the payment once more, by the way of paying of a button, or
// puts it off when that is a way which the shop keeps itself. Without a way it
// tells which there are.
func (t *turn) tapPay(method string) bool {
	p := t.w.Shop.PaymentMethod(method)
	switch {
	case t.Paying == nil || p == nil && method != "":
		return false
	case t.over():
		t.lookAtPayment(t.Paying.Order)
	case p == nil:
		t.offerPayments(t.otherPayments())
	case p.First():
		t.askFor(method)
	case slices.Contains(t.otherPayments(), p):
		t.Working = t.want(ChangePayment{Order: t.Paying.Order, Method: p.ID})
	default:
		return false
	}
	return true
}

// payFromPage asks for the payment of an order because its page was asked to. The
// chat may have forgotten the order, or be about another.
func (t *turn) payFromPage(in PageAsked) {
	o := in.Order
	if t.Paying == nil && o.Status == catalog.Awaiting {
		t.Paying = &Paying{Order: o.Number, Total: o.Total, Until: o.ReservedUntil, Method: in.Method, Kind: o.Delivery.Kind}
	}
	t.want(AskPayment{Order: o.Number, Method: in.Method})
}

// over reports whether the time to pay has run out.
func (t *turn) over() bool { return !t.Paying.Until.After(t.w.Now) }

// lookAtPayment asks whether the order has been paid; what is found is told then, also
// that the order has expired.
func (t *turn) lookAtPayment(order string) { t.Working = t.want(CheckPayment{Order: order}) }

// showPayment tells where to pay, or why that cannot be done now. Reasons:
// "provider" when it does not answer or refuses, "tries" after too many links,
// "paid", "closed" and "late" when the order awaits nothing any more.
func (t *turn) showPayment(in Done) {
	if t.Paying == nil || in.Order.Number != "" && t.Paying.Order != in.Order.Number {
		return
	}
	switch in.Reason {
	case "":
		paying, key := *t.Paying, "pay.here"
		if paying.State != "" {
			key = "pay.anew"
		}
		paying.Until, paying.Link, paying.State = in.Order.ReservedUntil, in.Payment.Link, in.Payment.State
		t.Paying = &paying
		if in.Payment.Provider == TelegramPayments {
			t.invoice(in)
			return
		}
		t.say(part(key, t.payArgs()...), t.payButton(), t.changeButton())
	case "late":
		t.lookAtPayment(t.Paying.Order)
	case "tries":
		t.say(part("pay.tries"), button("button.human", "human"), t.cancelButton())
	case "provider":
		t.say(part("pay.away", t.payArgs()...), button("button.retry", "payby:"+t.Paying.Method), t.otherWays(), t.cancelButton())
	default:
		t.waitsNoMore(in)
	}
}

// waitsNoMore tells that an order awaits no payment any more.
func (t *turn) waitsNoMore(in Done) {
	t.Paying = nil
	if in.Reason == "paid" {
		t.say(part("pay.is_paid", "number", in.Order.Number))
		return
	}
	t.say(part("pay.closed", "number", in.Order.Number), t.nextButtons())
}

// changedPayment tells that an order is paid otherwise than by what it awaited,
// or why not. Reasons: "pending" when its money is on its way after all, "failed"
// when the shop has no such way, and those of showPayment.
func (t *turn) changedPayment(in Done) {
	switch in.Reason {
	case "":
		t.Paying = nil
		t.Order = &OrderRef{Number: in.Order.Number, Status: in.Order.Status}
		t.tellSold(part("pay.changed", "number", in.Order.Number, "name", t.w.Shop.PaymentMethod(in.Order.Payment).Name), in.Order)
	case "pending":
		if in.Payment.Charge != "" {
			t.want(SettlePayment{Payment: in.Payment}) // that tells it
			return
		}
		t.say(part("pay.pending", "number", in.Order.Number))
	case "late":
		t.lookAtPayment(in.Order.Number)
	case "failed":
		t.say(part("pay.waits", t.payArgs()...), t.payButton(), t.otherWays(), t.cancelButton())
	default:
		t.waitsNoMore(in)
	}
}

// invoice shows what is paid in the channel itself.
func (t *turn) invoice(in Done) {
	t.say(part("pay.invoice", t.payArgs()...), &Invoice{
		Charge: in.Payment.Charge, Currency: in.Payment.Currency, Lines: in.Order.ChargeLines(),
		Title: part("pay.invoice.title", "number", in.Order.Number), About: part("pay.invoice.about", "shop", t.shop()),
	})
}

func (t *turn) payArgs() []any {
	until := any(Moment(t.Paying.Until))
	if at, now := t.Paying.Until.In(catalog.Helsinki), t.w.Now; at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		until = Clock(t.Paying.Until)
	}
	return []any{"number", t.Paying.Order, "price", t.Paying.Total, "until", until}
}

// payButton leads to where the order is paid.
func (t *turn) payButton() []Button {
	if t.Paying.Link == "" {
		return []Button{button("button.pay", "payby:"+t.Paying.Method, "price", t.Paying.Total)}
	}
	return []Button{{Label: "button.pay", With: Args{"price", t.Paying.Total}, URL: t.Paying.Link}}
}

// otherPayments are the other ways to pay the same price for goods delivered so.
func (t *turn) otherPayments() []*catalog.PaymentMethod {
	now := t.w.Shop.PaymentMethod(t.Paying.Method)
	return slices.DeleteFunc(t.offered(), func(p *catalog.PaymentMethod) bool {
		return now == nil || p.Provider == now.Provider || p.Fee != now.Fee || !p.GoesWith(t.Paying.Kind)
	})
}

// otherWays are buttons that pay by another provider, and one that tells of the
// ways which the shop keeps itself: these are chosen by who has read their terms.
func (t *turn) otherWays() []Button {
	var buttons []Button
	kept := false
	for _, p := range t.otherPayments() {
		if kept = kept || !p.First(); p.First() {
			buttons = append(buttons, button("button.text", "payby:"+p.ID, "text", p.Name))
		}
	}
	if kept {
		buttons = append(buttons, t.changeButton()...)
	}
	return buttons
}

// changeButton tells of the other ways of paying, if there are any.
func (t *turn) changeButton() []Button {
	if len(t.otherPayments()) == 0 {
		return nil
	}
	return []Button{button("button.other_payment", "payby:")}
}

// offerPayments tells of other ways to pay, with a button for each.
func (t *turn) offerPayments(ways []*catalog.PaymentMethod) {
	if len(ways) == 0 {
		t.say(part("pay.only", t.payArgs()...), t.payButton(), t.cancelButton())
		return
	}
	parts := []Part{part("pay.other", t.payArgs()...)}
	var buttons []Button
	for _, p := range ways {
		parts = append(parts, payLine(p))
		buttons = append(buttons, button("button.text", "payby:"+p.ID, "text", p.Name))
	}
	t.say(parts, buttons)
}

func (t *turn) cancelButton() Button {
	return button("button.cancel_order", "withdraw!:"+t.Paying.Order)
}

// aboutPaying handles what is said of the payment of an order: that it was made, that
// its link does not work, how to pay.
func (t *turn) aboutPaying(m *said) bool {
	claims := m.has(cuePaid) && !m.has(cueNegation) && len(m.words) <= 8
	if t.Paying == nil {
		return claims && t.claimsPaid()
	}
	switch {
	case claims:
		t.lookAtPayment(t.Paying.Order)
	case t.over() && (m.has(cueLink) || m.has(cueHowPay)):
		t.lookAtPayment(t.Paying.Order)
	case m.has(cueLink) && (m.has(cueAnew) || m.has(cueNegation)):
		t.askFor(t.Paying.Method)
	case t.choosesOther(m):
	case m.has(cueLink), m.has(cueHowPay), m.has(cuePaid) && len(m.words) <= 8:
		if t.Paying.Link == "" {
			t.askFor(t.Paying.Method)
			return true
		}
		t.say(part("pay.waits", t.payArgs()...), t.payButton(), t.otherWays(), t.cancelButton())
	default:
		return false
	}
	return true
}

// choosesOther asks for the payment by the other provider that is named, "maksan
// kortilla", and tells of another way that is asked for: "voinko maksaa laskulla
// sittenkin", "vaihda maksutapaa".
func (t *turn) choosesOther(m *said) bool {
	if !m.has(cuePays) || m.has(cueNegation) || len(m.words) > 8 || t.over() {
		return false
	}
	for _, p := range t.otherPayments() {
		switch {
		case !called(m, p):
		case p.First() && !m.asks && len(m.words) <= 5:
			t.askFor(p.ID)
			return true
		default:
			t.offerPayments([]*catalog.PaymentMethod{p})
			return true
		}
	}
	if m.has(cueChange) && m.has(cuePayment) {
		t.offerPayments(t.otherPayments())
		return true
	}
	return false
}

// claimsPaid answers who says that an order has been paid which awaits nothing.
// One that was given up is looked at: money may have come all the same.
func (t *turn) claimsPaid() bool {
	if t.Order == nil {
		return false
	}
	switch t.Order.Status {
	case catalog.Paid:
		t.say(part("pay.is_paid", "number", t.Order.Number), t.nextButtons())
	case catalog.Expired, catalog.Cancelled:
		t.lookAtPayment(t.Order.Number)
	default:
		return false
	}
	return true
}

// offersName reports whether a way of paying that is offered tells that it
// takes this one: "MobilePay" on the page of a provider.
func (t *turn) offersName(name string) bool {
	return slices.ContainsFunc(t.offered(), func(p *catalog.PaymentMethod) bool {
		return strings.Contains(p.Name.In(t.Lang)+" "+p.Info.In(t.Lang), name)
	})
}
