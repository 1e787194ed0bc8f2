package dialogue

import (
	"slices"

	"tiski/intents"
)

// leaving takes what a person is wanted for while nobody is at work, so that who
// comes first can answer at once, and how to reach a customer who is gone by then.
// The conversation waits in the queue already.
var leaving = task{
	kind: Afterhours,
	slots: []slot{
		{name: "matter", value: func(t *turn) string { return t.Handoff.What }, ask: (*turn).askMatter, take: (*turn).takeMatter, skip: true},
		{name: "reach", value: (*turn).reach, ask: (*turn).askReach, take: (*turn).takeReach, skip: true},
	},
	finish:  (*turn).waits,
	cancel:  (*turn).waits, // the person stays called
	passing: true,
}

// engaged reports whether the customer is in the middle of something that tells
// what it is about.
func (t *turn) engaged() bool {
	return slices.ContainsFunc(t.Tasks, func(k Task) bool {
		d := t.kindOf(k.Kind)
		return d != nil && !d.passing
	})
}

func (t *turn) askMatter() ([]Part, []Button) { return []Part{part("ask.matter")}, t.skipButton() }
func (t *turn) askReach() ([]Part, []Button)  { return []Part{part("ask.reach")}, t.skipButton() }

// takeMatter takes the customer's words for the person. A question is noted too,
// and answered if the bot can.
func (t *turn) takeMatter(m *said) answer {
	if m.has(cueSkip) || m.has(cueNo) && len(m.words) <= fewWords {
		t.skip(false)
		return finished
	}
	if m.Has(intents.HumanAgent) {
		return notMine
	}
	t.Handoff.What = clipped(m.Text)
	if m.asks && m.digresses() {
		t.end(Afterhours)
		return notMine
	}
	t.proceed()
	return finished
}

// reach is how the customer can be reached outside the chat.
func (t *turn) reach() string {
	if t.Contact.Email != "" {
		return t.Contact.Email
	}
	return t.Contact.Phone
}

func (t *turn) takeReach(m *said) answer {
	email, phone := m.First(intents.Email), m.First(intents.Phone)
	switch {
	case email != "":
		t.Contact.Email = email
	case phone != "":
		t.Contact.Phone = phone
	case m.asks || m.Has(intents.HumanAgent):
		return notMine
	case m.has(cueNo), m.has(cueSkip), m.has(cueNegation), m.has(cueWithout):
		t.skip(false)
		return finished
	default: // more of what it is about
		t.Handoff.What = clipped(t.Handoff.What + ". " + m.Text)
		t.skip(false)
		return finished
	}
	t.proceed()
	return finished
}

// waits tells when somebody will read it.
func (t *turn) waits() {
	t.end(Afterhours)
	parts := []Part{part("afterhours", t.openArgs()...)}
	if t.w.Shop.Hours.ServiceOpen(t.w.Now) {
		parts = []Part{part("afterhours.away")} // nobody can tell when somebody comes
	}
	if to := t.reach(); to != "" {
		parts = append(parts, part("afterhours.reach", "reach", to))
	} else {
		parts = append(parts, part("afterhours.here"))
	}
	t.say(parts, t.nextButtons())
}
