package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// foretold takes what an order in one message tells of the checkout: where to,
// how it comes, how it is paid. It reports whether it told anything.
func (t *turn) foretold(m *said) bool {
	if !m.reaches() || t.Has(Buy) {
		return false
	}
	t.foretell(m)
	t.takeComing(m)
	t.takePayment(m)
	t.moved = true
	return true
}

// reaches reports whether a message tells where somebody is reached.
func (m *said) reaches() bool {
	return m.First(intents.Address)+m.First(intents.Email)+m.First(intents.Phone) != ""
}

// foretell brings the checkout to the top, and takes who orders and where to.
func (t *turn) foretell(m *said) {
	buy := Task{Kind: Buy}
	if i := slices.IndexFunc(t.Tasks, func(k Task) bool { return k.Kind == Buy }); i >= 0 {
		buy = t.Tasks[i].clone()
	}
	t.begin(buy)
	street, city := m.First(intents.Address), ""
	if street != "" {
		t.Address.Street = street
	}
	for _, e := range m.Entities {
		if e.Kind == intents.Place {
			city = titleCase(e.Text) // as it is written, in either language of the town
		}
	}
	if code := m.First(intents.PostalCode); code != "" && (city != "" || street == "") {
		t.Address.Postcode, t.Address.City = code, city
	}
	for i := range buying.slots {
		if s := &buying.slots[i]; s.notice != nil && s.name != "address" && s.name != "delivery" && s.name != "payment" && s.notice(t, m) {
			t.filled(s)
		}
	}
}

// takeComing takes how the goods should come, when a message names one way to.
func (t *turn) takeComing(m *said) bool {
	kind := m.First(intents.Delivery)
	fitting := slices.DeleteFunc(t.deliveries(), func(d *catalog.DeliveryMethod) bool { return d.Kind != kind || !t.deliverable(d) })
	if len(fitting) != 1 {
		return false
	}
	t.Delivery = fitting[0].ID
	return true
}

// keeps takes, while an option is chosen, what the checkout will need: who orders,
// where to, how it comes. It says that it did, and reports whether it did.
func (t *turn) keeps(m *said) bool {
	if m.asks {
		return false
	}
	was, name := t.reached(), m.afterCopula()
	switch {
	case m.reaches(), m.First(intents.PostalCode) != "":
		k := t.top().clone()
		t.foretell(m)
		t.begin(k)
	case t.namesSelf(m), m.has(cueName) && t.namesSelf(name): // "nimi on Kaisa Korhonen"
		t.Contact.Name = strings.Trim(name.Text, " .!")
	}
	kept := t.tellKept(was) || m.reaches()
	if t.takeComing(m) {
		t.lead(part("delivery.kept", "name", t.method().Name))
		kept = true
	} else if was := t.Payment; !kept && len(m.words) <= 2 && t.takePayment(m).taken && t.Payment != was {
		t.lead(part("payment.kept", "name", t.w.Shop.PaymentMethod(t.Payment).Name))
		kept = true
	}
	t.moved = t.moved || kept
	return kept
}

// reached is where the customer is reached, as far as is known.
func (t *turn) reached() [4]string {
	address := strings.Trim(t.Address.Street+", "+t.Address.Postcode+" "+t.Address.City, ", ")
	return [...]string{t.Contact.Name, t.Contact.Email, t.Contact.Phone, address}
}

// tellKept says which details are known that were not, or were others. It reports whether
// any is.
func (t *turn) tellKept(was [4]string) bool {
	var kept []string
	for i, detail := range t.reached() {
		if detail != was[i] && detail != "" {
			kept = append(kept, detail)
		}
	}
	if len(kept) > 0 {
		t.lead(part("details.kept", "text", strings.Join(kept, ", ")))
	}
	return len(kept) > 0
}

// ordersTalkedOf takes who tells where they are reached, of goods shown that are in no
// cart yet, for somebody who orders one of these: the one talked about, or which is
// asked. It reports whether there are any.
func (t *turn) ordersTalkedOf(m *said) bool {
	p := t.talkedOf()
	if p == nil && len(t.Shown) < 2 || t.Query == nil || t.Order != nil || len(t.Known) > 0 || t.Handoff.Stage != "" || m.asks || m.has(cueForgot) || m.First(intents.OrderNo) != "" {
		return false
	}
	was := t.reached()
	t.foretell(m)
	t.tellKept(was)
	t.moved = true
	if p != nil {
		t.choose(p, t.suited(p, m), 1)
		return true
	}
	t.askWhich(intents.OrderPlace)
	t.top().Qty = 1
	return true
}

// namesSelf reports whether a message is nothing but a name, written as names are. A
// surname may be the name of goods, as in "Leo Laine", when what stands before it is not.
func (t *turn) namesSelf(m *said) bool {
	words := strings.Fields(m.Text)
	if t.Contact.Name != "" || !isName(m.Text) || m.digresses() ||
		slices.ContainsFunc(words, func(w string) bool { return !isCapital(w) || strings.ToUpper(w) == w }) {
		return false
	}
	bears := func(h catalog.Hit) bool { return strings.Contains(h.Product.Name.In(t.Lang), words[0]) }
	return !t.names(m.sought()) || len(words) == 2 && !slices.ContainsFunc(t.look(m.sought()).Hits, bears)
}
