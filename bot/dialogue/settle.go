package dialogue

import "tiski/catalog"

// checkedPayment takes what the providers say of an order's payment when they
// are asked. Money is settled; an order that was not paid in time has expired.
func (t *turn) checkedPayment(in Done, awaited bool) {
	switch in.Payment.State {
	case catalog.PaymentPaid, catalog.PaymentPending, catalog.PaymentFailed, catalog.PaymentExpired:
		t.want(SettlePayment{Payment: in.Payment})
	}
	mine := t.Paying != nil && t.Paying.Order == in.Order.Number
	switch {
	case in.Order.Status == catalog.Expired && mine:
		t.Paying = nil
		t.Order = &OrderRef{Number: in.Order.Number, Status: in.Order.Status}
		t.say(part("pay.lapsed", "number", in.Order.Number), t.shelfButtons())
	case in.Payment.State == catalog.PaymentPending && mine && t.Paying.State == catalog.PaymentPending && awaited:
		t.say(part("pay.pending", "number", in.Order.Number)) // settling tells only what is new
	case in.Payment.State == catalog.PaymentPaid, in.Payment.State == catalog.PaymentPending, in.Payment.State == catalog.PaymentFailed, !awaited:
		// what is settled is told then
	case !in.Order.Paid.IsZero():
		t.Paying = nil
		t.say(part("pay.is_paid", "number", in.Order.Number))
	case in.Reason != "":
		t.say(part("pay.not_known"), button("button.human", "human"))
	case mine:
		t.say(part("pay.not_seen"), t.payButton(), button("button.human", "human"))
	default:
		t.say(part("pay.not_seen"), button("button.human", "human"))
	}
}

// settled tells what came of a payment. Reasons are those of money that the
// order could not take, which goes back: "paid" when it was paid before,
// "changed" when another way of paying had been chosen by then,
// "stock" when it came too late and the goods are gone, "closed" when the order
// was given up, "amount" for another sum than the order's; "unknown" is a
// charge that nobody made.
func (t *turn) settled(in Done) {
	if in.Again {
		return
	}
	o := in.Order
	mine := t.Paying != nil && t.Paying.Order == o.Number
	if t.own(o.Number) {
		t.Order = &OrderRef{Number: o.Number, Status: o.Status}
	}
	back := []Part{part("pay.back."+in.Reason, "number", o.Number, "price", in.Refund), part("pay.back.when")}
	switch in.Reason {
	case "":
		t.tellPayment(in, mine)
	case "unknown":
		t.callStaff("payment")
	case "amount":
		t.say(back)
		t.callStaff("payment")
	default:
		if in.Reason != "paid" && mine {
			t.Paying = nil
		}
		t.say(back)
		t.callStaff("payment")
	}
}

// tellPayment tells how the payment of an order that awaits it stands.
func (t *turn) tellPayment(in Done, mine bool) {
	o := in.Order
	switch in.Payment.State {
	case catalog.PaymentPaid:
		if mine {
			t.Paying = nil
		}
		parts := []Part{part("pay.paid", "number", o.Number, "price", in.Payment.Amount)}
		if !o.Delivery.Window.Latest.IsZero() {
			parts = append(parts, part("order.arrives."+o.Delivery.Kind, "window", o.Delivery.Window))
		}
		t.say(parts, t.withdrawable(o),
			button("button.track", "track:"+o.Number), button("button.withdraw", "withdraw:"+o.Number))
		if t.own(o.Number) {
			t.learnOrder(o)
		}
	case catalog.PaymentPending:
		if mine {
			paying := *t.Paying
			paying.Until, paying.State = o.ReservedUntil, in.Payment.State
			t.Paying = &paying
		}
		t.say(part("pay.pending", "number", o.Number))
	case catalog.PaymentFailed, catalog.PaymentExpired:
		if !mine || o.Status != catalog.Awaiting || t.over() {
			return
		}
		paying := *t.Paying
		paying.Link, paying.State = "", in.Payment.State
		t.Paying = &paying
		t.say(part("pay.failed", t.payArgs()...), button("button.pay_again", "payby:"+paying.Method), t.otherWays(), t.cancelButton())
	}
}

// refunded tells that money went back, or that staff see to it.
func (t *turn) refunded(in Refunded) {
	t.Refund = &in
	t.tellRefund()
	if in.Failed {
		t.callStaff("refund")
	}
}

// tellRefund tells the last refund. It reports false when there is none.
func (t *turn) tellRefund() bool {
	if t.Refund == nil {
		return false
	}
	key := "refund.made"
	if t.Refund.Failed {
		key = "refund.by_hand"
	}
	t.say(part(key, "number", t.Refund.Order, "price", t.Refund.Sum))
	return true
}
