package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// repair mends the course of what is being asked: cancelling and taking it up
// again, why, again, back, skipping, and corrections of what was told.
func (t *turn) repair(m *said) bool {
	dropped := t.Dropped
	t.Dropped = nil
	switch {
	case dropped != nil && (m.has(cueAfterAll) || m.has(cueGoOn)) && len(m.words) <= 6:
		t.pickUp(dropped.clone())
		return t.mended()
	case t.dismisses(m):
		return t.mended()
	case len(t.Cart) > 0 && m.has(cueRemove) && m.has(cueEmpty) && m.has(cueCart) && !m.asks:
		t.empty()
		return t.mended()
	case len(t.Tasks) == 0:
		return t.correctLine(m)
	}
	all, gave, rest := t.gaveUp(m)
	if m.has(cueTheOrder) && (gave || t.cancels(m)) {
		t.top().Anew = false // not only the change of a detail is given up
	}
	switch {
	case m.givesUp(cueCancelAll):
		t.cancelAll()
	case t.cancels(m), t.choosing() && len(t.Cart) == 0 && m.has(cueRemove) && !m.asks:
		t.cancel()
	case gave:
		if all {
			t.cancelAll()
		} else {
			t.cancel()
		}
		if rest != nil {
			t.act(rest)
		}
	case t.open() == nil && (m.has(cueYes) || m.has(cueGoOn)):
		t.moved = true
	case t.open() == nil:
		return t.correct(m)
	case m.has(cueWhy) && len(m.words) <= 6 && !t.kind().passing && !m.has(cueHours) && m.First(intents.Product) == "",
		m.has(cueMust) && len(m.words) <= 6 && !t.kind().passing && m.First(intents.Answer) == "":
		t.say(part("why." + t.open().replies()))
	case m.has(cueAgain):
		t.repeat()
	case m.has(cueBack):
		t.back()
	case m.has(cueSkip) && !t.kind().passing && !(t.choosing() && m.anyDoes()), m.has(cueLater) && len(m.words) <= 4 && !m.asks:
		t.skip(m.has(cueLater))
	case m.has(cueGoOn) && len(m.words) <= 4 && !t.open().loose:
		t.carryOn()
	default:
		return t.correct(m)
	}
	return t.mended()
}

// mended: what was not understood before is past.
func (t *turn) mended() bool {
	t.Misses = 0
	return true
}

// carryOn asks the open question again, or which of several tasks goes on.
func (t *turn) carryOn() {
	if len(t.waiting()) > 1 {
		t.start(Task{Kind: Resume})
		return
	}
	t.top().Asked = ""
	t.moved = true
}

// cancels reports that a message gives up the task on top.
func (t *turn) cancels(m *said) bool {
	k, d := t.top(), t.kind()
	switch {
	case m.has(cueNo) && k.Asked != "" && k.Asked != "same" && (k.Asked != "email" || k.Values["meant"] == "") && (d == nil || d.lost == nil):
		return true
	case k.Kind == Withdraw:
		return false
	case m.givesUp(cueCancel):
		return true
	}
	return k.Kind == Buy && len(m.words) <= 4 && m.has(cueWithdraw) && m.First(intents.OrderNo) == ""
}

func isObject(w string) bool { return slices.Contains(objects, w) }

// objects may stand among the words that give something up: "en mä otakaan sitä".
var objects = []string{"ma", "mie", "mina", "se", "sen", "sita", "tata", "taa", "tan", "tama", "taman", "niita", "naita", "noita", "ne", "homma", "hommaa", "koko", "kuitenkaan", "sittenkaan", "det", "den", "it", "this", "that"}

// givesUp is what the words are a cue of when they are that and no more, but
// for what softens them and what is given up.
func givesUp(words []string) cueSet {
	words = bare(words)
	found := cueWords.whole[strings.Join(words, " ")]
	if slices.ContainsFunc(words, isObject) && len(words) <= fewWords {
		found.join(cueWords.whole[strings.Join(slices.DeleteFunc(slices.Clone(words), isObject), " ")])
	}
	return found
}

// longestDismissal is of how many words the giving up before a name is at most.
const longestDismissal = 3

// dismisses gives up the goods that a message names after words of giving up:
// what is being chosen, else a line of the cart: "en haluakaan telttaa".
func (t *turn) dismisses(m *said) bool {
	words := bare(m.words)
	skipped := len(m.words) - len(words)
	if len(m.words) > fewWords || m.asks || skipped > 0 && !slices.Equal(words, m.words[skipped:]) {
		return false
	}
	for n := min(longestDismissal, len(words)-1); n > 0; n-- {
		if !cueWords.whole[strings.Join(words[:n], " ")].has(cueCancel) {
			continue
		}
		goods := m.part(m.starts[skipped+n], len(m.Text))
		for i := range goods.Entities {
			goods.Entities[i].Negated = false
		}
		q := goods.sought()
		if q.Text == "" && q.Product == "" {
			return false
		}
		found := t.look(q)
		is := func(product string) bool {
			return !found.Nearest && among(found.Hits, product)
		}
		if k := t.top(); k != nil && k.Kind == Add && is(k.Product) {
			t.cancel()
			return true
		}
		lines := slices.DeleteFunc(slices.Clone(t.Cart), func(l Line) bool {
			p, _ := t.w.Shop.Variant(l.SKU)
			return p == nil || !is(p.ID)
		})
		if len(lines) == 1 {
			t.setQty(lines[0].SKU, 0)
			return true
		}
		if len(t.Tasks) == 0 && slices.ContainsFunc(t.Shown, is) {
			t.Shown, t.Query, t.Focus = nil, nil, ""
			t.say(part("what_else"), t.nextButtons())
			return true
		}
		return false
	}
	return false
}

// joints are words that clauses begin with.
var joints = []string{"ja", "och", "and", "mut", "mutta", "men", "but"}

// gaveUp finds the clause that gives up the task on top: "ai noin paljon, en
// otakaan", and what the message wants after it: "peru tää, missä mun paketti
// on". The rest is nil when it wants nothing else.
func (t *turn) gaveUp(m *said) (all, gave bool, rest *said) {
	if t.kind() != nil && t.kind().kind == Withdraw {
		return false, false, nil
	}
	from := 0
	for i := 1; i <= len(m.words); i++ {
		if i < len(m.words) && !slices.Contains(joints, m.words[i]) && !strings.ContainsAny(m.gap(i), ",.!;:–") {
			continue
		}
		clause := m.words[from:i]
		for len(clause) > 1 && slices.Contains(joints, clause[0]) {
			clause = clause[1:]
		}
		given := givesUp(clause)
		all = given.has(cueCancelAll)
		if all || given.has(cueCancel) {
			return all, true, t.besides(m, i)
		}
		from = i
	}
	return false, false, nil
}

// besides is what a message wants from its i-th word on, when it wants something.
func (t *turn) besides(m *said, i int) *said {
	if i >= len(m.words) {
		return nil
	}
	rest := m.part(m.starts[i], len(m.Text))
	rest.Acted = nil
	for _, in := range m.Intents {
		switch in.Name {
		case intents.OrderChangeCancel, intents.Feedback, intents.ThanksBye, intents.OutOfScope, intents.Greeting:
		default:
			if in.P >= leastSecond && len(rest.Acted) == 0 {
				rest.Acted = []string{in.Name}
			}
		}
	}
	if t.names(rest.sought()) && (len(rest.Acted) == 0 || m.likelihood(rest.Acted[0]) < singleWord) {
		rest.Acted = []string{intents.ProductSearch}
	}
	if len(rest.Acted) == 0 {
		return nil
	}
	return rest
}

// whereWeAre asks the open question once more, else shows the cart or what was
// shown last.
func (t *turn) whereWeAre() {
	shown := t.shownHits()
	switch {
	case t.open() != nil:
		t.repeat()
	case len(t.Cart) > 0:
		t.showCart()
	case len(shown) > 0:
		t.say(part("where.shown"), t.cards(shown, catalog.Query{}))
	default:
		t.help()
	}
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
		if len(t.Cart) == 0 {
			t.end(Buy)
		}
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
	if d := t.kind(); tries > 1 && !d.passing {
		if d.check != nil && !d.check(t) {
			return
		}
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
func (t *turn) skip(later bool) {
	k, d, s := t.top(), t.kind(), t.open()
	switch {
	case s.skip, s.later && later:
		k.Skipped = append(k.Skipped, s.name)
		k.Asked, k.Tries = "", 0
		t.moved = true
		if d.passing { // it would be forgotten at the end of the turn
			t.proceed()
		}
	case d.lost != nil:
		d.lost(t)
	case d.check != nil && !d.check(t):
	default:
		k = t.top()
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
