package dialogue

import (
	"strings"
	"time"
	"unicode/utf8"

	"tiski/catalog"
	"tiski/intents"
)

// hear handles a message in words, in this order: what holds in every task, the
// repair of what is being asked, the answer to it, and then what else the
// message wants. At the end the open question is asked again.
func (t *turn) hear(in Said) {
	if t.tooFast(in.Hurried) {
		return
	}
	text := strings.TrimSpace(in.Text)
	if in.Masked {
		t.say(part("masked"))
	}
	switch {
	case utf8.RuneCountInString(text) > MaxText:
		t.say(part("too_long"))
		t.greetOnce()
		return
	case !hasLetterOrDigit(text):
		t.wordless(text)
		return
	}
	m := heard(t.w.Reading)
	m.revises = in.Edited
	t.before, t.Topic = t.Topic, ""
	t.context(m)
	if t.follows(m) {
		t.Lang = m.Lang
	}
	t.guess(m)
	if t.Handoff.Stage == Offered && !m.has(cueYes) {
		t.Handoff = Handoff{}
	}
	if t.Working != "" {
		t.say(part("order.working"))
		return
	}
	if !t.dictates(m) && !t.comeBack(m) && !t.insists(m) && !t.soothe(m) && !t.condole(m) && !t.stands(m) && !t.repair(m) && !t.volunteers(m) && !t.fill(m) && !t.react(m) {
		t.act(m)
	}
	t.noteAmount(m)
	t.greetOnce()
	t.goOn()
}

// tooFast keeps a flood of messages from being answered one by one: the first
// that is too many is told so, the rest change nothing.
func (t *turn) tooFast(hurried bool) bool {
	if hurried && !t.Hurried {
		t.say(part("slow_down"))
	}
	t.Hurried = hurried
	return hurried
}

// follows reports whether the conversation goes on in the language of a
// message: names, addresses and single words switch nothing.
func (t *turn) follows(m *said) bool {
	switch {
	case m.Lang == "", m.onlyIdentifies():
		return false
	case !t.Spoke:
		return len(m.words) > 2 || m.Has(intents.Greeting) || m.Has(intents.HumanAgent)
	case t.Has(Buy) && (!m.digresses() || hasPostcode(m.Text)):
		return false
	}
	return len(m.words) > 2
}

// onlyIdentifies reports whether a message is nothing but an order's number and who made it.
func (m *said) onlyIdentifies() bool {
	if m.First(intents.OrderNo) == "" {
		return false
	}
	for i := range m.words {
		if !m.names(intents.OrderNo, i) && !m.names(intents.Email, i) && !m.names(intents.Phone, i) {
			return false
		}
	}
	return true
}

// away is how long somebody must have been gone to be welcomed back.
const away = 20 * time.Hour

// comeBack welcomes who was away with something unfinished. A mere greeting is
// told where things were and asked whether to go on; then it reports true.
func (t *turn) comeBack(m *said) bool {
	if t.Heard.IsZero() || t.w.Now.Sub(t.Heard) < away || len(t.Cart) == 0 && len(t.Tasks) == 0 {
		return false
	}
	t.lead(part("back"))
	k, d := t.top(), t.kind()
	if d == nil || d.passing || !m.Has(intents.Greeting) || len(m.words) > 3 {
		return false
	}
	k.Asked, t.asked = "", true
	t.say(part("back."+k.Kind), button("button.go_on", "task:"+k.Kind), button("button.leave", "drop:"+k.Kind))
	return true
}

func (m *said) angry() bool { return m.has(cueAngry) || m.Mood.Annoyed }

func (t *turn) noteAnger(m *said) {
	if m.angry() {
		t.Angry++
	}
}

// soothe answers anger once in plain words, with the offer of a person; the
// third angry message calls one. It reports whether nothing else was said.
func (t *turn) soothe(m *said) bool {
	t.noteAnger(m)
	if !m.angry() || t.Handoff.Stage == Requested {
		return false
	}
	alone := !m.digresses() || m.Has(intents.Feedback) || m.Has(intents.WarrantyComplaint) && t.open() != nil
	switch {
	case t.Angry >= 3, t.Angry == 2 && (t.Has(Track) || t.Unsolved != ""):
		t.say(part("angry.called"))
		t.human("angry")
		return true
	case t.Angry == 1:
		t.say(part("angry"), button("button.human", "human"))
	case alone:
		t.say(part("angry.again"), button("button.human", "human"))
	}
	return alone
}

// condole says that it is sorry to who tells of a death, and offers a person when the message
// asks nothing else that is clear. It reports whether nothing else was said.
func (t *turn) condole(m *said) bool {
	if !m.has(cueBereaved) || t.Handoff.Stage == Requested {
		return false
	}
	t.lead(part("condolence"))
	if m.digresses() {
		return false
	}
	t.offerHuman("bereaved")
	return true
}

// stands handles what is a command in every task, also while something is
// asked: "are you a bot", help, the cart, the way to the checkout.
func (t *turn) stands(m *said) bool {
	switch {
	case m.has(cueEmergency), m.swallowed():
		t.say(part("emergency"), button("button.human", "human"))
	case m.has(cueInjured):
		t.say(part("injury"), button("button.complain", "open:"+Complain), button("button.human", "human"))
	case t.disowns(m):
	case m.has(cueDistress):
		t.say(part("distress"), button("button.human", "human"))
	case m.asksBot():
		t.say(part("am_bot"), button("button.human", "human"))
	case m.has(cueBye) && (t.Spoke || len(t.Cart)+len(t.Shown) > 0) && len(m.words) <= 4: // who begins with "moro" greets
		t.leave()
	case t.aboutPaying(m):
	case m.has(cueHelp):
		t.help()
	case t.speaksIn(m):
	case m.has(cueWait):
		t.say(part("waits"))
	case m.has(cueRecap):
		t.whereWeAre()
	case m.has(cueRestart):
		t.restart()
	case t.privacy(m):
	case t.wrap(m):
	case t.takeCode(m):
	case t.aboutPoints(m):
	case t.advises(m):
	case t.opinions(m):
	case t.quizzed(m):
	case m.has(cueCart) && !m.has(cueAdd) && (!m.has(cueRemove) || len(t.Cart) == 0) && len(m.words) <= fewWords:
		t.showCart()
	case m.asks && m.has(cueTotal) && m.has(cueCheckout) && len(t.Cart) > 0: // "mitä mulle tulee maksamaan yhteensä"
		t.sum()
	case t.choosing() && m.has(cueCheckout):
		t.chooseFirst()
	case m.has(cueCheckout) && m.has(cueThese) && m.sought().Text == "" && len(t.Shown) == 0 && t.offerPageCart():
	case len(t.Cart) == 0 && m.has(cueCheckout) && t.target(m) != nil:
		t.order(m)
	case len(t.Cart) == 0 && m.has(cueCheckout) && len(t.Shown) > 1:
		t.askWhich(intents.OrderPlace)
	case len(t.Cart) == 0 && m.has(cueCheckout):
		t.showCart()
	case len(t.Cart) > 0 && (m.has(cueCheckout) || len(m.words) <= 4 && m.has(cueCheckoutWord) && content(m.Text) == "" && !m.asks && !constrained(m.sought()) && m.First(intents.Quantity) == ""):
		if t.Summary != nil {
			t.lead(part("order.use_button"))
		}
		t.checkout()
	case t.Handoff.Stage == Requested && m.has(cueNoNeed) && !t.Has(Erase):
		t.want(DropTimer{Name: waitingTimer})
		t.Handoff = Handoff{}
		t.end(Afterhours)
		t.say(part("human.dropped"), t.nextButtons())
	case t.Handoff.Stage == Requested && m.asks && m.has(cueReply) && m.has(cueTerms) && len(m.words) <= fewWords:
		t.human("asked") // "millon ne vastaa"
	case m.has(cueNotify) && (t.Focus != "" || len(t.Shown) > 0 || len(t.Wishes) > 0):
		t.wish(m)
	case m.has(cueSum) && (len(t.Cart) > 0 || t.Focus == ""):
		t.showCart()
	case len(t.Shown) > 0 && t.rejects(m), t.wantsOthers(m):
		t.others()
	case t.asksAlso(m):
	case t.pointsBeyond(m):
	case t.best(m):
	case t.compares(m):
	case len(t.Shown) > 1 && m.has(cueSuperlative) && m.sought().Text == "" && !m.has(cueAdd):
		order, p := catalog.CheapestFirst, cheapest(t.shownProducts())
		if m.First(intents.Ref) == intents.RefDearest {
			order, p = catalog.DearestFirst, dearest(t.shownProducts())
		}
		t.lead(firstByPrice(p, order, "shown.cheapest", "shown.dearest"))
		t.describe(p)
	case t.pointed(m) != nil && (t.top() == nil || t.top().Kind != About) && !t.namesDetail(m) && !m.has(cueSlip) && !m.has(cueNegation) && (!m.has(cueAdd) || m.has(cueTell)) && !m.has(cueRemove) && !m.has(cueCheap) && (m.has(cueTell) || len(m.words) <= 5 && !m.asks):
		if q := m.sought(); q.Size+q.Color != "" && !m.has(cueTell) {
			t.availability(m) // "eka 38 harmaa"
		} else {
			t.describe(t.pointed(m))
		}
	default:
		return false
	}
	t.Misses = 0
	return true
}

// volunteers takes contact details that come before they are asked, and how the
// goods should come when they are ordered so, with goods in the cart, as the
// beginning of the checkout.
func (t *turn) volunteers(m *said) bool {
	told := m.First(intents.Email) != "" || m.First(intents.Phone) != "" || hasPostcode(m.Text)
	if len(t.Cart) == 0 && (len(t.Tasks) == 0 || t.top().Kind == About || t.top().Kind == Find) && m.reaches() && !m.digresses() && t.ordersTalkedOf(m) {
		return true
	}
	orders := m.has(cueCheckoutWord) && m.First(intents.Delivery) != ""
	if !told && !orders || len(t.Cart) == 0 || len(t.Tasks) > 0 || m.asks || m.First(intents.OrderNo) != "" ||
		m.digresses() && !orders && (!m.Has(intents.OrderChangeCancel) || t.Order != nil) {
		return false
	}
	t.begin(Task{Kind: Buy})
	if !t.fill(m) {
		t.end(Buy)
		return false
	}
	return true
}

// fill takes what a message tells of the task on top: the answer to its
// question first, then whatever else it needs. It reports false when the
// message says, or asks, something else besides.
func (t *turn) fill(m *said) bool {
	k, d := t.top(), t.kind()
	if d == nil {
		return false
	}
	if d.check != nil && !d.check(t) { // the world has moved
		return true
	}
	if s := t.open(); s != nil && s.name == orderSlot.name && t.buysInstead(m) {
		t.end(d.kind)
		return false
	}
	if t.choosing() && t.alongside(m) {
		t.Misses = 0
		return true
	}
	told, open, got, corrected := m.statement(), t.open(), false, false
	asking := told == m && m.asks && m.digresses() // "mikä on noutopiste?" chooses none
	if open != nil && !asking {
		switch a := open.take(t, told); {
		case a.taken:
			t.filled(open)
			got = true
		case a.ended:
			t.Misses = 0
			return true
		case a.why.Key != "":
			t.missed(open, a.why)
			return true
		}
	}
	for i := range d.slots {
		s := &d.slots[i]
		if s == open && !asking || s.notice == nil || t.top() != k {
			continue
		}
		if known := s.known(t); s.notice(t, told) {
			t.filled(s)
			got, corrected = true, corrected || known && !s.quiet
		}
	}
	if corrected {
		t.leadOnce(part("corrected"))
	}
	switch {
	case got:
		t.Misses = 0
		return (!m.asks || !m.digresses()) && m.likelihood(intents.HumanAgent) < surelyHuman // "soittakaa mulle 0401234567"
	case m.has(cueYes) && open != nil && !d.passing && !open.loose && k.Tries == 0:
		k.Tries++
		t.lead(part("yes"))
		t.remind(open)
		return true
	case open == nil || d.passing || open.loose || m.asks || m.digresses() && !t.answersCase(m) || m.has(cueNo) || m.has(cueRemove) && len(t.Cart) > 0:
		return false
	case d.yields != nil && d.yields(t, m):
		t.end(d.kind)
		return false
	}
	t.missed(open, Part{})
	return true
}

// missed says that an answer did not do, and why if that is known, and asks once more: with an
// example the second time, and another way after the third.
func (t *turn) missed(s *slot, why Part) {
	k, d := t.top(), t.kind()
	k.Tries++
	if k.Tries >= 3 && d.lost != nil {
		d.lost(t)
		return
	}
	switch {
	case why.Key != "":
	case k.Tries%2 == 1:
		why = part("bad." + s.replies())
	default:
		why = part("bad." + s.replies() + ".again")
	}
	if s.known(t) && !k.Anew {
		t.proceed()
		return
	}
	parts, buttons := s.question(t)
	if k.Tries >= 3 {
		parts = []Part{part("stuck").glued()}
		buttons = append(buttons, t.waysOut()...)
	}
	t.asked = true
	t.say(why, parts, buttons)
}

// waysOut of a question that does not get its answer.
func (t *turn) waysOut() []Button {
	return []Button{button("button.human", "human"), button("button.cancel", "drop:"+t.top().Kind)}
}

// react handles a short reaction that no open question took: removing, yes and no.
func (t *turn) react(m *said) bool {
	switch {
	case len(t.Cart) > 0 && m.has(cueRemove) && !m.asks:
		t.removeInWords(m)
	case len(t.Cart) == 0 && len(m.words) <= 3 && m.has(cueRemove) && t.Handoff.Stage != Requested:
		t.showCart()
	case m.has(cueYes) && t.Handoff.Stage == Offered:
		t.human(t.Handoff.Why)
	case m.has(cueYes) && t.top() != nil && t.top().Kind == About && len(t.Shown) > 1:
		t.askWhich(t.top().Values["intent"])
	case m.has(cueSorry):
		t.say(part("no_harm"), t.nextButtons())
	case m.has(cueYes), m.has(cueNo), m.has(cueSlip) && m.slips(len(m.words)), m.givesUp(cueCancel) && !m.has(cueWithdraw), m.has(cueSkip) && len(m.words) <= 3:
		t.say(part("what_else"), t.nextButtons())
	default:
		return false
	}
	t.Misses = 0
	return true
}
