package dialogue

import (
	"slices"
	"strings"

	"tiski/intents"
)

// repair mends the course of what is being asked: cancelling and taking it up
// again, why, again, back, skipping, and corrections of what was told.
func (t *turn) repair(m *said) bool {
	dropped := t.Dropped
	t.Dropped = nil
	switch {
	case dropped != nil && m.has(cueAfterAll):
		t.pickUp(dropped.clone())
	case len(t.Tasks) == 0:
		return t.correctLine(m)
	case m.has(cueCancelAll):
		t.cancelAll()
	case t.cancels(m):
		t.cancel()
	case t.cancelsFirst(m) != nil:
		t.cancel()
		t.act(t.cancelsFirst(m))
	case t.open() == nil && m.has(cueYes):
		t.moved = true
	case t.open() == nil:
		return t.correct(m)
	case m.has(cueWhy) && len(m.words) <= 6 && !t.kind().passing:
		t.say(part("why." + t.open().replies()))
	case m.has(cueAgain):
		t.repeat()
	case m.has(cueBack):
		t.back()
	case m.has(cueSkip) && !t.kind().passing:
		t.skip()
	default:
		return t.correct(m)
	}
	t.Misses = 0
	return true
}

// cancels reports that a message gives up the task on top.
func (t *turn) cancels(m *said) bool {
	k, d := t.top(), t.kind()
	switch {
	case m.has(cueCancel), m.has(cueNo) && k.Asked != "" && (d == nil || d.lost == nil):
		return true
	}
	return k.Kind == Buy && len(m.words) <= 4 && m.has(cueWithdraw) && m.First(intents.OrderNo) == ""
}

// cancelsFirst is what a message wants after giving up the task on top: "peru
// tää, missä mun paketti on". nil when it does not give it up.
func (t *turn) cancelsFirst(m *said) *said {
	for i := 1; i < len(m.words); i++ {
		between := m.Text[m.starts[i-1]:m.starts[i]]
		if joint := m.words[i-1]; !strings.ContainsAny(between, ",.!;") && joint != "ja" && joint != "och" && joint != "and" {
			continue
		}
		head := m.part(0, m.starts[i-1]+len(strings.TrimRight(between, " ,.!;")))
		if n := len(head.words); n > 0 && (head.words[n-1] == "ja" || head.words[n-1] == "och" || head.words[n-1] == "and") {
			head = m.part(0, m.starts[i-1])
		}
		if !head.has(cueCancel) && !head.has(cueCancelAll) {
			return nil
		}
		rest := m.part(m.starts[i], len(m.Text))
		rest.Acted = slices.DeleteFunc(slices.Clone(m.Acted), func(intent string) bool { return intent == intents.OrderChangeCancel })
		if len(rest.Acted) == 0 {
			rest.Acted = []string{m.Intents[0].Name}
		}
		return rest
	}
	return nil
}

// cancel gives up the task on top, or only the change of a detail of it. The
// next message may take it up again.
func (t *turn) cancel() {
	k, d := t.top(), t.kind()
	if k.Anew {
		k.Asked, k.Anew, k.Tries = "", false, 0
		t.lead(part("kept"))
		t.moved = true
		return
	}
	was := t.laidDown()
	if d == nil || d.cancel == nil {
		t.end(k.Kind)
		var buttons []Button
		if len(t.Tasks) == 0 {
			buttons = t.nextButtons()
		}
		t.say(part("cancelled"), buttons)
	} else {
		d.cancel(t)
	}
	t.Dropped = &was
}

// laidDown is the task on top, to be picked up again.
func (t *turn) laidDown() Task {
	k := t.top().clone()
	if k.Kind == Buy {
		k.note("delivery", t.Delivery)
		k.note("payment", t.Payment)
	}
	return k
}

// pickUp goes on with a task that was cancelled.
func (t *turn) pickUp(k Task) {
	if k.Kind == Buy {
		t.Delivery, t.Payment = k.Values["delivery"], k.Values["payment"]
	}
	k.Asked = ""
	t.begin(k)
	t.lead(part("resume." + k.Kind))
	t.moved = true
}

// cancelAll gives up everything but the cart.
func (t *turn) cancelAll() {
	was := t.laidDown()
	if t.Has(Buy) {
		t.forgetOrder()
	}
	t.Tasks = nil
	t.say(part("cancelled.all"), t.nextButtons())
	t.Dropped = &was
}

// restart begins afresh; the cart stays.
func (t *turn) restart() {
	t.forgetOrder()
	t.Tasks, t.Dropped, t.Query, t.Shown, t.Focus, t.Narrowed = nil, nil, nil, nil, "", nil
	key := "restarted"
	if len(t.Cart) > 0 {
		key = "restarted.cart"
	}
	t.say(part(key), t.nextButtons())
}

// back asks the slot told last anew.
func (t *turn) back() {
	k := t.top()
	if len(k.Filled) == 0 {
		t.proceed()
		return
	}
	last := k.Filled[len(k.Filled)-1]
	k.Filled = k.Filled[:len(k.Filled)-1]
	t.reopen(last)
}

// reopen asks a slot of the task on top anew. What was told before stands until
// something else is told.
func (t *turn) reopen(name string) {
	k := t.top()
	k.Asked, k.Anew, k.Tries = name, true, 0
	if d := t.kind(); d.changed != nil {
		d.changed(t)
	}
	t.moved = true
}

// repeat says the open question once more; the second time, why it is asked.
func (t *turn) repeat() {
	k, s := t.top(), t.open()
	tries := k.Tries + 1
	if tries > 1 && !t.kind().passing {
		t.asked = true
		parts, buttons := s.shortly(t)
		t.say(part("why."+s.replies()), parts, buttons)
	} else {
		t.lead(part("repeat"))
		k.Asked = ""
		t.proceed()
	}
	if k := t.top(); k != nil {
		k.Tries = tries
	}
}

// skip passes over the open question, or says why it cannot. Who passes over it
// three times does not want the task.
func (t *turn) skip() {
	k, d, s := t.top(), t.kind(), t.open()
	switch {
	case s.skip:
		k.Skipped = append(k.Skipped, s.name)
		k.Asked, k.Tries = "", 0
		t.moved = true
	case d.lost != nil:
		d.lost(t)
	default:
		k.Tries++
		parts, buttons := s.shortly(t)
		switch {
		case k.Tries >= 3:
			t.cancel()
			return
		case k.Tries == 2:
			parts, buttons = []Part{part("stuck")}, append(buttons, t.waysOut()...)
		}
		t.asked = true
		t.say(part("why."+s.replies()), parts, buttons)
	}
}

// correct takes what a message changes of what was told before: a detail by its
// name, or a new value alone.
func (t *turn) correct(m *said) bool {
	k, d := t.top(), t.kind()
	if m.asks || d == nil {
		return false
	}
	wanted, not := m.contrast()
	change := not != nil || m.has(cueChange) || m.has(cueSlip) || m.revises
	if not == nil {
		wanted = m.corrected()
	}
	if change || len(m.words) <= 2 {
		for i := range d.slots {
			if s := &d.slots[i]; s.called != 0 && m.has(s.called) && s.name != k.Asked && t.revise(s, wanted) {
				return true
			}
		}
	}
	if !change {
		return false
	}
	if p := t.pointed(wanted); p != nil && k.Kind == Add {
		t.choose(p, t.searched(p.ID), max(1, k.Qty))
		return true
	}
	for _, name := range slices.Backward(slices.Clone(k.Filled)) {
		s := d.named(name)
		if s == nil { // one of several of a kind
			s = t.open()
		}
		if s != nil && s.take(t, wanted).taken {
			t.filled(s)
			t.lead(part("corrected"))
			return true
		}
	}
	return t.correctLine(m)
}

// revise takes a new value for a slot named, or asks for it.
func (t *turn) revise(s *slot, m *said) bool {
	if !s.known(t) {
		return false
	}
	if value := m.afterCopula(); value != m && s.take(t, value).taken {
		t.filled(s)
		t.lead(part("corrected"))
		return true
	}
	t.reopen(s.name)
	return true
}

// correctSearch searches anew when a size or colour that was searched for is
// not the one wanted.
func (t *turn) correctSearch(wanted, not *said) bool {
	q, was := wanted.sought(), not.sought()
	if t.Query == nil || !constrained(q) || was.Size != t.Query.Size && was.Color != t.Query.Color || was.Size+was.Color == "" {
		return false
	}
	t.show(t.narrowed(q), "found")
	return true
}

// correctLine changes the size, the colour or the number of what is in the cart.
func (t *turn) correctLine(m *said) bool {
	wanted, not := m.contrast()
	if not != nil && t.correctSearch(wanted, not) {
		return true
	}
	if len(t.Cart) == 0 || m.asks || not == nil && !m.has(cueChange) && !m.has(cueSlip) && !m.revises {
		return false
	}
	if not == nil {
		wanted = m.corrected()
	}
	if q := wanted.sought(); wanted.First(intents.Quantity) != "" && q.Text == "" && !constrained(q) {
		t.setQty(t.lineMeant(), quantity(wanted))
		return true
	}
	return t.swap(wanted, not)
}
