package dialogue

import "tiski/intents"

// complaining takes a defect or wrong goods: the seller answers for them
// without a limit of time (KSL chapter 5). A person goes on with it.
var complaining = afterOrder(task{
	kind: Complain,
	slots: []slot{linesSlot, countSlot,
		{name: "fault", take: (*turn).takeFault},
		{name: "picture", ask: (*turn).askPicture, take: (*turn).takePicture, skip: true, loose: true}},
	check: (*turn).checkOrder,
})

// complaint begins a complaint, or tells what the seller answers for.
func (t *turn) complaint(m *said) {
	if !m.wishes() {
		t.say(part("text", "text", t.w.Shop.Returns.Warranty), button("button.complain", "open:"+Complain), button("button.human", "human"))
		return
	}
	if m.has(cueAngry) && t.Has(Buy) && m.First(intents.OrderNo) == "" {
		return // it is about the checkout
	}
	t.opens(Complain, m)
	if !m.has(cueComplaint) && len(m.words) > 1 {
		t.top().note("fault", clipped(m.Text))
	}
	if t.top().Asked == "" {
		t.lead(part("complaint"))
	}
	t.proceed()
}

// takeFault takes the customer's words of what is wrong.
func (t *turn) takeFault(m *said) answer {
	if t.top().Asked != "fault" || m.asks || m.Has(intents.HumanAgent) || m.digresses() && !m.aboutGoods() {
		return notMine
	}
	t.top().note("fault", clipped(m.Text))
	return taken
}

// surelyElse is how likely a message must be of something else, so that it is
// not more of what is wrong.
const surelyElse = 0.9

func (t *turn) askPicture() ([]Part, []Button) { return []Part{part("ask.picture")}, t.skipButton() }

// takePicture takes that there is none; a picture comes as a message of its own.
func (t *turn) takePicture(m *said) answer {
	k := t.top()
	switch {
	case k.Asked != "picture" || m.asks:
		return notMine
	case m.has(cueNo), m.has(cueNegation), m.has(cueWithout):
		t.skip(false)
		return finished
	case len(m.words) > 2 && !m.Has(intents.HumanAgent) && (!m.digresses() || m.Intents[0].P < surelyElse || m.Has(intents.RefundStatus)):
		k.note("fault", clipped(k.Values["fault"]+". "+m.Text))
		t.lead(part("fault.more"))
		t.remind(t.open())
		return finished
	}
	return notMine
}

// pictured takes a picture that was asked for.
func (t *turn) pictured() bool {
	s := t.open()
	if s == nil || t.top().Kind != Complain || s.name != "picture" {
		return false
	}
	t.top().note("picture", "sent")
	t.filled(s)
	return true
}
