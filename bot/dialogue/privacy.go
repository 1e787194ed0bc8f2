package dialogue

import (
	"cmp"
	"slices"
	"time"

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
		t.untrack()
	case t.joins(m):
	case m.has(cueWhyConsent) && t.w.Remembers:
		t.lookConsents()
	case m.has(cueWhyGuess):
		t.tellReasons()
	case m.has(cueMyCopy):
		t.giveCopy()
	case t.newsletter(m):
	case t.aboutReminders(m):
	case t.ownSize(m):
	case t.addressed(m):
	case m.has(cueAboutMe), m.asks && m.has(cueOnFile) && m.has(cueOfMe):
		t.tellKnown()
	default:
		return false
	}
	return true
}

// untrack stops guessing what the customer is like.
func (t *turn) untrack() {
	t.Untracked, t.Persona, t.learnt = true, persona.Belief{}, true
	t.say(part("privacy.untracked", "privacy", t.w.Shop.Company.Privacy))
}

// notLike takes back what is believed of the customer, if it still is.
func (t *turn) notLike(in NotLike) {
	if t.Persona.Persona() == in.Persona && in.Persona != persona.Neutral {
		t.Persona, t.learnt = t.Persona.Without(in.Persona), true
	}
}

// erases reports whether a message wants what is known of the customer removed,
// and does not ask how.
func (m *said) erases() bool {
	return (m.has(cueErase) || m.has(cueDelete) && m.has(cueOnFile)) && !cueWords.word(bare(m.words)[0]).has(cueAsking) && !m.has(cueNegation)
}

// Kinds of passes.
const (
	PassCopy = "copy" // to everything that is kept of the customer
)

// copyLife is how long a link to a customer's data works.
const copyLife = 15 * time.Minute

// giveCopy gives a link to everything that is kept of the customer. Who is in
// the conversation is who it is of.
func (t *turn) giveCopy() {
	if t.w.Pass == nil || t.w.Public == "" {
		t.say(part("copy.none"), button("button.human", "human"))
		return
	}
	pass := t.w.Pass(PassCopy, t.w.Now.Add(copyLife))
	t.say(part("copy"), Button{Label: "button.copy", URL: t.w.Public + "/data/" + pass + "?lang=" + t.Lang})
}

// allowed tells what the customer has allowed, with a button to end each.
func (t *turn) allowed() (parts []Part, buttons []Button) {
	for _, p := range Purposes {
		if t.allows(p) {
			parts = append(parts, part("purpose."+p+".on"))
			buttons = append(buttons, button("button.off."+p, "consent:"+p+":no"))
		}
	}
	return parts, buttons
}

// showPurposes tells everything that may be allowed, with a button to switch each.
func (t *turn) showPurposes() bool {
	if !t.w.Remembers {
		return false
	}
	parts, buttons := t.allowed()
	for _, p := range Purposes {
		switch {
		case t.outworded(p):
			parts = append(parts, part("consent.narrower."+p))
			buttons = append(buttons, button("button.consent.anew."+p, "consent:"+p+":ask"))
		case !t.allows(p):
			parts = append(parts, part("purpose."+p+".off"))
			buttons = append(buttons, button("button.on."+p, "consent:"+p+":ask"))
		}
	}
	t.say(parts, buttons, button("button.join.give", "join"))
	return true
}

// tellKnown shows what this conversation holds and what is remembered beyond it.
func (t *turn) tellKnown() {
	parts := []Part{part("privacy.known")}
	c, a := t.Contact, t.Address
	if n := len(t.Known); n > 0 && c.Email == "" {
		c.Email = t.Known[n-1].Email
	}
	if s := t.Sought; s != nil {
		c.Email, c.Phone = cmp.Or(c.Email, s.Email), cmp.Or(c.Phone, s.Phone)
	}
	for _, d := range []struct{ key, value string }{{"name", c.Name}, {"email", c.Email}, {"phone", c.Phone}} {
		if d.value != "" {
			parts = append(parts, part("privacy.known."+d.key, "value", d.value))
		}
	}
	if a.Street != "" || a.Postcode != "" {
		parts = append(parts, part("privacy.known.address", "street", a.Street, "postcode", a.Postcode, "city", a.City))
	}
	if len(parts) > 1 {
		parts = append(parts, t.whyReach())
	}
	if len(t.Cart) > 0 {
		parts = append(parts, part("privacy.known.cart", "count", len(t.Cart)))
	}
	if len(t.PageCart) > 0 {
		parts = append(parts, part("privacy.known.page_cart", "count", len(t.PageCart)))
	}
	parts = append(parts, t.whyOrders()...)
	if t.Case != nil {
		parts = append(parts, part("privacy.known.case", "number", t.Case.Number))
	}
	parts = append(parts, t.awaited()...)
	parts = append(parts, t.facts()...)
	var more []Button
	if len(t.Cart) > 0 {
		more = append(more, button("button.cart", "cart"))
	}
	if len(t.corrections()) > 0 {
		more = append(more, button("button.facts", "facts"))
	}
	if l := t.Profile.Lang; t.allows(Service) && l.Value != "" {
		parts = append(parts, part("fact.lang."+l.Value, "date", l.Since))
	}
	if id := t.Persona.Persona(); id != persona.Neutral {
		parts = append(parts, part("privacy.known.guess", "name", t.served().Told()))
		more = append(more, button("button.why", "why"))
	}
	if len(parts) == 1 {
		parts = []Part{part("privacy.nothing")}
	}
	allowed, switches := t.allowed()
	if len(allowed) > 0 {
		more = append(more, button("button.why.consents", "consents"))
	}
	if t.w.Remembers {
		switches = append(switches, button("button.purposes", "purposes"))
	}
	t.say(parts, allowed, part("privacy.more", "privacy", t.w.Shop.Company.Privacy),
		more, switches, button("button.my_copy", "copy"), button("button.erase", "erase"), button("button.human", "human"))
}

// whyReach tells where the contact details come from.
func (t *turn) whyReach() Part {
	switch {
	case t.Contact == (catalog.Contact{}) && t.Address == (catalog.Address{}) && len(t.Known) > 0:
		return part("privacy.known.ordered", "order", t.Known[len(t.Known)-1].Number)
	case t.Profile.Reach.Why != "" && t.Contact == t.Profile.Contact:
		return part("privacy.known.ordered", "order", t.Profile.Reach.Why)
	}
	return part("privacy.known.told")
}

// whyOrders tells which orders are known, and why they are taken for the customer's.
func (t *turn) whyOrders() (parts []Part) {
	var placed, proved Words
	for _, number := range t.numbers() {
		if k := t.known(number); k != nil && k.Proved {
			proved = append(proved, number)
		} else {
			placed = append(placed, number)
		}
	}
	if len(placed) > 0 {
		parts = append(parts, part("privacy.known.placed", "orders", placed))
	}
	if len(proved) > 0 {
		parts = append(parts, part("privacy.known.proved", "orders", proved))
	}
	return parts
}

// lookConsents asks what the customer has answered about what may be remembered.
func (t *turn) lookConsents() { t.lookFor(Look{Consents: true}) }

// tellConsents tells when, where and by which question the customer allowed what
// they do, with a button to end each.
func (t *turn) tellConsents(all []Consent) {
	var parts []Part
	for _, p := range Purposes {
		i := slices.IndexFunc(all, func(c Consent) bool { return c.Purpose == p && c.Answer == Given })
		if i < 0 {
			continue
		}
		c := all[i]
		where := "consent.in.chat"
		if c.Channel == "telegram" {
			where = "consent.in.telegram"
		}
		parts = append(parts, part("purpose."+p+".on"),
			part("consent.why", "date", c.At.In(catalog.Helsinki).Format("2.1.2006"), "where", Keys{where}, "text", c.Wording))
	}
	if len(parts) == 0 {
		parts = []Part{part("consent.why.none")}
	}
	_, switches := t.allowed()
	t.say(parts, switches, button("button.purposes", "purposes"))
}

// awaited tells of which goods the customer is told when they are back, or cost
// less.
func (t *turn) awaited() (parts []Part) {
	var wished, watched Words
	for _, w := range t.Wishes {
		if p, _ := t.w.Shop.Variant(w.SKU); p != nil && !slices.Contains(wished, p.Name.In(t.Lang)) {
			wished = append(wished, p.Name.In(t.Lang))
		}
	}
	for _, l := range t.Later {
		if p := t.w.Shop.Product(l.Subject); p != nil && l.Kind == PriceFell && t.allows(Reminders) {
			watched = append(watched, p.Name.In(t.Lang))
		}
	}
	if len(wished) > 0 {
		parts = append(parts, part("privacy.known.wishes", "titles", wished))
	}
	if len(watched) > 0 {
		parts = append(parts, part("privacy.known.watched", "titles", watched))
	}
	return parts
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

// erase has everything erased that is kept of the customer. An order that waits
// for its payment is paid or given up first.
func (t *turn) erase() {
	t.end(Erase)
	if t.Paying != nil {
		t.say(part("privacy.paying", "number", t.Paying.Order), t.payButton(), button("button.human", "human"))
		return
	}
	t.Working = t.want(ForgetCustomer{Lang: t.Lang})
}

// forgotten begins anew after the erasure, and tells what is left.
func (t *turn) forgotten(in Done) {
	t.State = State{Schema: schema, Lang: in.Lang, Greeted: true}
	parts := []Part{part("privacy.erased")}
	if in.Kept+len(in.Open) > 0 {
		parts = append(parts, part("privacy.erased.books"))
	}
	if len(in.Open) > 0 {
		parts = append(parts, part("privacy.erased.open", "orders", Words(in.Open)))
	}
	t.say(append(parts, part("privacy.erased.elsewhere")), button("button.human", "human"))
}
