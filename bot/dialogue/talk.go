package dialogue

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tiski/catalog"
	"tiski/intents"
)

// welcome greets who arrives; who comes back to a cart is told of it.
func (t *turn) welcome(in Opened) {
	if in.Lang != "" && !t.Greeted {
		for _, l := range t.w.Shop.Languages {
			if l == in.Lang {
				t.Lang = l
			}
		}
	}
	if passIn(in.Pass) != "" && t.w.Remembers {
		t.start(Task{Kind: Join, Values: map[string]string{"pass": in.Pass}})
		t.greetOnce()
		return
	}
	t.Greeted = true
	if len(t.Cart) > 0 {
		t.say(part("welcome_back", "count", len(t.Cart)), t.cartButtons())
		return
	}
	if name := t.Profile.Name.Value; name != "" {
		t.lead(part("welcome.known", "name", name))
	}
	t.say(part("welcome", "shop", t.shop()), t.shelfButtons())
}

// shop is the name that customers know: the company's without its form.
func (t *turn) shop() string {
	name := t.w.Shop.Company.Name
	for _, form := range []string{" Oy", " Oyj", " Ab", " Tmi", " Ky"} {
		name = strings.TrimSuffix(name, form)
	}
	return name
}

// leastAfterHello is how likely the second intent of a greeting is at least, to
// be what comes after the hello.
const leastAfterHello = 0.12

func (t *turn) greet(m *said) {
	if q := m.sought(); t.names(q) {
		t.show(q, "found")
		return
	}
	if len(m.words) > 3 && len(m.Intents) > 1 {
		switch next := m.Intents[1]; next.Name {
		case intents.ThanksBye, intents.OutOfScope, intents.HumanAgent:
		default:
			if next.P >= leastAfterHello {
				t.do(next.Name, m)
				return
			}
		}
	}
	if !t.Greeted {
		t.welcome(Opened{})
		return
	}
	if m.has(cueFormal) {
		t.say(part("greet.formal"), t.nextButtons())
		return
	}
	t.say(part("greet"), t.nextButtons())
}

// greetOnce tells at the first reply that this is a bot (AI Act, art. 50(1)).
func (t *turn) greetOnce() {
	if t.Greeted {
		return
	}
	for i, e := range t.effects {
		if s, ok := e.(Say); ok {
			t.Greeted = true
			s.Parts = append([]Part{part("intro", "shop", t.shop())}, s.Parts...)
			t.effects[i] = s
			return
		}
	}
}

func (t *turn) thanks(m *said) {
	switch q := m.sought(); {
	case len(m.words) <= fewWords && m.likelihood(intents.ThanksBye) < singleWord && t.names(q):
		t.show(q, "found") // "ok entäs kintaat"
	case len(t.Cart) > 0 && m.has(cueCheckoutWord):
		t.checkout()
	case len(t.Shown) > 0 && !m.asks && (m.has(cueCheckoutWord) || m.has(cueAdd) || m.has(cueThis) && t.talkedOf() != nil && m.onlyCues(cueThis, cueYes)):
		t.order(m) // "hyvä juttu, tilaan", "ok se"
	case m.has(cueThis) && m.likelihood(intents.ThanksBye) < doubtful:
		t.outOfScope(m)
	case m.has(cueBye):
		t.leave()
	case t.open() != nil && !t.kind().passing:
		t.lead(part("welcome_thanks"))
		t.remind(t.open())
	case len(t.Cart) > 0:
		t.say(part("thanks.cart"), t.cartButtons())
	case m.has(cueAreYou):
		t.say(part("praise"), t.nextButtons())
	case smiles(m.Text):
		t.say(part("thanks"), part("smile").glued())
	default:
		t.say(part("thanks"))
	}
}

// smiles reports whether a message ends with a smile: the thanks for it smile back.
func smiles(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last >= 0x1F600 && last <= 0x1F64F || last == '❤' || strings.HasSuffix(text, ":)") || strings.HasSuffix(text, ":D")
}

// leave says goodbye. Who leaves is asked nothing more.
func (t *turn) leave() {
	t.asked = true
	if len(t.Cart) > 0 {
		t.say(part("bye.cart"), t.cartButtons(), t.remindButton())
		return
	}
	t.say(part("bye"))
}

// beyondShop is how likely a question must be none for a shop, to look for no goods that
// its words may name: "paljonko kello on".
const beyondShop = 0.95

// outOfScope: first a rephrasing is offered with the nearest topics, then a
// person.
func (t *turn) outOfScope(m *said) bool {
	if m.First(intents.PostalCode)+m.First(intents.Place) != "" && !t.finds(m.sought(), near) && t.open() == nil {
		t.deliveryOptions(m)
		return true
	}
	if q := m.sought(); q.Text != "" || constrained(q) {
		if q.Text == "" && q.Audience == "" {
			q = t.narrowed(q)
		}
		found := t.look(q)
		if t.Handoff.Stage == Requested && !t.names(q) {
			found = catalog.Found{} // it is for the person who has been called
		}
		fits := !found.Nearest && t.open() == nil && !(m.asks && m.likelihood(intents.OutOfScope) >= beyondShop) && (t.Query != nil || len(strings.Fields(q.Text)) <= 3)
		if len(found.Hits) > 0 && (fits || m.likely(intents.ProductSearch)) {
			t.show(q, "found")
			return true
		}
	}
	t.Misses++
	if t.Handoff.Stage == Requested {
		t.say(part("human.noted"))
		return false
	}
	if over := t.Misses - t.served().Patience; over >= 0 {
		key := "lost.again"
		if over%2 == 1 {
			key = "lost.more"
		}
		t.say(part(key), button("button.human", "human"), button("button.missed", "missed"))
		t.Handoff = Handoff{Stage: Offered, Why: "not_understood"}
		return false
	}
	topics := t.topicButtons(m)
	switch {
	case m.asks && t.open() != nil && !t.kind().passing:
		t.lead(part("lost.aside"))
	case len(topics) == 0:
		t.say(part("lost.alone"), button("button.human", "human"))
	default:
		t.say(part("lost"), topics, button("button.human", "human"))
	}
	return false
}

// topicButtons offer the likeliest topics of a message not understood.
func (t *turn) topicButtons(m *said) []Button {
	var buttons []Button
	for _, in := range m.Intents {
		if topics[in.Name] && len(buttons) < 2 {
			buttons = append(buttons, button("topic."+in.Name, "topic:"+in.Name))
		}
	}
	return buttons
}

// topics are the intents that can be acted on without more words.
var topics = map[string]bool{
	intents.OrderStatus: true, intents.DeliveryTime: true, intents.DeliveryCost: true, intents.DeliveryOptions: true,
	intents.PaymentMethods: true, intents.ReturnPolicy: true, intents.ReturnHow: true, intents.Exchange: true,
	intents.RefundStatus: true, intents.WarrantyComplaint: true, intents.StoreInfo: true, intents.ProductSearch: true,
}

// wordless answers a message of emoji or signs alone.
func (t *turn) wordless(text string) {
	switch {
	case t.Working != "":
		t.say(part("order.working"))
	case strings.TrimSpace(text) == "":
		t.say(part("empty"))
	case t.open() == nil || t.kind().passing: // else the question is asked again
		t.say(part("emoji"), t.nextButtons())
	}
	t.greetOnce()
	t.goOn()
}

// receive answers what has no words.
func (t *turn) receive(in Sent) {
	if in.Album != "" && in.Album == t.Album {
		return
	}
	t.Album = in.Album
	if in.Kind == "photo" && t.pictured() {
		t.goOn()
		return
	}
	if t.Handoff.Stage == Requested {
		t.say(part("human.noted"))
		return
	}
	if in.Photo != "" {
		t.say(part("photo"), button("button.complain", "open:"+Complain), button("button.human", "human"))
	} else {
		t.say(part("wordless"), button("button.human", "human"))
	}
	t.greetOnce()
	t.goOn()
}

// share takes the customer's own contact card.
func (t *turn) share(in Shared) {
	if in.Phone != "" {
		t.Contact.Phone = in.Phone
	}
	if t.Contact.Name == "" && isName(in.Name) {
		t.Contact.Name = in.Name
	}
	if !t.Has(Buy) {
		t.say(part("shared"), t.nextButtons())
	}
	t.changed()
	t.moved = true
	t.greetOnce()
	t.goOn()
}

func (t *turn) command(in Commanded) {
	switch in.Command {
	case "cart":
		t.showCart()
	case "human":
		t.human("asked")
	default:
		t.help()
	}
	t.greetOnce()
	t.goOn()
}

func (t *turn) help() {
	t.say(part("help"), t.shelfButtons(), button("button.human", "human"))
}

// storeInfo tells what is asked of the shop: when, where, how to reach it, who it is.
// Of anything else it says that it does not know.
func (t *turn) storeInfo(m *said) {
	c := t.w.Shop.Company
	contact := part("store.contact", "phone", c.Phone, "email", c.Email)
	company := part("store.company", "name", c.Name, "business_id", c.BusinessID)
	address := part("store.address", "street", c.Street, "postcode", c.Postcode, "city", c.City)
	hours := t.hours()
	person := button("button.human", "human")
	switch {
	case m.has(cueHours) && t.atPoint(m):
		t.say(part("store.point_hours"))
	case m.has(cueHours), m.First(intents.Date) != "" && len(t.closings(m)) > 0:
		t.tellHours(m)
	case m.has(cueCompanyID):
		t.say(company, address, contact, person)
	case m.has(cueContact):
		t.Topic = contactTopic
		t.say(contact, person)
	case m.has(cueCompany):
		parts := []Part{company, contact, address}
		if c.About != nil {
			parts = slices.Insert(parts, 0, part("text", "text", c.About))
		}
		t.say(parts, hours, person)
	case m.has(cueWhere), m.has(cueStore) && m.asks, m.has(cueBranch):
		t.say(address, hours, person)
	default:
		t.say(part("store.unknown"), contact, address, person)
	}
}

// givesCompanyID answers who tells the number of a company that orders. It reports whether a
// message does.
func (t *turn) givesCompanyID(m *said) bool {
	if !m.has(cueCompanyID) || m.asks || !strings.ContainsFunc(m.Text, unicode.IsDigit) {
		return false
	}
	c := t.w.Shop.Company
	t.say(part("store.company.theirs"), part("store.contact", "phone", c.Phone, "email", c.Email), button("button.human", "human"))
	return true
}

// hours are those of customer service and of the store.
func (t *turn) hours() []Part {
	hours := []Part{part("store.hours", "hours", Opening(t.w.Shop.Hours.Service))}
	if t.w.Shop.Hours.Store != [7]catalog.Span{} {
		hours = append(hours, part("store.store_hours", "hours", Opening(t.w.Shop.Hours.Store)))
	}
	return hours
}

// tellHours tells when the shop is open, and when it is not that soon or on the day asked about.
func (t *turn) tellHours(m *said) {
	if t.Topic == "" {
		t.Topic = hoursTopic
	}
	t.say(t.hours(), t.closings(m), button("button.human", "human"))
}

// atPoint reports whether the hours asked about are those of the place from which
// the parcel being ordered is fetched, which its carrier knows.
func (t *turn) atPoint(m *said) bool {
	method := t.method()
	return t.Has(Buy) && method != nil && (method.Kind == catalog.PickupPoint || method.Kind == catalog.Locker) &&
		(m.has(cuePoint) || m.has(cueLocker) || m.has(cueThis) || t.Pending() == "point" && !m.has(cueStore) && !m.has(cueContact))
}

// How many days ahead closed days are told, in days.
const (
	closingsAhead = 7  // unasked
	closingsAsked = 31 // after the first day asked about, at most
)

// closings tells which days are closed beyond the ordinary week: of those asked
// about, else of the next ones.
func (t *turn) closings(m *said) []Part {
	day := t.dayAsked(m)
	last := day
	if day.IsZero() {
		day = t.w.Now
		last = day.AddDate(0, 0, closingsAhead)
	} else if to, err := time.ParseInLocation(time.DateOnly, m.First(intents.DateTo), t.w.Now.Location()); err == nil {
		if last = to; to.Sub(day) > closingsAsked*24*time.Hour {
			last = day.AddDate(0, 0, closingsAsked)
		}
	}
	var parts []Part
	for ; !day.After(last); day = day.AddDate(0, 0, 1) {
		why, closed := t.w.Shop.Hours.ClosedOn(day)
		switch {
		case !closed:
		case why.In(t.Lang) == "":
			parts = append(parts, part("store.closed", "date", day))
		default:
			parts = append(parts, part("store.closed.why", "date", day, "why", why))
		}
	}
	return parts
}

// Opening is a week's opening hours.
type Opening [7]catalog.Span

func (t *turn) privacyTerms() {
	t.say(part("privacy", "shop", t.shop(), "privacy", t.w.Shop.Company.Privacy), button("button.human", "human"))
}

// otherPayments are ways of paying that customers ask for by name.
var otherPayments = map[string]cue{
	"MobilePay": cueMobilePay,
	"Klarna":    cueKlarna,
	"PayPal":    cuePayPal,
	"Apple Pay": cueApplePay,
	"Bitcoin":   cueBitcoin,
	"Walley":    cueWalley,
	"Swish":     cueSwish,
}

// paymentMethods tells the ways of paying, those alone that are asked by name, and of one
// that the shop does not take, that it does not. What somebody has paid or been charged a
// person looks up; a receipt is where the order is.
func (t *turn) paymentMethods(m *said) {
	switch {
	case m.has(cueCharged), m.has(cuePaid) && !m.asks:
		t.say(part("payment.mine"))
		t.offerHuman("charged")
		return
	case m.has(cueReceipt):
		t.lead(part("receipt.where"))
		t.track(m)
		return
	}
	var parts []Part
	for _, name := range slices.Sorted(maps.Keys(otherPayments)) {
		if m.has(otherPayments[name]) && !t.offersName(name) {
			parts = append(parts, part("payment.not", "name", name))
		}
	}
	ways := slices.DeleteFunc(t.offered(), func(p *catalog.PaymentMethod) bool { return !called(m, p) })
	if len(ways) == 0 || len(parts) > 0 || m.has(cuePayment) {
		parts, ways = append(parts, part("payment.methods")), t.offered()
	}
	for _, p := range ways {
		parts = append(parts, payLine(p))
	}
	t.say(parts, t.afterTalk())
}

// paysLate tells who may not pay in time how long there is, as far as the shop's files
// say: what follows then they do not, so a person is offered.
func (t *turn) paysLate(m *said) bool {
	if !m.has(cueLate) || !m.has(cuePays) || m.has(cueBought) || m.has(cuePaid) ||
		m.Has(intents.OrderStatus) || m.Has(intents.DeliveryTime) || m.Has(intents.RefundStatus) {
		return false
	}
	var parts []Part
	if t.Paying != nil && !t.over() {
		parts = append(parts, part("pay.reserved", t.payArgs()...))
	}
	for _, p := range t.offered() {
		if p.ID == catalog.Invoice {
			parts = append(parts, payLine(p))
		}
	}
	t.say(append(parts, part("payment.late")), button("button.human", "human"))
	return true
}

// fixedAnswer says the answer of the shop's files that a question asks for.
func (t *turn) fixedAnswer(intent string, m *said) bool {
	if intent == intents.OrderPlace && m.has(cueAdd) && !m.asks {
		return false // "otan"
	}
	id := m.First(intents.Answer)
	for i := range t.w.Shop.Answers {
		if a := &t.w.Shop.Answers[i]; a.ID == id && a.Intent == intent {
			t.say(part("text", "text", a.Say), t.afterTalk())
			return true
		}
	}
	return false
}
