package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// act does what a message asks, in the order it was said.
func (t *turn) act(m *said) {
	if t.doubts(m) || t.hurries(m) {
		return
	}
	if len(m.words) <= 3 && !m.asks && m.Has(intents.WarrantyComplaint) && (m.has(cueSlip) || m.likelihood(intents.WarrantyComplaint) < singleWord) && !t.finds(m.sought(), near) {
		t.outOfScope(m) // it corrects or points at what is not known, and complains of nothing
		return
	}
	if t.followsUp(m) || t.exchangesAndReturns(m) || t.longEnough(m) || t.recites(m) || t.tellsFree(m) || t.reachesAlone(m) || t.tooDear(m) || t.paysLate(m) || t.suggestsLiked(m) || t.whichever(m) || t.asksValues(m) || t.counts(m) || t.each(m) {
		t.Misses = 0
		return
	}
	if m.intolerant() && m.sought().Free == "" && len(m.Acted) > 0 && slices.Contains(shopping, m.Acted[0]) {
		t.lead(part("allergy.unchecked"))
	}
	understood := false
	var answered []string
	for i, intent := range m.errands() {
		if i == 3 {
			break
		}
		if i > 0 && t.passesOver(intent, m) {
			continue
		}
		as := t.asSearch(intent, m)
		if slices.Contains(answered, as) {
			continue
		}
		answered = append(answered, as)
		understood = t.do(as, m) || understood
	}
	if understood {
		t.Misses = 0
	}
}

// passesOver reports whether a further intent of a message is left: it is unlikely, or what
// was done of the message already is what it meant.
func (t *turn) passesOver(intent string, m *said) bool {
	switch {
	case m.likelihood(intent) < leastSecond && !(m.asks && (slices.Contains(ofService, intent) || intent == intents.StoreInfo && m.has(cueHours))):
		return true
	case slices.Contains(ofBought, intent):
		return t.inCase() || t.orders(m)
	case intent == intents.ProductSearch:
		return t.chose || t.shown
	}
	return intent == intents.Recommend && t.shown
}

// orders reports whether a message orders goods, and tells of none that were bought.
func (t *turn) orders(m *said) bool {
	return m.Acted[0] == intents.OrderPlace && !m.has(cueBought) && !m.has(cueFaulty) && len(t.Known) == 0
}

// counts takes a number of pieces by itself, "2 kpl", and a mere word of taking, "no
// laita yhet", as an order of what is talked about. It reports whether it was one.
func (t *turn) counts(m *said) bool {
	counted := m.First(intents.Quantity) != "" && (len(t.Cart) == 0 || t.lineOf(t.Focus) != "")
	if !counted && !m.has(cueAdd) || m.asks || t.Focus == "" && len(t.Shown) == 0 || len(m.words) > fewWords || constrained(m.sought()) || !m.nothingBut(cueAdd, intents.Quantity) {
		return false
	}
	t.order(m)
	return true
}

// doubtful are the shares under which two intents are as good as each other.
const (
	doubtful = 0.45 // the likelier is less likely than this
	rival    = 0.75 // and the other at least this part of it

	leastEither = 0.01 // how likely the other is when the message says "or"
)

// doubts asks which of two topics is meant, when a message may be either.
func (t *turn) doubts(m *said) bool {
	if len(m.Acted) != 1 || len(m.Intents) < 2 || m.Acted[0] != m.Intents[0].Name {
		return false
	}
	a, b := m.Intents[0], m.Intents[1]
	either := m.has(cueOr) && len(m.words) <= 4 && b.P >= leastEither // "palautus vai vaihto"
	if !either && (a.P >= doubtful || b.P < rival*a.P) || !topics[a.Name] || !topics[b.Name] || m.First(intents.Answer) != "" ||
		!m.asks && (a.Name == intents.ProductSearch || b.Name == intents.ProductSearch) && t.names(m.sought()) { // "ja juomapullo siihen kylkeen"
		return false
	}
	t.say(part("doubt"), button("topic."+a.Name, "topic:"+a.Name), button("topic."+b.Name, "topic:"+b.Name), button("button.human", "human"))
	return true
}

// surelyHuman is how likely it must be that a person is wanted, to call one
// without asking.
const surelyHuman = 0.7

// offerChoice asks who seems to want a person whether that is so.
func (t *turn) offerChoice(m *said) {
	other := button("button.stay", "stay")
	for _, in := range m.Intents {
		if topics[in.Name] && m.likely(in.Name) {
			other = button("topic."+in.Name, "topic:"+in.Name)
		}
	}
	t.Handoff = Handoff{Stage: Offered, Why: "asked"}
	t.say(part("human.sure"), button("button.human", "human"), other)
}

// leastSecond is how likely a further intent of a message must be.
const leastSecond = 0.08

// ofService are the intents that a question has however unlikely they are as its second.
var ofService = []string{intents.DeliveryCost, intents.DeliveryTime, intents.DeliveryOptions, intents.PaymentMethods, intents.ReturnPolicy}

// asksOfService reports whether a message asks of that: "finns det snabbare leverans".
func (m *said) asksOfService() bool { return slices.ContainsFunc(ofService, m.Has) }

// singleWord is how sure the reading of a single word must be.
const singleWord = 0.7

// Scores from which a hit is what was named, and is close to it.
const (
	sure  = 0.4
	near  = 0.3
	faint = 0.2
)

// asSearch takes a message that is little more than the name of goods as a
// search, whatever else it was taken for; "otan" before a name orders.
func (t *turn) asSearch(intent string, m *said) string {
	if m.asks && m.has(cueCosts) && m.nothingBut(cueCosts) && m.likelihood(intents.PriceDiscount) < singleWord {
		return intents.DeliveryCost // "ilmasta?"
	}
	if intent == intents.ProductSearch && anyCue(m.words[:min(len(m.words), 2)], cueAdd) && !m.asks && (m.First(intents.Product) != "" || t.single(m.sought())) {
		return intents.OrderPlace
	}
	if len(m.words) == 1 && m.likelihood(intent) < singleWord && !slices.Contains(topicWords, intent) && !m.has(cueExchange) ||
		len(m.words) == 2 && m.likelihood(intent) < singleWord && intent == intents.WarrantyComplaint && m.likely(intents.ProductSearch) && t.finds(m.sought(), near) { // a compound written apart
		return intents.ProductSearch
	}
	if intent == intents.ProductSearch && m.has(cueAdd) && t.Has(Buy) && t.single(m.sought()) {
		return intents.OrderPlace
	}
	if intent == intents.ProductAvailability && m.has(cueAdd) && !m.asks && t.Focus != "" && constrained(m.sought()) && !t.names(m.sought()) {
		return intents.OrderPlace // "otetaan koko 28 sinisenä"
	}
	if !slices.Contains(shopping, intent) && m.has(cueAdd) && !m.asks && !m.has(cueWithdraw) && !m.has(cueBought) && t.namesValue(m) {
		return intents.OrderPlace // "otan peruspelin"
	}
	if !slices.Contains(shopping, intent) && t.callsGoods(m) {
		if m.asks && constrained(m.sought()) {
			return intents.ProductAvailability
		}
		return intents.ProductSearch // "suvituuli sinappi"
	}
	switch {
	case intent == intents.OutOfScope && m.forgetsNumber() && len(t.Shown) == 0:
		return intents.OrderStatus
	case (intent == intents.ProductSearch || intent == intents.ProductDetails) && m.asksWithin(),
		intent == intents.OrderPlace && m.asks && m.has(cueRoom) && !m.has(cueAdd) && t.talkedOf() != nil: // "onks tilaa läppärille"
		return intents.ProductDetails
	case intent == intents.Feedback && t.Query != nil && !m.asks && m.likelihood(intent) < doubtful && !m.has(cueWell) && !m.has(cueBadly):
		return intents.Recommend // "se tykkää neuloa"
	case (intent == intents.ProductSearch || intent == intents.OutOfScope) && m.seeksPresent():
		return intents.Recommend
	case t.changesOrder(intent, m):
		return intents.OrderChangeCancel
	case t.ofOrder(intent, m):
		return intents.OrderStatus
	case t.seeks(intent, m), t.foreign(intent, m), t.namesUnshown(intent, m), intent == intents.OutOfScope && m.has(cueBuy) && t.ordersUnknown(m):
		return intents.ProductSearch
	case m.asks && t.asksDetail(intent, m):
		return intents.ProductDetails
	case (intent == intents.OutOfScope || m.likelihood(intent) < doubtful) && t.asksOfPointed(m):
		return intents.ProductDetails // "does the cheaper one have a timer"
	case slices.Contains(ofBought, intent):
		return t.ofChoice(intent, m)
	}
	switch intent {
	case intents.StoreInfo, intents.OrderPlace, intents.ProductDetails, intents.Greeting, intents.GiftCard, intents.AccountLoyalty:
	default:
		return intent
	}
	if len(strings.Fields(m.Text)) > 4 || m.likelihood(intent) > 0.8 || m.has(cueThis) || intent == intents.ProductDetails && t.asksBeyond(m) ||
		intent == intents.OrderPlace && (m.has(cueAdd) || m.has(cueBuy)) || !t.names(m.sought()) {
		return intent
	}
	return intents.ProductSearch
}

// namesValue reports whether a message names a value, such as a size, of the product talked about.
func (t *turn) namesValue(m *said) bool {
	p := t.talkedOf()
	return p != nil && len(t.namedOptions(p, m)) > 0
}

// asksWithin reports whether a message asks in Finnish what is in a product that it names:
// "onko kosteusvoiteessa pähkinää".
func (m *said) asksWithin() bool {
	return m.asks && m.Lang == "fi" && slices.ContainsFunc(m.Entities, func(e intents.Entity) bool {
		return e.Kind == intents.Product && (strings.HasSuffix(e.Text, "ssa") || strings.HasSuffix(e.Text, "ssä"))
	})
}

// asksBeyond reports whether a message asks of the few goods that it names something which
// they are not called by: "onko peikonlehti myrkyllinen".
func (t *turn) asksBeyond(m *said) bool {
	q := m.sought()
	hits := t.look(q).Hits
	if !m.asks || m.plural() || constrained(q) || len(hits) == 0 || len(hits) > maxCompared {
		return false
	}
	name := folded(hits[0].Product.Name.In(t.Lang))
	return slices.ContainsFunc(folded(q.Text), func(w string) bool {
		return !slices.ContainsFunc(name, func(n string) bool { return strings.Contains(n, w[:min(len(w), 4)]) })
	})
}

// shopping are the intents that goods are spoken of for.
var shopping = []string{intents.ProductSearch, intents.ProductAvailability, intents.ProductDetails, intents.OrderPlace, intents.PriceDiscount, intents.Recommend}

// hailing are words of who greets and asks whether there is something.
var hailing = []string{
	"hei", "moi", "moro", "moikka", "terve", "onko", "onks", "onkos", "olisko", "oisko", "loytyyko", "loytyyks", "teilla", "teil", "myytteko", "viela",
	"hej", "finns", "det", "har", "ni", "hi", "hello", "is", "there", "do", "you", "have", "any",
}

// callsGoods reports whether a short message has no words but a greeting and what one
// product is called by: of a name of the shop's own nobody else knows what it is about.
func (t *turn) callsGoods(m *said) bool {
	q := m.sought()
	if len(m.words) > fewWords || !t.names(q) {
		return false
	}
	name := folded(t.look(q).Hits[0].Product.Name.In(t.Lang))
	for i, w := range m.words {
		if !slices.Contains(hailing, w) && !m.names(intents.Color, i) && !m.names(intents.Size, i) && !m.names(intents.Quantity, i) &&
			!slices.ContainsFunc(name, func(n string) bool { return isFormOf(w, n) }) {
			return false
		}
	}
	return true
}

// leastSought is how likely a search must be, for a statement that names a shelf of the
// shop to be one whatever else it is taken for.
const leastSought = 0.1

// seeks reports whether a message says what goods should be like, and names them:
// "tarviin teltan 3 hengelle mut ei painava".
func (t *turn) seeks(intent string, m *said) bool {
	return (intent == intents.ProductDetails || intent == intents.OutOfScope) && !m.asks && !m.has(cueThis) && !m.has(cueTell) &&
		m.First(intents.Category) != "" && m.likelihood(intents.ProductSearch) >= leastSought
}

// foreign reports whether a question in Finnish asks, by a word such as "lapioita", after
// several of what no text of the shop's goods knows: it is about none of those shown.
func (t *turn) foreign(intent string, m *said) bool {
	q := m.sought()
	return (intent == intents.ProductDetails || intent == intents.ProductAvailability) && m.asks && m.plural() && !m.has(cueThis) &&
		!constrained(q) && t.unknown(q)
}

// namesUnshown reports whether a message of some words which mean nothing to the
// conversation names goods, as none of the several shown tell of them: "iPhone laturi".
func (t *turn) namesUnshown(intent string, m *said) bool {
	q := m.sought()
	return intent == intents.ProductDetails && !m.asks && m.cues == (cueSet{}) && t.Focus == "" && len(t.Shown) > 1 &&
		len(m.words) > 1 && len(strings.Fields(q.Text)) == len(m.words) && !t.finds(q, near) &&
		!slices.ContainsFunc(t.shownProducts(), func(p *catalog.Product) bool { return t.described(p, m) || len(t.factsAsked(p, m)) > 0 })
}

// unknown reports whether a query names by one word goods that no text of the shop's
// goods knows.
func (t *turn) unknown(q catalog.Query) bool {
	return q.Text != "" && !strings.Contains(q.Text, " ") && q.Product == "" && q.Category == "" &&
		len(t.look(catalog.Query{Text: q.Text, Lang: q.Lang}).Hits) == 0
}

// ofChoice is what a message that seems to be of goods which somebody has already
// asks of those that are being chosen, when it may be of these.
func (t *turn) ofChoice(intent string, m *said) string {
	ref := m.First(intents.Ref)
	unknown := len(t.Known) == 0 // nothing is known to have been bought
	switch {
	case m.likelihood(intent) < surelyBought && !m.supposes() && !m.has(cueFaulty) && !m.has(cueBought) && !m.has(cueExchange) && t.names(m.sought()):
		return intents.ProductSearch // "ja juomapullo siihen kylkeen"
	case intent == intents.Exchange && m.has(cueAdd) && !m.asks && unknown && !m.has(cueBought) && t.pointed(m) != nil:
		return intents.OrderPlace // "ottaisin ensimmäisen vaihtoehdon mustana"
	case intent == intents.Exchange && m.has(cueNegation) && !m.asks && t.Query != nil && unknown && len(m.words) <= fewDetails:
		return intents.Recommend // "ei liian iso"
	case intent == intents.Exchange && (ref == intents.RefBigger || ref == intents.RefSmaller) && len(t.Shown) > 0 && unknown && !m.has(cueBought) && !m.has(cueExchange):
		return intents.ProductAvailability // "toi isompi"
	case m.asks && len(t.Shown) > 0 && t.Order == nil && unknown && m.likelihood(intent) < singleWord:
		return intents.ProductDetails // "ei kai toi oo liian iso?"
	}
	return intent
}

// surelyBought is how sure it must be that goods are spoken of which somebody has
// already, when nothing but their name is told.
const surelyBought = 0.6

// ofBought are the intents of who has something already.
var ofBought = []string{intents.Exchange, intents.WarrantyComplaint, intents.ReturnHow}

// topicWords are the intents that a single word may well be about, however
// unsure its reading is.
var topicWords = []string{
	intents.Greeting, intents.ThanksBye, intents.HumanAgent, intents.OutOfScope, intents.OrderStatus, intents.OrderPlace,
	intents.DeliveryCost, intents.DeliveryTime, intents.DeliveryOptions, intents.ReturnPolicy, intents.ReturnHow,
	intents.PaymentMethods, intents.ProductAvailability, intents.PriceDiscount,
}

// single reports whether a query surely names one product of the shop.
func (t *turn) single(q catalog.Query) bool { return t.names(q) && len(t.look(q).Hits) == 1 }

// names reports whether a query surely names goods of the shop.
func (t *turn) names(q catalog.Query) bool { return t.finds(q, sure) }

// asksDetail reports whether a question is of a fact, "och vattenpelaren?", or, when it seems to be
// none for a shop, of what is shown or named: "onko siinä ajastin", "paljonko nimikyltti painaa".
func (t *turn) asksDetail(intent string, m *said) bool {
	short := len(m.words) <= fewDetails
	if intent != intents.OutOfScope {
		return short && t.asksFact(m)
	}
	return len(t.Shown) > 0 && short && m.has(cueThis) || (len(t.Shown) > 0 || short) && t.asksFact(m) || asksForFact(m.words) && t.namesBeside(m)
}

// namesBeside reports whether the words of a question beside those that ask for a fact name goods.
func (t *turn) namesBeside(m *said) bool {
	q := m.sought()
	q.Text = t.beyondFacts(q.Text)
	return t.names(q)
}

// finds reports whether the words of a query find goods that score as much.
func (t *turn) finds(q catalog.Query, score float64) bool {
	if !strings.ContainsFunc(q.Text, isLetter) {
		return false
	}
	found := t.look(q)
	return len(found.Hits) > 0 && !found.Nearest && found.Hits[0].Score >= score
}

// forPerson reports whether a message is for the person who has been called: it tells of a
// matter that only a person sees to, or neither asks nor surely means anything else.
func (t *turn) forPerson(intent string, m *said) bool {
	switch intent {
	case intents.WarrantyComplaint, intents.Feedback:
		return true
	case intents.RefundStatus:
		return !m.asks || !m.has(cueTerms)
	case intents.OutOfScope:
		return !m.asks && m.First(intents.Category)+m.First(intents.Product) == ""
	case intents.OrderStatus:
		return !m.asks && m.First(intents.OrderNo) != "" && len(m.Acted) == 1 && t.Handoff.Why != "order_status"
	case intents.HumanAgent, intents.Greeting, intents.ThanksBye, intents.OrderChangeCancel, intents.Privacy:
		return false
	}
	return !m.asks && m.First(intents.Category)+m.First(intents.Answer) == "" && !t.finds(m.sought(), near) &&
		(m.likelihood(intent) < surelyElse || slices.Contains(shopping, intent) && t.target(m) == nil && !constrained(m.sought()))
}

// ofNoOrder are the intents that a message which tells an order's number cannot have.
var ofNoOrder = []string{
	intents.OrderPlace, intents.OutOfScope, intents.ThanksBye, intents.Greeting, intents.ProductSearch, intents.ProductAvailability, intents.DeliveryTime,
	intents.DeliveryOptions,
}

// do answers one intent. It reports whether it was understood.
func (t *turn) do(intent string, m *said) bool {
	if t.receipt(m) || t.givesCompanyID(m) || t.asksReturnCost(intent, m) || t.warranty(intent, m) || t.sizing(m) || t.fixedAnswer(intent, m) || t.returnTerms(m) || t.refine(intent, m) {
		return true
	}
	if m.has(cueOrigin) || len(m.words) == 1 && m.has(cueThis) && intent != intents.OrderPlace { // "se", with nothing said about it
		intent = intents.ProductDetails
	}
	if (m.First(intents.OrderNo) != "" || m.misnumbered()) && (slices.Contains(ofNoOrder, intent) || intent == intents.Feedback && m.likelihood(intent) < surelyElse) {
		intent = intents.OrderStatus
		if m.withdraws() || m.has(cueChange) && m.namesComing() {
			intent = intents.OrderChangeCancel
		}
	}
	if t.Handoff.Stage == Requested && t.forPerson(intent, m) {
		t.say(part("human.noted"))
		return true
	}
	switch intent {
	case intents.ProductSearch:
		t.find(m)
	case intents.Recommend:
		t.recommend(m)
		if len(t.Profile.Likes) > 0 {
			t.askConsent(Personal)
		}
	case intents.ProductDetails:
		t.details(m)
	case intents.ProductAvailability:
		t.availability(m)
	case intents.PriceDiscount:
		t.price(m)
	case intents.OrderPlace:
		t.order(m)
	case intents.OrderStatus:
		t.track(m)
	case intents.OrderChangeCancel:
		t.changeOrder(m)
	case intents.DeliveryTime:
		t.deliveryTime(m)
	case intents.DeliveryCost:
		t.deliveryCost(m)
	case intents.DeliveryOptions:
		t.deliveryOptions(m)
	case intents.PaymentMethods:
		t.paymentMethods(m)
	case intents.ReturnPolicy:
		if m.has(cueFaulty) { // costs the customer nothing (KSL 5)
			t.complaint(m)
		} else {
			t.returnPolicy(m)
		}
	case intents.ReturnHow:
		t.returnHow(m)
	case intents.Exchange:
		if m.has(cueBought) || !t.swap(m, nil) {
			t.exchange(m)
		}
	case intents.RefundStatus:
		t.refund()
	case intents.WarrantyComplaint:
		t.complaint(m)
	case intents.GiftCard:
		t.say(part("gift_card"), t.afterTalk())
	case intents.AccountLoyalty:
		t.say(part("account"), t.afterTalk())
	case intents.StoreInfo:
		t.storeInfo(m)
	case intents.HumanAgent:
		if m.asks && m.number() > 1 && (t.Focus != "" || m.has(cueRoom)) {
			t.details(m) // "mahtuuko neljä ihmistä"
			return true
		}
		if len(m.Intents) > 0 && m.likelihood(intent) < surelyHuman && t.Handoff.Stage != Requested {
			t.offerChoice(m)
		} else {
			t.human("asked")
		}
	case intents.Privacy:
		if m.has(cueDelete) && !m.asks {
			t.start(Task{Kind: Erase})
		} else {
			t.privacyTerms()
		}
	case intents.Feedback:
		t.feedback(m)
	case intents.Greeting:
		t.greet(m)
	case intents.ThanksBye:
		t.thanks(m)
	default:
		return t.outOfScope(m)
	}
	return true
}
