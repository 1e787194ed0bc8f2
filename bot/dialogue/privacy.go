package dialogue

import (
	"tiski/bot/persona"
	"tiski/catalog"
)

// erasing forgets what the conversation knows of the customer, once they are sure.
var erasing = task{
	kind:   Erase,
	slots:  []slot{{name: "erase", value: func(t *turn) string { return t.top().Values["confirm"] }, ask: (*turn).askErase, take: (*turn).takeErase, loose: true}},
	finish: (*turn).erase,
}

// privacy answers what is known, forgets, stops guessing, or tells the terms.
// It reports whether the message was of these.
func (t *turn) privacy(m *said) bool {
	switch {
	case m.erases():
		t.start(Task{Kind: Erase})
	case m.has(cueUntrack):
		t.Untracked, t.Persona = true, persona.Belief{}
		t.say(part("privacy.untracked", "privacy", t.w.Shop.Company.Privacy))
	case m.has(cueAboutMe), m.asks && m.has(cueOnFile) && m.has(cueOfMe):
		t.tellKnown()
	default:
		return false
	}
	return true
}

// erases reports whether a message wants what is known of the customer removed,
// and does not ask how.
func (m *said) erases() bool {
	return (m.has(cueErase) || m.has(cueDelete) && m.has(cueOnFile)) && !cueWords.word(bare(m.words)[0]).has(cueAsking) && !m.has(cueNegation)
}

// tellKnown shows what this conversation holds.
func (t *turn) tellKnown() {
	parts := []Part{part("privacy.known")}
	c, a := t.Contact, t.Address
	if n := len(t.Known); n > 0 && c.Email == "" {
		c.Email = t.Known[n-1].Email
	}
	for _, d := range []struct{ key, value string }{{"name", c.Name}, {"email", c.Email}, {"phone", c.Phone}} {
		if d.value != "" {
			parts = append(parts, part("privacy.known."+d.key, "value", d.value))
		}
	}
	if a.Street != "" || a.Postcode != "" {
		parts = append(parts, part("privacy.known.address", "street", a.Street, "postcode", a.Postcode, "city", a.City))
	}
	if len(t.Cart) > 0 {
		parts = append(parts, part("privacy.known.cart", "count", len(t.Cart)))
	}
	if all := t.numbers(); len(all) > 0 {
		parts = append(parts, part("privacy.known.orders", "orders", Words(all)))
	}
	if t.Case != nil {
		parts = append(parts, part("privacy.known.case", "number", t.Case.Number))
	}
	if len(parts) == 1 {
		parts = []Part{part("privacy.nothing")}
	}
	if id := t.Persona.Persona(); id != persona.Neutral {
		parts = append(parts, part("privacy.known.guess", "name", t.w.Personas.Get(id).Name))
	}
	t.say(append(parts, part("privacy.more", "privacy", t.w.Shop.Company.Privacy)),
		button("button.erase", "erase"), button("button.human", "human"))
}

func (t *turn) askErase() ([]Part, []Button) {
	return []Part{part("ask.erase")}, []Button{button("button.erase", t.choice("erase", "yes")), button("button.keep.erase", "drop:"+Erase)}
}

func (t *turn) takeErase(m *said) answer {
	if !m.has(cueYes) && !m.erases() {
		return notMine
	}
	t.top().note("confirm", "yes")
	return taken
}

// erase forgets at once what this conversation knows. Orders stay for the
// bookkeeping; what else the shop holds, staff erase.
func (t *turn) erase() {
	t.end(Erase, Buy)
	t.forgetOrder()
	t.Contact, t.Address, t.Name = catalog.Contact{}, catalog.Address{}, ""
	t.Known, t.Dropped, t.Persona = nil, nil, persona.Belief{}
	for i := range t.Tasks {
		t.Tasks[i].Values = nil
	}
	t.say(part("privacy.erased"))
	t.callStaff("erasure")
}
