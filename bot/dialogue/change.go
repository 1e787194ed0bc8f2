package dialogue

import (
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// changing passes the wish to change an order that has not left on to who can.
var changing = afterOrder(task{
	kind: Change,
	slots: []slot{{name: "wish", take: (*turn).takeWish},
		{name: "new_address", when: (*turn).moves, take: (*turn).takeNewAddress}},
	check:  (*turn).checkChange,
	finish: (*turn).changeNoted,
})

// changeOrder handles a wish to change or cancel an order made.
func (t *turn) changeOrder(m *said) {
	number := m.First(intents.OrderNo)
	switch before := number == "" && len(t.numbers()) == 0; {
	case before && t.reopens(m), before && m.has(cueAdding) && t.shown:
	case before && m.has(cueAmount) && m.First(intents.Quantity) != "" && len(t.Cart) == 0 && t.target(m) != nil:
		t.order(m)
	case before && m.has(cueAdding) && (len(t.Cart) > 0 || t.Has(Add) || t.Has(About)):
		t.say(part("change.add"), t.cartButtons())
	case before && (t.Has(Buy) || len(t.Cart) > 0):
		t.say(part("change.cart"))
		t.showCart()
	case m.keeps() && (t.Has(Withdraw) || t.Has(Change)):
		t.end(Change)
		t.keepOrder()
	case m.withdraws():
		t.withdraw(m)
	default:
		t.opens(Change, m)
		if m.tellsChange() {
			t.top().note("wish", clipped(m.Text))
			if t.hasPlace(m) {
				t.top().note("new_address", clipped(m.Text))
			}
		}
		t.proceed()
	}
}

// withdraws reports whether a message wants an order to be cancelled.
func (m *said) withdraws() bool {
	return (m.has(cueWithdraw) || m.has(cueDeclare)) && !m.keeps() || m.has(cueUnwanted) && !m.has(cueBut)
}

// keeps reports whether a message takes a word of cancelling back: "en perukaan".
func (m *said) keeps() bool {
	for i := 1; i < len(m.words); i++ {
		if anyCue(m.words[i:i+1], cueWithdraw) && anyCue(m.words[i-1:i], cueNegation) {
			return true
		}
	}
	return false
}

// tellsChange reports whether a message that wants an order changed tells how.
func (m *said) tellsChange() bool {
	return len(m.words) > 2 && m.has(cueAddress) || m.has(cueRemove) || m.has(cueAdd) || m.has(cueDiscount) || m.has(cueName) || m.has(cueInvoice) ||
		m.has(cueTwice) || m.namesComing()
}

// namesComing reports whether a message names a kind of delivery.
func (m *said) namesComing() bool {
	for _, c := range kindCues {
		if m.has(c) {
			return true
		}
	}
	return false
}

// changesOrder reports whether a message that seems to ask how goods come wants the
// order just made to come otherwise: "muuta nouto noutopisteeksi".
func (t *turn) changesOrder(intent string, m *said) bool {
	return (intent == intents.DeliveryOptions || intent == intents.DeliveryCost || intent == intents.Exchange) && m.has(cueChange) && m.namesComing() && t.Order != nil && len(t.Cart) == 0
}

// ofOrder reports whether a message asks where or when the order just made, or told of,
// comes: "mistä mä haen sen".
func (t *turn) ofOrder(intent string, m *said) bool {
	comes := intent == intents.DeliveryOptions || intent == intents.DeliveryTime || intent == intents.ProductAvailability && m.likely(intents.DeliveryTime)
	numbers := t.numbers()
	if !comes || len(numbers) == 0 || len(t.Cart) > 0 || !m.asks || !m.has(cueThis) && !m.has(cueEarlier) ||
		m.First(intents.Delivery)+m.First(intents.Place)+m.First(intents.PostalCode) != "" || t.names(m.sought()) {
		return false
	}
	o := t.known(numbers[0])
	return t.Focus == "" && (t.Order != nil || len(t.Shown) == 0) || o != nil && slices.ContainsFunc(o.Lines, func(l KnownLine) bool { return l.Product == t.Focus })
}

// closed are the statuses of orders of which nothing is on its way or with the customer.
var closed = map[catalog.Status]bool{
	catalog.Cancelled: true, catalog.Expired: true, catalog.Refused: true, catalog.Returned: true, catalog.Refunded: true,
}

// checkChange ends the wish when the order has left already, and says what can
// be done instead.
func (t *turn) checkChange() bool {
	if !t.checkOrder() {
		return false
	}
	o := t.known(t.top().Order)
	if o == nil || o.unsent() {
		return true
	}
	k := t.top().clone()
	t.end(Change)
	if closed[o.Status] {
		t.say(part("order.status."+string(o.Status), "number", o.Number), button("button.human", "human"))
		return false
	}
	if words := folded(k.Values["opening"]); anyCue(words, cueExchange) && !anyCue(words, cueAddress) {
		k.Kind, k.Asked = Exchange, ""
		t.begin(k)
		t.preselect()
		t.proceed()
		return false
	}
	buttons := []Button{button("button.return", "open:"+Return), button("button.human", "human")}
	t.say(part("change.too_late", "number", o.Number), buttons)
	return false
}

func (t *turn) takeWish(m *said) answer {
	if t.top().Asked != "wish" || m.asks || m.keeps() || m.has(cueSlip) && m.slips(len(m.words)) || m.digresses() && !slices.Contains(m.Acted, intents.OrderChangeCancel) && !m.aboutGoods() {
		return notMine
	}
	if m.withdraws() {
		t.tapWithdraw(t.top().Order, false)
		t.end(Change)
		return finished
	}
	t.top().note("wish", clipped(m.Text))
	if t.hasPlace(m) {
		t.top().note("new_address", clipped(m.Text))
	}
	return taken
}

// moves reports whether the wish is about the address.
func (t *turn) moves() bool {
	words := folded(t.top().Values["wish"])
	return anyCue(words, cueAddress)
}

func (t *turn) hasPlace(m *said) bool { return hasPostcode(m.Text) }

func (t *turn) takeNewAddress(m *said) answer {
	if !t.hasPlace(m) && !isStreet(m.Text) || m.First(intents.OrderNo) != "" || m.asks {
		return notMine
	}
	t.top().note("new_address", clipped(m.Text))
	return taken
}

// changeNoted tells truthfully that a person does it.
func (t *turn) changeNoted() {
	number := t.top().Order
	t.end(Change)
	t.noted(number)
}
