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
	t.Paying = &Paying{Order: o.Number, Total: o.Total, Until: o.ReservedUntil, Method: o.Payment}
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

// tapPay asks for the payment once more, by the way of paying of a button.
func (t *turn) tapPay(method string) bool {
	p := t.w.Shop.PaymentMethod(method)
	if t.Paying == nil || p == nil || !p.First() {
		return false
	}
	if t.over() {
		t.lookAtPayment(t.Paying.Order)
		return true
	}
	t.askFor(method)
	return true
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
		t.say(part(key, t.payArgs()...), t.payButton())
	case "paid":
		t.Paying = nil
		t.say(part("pay.is_paid", "number", in.Order.Number))
	case "late":
		t.lookAtPayment(t.Paying.Order)
	case "tries":
		t.say(part("pay.tries"), button("button.human", "human"), t.cancelButton())
	case "provider":
		t.say(part("pay.away", t.payArgs()...), button("button.retry", "payby:"+t.Paying.Method), t.otherWays(), t.cancelButton())
	default:
		t.Paying = nil
		t.say(part("pay.closed", "number", in.Order.Number), t.nextButtons())
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

// otherProviders are the ways to pay the same price by another provider.
func (t *turn) otherProviders() []*catalog.PaymentMethod {
	now := t.w.Shop.PaymentMethod(t.Paying.Method)
	return slices.DeleteFunc(t.offered(), func(p *catalog.PaymentMethod) bool {
		return !p.First() || now == nil || p.Provider == now.Provider || p.Fee != now.Fee
	})
}

// otherWays are their buttons.
func (t *turn) otherWays() []Button {
	var buttons []Button
	for _, p := range t.otherProviders() {
		buttons = append(buttons, button("button.text", "payby:"+p.ID, "text", p.Name))
	}
	return buttons
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

// choosesOther asks for the payment by the other provider that is named: "maksan
// kortilla".
func (t *turn) choosesOther(m *said) bool {
	if m.asks || m.has(cueNegation) || len(m.words) > 5 || t.over() {
		return false
	}
	for _, p := range t.otherProviders() {
		if called(m, p) {
			t.askFor(p.ID)
			return true
		}
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
