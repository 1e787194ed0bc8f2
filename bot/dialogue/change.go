package dialogue

import (
	"tiski/catalog"
	"tiski/intents"
)

// changeOrder handles a wish to change or cancel an order made. The own order
// of this conversation can be cancelled with two taps; anything else, and any
// change, goes to a person, with the time of the notice (KSL 6:14: an
// unambiguous statement is enough).
func (t *turn) changeOrder(m *said) {
	number := m.First(intents.OrderNo)
	own := t.Order != nil && t.Order.Status != catalog.Cancelled && (number == "" || number == t.Order.Number)
	switch {
	case own && m.has(cueWithdraw):
		t.offerWithdrawal(t.Order.Number)
	case t.Order == nil && number == "" && (t.Has(Buy) || len(t.Cart) > 0):
		t.say(part("change.cart"))
		t.showCart()
	case number == "" && t.Order == nil:
		t.say(part("change.which"), button("button.human", "human"))
	default:
		if number == "" {
			number = t.Order.Number
		}
		t.say(part("change.noted", "number", number, "at", Moment(t.w.Now)))
		t.callStaff("order_change_cancel")
	}
}

// offerWithdrawal is the first of the two steps of the withdrawal function
// (Directive (EU) 2023/2673, art. 11a of the Consumer Rights Directive).
func (t *turn) offerWithdrawal(number string) {
	if t.Order == nil || t.Order.Number != number || t.Order.Status == catalog.Cancelled {
		t.say(part("change.which"), button("button.human", "human"))
		return
	}
	t.start(Task{Kind: Withdraw, Order: number})
}

// withdrawing waits for the second step, by its button or in words: a clear
// notice in words is enough (KSL 6:14).
var withdrawing = task{
	kind: Withdraw,
	slots: []slot{{
		name:  "withdrawal",
		value: func(*turn) string { return "" }, ask: (*turn).askWithdrawal, take: (*turn).takeWithdrawal,
	}},
	cancel:  (*turn).keepOrder,
	passing: true,
}

func (t *turn) askWithdrawal() ([]Part, []Button) {
	number := t.top().Order
	return []Part{part("withdraw.confirm", "number", number)}, []Button{
		button("button.withdraw_confirm", "withdraw!:"+number),
		button("button.keep", "keep"),
	}
}

func (t *turn) takeWithdrawal(m *said) answer {
	if m.asks || m.has(cueNegation) || !m.has(cueYes) && !m.has(cueWithdraw) {
		return notMine
	}
	t.withdraw(t.top().Order)
	return finished
}

func (t *turn) keepOrder() {
	t.end(Withdraw)
	t.say(part("withdraw.kept"), t.nextButtons())
}

// withdraw is the second step.
func (t *turn) withdraw(number string) {
	if t.Order == nil || t.Order.Number != number || t.Order.Status == catalog.Cancelled {
		t.say(part("unknown_tap"), t.nextButtons())
		return
	}
	t.end(Withdraw)
	t.Working = t.want(CancelOrder{Number: number})
}

// cancelled takes the result of CancelOrder: done, or too late for the
// warehouse – then the notice stands and a person sees to it.
func (t *turn) cancelled(in Done) {
	if in.Reason == "" {
		t.Order = &OrderRef{Number: in.Order.Number, Status: in.Order.Status}
		t.say(part("withdraw.done", "number", in.Order.Number, "at", Moment(t.w.Now)), t.shelfButtons())
		return
	}
	number := ""
	if t.Order != nil {
		number = t.Order.Number
	}
	t.say(part("change.noted", "number", number, "at", Moment(t.w.Now)))
	t.callStaff("withdrawal")
}
