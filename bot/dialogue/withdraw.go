package dialogue

import (
	"time"

	"tiski/intents"
)

// withdrawing is the withdrawal function (Directive (EU) 2023/2673, art. 11a of
// the Consumer Rights Directive): which order and whose, and the button that
// confirms. Nothing else is asked.
var withdrawing = afterOrder(task{
	kind:   Withdraw,
	slots:  []slot{linesSlot, sureSlot},
	cancel: (*turn).keepOrder,
})

// noticeTimer rings when a notice waits for its giver to be identified.
const noticeTimer = "notice"

// noticePatience is how long it waits before staff see to it.
const noticePatience = 30 * time.Minute

// withdraw begins a withdrawal. A plain statement that names the order is a
// valid notice in itself (KSL 6:14): it is taken down with its time, and needs
// no further confirmation from whose order it is.
func (t *turn) withdraw(m *said) {
	t.opens(Withdraw, m)
	k := t.top()
	number := m.First(intents.OrderNo)
	if m.has(cueDeclare) && !m.asks && number != "" {
		k.note("notice", t.w.Now.Format(time.RFC3339))
		k.note("confirm", "yes")
		if t.unidentified() && t.identified() == "" {
			t.lead(part("withdraw.noticed", "number", number, "at", Moment(t.w.Now)))
			t.want(SetTimer{Name: noticeTimer, At: t.w.Now.Add(noticePatience)})
		}
	}
	t.proceed()
}

// tapWithdraw is the button of an order; sure is its second step.
func (t *turn) tapWithdraw(number string, sure bool) bool {
	if number == "" {
		return false
	}
	t.opens(Withdraw, heard(intents.Reading{Lang: t.Lang}))
	t.top().Order = number
	if sure {
		t.top().note("confirm", "yes")
	}
	t.moved = true
	return true
}

// keepOrder gives the withdrawal up.
func (t *turn) keepOrder() {
	t.end(Withdraw)
	t.say(part("withdraw.kept"), t.nextButtons())
}

// noticeWaits hands a notice whose giver was not identified to staff.
func (t *turn) noticeWaits() {
	for _, k := range t.Tasks {
		if k.Kind == Withdraw && k.Values["notice"] != "" && t.Case == nil {
			t.callStaff("withdrawal")
		}
	}
}
