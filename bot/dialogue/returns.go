package dialogue

import (
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// returning sends goods back in the time that the shop gives (KSL 6:14). No
// reason is needed.
var returning = afterOrder(task{
	kind: Return,
	slots: []slot{linesSlot, countSlot, sealSlot,
		{name: "reason", ask: (*turn).askReason, take: (*turn).takeReason, skip: true, loose: true}, sureSlot},
	yields: (*turn).shopsInstead,
})

func (t *turn) askReason() ([]Part, []Button) {
	return []Part{part("ask.reason")}, append([]Button{
		button("button.reason.size", t.choice("reason", "size")), button("button.reason.other", t.choice("reason", "unwanted")),
	}, t.skipButton()...)
}

// takeReason takes any words as the reason, unless they ask something.
func (t *turn) takeReason(m *said) answer {
	if t.top().Asked != "reason" || m.asks || m.has(cueSlip) || m.has(cueNo) || m.digresses() && !m.aboutGoods() {
		if t.top().Asked == "reason" && m.has(cueNo) {
			t.skip(false)
			return finished
		}
		return notMine
	}
	t.top().note("reason", clipped(m.Text))
	return taken
}

// aboutGoods reports whether a message is about goods that were bought.
func (m *said) aboutGoods() bool {
	return slices.ContainsFunc(m.Acted, func(intent string) bool {
		switch intent {
		case intents.ReturnHow, intents.ReturnPolicy, intents.Exchange, intents.WarrantyComplaint, intents.Feedback, intents.ProductAvailability,
			intents.ProductDetails, intents.ProductSearch, intents.OrderChangeCancel, intents.PriceDiscount:
			return true
		}
		return false
	})
}

// wishes reports whether a message wants something done with what was bought,
// and does not ask how that goes.
func (m *said) wishes() bool {
	return m.First(intents.OrderNo) != "" || len(m.words) > 0 && !m.asks && !m.supposes() && !cueWords.word(bare(m.words)[0]).has(cueAsking) || m.has(cueBought) && !m.has(cueTerms)
}

// supposes reports whether a message asks what if: "entä jos se hajoo".
func (m *said) supposes() bool {
	i := slices.IndexFunc(m.words, func(w string) bool { return slices.Contains([]string{"jos", "om", "if"}, w) })
	return i > 0 && (slices.Contains(joints, m.words[i-1]) || anyCue(m.words[i-1:i], cueWhatOf, cueAsking))
}

// returnPolicy tells the time and terms of return.
func (t *turn) returnPolicy(m *said) {
	if m.asks && t.neverReturned(m) {
		return
	}
	r := t.w.Shop.Returns
	parts := append([]Part{part("return.policy", "days", r.Days), t.returnCost(), part("return.refund", "days", r.RefundDays)}, t.exceptedHere()...)
	switch {
	case m.has(cueWhoPays):
		parts = []Part{t.returnCost(), part("return.cost.faulty")}
	case m.has(cueUsed):
		parts = append([]Part{part("return.used")}, t.exceptedHere()...)
	}
	t.Topic = returnsTopic
	t.say(parts, button("topic.return_how", "topic:return_how"), t.afterTalk())
}

// returnTerms answers a question of one term of returning: who pays for what is faulty, the
// packing, reduced goods, what becomes of the delivery fee, the shop's counter. It reports
// whether it was one.
func (t *turn) returnTerms(m *said) bool {
	about := t.before == returnsTopic || t.inCase() || m.has(cueReturn)
	if !m.asks && !m.has(cueWhatOf) {
		return false
	}
	var told []Part
	switch {
	case m.has(cueFreight) && m.has(cueGoesBack):
		told = append(told, part("return.delivery"))
	case m.has(cueFreight) && t.inCase() && t.top().Kind != Complain:
		told = append(told, t.returnCost())
	}
	if about && m.has(cueWhoPays) && m.has(cueFaulty) {
		told = append(told, part("return.cost.faulty"))
	}
	if about && m.has(cueReduced) {
		told = append(told, part("return.reduced"))
	}
	if about && m.has(cuePacking) {
		told = append(told, part("return.packing"))
	}
	if about && (m.has(cueStore) || m.has(cueBranch)) {
		told = append(told, part("text", "text", t.w.Shop.Returns.How))
	}
	if len(told) == 0 {
		return false
	}
	t.Topic = returnsTopic
	t.say(told, t.afterTalk())
	return true
}

// returnCost tells what sending goods back costs.
func (t *turn) returnCost() Part {
	switch r := t.w.Shop.Returns; {
	case r.CostPaid:
		return part("return.free")
	case r.Cost == 0: // no label of the shop's
		return part("return.cost.own")
	default:
		return part("return.cost", "price", r.Cost)
	}
}

// asksReturnCost answers "maksaako se jotain" of a return that is under way.
func (t *turn) asksReturnCost(intent string, m *said) bool {
	if !t.Has(Return) && !t.Has(Withdraw) && !t.Has(Exchange) || intent != intents.DeliveryCost && intent != intents.PriceDiscount && !m.has(cueCosts) || !m.nothingBut(cueCosts) {
		return false
	}
	t.say(t.returnCost())
	return true
}

// returnHow begins a return, or tells how goods are sent back.
func (t *turn) returnHow(m *said) {
	if m.wishes() {
		t.opens(Return, m)
		t.proceed()
		return
	}
	t.Topic = Return
	t.say(part("text", "text", t.w.Shop.Returns.How), button("button.return", "open:"+Return), button("button.human", "human"))
}

// refund tells when money comes back; where a particular refund stands, a
// person looks up.
func (t *turn) refund() {
	if t.tellRefund() {
		return
	}
	t.say(part("refund", "days", t.w.Shop.Returns.RefundDays))
	t.offerHuman("refund_status")
}

// cannotFind gives up a task whose order is not found. A notice that was given
// stands all the same, and a defect needs no number.
func (t *turn) cannotFind() {
	k := *t.top()
	if s := t.open(); s != nil && s.name != "order_no" && k.Tries < 3 && (s.name != "email" || k.Tries == 0) {
		t.top().Tries++
		t.asked = true
		parts, buttons := s.shortly(t)
		if s.name == "email" {
			buttons = append(buttons, button("button.human", "human"))
		}
		t.say(part("why."+s.replies()), parts, buttons)
		return
	}
	t.end(k.Kind)
	switch {
	case k.Values["notice"] != "":
		t.say(part("withdraw.stands", "at", Moment(t.w.Now)))
		t.callStaff("withdrawal")
	case k.Kind == Complain:
		t.say(part("complain.without"))
		t.human("complaint")
	case k.Asked == "email":
		t.say(part("track.who"))
		t.offerHuman("order_status")
	case k.Asked == "" || k.Asked == "order_no":
		t.say(part("track.where"))
		t.offerHuman("order_status")
	default:
		t.say(part("stuck.case"))
		t.offerHuman(k.Kind)
	}
}

// tapOpen begins a task by its button.
func (t *turn) tapOpen(kind string) bool {
	if caseKinds[kind] == "" {
		return false
	}
	t.opens(kind, heard(intents.Reading{Lang: t.Lang}))
	t.moved = true
	return true
}

// noted passes a wish on to staff.
func (t *turn) noted(number string) {
	t.say(part("change.noted", "number", number, "at", Moment(t.w.Now)))
	t.callStaff("order_change_cancel")
}

// orderButtons are what can be done with an order in its state.
func (t *turn) orderButtons(o catalog.Order) []Button {
	var buttons []Button
	if o.Token != "" && t.w.Public != "" {
		buttons = append(buttons, Button{Label: "button.order_page", URL: t.w.Public + "/o/" + o.Token})
	}
	if !closed[o.Status] {
		buttons = append(buttons, button("button.withdraw", "withdraw:"+o.Number))
	}
	return buttons
}
