package dialogue

import (
	"slices"
	"strings"
	"time"

	"tiski/catalog"
	"tiski/intents"
)

// Promise is something that a person said they would do by a day: "palaan asiaan
// huomenna".
type Promise struct {
	Name string    `json:"name"` // of who promised
	Text string    `json:"text"` // as it was said
	At   time.Time `json:"at"`
	Due  time.Time `json:"due"` // the end of customer service on that day, or on the next that it is open
}

const (
	maxPromises  = 5
	promiseTimer = "promise"
	remindBefore = time.Hour // before a promise is due, the conversation is in the queue again
)

// promising are words by which a person says that they will do something.
var promising = []string{
	"palaan", "palaamme", "ilmoitan", "ilmoitamme", "soitan", "soitamme", "vastaan", "vastaamme", "kerron", "kerromme",
	"selvitän", "selvitämme", "tarkistan", "tarkistamme", "lähetän", "lähetämme", "hoidan", "hoidamme",
	"återkommer", "meddelar", "ringer", "svarar", "skickar", "kollar", "kontrollerar", "ordnar",
	"i'll", "we'll", "will",
}

// promised notes what a person promises for a day. Days when customer service is
// closed move a promise on to the next that it is open.
func (t *turn) promised(name, text string) {
	day, err := time.ParseInLocation(time.DateOnly, t.w.Reading.First(intents.Date), catalog.Helsinki)
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(text, "’", "'")), func(r rune) bool { return strings.ContainsRune(" .,;:!?()\n", r) })
	if err != nil || !slices.ContainsFunc(words, func(w string) bool { return slices.Contains(promising, w) }) {
		return
	}
	due := t.w.Shop.Hours.ServiceEnd(day)
	if due.Before(t.w.Now) {
		return
	}
	t.Promises = append(t.Promises, Promise{Name: name, Text: text, At: t.w.Now, Due: due})
	t.Promises = t.Promises[max(0, len(t.Promises)-maxPromises):]
	t.remindStaff()
}

// keptPromises drops those that a person keeps by speaking: made before they took
// the conversation, or on an earlier day and due by the end of this one.
func (t *turn) keptPromises() {
	before := len(t.Promises)
	day := func(at time.Time) string { return at.In(catalog.Helsinki).Format(time.DateOnly) }
	today := day(t.w.Now)
	t.Promises = slices.DeleteFunc(t.Promises, func(p Promise) bool {
		return p.At.Before(t.Handoff.Since) || day(p.At) < today && day(p.Due) <= today
	})
	if len(t.Promises) < before {
		t.remindStaff()
	}
}

// remindStaff sets the timer to the promise that is due first.
func (t *turn) remindStaff() {
	if len(t.Promises) == 0 {
		t.want(DropTimer{Name: promiseTimer})
		return
	}
	t.want(SetTimer{Name: promiseTimer, At: t.nextPromise().Due.Add(-remindBefore)})
}

// nextPromise is the one that is due first; there must be one.
func (t *turn) nextPromise() Promise {
	return slices.MinFunc(t.Promises, func(a, b Promise) int { return a.Due.Compare(b.Due) })
}

// promiseDue puts the conversation back into the queue, for the person to keep
// their word. The customer is told nothing before that.
func (t *turn) promiseDue() {
	if len(t.Promises) == 0 || t.Handoff.held() || t.Handoff.Stage == Requested || t.w.Now.Before(t.nextPromise().Due.Add(-remindBefore)) {
		return
	}
	t.Handoff = Handoff{Stage: Requested, Since: t.w.Now, Why: promiseTimer}
	t.want(CallStaff{Reason: promiseTimer})
}
