package dialogue

import (
	"strings"
	"time"

	"tiski/intents"
)

// Moment is a date with the time of day.
type Moment time.Time

// patience is how long somebody waits before the bot says that it has not
// forgotten them.
const patience = 10 * time.Minute

const (
	waitingTimer = "waiting"
	quietTimer   = "quiet"
)

// patientTimes is how many times the same thing may stay unsolved: the last of
// them calls a person without asking.
const patientTimes = 3

// Reasons are why a person may be called.
var Reasons = []string{
	"angry", "asked", "bereaved", "charged", "complaint", "failed", "order_change_cancel", "order_status", "payment", "refund", "refund_status", "withdrawal",
	promiseTimer, quietTimer, Return, Exchange, Withdraw, Complain,
}

func (h Handoff) held() bool { return h.Stage == Held }

// human calls a person because the customer wants one.
func (t *turn) human(why string) {
	if t.Handoff.Stage == Requested {
		t.say(part("human.still"), part(t.when("human"), t.openArgs()...))
		return
	}
	if len(t.Promises) > 0 {
		p := t.nextPromise()
		t.lead(part("human.promised", "name", p.Name, "due", Moment(p.Due)))
	}
	t.lead(part("human.called"), part(t.when("human"), t.openArgs()...))
	t.callStaff(why)
	if why == "asked" && !t.staffed() && !t.engaged() {
		t.start(Task{Kind: Afterhours})
		return
	}
	t.flush()
}

// insists calls the person whom a message plainly wants, whatever else it says. It
// reports whether it did.
func (t *turn) insists(m *said) bool {
	if !m.Has(intents.HumanAgent) || !m.has(cueBeing) || !m.wants() || strings.Contains(m.Text, "?") {
		return false
	}
	if m.has(cueCharged) || m.angry() {
		t.lead(part("complaint"))
	}
	t.noteAnger(m)
	t.human("asked")
	return true
}

// wants reports whether a message says that somebody wants something: "vill", but not
// "vill inte" and "don't want".
func (m *said) wants() bool {
	for i, w := range m.words {
		if cueWords.word(w).has(cueWants) && !anyCue(m.words[max(0, i-1):min(i+2, len(m.words))], cueNegation) {
			return true
		}
	}
	return false
}

// when picks the reply for the opening hours of customer service, and for hours
// when it is open but nobody is there.
func (t *turn) when(key string) string {
	switch {
	case t.staffed():
		return key + ".open"
	case t.w.Shop.Hours.ServiceOpen(t.w.Now):
		return key + ".away"
	}
	return key + ".closed"
}

// staffed reports whether somebody can come now.
func (t *turn) staffed() bool { return !t.w.Away && t.w.Shop.Hours.ServiceOpen(t.w.Now) }

func (t *turn) openArgs() []any {
	return []any{"open", Moment(t.w.Shop.Hours.NextOpen(t.w.Now))}
}

// callStaff puts the conversation into the queue.
func (t *turn) callStaff(why string) {
	if t.Handoff.Stage == Requested || t.Handoff.held() {
		return
	}
	t.Handoff = Handoff{Stage: Requested, Since: t.w.Now, Why: why}
	t.want(CallStaff{Reason: why})
	if t.staffed() {
		t.want(SetTimer{Name: waitingTimer, At: t.w.Now.Add(patience)})
	}
}

// offerHuman adds the offer of a person to what was just said.
func (t *turn) offerHuman(why string) {
	if t.Handoff.Stage == Requested || t.Handoff.held() {
		if len(t.effects) == 0 {
			t.say(part("human.noted"))
		}
		return
	}
	if t.Unsolved != why {
		t.Unsolved, t.Times = why, 0
	}
	if t.Times++; t.Times >= patientTimes {
		t.Times = 0
		t.human(why)
		return
	}
	t.offer(why)
}

// offer asks whether a person is wanted.
func (t *turn) offer(why string) {
	t.Handoff = Handoff{Stage: Offered, Why: why}
	t.say(part("human.offer"), button("button.human", "human"))
}

// taken: a person joins. What was being asked is dropped, so that a late "joo"
// cannot buy, and bot words that have not left are taken back.
func (t *turn) taken(in Taken) {
	if t.Handoff.held() {
		return
	}
	waited := t.Handoff.Stage == Requested
	t.Handoff = Handoff{Stage: Held, Staff: in.Staff, Name: in.Name, Since: t.w.Now, What: t.Handoff.What}
	t.end(Afterhours)
	t.Summary, t.Dropped = nil, nil
	for i := range t.Tasks {
		t.Tasks[i].Asked, t.Tasks[i].Anew = "", false
	}
	t.want(Unsay{})
	t.want(DropTimer{Name: waitingTimer})
	t.say(part("staff.joined", "name", in.Name, "shop", t.shop()), BySystem)
	if waited {
		t.unheard()
	}
}

// awaitPerson notes that a customer waits for the next word of who holds the
// conversation.
func (t *turn) awaitPerson(in Input) {
	switch in.(type) {
	case Said:
		t.noteAnger(heard(t.w.Reading))
		t.unheard()
	case Tapped, Sent, Shared, Commanded:
		t.unheard()
	}
}

func (t *turn) unheard() {
	if !t.Handoff.Unheard.IsZero() {
		return
	}
	t.Handoff.Unheard = t.w.Now
	if quiet := t.w.Shop.Service.Quiet; quiet > 0 {
		t.want(SetTimer{Name: quietTimer, At: t.w.Now.Add(quiet)})
	}
}

func (t *turn) answered() {
	if !t.Handoff.Unheard.IsZero() {
		t.Handoff.Unheard = time.Time{}
		t.want(DropTimer{Name: quietTimer})
	}
}

// quiet: who holds the conversation has let the customer wait for too long, so it
// goes back into the queue.
func (t *turn) quiet() {
	since := t.Handoff.Unheard
	if !t.Handoff.held() || since.IsZero() || t.w.Now.Before(since.Add(t.w.Shop.Service.Quiet)) {
		return
	}
	name := t.Handoff.Name
	t.Handoff = Handoff{Stage: Requested, Since: since, Why: quietTimer, What: t.Handoff.What}
	t.want(CallStaff{Reason: quietTimer})
	t.say(part("staff.quiet", "name", name), part(t.when("human"), t.openArgs()...))
}

// staffSaid passes on the words of who holds the conversation, of nobody else.
func (t *turn) staffSaid(in StaffSaid) {
	if !t.Handoff.held() || t.Handoff.Staff != in.Staff {
		return
	}
	if in.Text != "" {
		t.want(Say{Parts: []Part{part("text", "text", in.Text)}, As: ByStaff, Staff: in.Name})
	}
	if in.Photo != "" { // named as a customer's is
		t.want(Say{Parts: []Part{part("text", "text", "[photo]")}, As: ByStaff, Staff: in.Name, Photo: in.Photo})
	}
	t.answered()
	t.keptPromises()
	t.promised(in.Name, in.Text)
}

// mostUnsent is how many messages that did not reach the customer are told of.
const mostUnsent = 5

// unsent notes that what the person said did not reach the customer.
func (t *turn) unsent(in Unsent) {
	if !t.Handoff.held() {
		return
	}
	t.Handoff.Unsent = append(t.Handoff.Unsent, in.Seq)
	t.Handoff.Unsent = t.Handoff.Unsent[max(0, len(t.Handoff.Unsent)-mostUnsent):]
}

// handedBack: the bot goes on, with what the person promised.
func (t *turn) handedBack(in HandedBack) {
	if !t.Handoff.held() || t.Handoff.Staff != in.Staff {
		return
	}
	name := t.Handoff.Name
	t.answered()
	t.promised(name, in.Note)
	t.Handoff, t.Angry = Handoff{}, 0
	if in.Note != "" {
		t.say(part("staff.promised", "name", name, "note", in.Note), BySystem)
	}
	if len(t.Tasks) > 0 {
		t.lead(part("staff.left.task"))
		t.moved = true
		t.goOn()
		return
	}
	var ways []Button // none to shelves: what a person was needed for is seldom a purchase
	if len(t.Cart) > 0 {
		ways = t.cartButtons()
	}
	t.say(part("staff.left"), ways)
}

// rang: a timer has come due.
func (t *turn) rang(in Rang) {
	if in.Timer == wishTimer {
		t.wishesDue()
	}
	if in.Timer == laterTimer {
		t.laterDue()
	}
	if in.Timer == noticeTimer {
		t.noticeWaits()
	}
	if in.Timer == quietTimer {
		t.quiet()
	}
	if in.Timer == promiseTimer {
		t.promiseDue()
	}
	if in.Timer == waitingTimer && t.Handoff.Stage == Requested {
		t.say(part("human.waiting"), part(t.when("human"), t.openArgs()...))
	}
}
