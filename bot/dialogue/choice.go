package dialogue

import (
	"cmp"
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// kindCues are the words that customers call the kinds of delivery by.
var kindCues = map[string]cue{
	catalog.Home:        cueHome,
	catalog.PickupPoint: cuePoint,
	catalog.Locker:      cueLocker,
	catalog.StorePickup: cueStore,
}

// paymentCues are the words for ways of paying, by their ids; those of
// providers by the provider.
var paymentCues = map[string][]cue{
	catalog.Invoice:  {cueInvoice},
	catalog.AtStore:  {cueAtStore},
	"paytrail":       {cueBank, cueMobilePay},
	"stripe":         {cueCard},
	TelegramPayments: {cueCard},
}

// called reports whether a message names a way of paying.
func called(m *said, p *catalog.PaymentMethod) bool {
	return slices.ContainsFunc(paymentCues[cmp.Or(p.Provider, p.ID)], m.has)
}

// toAddress reports whether the goods go to an address: always, until the
// customer says that they come from the store.
func (t *turn) toAddress() bool {
	m := t.method()
	return m == nil || m.Kind != catalog.StorePickup
}

// method is the delivery chosen, if it still serves the address and takes what is
// in the cart.
func (t *turn) method() *catalog.DeliveryMethod {
	m := t.w.Shop.DeliveryMethod(t.Delivery)
	if m == nil || !slices.Contains(t.w.Shop.DeliveryFor(t.Address.Postcode), m) || t.outgrown(m) {
		return nil
	}
	return m
}

func (t *turn) delivers() string {
	if m := t.method(); m != nil {
		return m.ID
	}
	return ""
}

// payment is the payment chosen, if it goes with the delivery.
func (t *turn) payment() *catalog.PaymentMethod {
	for _, p := range t.payments() {
		if p.ID == t.Payment {
			return p
		}
	}
	return nil
}

func (t *turn) pays() string {
	if p := t.payment(); p != nil {
		return p.ID
	}
	return ""
}

// payments are the ways of paying that go with the delivery, in the shop's,
// that is the lawful, order.
func (t *turn) payments() []*catalog.PaymentMethod {
	kind := ""
	if m := t.method(); m != nil {
		kind = m.Kind
	}
	return slices.DeleteFunc(t.w.Shop.PaymentsFor(kind), func(p *catalog.PaymentMethod) bool { return !t.w.payable(p) })
}

// deliverable keeps methods of a few areas from a customer whose area is not known.
func (t *turn) deliverable(m *catalog.DeliveryMethod) bool {
	return len(m.Areas) == 0 || t.Address.Postcode != ""
}

// askDelivery asks how the goods should come, with price and dates. A kind that
// the customer does not want is not offered again while there are others. One
// that was chosen and does not take what is in the cart is dropped, and told why.
func (t *turn) askDelivery() ([]Part, []Button) {
	parts := []Part{part("ask.delivery")}
	if m := t.w.Shop.DeliveryMethod(t.Delivery); m != nil && t.outgrown(m) {
		parts = []Part{tooBig(m, t.bulk()), part("ask.delivery")}
		t.Delivery = ""
		t.forgetPoint()
	}
	var buttons []Button
	takes, goods := t.deliveries(), t.goods()
	for _, m := range takes {
		if !t.deliverable(m) || m.Kind == t.top().Values["unwanted"] {
			continue
		}
		price := Fee(m.PriceFor(goods))
		parts = append(parts, part("delivery.options.line", "name", m.Name, "price", price, "window", m.Arrives(t.w.Now)))
		buttons = append(buttons, button("button.priced", "del:"+m.ID, "text", m.Name, "price", price))
	}
	switch {
	case len(buttons) == 0 && len(takes) < len(t.w.Shop.DeliveryFor(t.Address.Postcode)):
		return []Part{part("delivery.too_big")}, []Button{button("button.cart", "cart"), button("button.human", "human")}
	case len(buttons) == 0:
		return []Part{part("delivery.none", "postcode", t.Address.Postcode)}, []Button{button("button.edit.address", "edit:address"), button("button.human", "human")}
	}
	return parts, buttons
}

// takeDelivery takes the only method that a message names. One that is not
// wanted, with nothing in its place, is taken from the choices.
func (t *turn) takeDelivery(m *said) answer {
	if hasPostcode(m.Text) { // an address, whatever its street is called
		return notMine
	}
	wanted, not := m.contrast()
	if not == nil && m.has(cueNegation) {
		for _, d := range t.w.Shop.DeliveryFor(t.Address.Postcode) {
			if m.has(kindCues[d.Kind]) {
				t.top().note("unwanted", d.Kind)
				return refused(part("unwanted"))
			}
		}
	}
	own := wanted.ownMethod(t.w.Shop.DeliveryFor(t.Address.Postcode), t.Lang)
	var fitting, small []*catalog.DeliveryMethod // small: wished for, but the goods are too big; the question says so
	for _, d := range t.w.Shop.DeliveryFor(t.Address.Postcode) {
		switch {
		case !t.deliverable(d) || own == nil && !wanted.has(kindCues[d.Kind]) || own != nil && d != own:
		case t.outgrown(d):
			small = append(small, d)
		default:
			fitting = append(fitting, d)
		}
	}
	if len(fitting) == 0 {
		fitting = small
	}
	if len(fitting) > 1 { // "haen noutopisteestä": what fetches is not only the store
		fitting = slices.DeleteFunc(fitting, func(d *catalog.DeliveryMethod) bool { return d.Kind == catalog.StorePickup })
	}
	if len(fitting) > 1 && wanted.has(cueLocker) { // "lähimpään automaattiin"
		fitting = slices.DeleteFunc(fitting, func(d *catalog.DeliveryMethod) bool { return d.Kind == catalog.PickupPoint })
	}
	if len(fitting) != 1 {
		return notMine
	}
	t.Delivery = fitting[0].ID
	return taken
}

// ownMethod is the only one of some ways of delivery that a message calls by its own name or
// by a word of it: "kirjeenä" is of "Luukkukirje". nil when it calls none so, or several. A
// word for delivery calls none, nor where it goes.
func (m *said) ownMethod(methods []*catalog.DeliveryMethod, lang string) *catalog.DeliveryMethod {
	var words []string
	for i, w := range m.words {
		if !anyCue([]string{w}, cueDelivery) && !m.names(intents.Place, i) {
			words = append(words, w)
		}
	}
	var only *catalog.DeliveryMethod
	for _, d := range methods {
		name := d.Name.In(lang)
		own := slices.DeleteFunc(folded(name), func(w string) bool { return anyCue([]string{w}, kindCues[d.Kind]) })
		switch {
		case strings.EqualFold(strings.TrimSpace(m.Text), name):
			return d
		case !slices.ContainsFunc(words, func(w string) bool { return isFormIn(w, own) }):
		case only != nil:
			return nil
		default:
			only = d
		}
	}
	return only
}

// shortestName is how many letters of a name tell it.
const shortestName = 5

// isFormIn reports whether a word is a form of one of some words, or of what one ends with.
func isFormIn(word string, of []string) bool {
	for _, name := range of {
		for from := range max(0, len(name)-shortestName+1) {
			if isFormOf(word, name[from:]) {
				return true
			}
		}
	}
	return false
}

// isFormOf reports whether a word may be a form of another.
func isFormOf(word, of string) bool {
	stem := of[:max(min(len(of), shortestName-1), len(of)-2)]
	return strings.HasPrefix(word, stem) && len(word) <= len(of)+longestEnding
}

// noticeDelivery takes a delivery named in a few words. Told before the address, it
// is confirmed: nothing else shows for long that it was heard.
func (t *turn) noticeDelivery(m *said) bool {
	was, early := t.Delivery, t.Address.Postcode == ""
	if wanted, not := m.contrast(); not != nil {
		m = wanted
	} else if m.has(cueBut) {
		m = m.corrected() // "ei vaan kotiin"
	}
	if m = m.afterNo(); m.First(intents.Email)+m.First(intents.Phone) != "" { // "ät posti piste fi"
		m = heard(intents.Reading{Text: m.withoutReach(), Lang: m.Lang, Acted: m.Acted})
	}
	if m.has(cueNear) && m.First(intents.Delivery) == "" && t.toPoint() {
		return false // it is the point of what has been chosen: "joku lähin"
	}
	few := len(m.words) <= 3 || early && len(m.words) <= fewWords && m.Has(intents.DeliveryOptions)
	if !few || m.asks || m.has(cueNegation) || !t.takeDelivery(m).taken || t.Delivery == was && !early {
		return false
	}
	if d := t.method(); d != nil && (was != "" && t.Delivery != was || d.Kind != catalog.StorePickup && early) {
		t.lead(part("delivery.noted", "name", d.Name, "price", Fee(d.PriceFor(t.goods()))))
	}
	return true
}

// collects reports whether the customer will fetch the goods from the store.
func (t *turn) collects(m *said) bool {
	return m.has(cueStore) && !anyCue(m.words, cueNegation)
}

func (t *turn) askPayment() ([]Part, []Button) {
	var buttons []Button
	parts := []Part{part("ask.payment")}
	if m := t.method(); m != nil {
		parts = append(t.downParts(m.Kind), parts...)
	}
	for _, m := range t.payments() {
		if m.ID == t.top().Values["unwanted_payment"] {
			continue
		}
		parts = append(parts, payLine(m))
		buttons = append(buttons, button("button.text", "pay:"+m.ID, "text", m.Name))
	}
	if t.top().Values["wanted_payment"] != "" { // which goes with another delivery
		t.top().note("wanted_payment", "")
		buttons = append(buttons, button("button.edit.delivery", "edit:delivery"))
	}
	if len(buttons) == 0 {
		t.top().note("unwanted_payment", "")
		return []Part{part("payment.only")}, []Button{button("button.edit.delivery", "edit:delivery"), button("button.human", "human")}
	}
	return parts, buttons
}

// payLine tells of a way of paying what the shop's files do.
func payLine(p *catalog.PaymentMethod) Part {
	switch {
	case len(p.Info) == 0 && p.Fee > 0:
		return part("payment.name.fee", "name", p.Name, "price", p.Fee)
	case len(p.Info) == 0:
		return part("payment.name", "name", p.Name)
	case p.Fee > 0:
		return part("payment.line.fee", "name", p.Name, "price", p.Fee, "info", p.Info)
	}
	return part("payment.line", "name", p.Name, "info", p.Info)
}

func (t *turn) takePayment(m *said) answer {
	wanted, not := m.contrast()
	if only := t.payments(); len(only) == 1 && m.has(cueYes) && t.top().Asked == "payment" {
		t.Payment = only[0].ID
		return taken
	}
	for _, p := range t.payments() {
		if not == nil && called(m, p) && m.has(cueNegation) {
			t.notePayment("unwanted_payment", p)
			return refused(part("unwanted"))
		}
		if called(wanted, p) || strings.EqualFold(strings.TrimSpace(m.Text), p.Name.In(t.Lang)) {
			t.Payment = p.ID
			return taken
		}
	}
	for i := range t.w.Shop.Payments {
		if p := &t.w.Shop.Payments[i]; !m.asks && !m.has(cueNegation) && !m.has(cueStore) && t.w.payable(p) && called(wanted, p) {
			t.notePayment("wanted_payment", p)
			return refused(part("payment.goes_with", "name", p.Name, "deliveries", t.deliveriesWith(p)))
		}
	}
	return notMine
}

// notePayment keeps what was said of a way of paying until it is asked, which may be
// while something else is being chosen.
func (t *turn) notePayment(key string, p *catalog.PaymentMethod) {
	for i := range t.Tasks {
		if t.Tasks[i].Kind == Buy {
			t.Tasks[i].note(key, p.ID)
		}
	}
}

// deliveriesWith are the names of the ways of delivery that a way of paying goes with.
func (t *turn) deliveriesWith(p *catalog.PaymentMethod) Texts {
	var names Texts
	for _, m := range t.deliveries() {
		if p.GoesWith(m.Kind) {
			names = append(names, m.Name)
		}
	}
	return names
}

// noticePayment takes another way of paying, when one has been chosen. Who
// fetches the goods has not said how they are paid.
func (t *turn) noticePayment(m *said) bool {
	was, asked := t.Payment, t.top().Asked
	if m.has(cueStore) || len(m.words) > 3 || m.asks || m.First(intents.Delivery) != "" && asked == "delivery" || t.payment() == nil && asked != "point" && asked != "delivery" {
		return false
	}
	return t.takePayment(m).taken && t.Payment != was
}
