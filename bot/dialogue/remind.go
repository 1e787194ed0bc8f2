package dialogue

import (
	"slices"
	"strconv"
	"time"

	"tiski/catalog"
)

// Sending is something that a customer is sent unasked.
type Sending struct {
	Kind    string        `json:"kind"`
	Subject string        `json:"subject"`         // a SKU, a product, the number of an order
	Price   catalog.Cents `json:"price,omitempty"` // of PriceFell: what it cost when the customer looked
	Offer   *Offer        `json:"offer,omitempty"` // of OfCampaign and NewGoods
}

// Kinds of sendings.
const (
	CartLeft  = "cart"   // goods were left in the cart: the SKU of the first
	PriceFell = "price"  // a product that was looked at costs less
	RunsOut   = "lasts"  // what was bought is used up: its SKU
	AskReview = "review" // goods of an order have been in use for a while: its number
	HowWasIt  = "order"  // an order has been delivered: its number
)

// Later is what the customer may be sent at a moment, if it is still true then.
type Later struct {
	Sending
	At    time.Time `json:"at"`
	Until time.Time `json:"until"` // then it is forgotten
}

// Limits of what is sent later.
const (
	maxLater     = 12
	laterAgain   = 24 * time.Hour   // after which one is looked at again that could not be sent
	priceLook    = 12 * time.Hour   // between looks at a price
	priceDays    = 60               // for which a price is looked at
	lastsBefore  = 5                // days before goods are used up
	lastsDays    = 30               // for which they may be told of then
	stillHere    = 30 * time.Minute // how long a customer is not disturbed after they did something
	disturbAgain = time.Hour
)

// laterTimer wakes the conversation to look at what may be sent.
const laterTimer = "later"

// once names what is sent once to a customer.
func (l Later) once() string {
	switch l.Kind {
	case PriceFell:
		return l.Subject + "@" + strconv.FormatInt(int64(l.Price), 10)
	case RunsOut, NewGoods:
		return l.Subject + "@" + l.Until.Format(time.DateOnly)
	}
	return l.Subject
}

// plan keeps what may be sent later; one of the same kind and subject stands.
func (t *turn) plan(s Sending, at, until time.Time) {
	same := func(l Later) bool { return l.Kind == s.Kind && (l.Subject == s.Subject || s.Kind == CartLeft) }
	if slices.ContainsFunc(t.Later, same) {
		return
	}
	if len(t.Later) == maxLater {
		oldest := slices.IndexFunc(t.Later, func(l Later) bool { return l.Kind == PriceFell })
		t.Later = slices.Delete(slices.Clone(t.Later), max(0, oldest), max(0, oldest)+1)
	}
	t.Later = append(t.Later, Later{s, at, until})
	t.wake()
}

// wake sets the timer for the first of what may be sent.
func (t *turn) wake() {
	if len(t.Later) == 0 {
		return
	}
	first := slices.MinFunc(t.Later, func(a, b Later) int { return a.At.Compare(b.At) })
	t.want(SetTimer{Name: laterTimer, At: t.w.Shop.Reminders.Next(first.At)})
}

// watch plans what follows from where the customer leaves off, if they want
// reminders.
func (t *turn) watch() {
	if !t.w.Remembers || !t.allows(Reminders) {
		return
	}
	if len(t.Cart) > 0 {
		at := t.w.Now.Add(time.Duration(t.w.Shop.Reminders.Cart) * time.Hour)
		t.plan(Sending{Kind: CartLeft, Subject: t.Cart[0].SKU}, at, at.AddDate(0, 0, 7))
	}
	if p := t.w.Shop.Product(t.Focus); p != nil {
		t.plan(Sending{Kind: PriceFell, Subject: p.ID, Price: lowest(p)}, t.w.Now.Add(priceLook), t.w.Now.AddDate(0, 0, priceDays))
	}
}

// watchOrder plans to ask how an order went and, if the customer wants
// reminders, to tell when what it brought is used up.
func (t *turn) watchOrder(o catalog.Order) {
	ask := t.w.Now.AddDate(0, 0, t.w.Shop.Reminders.Ask)
	t.plan(Sending{Kind: HowWasIt, Subject: o.Number}, ask, ask.AddDate(0, 0, 14))
	if days := t.w.Shop.Reminders.Review; days > 0 {
		ask := t.w.Now.AddDate(0, 0, days)
		t.plan(Sending{Kind: AskReview, Subject: o.Number}, ask, ask.AddDate(0, 0, 14))
	}
	if !t.allows(Reminders) {
		return
	}
	for _, l := range o.Lines {
		if days := t.lasts(l.Product); days > 0 {
			at := t.w.Now.AddDate(0, 0, max(1, days*l.Qty-lastsBefore))
			t.plan(Sending{Kind: RunsOut, Subject: l.SKU}, at, at.AddDate(0, 0, lastsDays))
		}
	}
}

// lasts is for how many days a piece of a product is used, 0 when that is not told.
func (t *turn) lasts(product string) int {
	if p := t.w.Shop.Product(product); p != nil {
		return p.Lasts
	}
	return 0
}

// laterDue looks at what may be sent by now. One thing is sent at a time.
func (t *turn) laterDue() {
	now, sent := t.w.Now, false
	var left []Later
	for _, l := range t.Later {
		if l.At.After(now) {
			left = append(left, l)
			continue
		}
		if now.After(l.Until) || !t.still(l) {
			continue
		}
		again := t.notYet(l)
		if again == 0 && sent {
			again = laterAgain
		}
		if again > 0 {
			l.At = now.Add(again)
			left = append(left, l)
		} else {
			sent = true
			t.want(l.remind(t.w.Shop.Reminders.Week))
		}
	}
	t.Later = left
	t.wake()
}

// remind asks to note that it is being sent.
func (l Later) remind(week int) Remind {
	r := Remind{Later: l, Once: l.once(), Consent: l.consent(), Week: week}
	if l.Offer != nil {
		r.Most = l.Offer.Most
	}
	if l.Kind == NewGoods {
		r.Rest, r.Liked, r.Wording = NewGoodsRest, true, NewGoodsNamed
	}
	return r
}

// consent is the purpose that a sending needs, "" for what belongs to an order.
// How an order went is asked to serve its customer, who has not been told
// anything else by it. A review is shown to others and so serves to sell: as
// advertising it needs a consent given before (917/2014, 200 §).
func (l Later) consent() string {
	if l.Kind == HowWasIt {
		return ""
	}
	return Reminders
}

// still reports whether a sending is true and welcome at all.
func (t *turn) still(l Later) bool {
	if l.consent() != "" && l.Offer == nil && !t.allows(l.consent()) || t.Case != nil && t.Case.Kind == catalog.Complaint {
		return false
	}
	switch l.Kind {
	case CartLeft:
		return len(t.Cart) > 0 && t.Handoff.Stage != Held && t.Handoff.Stage != Requested && slices.ContainsFunc(t.Cart, func(c Line) bool { return t.sells(c.SKU) })
	case PriceFell:
		return t.w.Shop.Product(l.Subject) != nil
	case RunsOut:
		_, v := t.w.Shop.Variant(l.Subject)
		return v != nil
	case OfCampaign:
		return t.offers(l.Offer)
	case NewGoods:
		return t.offers(l.Offer) && !t.outworded(Reminders) && (t.Consents[Personal] == "" || t.allows(Personal) && t.Profile.Likes[l.Subject].Value != "")
	case AskReview:
		o := t.known(l.Subject)
		return o != nil && o.reviewable()
	case HowWasIt:
		o := t.known(l.Subject)
		return o == nil || o.Status == catalog.Delivered
	}
	return false
}

// holds reports whether the price and the stock are now as a sending tells; they may
// come to be so.
func (t *turn) holds(l Later) bool {
	switch l.Kind {
	case PriceFell:
		p := t.w.Shop.Product(l.Subject)
		return lowest(p) < l.Price && !t.sold(p)
	case RunsOut:
		return t.sells(l.Subject)
	}
	return true
}

// sells reports whether a variant can be had now.
func (t *turn) sells(sku string) bool {
	_, v := t.w.Shop.Variant(sku)
	return v != nil && t.has(v)
}

// notYet is after how long a sending is to be looked at again; 0: now is the
// time.
func (t *turn) notYet(l Later) time.Duration {
	away := t.w.Now.Sub(t.Heard)
	switch {
	case t.Handoff.Stage == Held, t.Handoff.Stage == Requested, t.Angry > 0:
		return laterAgain
	case !t.w.Shop.Reminders.Next(t.w.Now).Equal(t.w.Now):
		return t.w.Shop.Reminders.Next(t.w.Now).Sub(t.w.Now)
	case l.Kind == CartLeft && away < time.Duration(t.w.Shop.Reminders.Cart)*time.Hour:
		return time.Duration(t.w.Shop.Reminders.Cart)*time.Hour - away
	case l.Kind == PriceFell && !t.holds(l):
		return priceLook
	case !t.holds(l):
		return laterAgain
	case (l.Kind == HowWasIt || l.Kind == AskReview) && len(t.Tasks) > 0 && (t.kind() == nil || !t.kind().passing):
		return laterAgain
	case away < stillHere:
		return disturbAgain
	}
	return 0
}

// remindButton offers to be reminded of the cart, to who has not been asked yet.
func (t *turn) remindButton() []Button {
	if !t.w.Remembers || t.Consents[Reminders] != "" || t.displeased() {
		return nil
	}
	return []Button{button("button.remind", "consent:"+Reminders+":ask")}
}

// reminded sends what the store has noted as sent. What is true is looked at
// once more: the note may have waited.
func (t *turn) reminded(in Done) {
	l := in.Later
	switch {
	case in.Reason == EnoughSent && l.Kind != CartLeft:
		l.At = t.w.Now.Add(laterAgain)
		t.Later = append(slices.Clone(t.Later), l)
		t.wake()
		return
	case in.Reason != "", !t.still(l), !t.holds(l), t.Handoff.Stage == Held:
		return
	}
	stop := button("button.stop_reminders", "consent:"+Reminders+":no")
	switch l.Kind {
	case CartLeft:
		t.say(part("remind.cart"), t.leftParts(), button("button.checkout", "checkout"), button("button.cart", "cart"), stop, t.byMail())
	case PriceFell:
		p := t.w.Shop.Product(l.Subject)
		t.Focus = p.ID
		t.say(part("remind.price", "title", p.Name), t.priceParts(p), button("button.add", "add:"+p.ID), button("button.more", "more:"+p.ID), stop, t.byMail())
	case RunsOut:
		p, v := t.w.Shop.Variant(l.Subject)
		t.Focus = p.ID
		t.say(part("remind.lasts", "item", Item{p, v}), part("remind.lasts.price", "price", p.PriceOf(v)),
			button("button.add", "sku:"+v.SKU), button("button.more", "more:"+p.ID), stop, t.byMail())
	case OfCampaign:
		t.tellOffer(part("text", "text", l.Offer.Text), l.Offer, stop)
	case NewGoods:
		t.tellNewGoods(l, stop)
	case AskReview:
		t.askReview(l.Subject)
	case HowWasIt:
		t.start(Task{Kind: Feedback, Order: l.Subject})
	}
}

// mailTo is the address that a bubble is sent to by letter as well; "": none.
type mailTo string

// byMail sends a reminder by letter, too, where nobody is told of messages and the
// customer has given an address. They have consented to reminders.
func (t *turn) byMail() mailTo {
	if !t.w.Mails || !t.allows(Reminders) {
		return ""
	}
	return mailTo(t.Contact.Email)
}

// leftParts are the goods of the cart that can still be had, and their prices of now.
func (t *turn) leftParts() []Part {
	var parts []Part
	for _, l := range t.orderLines() {
		if p, v := t.w.Shop.Variant(l.SKU); v != nil && t.has(v) {
			parts = append(parts, part("cart.line", "count", l.Qty, "item", Item{p, v}, "price", l.Unit*catalog.Cents(l.Qty)))
		}
	}
	return parts
}

// Why something is not sent.
const (
	EnoughSent = "week"  // the customer has been sent enough in the last days
	SentBefore = "again" // this they have been sent already
	AllGiven   = "most"  // as many customers as get it have it
	Unwanted   = "consent"
)

// aboutReminders hears that reminders are wanted, or not any more.
func (t *turn) aboutReminders(m *said) bool {
	off := m.has(cueEnd)
	if !t.w.Remembers || !m.has(cueReminder) || len(m.words) > fewWords || !off && (!m.has(cueSend) || m.has(cueNegation)) {
		return false
	}
	switch {
	case off && !t.allows(Reminders):
		t.say(part("reminders.none"), t.nextButtons())
	case off:
		t.answerConsent(Reminders, Refused)
	case t.allows(Reminders):
		t.say(part("reminders.on"), button("button.stop_reminders", "consent:"+Reminders+":no"))
	default:
		t.start(Task{Kind: Consenting, Values: map[string]string{"purpose": Reminders}})
	}
	return true
}
