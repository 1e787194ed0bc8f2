package dialogue

import (
	"regexp"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// tracking tells where an order is: its number first, then the e-mail or phone
// that it was made with.
var tracking = task{
	kind:   Track,
	slots:  []slot{orderSlot, ownerSlot},
	finish: (*turn).lookUp,
	yields: func(t *turn, m *said) bool { return t.names(m.sought()) },
	lost:   (*turn).cannotFind,
}

// track tells where an order is: those that are known at once, others when
// number and e-mail or phone match.
func (t *turn) track(m *said) {
	number := m.First(intents.OrderNo)
	if all := t.numbers(); number == "" && len(all) > 0 {
		number = all[0]
	} else if number == "" && t.Has(Buy) && !m.has(cueEarlier) {
		t.say(part("order.not_yet"))
		return
	}
	if number == "" && (len(t.Cart) > 0 && m.asks || m.has(cueWould)) && !m.has(cueEarlier) && !m.has(cueBought) && !m.has(cueWhere) {
		t.deliveryTime(m) // of what is not ordered yet
		return
	}
	t.beginOrder(Task{Kind: Track, Order: number}, m)
	if s := t.Sought; s != nil && m.First(intents.OrderNo) != "" && number != s.Number && t.identified() == "" {
		t.top().note(intents.Email, s.Email)
		t.top().note(intents.Phone, s.Phone)
	}
	if number == "" && len(t.top().Values) == 0 && (m.forgetsNumber() || m.unconfirmed()) {
		t.lackNumber(m)
		return
	}
	t.proceed()
}

// forgetsNumber reports whether a message tells that the number of an order is not known:
// "en tiedä numeroo".
func (m *said) forgetsNumber() bool {
	return (m.has(cueForgot) || m.has(cueNegation)) && !m.asks && m.has(cueTheNumber)
}

// unconfirmed reports whether a message tells that no confirmation, where the number stands, has come.
func (m *said) unconfirmed() bool {
	return !m.asks && m.has(cueConfirmation) && m.has(cueNegation)
}

// lackNumber ends the search of who has no number to tell.
func (t *turn) lackNumber(m *said) {
	if !m.unconfirmed() || t.top().Kind != Track {
		t.cannotFind()
		return
	}
	t.end(Track)
	t.say(part("track.unconfirmed"))
	t.offerHuman("order_status")
}

// disowns offers a person to who has got a bill or a parcel of an order that somebody else
// made: its number is not theirs to know. It reports whether the message tells of that.
func (t *turn) disowns(m *said) bool {
	if !m.has(cueNotMine) || m.has(cueAlso) || m.First(intents.OrderNo) != "" || len(t.Tasks) > 0 ||
		!m.has(cueInvoice) && !m.has(cueCharged) && !m.Has(intents.OrderStatus) && !m.Has(intents.PaymentMethods) && !m.Has(intents.Privacy) && !m.Has(intents.AccountLoyalty) {
		return false
	}
	t.say(part("order.not_mine"))
	t.offerHuman("order_status")
	return true
}

// orderLike is what looks like an order's number.
var orderLike = regexp.MustCompile(`(?i)\bt ?-? ?\d{4,9}\b`)

// misnumbered reports whether a message tells a number of an order that cannot be one.
func (m *said) misnumbered() bool {
	return m.First(intents.OrderNo) == "" && strings.ContainsAny(m.Text, "0123456789") && orderLike.MatchString(m.Text)
}

// beginOrder begins a task about an order with what a message tells of whose it is, and
// says so when the number that it tells is none.
func (t *turn) beginOrder(k Task, m *said) {
	if m.misnumbered() {
		t.lead(part("bad.order_no"))
	}
	t.begin(k)
	t.takeOrderEmail(m)
}

// receipt shows the page of an order, where its receipt is.
func (t *turn) receipt(m *said) bool {
	if !m.has(cueReceipt) && !m.has(cueInvoiced) || !m.has(cueOnceMore) && m.First(intents.OrderNo) == "" {
		return false
	}
	t.track(m)
	return true
}

func (t *turn) takeOrderNo(m *said) answer {
	number := m.First(intents.OrderNo)
	if number == "" {
		return t.forgets(m)
	}
	t.top().Order = number
	return taken
}

func (t *turn) noticeOrderNo(m *said) bool {
	number := m.First(intents.OrderNo)
	return number != "" && number != t.top().Order && t.takeOrderNo(m).taken
}

func (t *turn) askOrderEmail() ([]Part, []Button) {
	return []Part{part("ask.order_email", "number", t.top().Order)}, nil
}

// takeOrderEmail takes what identifies the customer.
func (t *turn) takeOrderEmail(m *said) answer {
	k := t.top()
	for _, kind := range []string{intents.Email, intents.Phone} {
		if v := m.First(kind); v != "" && len(v) <= maxNote {
			k.note(kind, v)
			return taken
		}
	}
	if k.Asked == intents.Email {
		return t.forgets(m)
	}
	return notMine
}

// reachesAlone takes an e-mail or phone number that comes alone, unasked, as that
// of an order, and says that nothing is told of one without its number.
func (t *turn) reachesAlone(m *said) bool {
	if len(t.Tasks) > 0 || m.asks || m.First(intents.Email)+m.First(intents.Phone) == "" || m.First(intents.OrderNo) != "" ||
		t.Handoff.Stage == Requested || len(t.numbers()) > 0 {
		return false
	}
	besides := heard(intents.Reading{Text: m.withoutReach(), Lang: m.Lang})
	if !besides.nothingBut(cueEmail) && !besides.nothingBut(cuePhone) {
		return false
	}
	if s := t.Sought; s != nil {
		t.beginOrder(Task{Kind: Track, Order: s.Number}, m)
		t.proceed()
		return true
	}
	t.begin(Task{Kind: Track, Asked: orderSlot.name})
	t.takeOrderEmail(m)
	t.asked = true
	t.say(part("again.order_no.reach"), button("button.human", "human"))
	return true
}

// identified is the e-mail, else the phone, that the order was made with.
func (t *turn) identified() string {
	values := t.top().Values
	if values[intents.Email] != "" {
		return values[intents.Email]
	}
	return values[intents.Phone]
}

// forgets ends the search when the customer does not know what is asked.
func (t *turn) forgets(m *said) answer {
	knowsNone := m.has(cueForgot) || t.top().Asked == "order_no" && (m.forgetsNumber() || m.unconfirmed())
	if m.asks || !knowsNone && !m.has(cueNo) || m.digresses() && !knowsNone {
		return notMine
	}
	t.lackNumber(m)
	return finished
}

// lookUp asks for the order; the answer comes within the turn.
func (t *turn) lookUp() {
	k := t.top().clone()
	l := Look{Orders: k.Order, Email: k.Values[intents.Email], Phone: k.Values[intents.Phone]}
	if o := t.known(k.Order); o != nil {
		l.Email, l.Phone = o.Email, o.Phone
	}
	t.Sought = &Sought{l.Orders, l.Email, l.Phone}
	t.end(Track)
	t.lookFor(l)
}

// lookFor ends the turn's decisions with a look-up: its answer is stepped next.
func (t *turn) lookFor(l Look) {
	t.flush()
	t.looking = true
	t.want(l)
}

// looked takes the orders that were looked up.
func (t *turn) looked(in Looked) {
	if in.Purse != nil {
		t.lookedPurse(in)
		return
	}
	if in.Near != "" {
		t.lookedNear(in)
		return
	}
	if in.Consents != nil {
		t.tellConsents(in.Consents)
		return
	}
	if k := t.top(); k != nil && k.Values["looking"] != "" {
		t.lookedFor(in)
		return
	}
	orders := in.Orders
	if len(orders) == 0 {
		t.say(part("order.unknown"))
		t.offerHuman("order_status")
		return
	}
	t.Sought = nil
	for i, o := range orders {
		if i == 3 {
			break
		}
		t.status(o, in.Parcels[o.Tracking])
	}
	t.prove(in)
}

// told are the statuses that have a reply of their own.
var told = map[catalog.Status]bool{
	catalog.Placed: true, catalog.Paid: true, catalog.Packed: true, catalog.Shipped: true,
	catalog.Ready: true, catalog.Delivered: true, catalog.Cancelled: true,
	catalog.Awaiting: true, catalog.Handed: true, catalog.Closed: true, catalog.Expired: true,
	catalog.Refused: true, catalog.PartlyReturned: true, catalog.Returned: true, catalog.Refunded: true,
}

// status tells one order's state. Of what has been sent, a person knows more; whoever asks
// again what was told already is asked whether one is wanted.
func (t *turn) status(o catalog.Order, p catalog.Parcel) {
	was := t.known(o.Number)
	again := was != nil && was.Told == o.Status && t.Handoff.Stage == ""
	parts, buttons := t.statusOf(o, p)
	t.known(o.Number).Told = o.Status
	switch o.Status {
	case catalog.Delivered:
		parts = append(parts, part("order.missing"))
	case catalog.Shipped:
		if again && o.Delivery.Window.Latest.IsZero() && !arrived[p.State] {
			parts = append(parts, part("order.no_day"))
		}
	case catalog.Ready:
	default:
		t.say(parts, buttons)
		return
	}
	if again {
		t.say(parts, buttons)
		t.offer("order_status")
		return
	}
	t.say(parts, buttons, button("button.human", "human"))
}

// statusOf words one order's state, and its parcel's when the carrier told it.
// What the shop's files or the carrier do not tell is not told.
func (t *turn) statusOf(o catalog.Order, p catalog.Parcel) ([]Part, []Button) {
	t.remember(o)
	if to := ahead[p.State]; o.Status == catalog.Shipped && to != "" {
		o.Status = to
	}
	key := "order.status." + string(o.Status)
	if !told[o.Status] {
		key = "order.status.other"
	}
	parts := []Part{part(key, "number", o.Number, "date", o.Placed)}
	var items Words
	for _, l := range o.Lines {
		title := l.Title
		if p := t.w.Shop.Product(l.Product); p != nil {
			title = p.Name.In(t.Lang)
		}
		items = append(items, title)
	}
	if len(items) > 3 {
		items = append(items[:3], "…")
	}
	parts = append(parts, part("order.items", "items", items))
	switch o.Status {
	case catalog.Placed, catalog.Paid, catalog.Packed, catalog.Shipped:
		if !o.Delivery.Window.Latest.IsZero() && !arrived[p.State] {
			parts = append(parts, part("order.arrives."+o.Delivery.Kind, "window", o.Delivery.Window))
		}
		if o.Delivery.Point != anyPoint {
			parts = append(parts, summaryPoint(o.Delivery.Point))
		}
	}
	buttons := t.orderButtons(o)
	if t.Paying != nil && t.Paying.Order == o.Number && !t.over() {
		parts = append(parts, part("pay.reserved", t.payArgs()...))
		buttons = append(t.payButton(), buttons...)
	}
	if o.Tracking != "" {
		parts = append(parts, part("order.tracking", "code", o.Tracking))
		if page := catalog.TrackingPage(o.Tracking, t.Lang); page != "" {
			buttons = append([]Button{{Label: "button.carrier", URL: page}}, buttons...)
		}
	}
	return append(parts, parcel(p)...), buttons
}

// ahead is where the carrier is further than the shop has heard.
var ahead = map[catalog.ParcelState]catalog.Status{catalog.ParcelReady: catalog.Ready, catalog.ParcelDelivered: catalog.Delivered}

// arrived are the states of parcels of which no arrival is foretold.
var arrived = map[catalog.ParcelState]bool{
	catalog.ParcelReady: true, catalog.ParcelDelivered: true, catalog.ParcelReturning: true, catalog.ParcelTrouble: true,
}

// parcel words what a carrier tells of a parcel, when it has a meaning here.
func parcel(p catalog.Parcel) []Part {
	if p.State == "" || p.State == catalog.ParcelUnknown {
		return nil
	}
	parts := []Part{part("parcel."+string(p.State), "name", p.Carrier)}
	if !p.Until.IsZero() && p.State == catalog.ParcelReady {
		parts = append(parts, part("parcel.fetch_by", "date", p.Until).glued())
	}
	if !p.At.IsZero() {
		parts = append(parts, part("parcel.heard", "date", p.At).glued())
	}
	return parts
}
