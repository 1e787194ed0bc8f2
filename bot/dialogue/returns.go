package dialogue

// returnPolicy tells the time and terms of return.
func (t *turn) returnPolicy() {
	r := t.w.Shop.Returns
	parts := []Part{part("return.policy", "days", r.Days)}
	if r.CostPaid {
		parts = append(parts, part("return.free"))
	} else {
		parts = append(parts, part("return.cost", "price", r.Cost))
	}
	parts = append(parts, part("return.refund", "days", r.RefundDays), part("return.sealed"))
	t.say(parts, button("topic.return_how", "topic:return_how"), t.afterTalk())
}

// returnHow tells how to send goods back.
func (t *turn) returnHow() {
	t.say(part("text", "text", t.w.Shop.Returns.How), t.orderButtons(), button("button.human", "human"))
}

func (t *turn) exchange() {
	t.say(part("text", "text", t.w.Shop.Returns.Exchange), t.orderButtons(), button("button.human", "human"))
}

// refund tells when money comes back; where a particular refund stands, a
// person looks up.
func (t *turn) refund() {
	t.say(part("refund", "days", t.w.Shop.Returns.RefundDays))
	t.offerHuman("refund")
}

// complaint: the seller answers for a defect by law; a person takes it on.
func (t *turn) complaint() {
	t.say(part("complaint"), part("text", "text", t.w.Shop.Returns.Warranty))
	t.offerHuman("complaint")
}

// orderButtons are what can be done with the order of this conversation.
func (t *turn) orderButtons() []Button {
	if t.Order == nil || t.Order.Status == "cancelled" {
		return nil
	}
	return []Button{button("button.withdraw", "withdraw:"+t.Order.Number)}
}
