package dialogue

import (
	"slices"
	"strconv"

	"tiski/catalog"
)

// buying is the checkout: who, where to, how it comes, how it is paid, and the
// button that orders.
var buying = task{
	kind: Buy,
	slots: []slot{
		{name: "same", when: (*turn).boughtBefore, ask: (*turn).askSame, take: (*turn).takeSame},
		{name: "name", value: func(t *turn) string { return t.Contact.Name }, ask: (*turn).askName, again: (*turn).remindName, take: (*turn).takeName, notice: (*turn).noticeName, called: cueName, later: true},
		{name: "email", value: func(t *turn) string { return t.Contact.Email }, ask: (*turn).askEmail, again: (*turn).remindEmail, take: (*turn).takeEmail, notice: (*turn).noticeEmail, called: cueEmail, later: true},
		{name: "phone", value: func(t *turn) string { return t.Contact.Phone }, take: (*turn).takePhone, notice: (*turn).noticePhone, called: cuePhone, later: true},
		{name: "address", when: (*turn).toAddress, value: func(t *turn) string { return t.Address.Street }, ask: (*turn).askAddress,
			take: (*turn).takeAddress, notice: (*turn).noticeAddress, changed: (*turn).moveHouse, called: cueAddress, quiet: true},
		{name: "postal_code", when: (*turn).toAddress, value: (*turn).place, ask: (*turn).askPostalCode, take: (*turn).takeAddress, changed: (*turn).moveHouse},
		{name: "delivery", value: (*turn).delivers, ask: (*turn).askDelivery, take: (*turn).takeDelivery, notice: (*turn).noticeDelivery, changed: (*turn).forgetPoint, called: cueDelivery, quiet: true},
		{name: "point", when: (*turn).toPoint, value: (*turn).point, look: (*turn).lookPoints, ask: (*turn).askPoint, take: (*turn).takePoint, notice: (*turn).noticePoint, called: cueThePoint, skip: true, lists: true, quiet: true},
		{name: "payment", value: (*turn).pays, ask: (*turn).askPayment, take: (*turn).takePayment, notice: (*turn).noticePayment, called: cuePayment, quiet: true},
		{name: "greeting", when: (*turn).wraps, ask: (*turn).askGreeting, take: (*turn).takeGreeting, called: cueGreeting, skip: true, quiet: true},
		{name: "confirm", value: func(*turn) string { return "" }, look: (*turn).lookPurse, ask: (*turn).askConfirm, again: (*turn).remindConfirm, take: (*turn).takeConfirm, loose: true},
	},
	check:   (*turn).checkCart,
	finish:  (*turn).checkout,
	cancel:  (*turn).stopBuying,
	changed: (*turn).changed,
	leads:   []string{Add, Remove, Track},
}

// boughtBefore reports whether who and where to are known from an order of
// this conversation, or remembered from an earlier one.
func (t *turn) boughtBefore() bool {
	return (t.Order != nil || t.allows(Service)) && t.Contact.Name != "" && t.Contact.Email != "" && t.Contact.Phone != ""
}

// askSame offers the details of the last order. How the goods come and how they
// are paid is chosen anew.
func (t *turn) askSame() ([]Part, []Button) {
	c, a := t.Contact, t.Address
	parts := []Part{part("ask.same", "name", c.Name, "email", c.Email, "phone", c.Phone)}
	if a.Street != "" && t.place() != "" {
		parts = append(parts, part("ask.same.address", "street", a.Street, "postcode", a.Postcode, "city", a.City))
	}
	return parts, []Button{button("button.same", "same"), button("button.change", "change")}
}

func (t *turn) takeSame(m *said) answer {
	switch {
	case m.has(cueYes), m.has(cueSame) && !m.has(cueNegation):
		t.top().note("same", "yes")
		return taken
	case m.has(cueNo), len(m.words) <= 4 && (m.has(cueChange) || m.has(cueNegation)):
		t.tapChange()
		return finished
	}
	return notMine
}

// sum tells what the cart costs with its delivery; before that is chosen, what
// each way of delivery adds.
func (t *turn) sum() {
	if m, p := t.method(), t.payment(); m != nil && p != nil {
		if quote, err := t.quote(t.orderLines(), t.codes()...); err == nil {
			t.say(part("sum", "price", quote.Total), part("delivery.cost.line", "name", m.Name, "price", Fee(quote.Delivery)))
			return
		}
	}
	parts := []Part{part("cart.goods", "price", t.goods()), part("sum.delivery")}
	for _, m := range t.deliveries() {
		if (t.Address.Postcode != "" || len(m.Areas) == 0) && (t.Delivery == "" || m.ID == t.Delivery) {
			parts = append(parts, part("delivery.cost.line", "name", m.Name, "price", Fee(m.PriceFor(t.goods()))))
		}
	}
	t.say(parts, t.afterTalk())
}

// checkCart ends the checkout when there is nothing left to buy. Before the
// summary is talked about, a way of delivery or payment that is no more to be
// had is asked anew.
func (t *turn) checkCart() bool {
	if k := t.top(); len(t.Cart) > 0 && k.Asked == "confirm" && (t.method() == nil || t.payment() == nil) {
		k.Asked = ""
		t.changed()
		t.proceed()
		return false
	}
	if len(t.Cart) > 0 {
		return true
	}
	t.end(Buy)
	t.showCart()
	return false
}

// checkout begins or goes on with the order of what is in the cart.
func (t *turn) checkout() {
	t.dropGone()
	if len(t.Cart) == 0 {
		t.showCart()
		return
	}
	for _, k := range t.Tasks {
		if k.Kind == Buy {
			k.Asked = ""
			t.start(k)
			return
		}
	}
	t.start(Task{Kind: Buy})
}

// changed forgets the summary: what it said is no longer so.
func (t *turn) changed() { t.Summary = nil }

func (t *turn) stopBuying() {
	t.end(Buy)
	t.forgetOrder()
	t.say(part("order.stopped"), t.cartButtons())
}

// forgetOrder forgets the choices of a checkout, not the customer and the cart.
func (t *turn) forgetOrder() {
	t.Summary, t.Delivery, t.Payment = nil, "", ""
	t.forgetPoints()
	t.forgetPoint()
}

// takeConfirm: an order needs its button; a yes shows it anew.
func (t *turn) takeConfirm(m *said) answer {
	if m.has(cueYes) || m.has(cueCheckoutWord) && len(m.words) <= 4 {
		return refused(part("order.use_button"))
	}
	return notMine
}

// remindConfirm says that the summary waits.
func (t *turn) remindConfirm() ([]Part, []Button) {
	if t.Summary == nil {
		return t.askConfirm()
	}
	return []Part{part("again.confirm")}, []Button{button("button.summary", "checkout"), button("button.cancel", "stop")}
}

// askConfirm shows everything that is about to be ordered, with the only button
// that orders it.
func (t *turn) askConfirm() ([]Part, []Button) {
	lines := t.orderLines()
	quote, err := t.quote(lines, t.codes()...)
	if short := t.short(); len(lines) == 0 && len(short) > 0 {
		return t.amended(short), t.shelfButtons()
	}
	if err != nil {
		t.end(Buy)
		t.forgetOrder()
		return []Part{part("order.unfit")}, t.cartButtons()
	}
	m, p := t.method(), t.payment()
	window := m.Arrives(t.w.Now)
	t.Summary = &Summary{ID: strconv.FormatInt(t.w.Version, 36), Total: quote.Total, Window: window}

	parts := []Part{part("summary.title")}
	for _, l := range lines {
		product, variant := t.w.Shop.Variant(l.SKU)
		parts = append(parts, part("summary.line", "count", l.Qty, "item", Item{product, variant}, "price", l.Unit*catalog.Cents(l.Qty)))
	}
	for _, d := range quote.Discounts {
		parts = append(parts, part("summary.discount", "name", d.Name, "price", d.Amount))
	}
	parts = append(parts, gap, part("summary.delivery", "name", m.Name, "price", Fee(quote.Delivery), "window", window))
	if m.Kind == catalog.StorePickup {
		parts = append(parts, part("summary.from", "street", t.w.Shop.Company.Street, "city", t.w.Shop.Company.City))
	} else {
		parts = append(parts, part("summary.to", "street", t.Address.Street, "postcode", t.Address.Postcode, "city", t.Address.City))
	}
	if p := t.chosenPoint(); p != nil {
		parts = append(parts, summaryPoint(*p))
	}
	parts = append(parts,
		part("summary.contact", "name", t.Contact.Name, "email", t.Contact.Email, "phone", t.Contact.Phone),
		part("summary.payment", "name", p.Name))
	if greeting := t.greeting(); greeting != "" {
		parts = append(parts, part("summary.greeting", "text", greeting))
	}
	if quote.Fee > 0 {
		parts = append(parts, part("summary.fee", "price", quote.Fee))
	}
	c := t.w.Shop.Company
	parts = append(parts, gap,
		part("summary.seller", "name", c.Name, "id", c.BusinessID, "street", c.Street, "postcode", c.Postcode, "city", c.City, "email", c.Email, "phone", c.Phone))
	parts = append(parts, t.withdrawalRight(lines)...)
	if c.Terms != "" {
		parts = append(parts, part("summary.terms", "terms", c.Terms))
	}
	parts = append(parts, gap, part("summary.total", "price", quote.Total))
	for _, v := range quote.VAT {
		parts = append(parts, part("summary.vat", "rate", Rate(v.Tenths), "tax", v.Tax))
	}
	return parts, slices.Concat([]Button{button("button.order", "order:"+t.Summary.ID, "price", quote.Total)}, t.pointButtons(),
		[]Button{button("button.change", "change"), button("button.cancel", "stop")})
}

// Rate is a rate in tenths of a percent, worded "25,5 %".
type Rate int

// placeOrder orders what the current summary says, if it still is so.
func (t *turn) placeOrder(id string) {
	switch {
	case t.Summary == nil && len(t.Cart) == 0 && t.Order != nil:
		t.say(part("order.already", "number", t.Order.Number), button("button.track", "track:"+t.Order.Number))
		return
	case t.Summary == nil && len(t.Cart) == 0:
		t.showCart()
		return
	case t.Summary == nil || t.Summary.ID != id:
		t.lead(part("order.stale"))
		t.checkout()
		return
	}
	lines := t.orderLines()
	quote, err := t.quote(lines, t.codes()...)
	short := t.short()
	if err != nil || len(lines) != len(t.Cart) || len(short) > 0 || quote.Total != t.Summary.Total || t.method() == nil || t.payment() == nil {
		t.amend(short)
		return
	}
	m := t.method()
	o := catalog.Order{
		Conversation: t.w.Conversation, Status: catalog.Placed, Placed: t.w.Now, Lang: t.Lang,
		Lines: quote.Lines, Discounts: quote.Discounts, Contact: t.Contact, Address: t.Address,
		Delivery: catalog.OrderDelivery{
			Method: m.ID, Kind: m.Kind, Name: m.Name.In(t.Lang), Price: quote.Delivery, Discount: quote.DeliveryDiscount, Window: t.Summary.Window,
		},
		Greeting: t.greeting(), Payment: t.Payment, PaymentFee: quote.Fee, ServiceVAT: quote.ServiceVAT, Currency: t.w.Shop.Currency, Total: quote.Total, VAT: quote.VAT,
	}
	if m.Kind == catalog.StorePickup {
		o.Address = catalog.Address{}
	}
	if p := t.chosenPoint(); p != nil {
		o.Delivery.Point = *p
	}
	o.ID = EffectID(t.w.Conversation, t.w.Version, t.w.Effects+len(t.effects))
	t.Working = t.want(PlaceOrder{Order: o})
	t.Summary = nil
}

// short lists the variants of the cart of which there is not enough.
func (t *turn) short() []string {
	var skus []string
	for _, l := range t.Cart {
		if _, v := t.w.Shop.Variant(l.SKU); v == nil || t.limit(v, l.Qty) < l.Qty {
			skus = append(skus, l.SKU)
		}
	}
	return skus
}

// amend tells what has changed since the summary and shows the new one.
func (t *turn) amend(short []string) {
	parts := t.amended(short)
	if len(t.Cart) == 0 {
		t.say(parts, t.shelfButtons())
		return
	}
	t.lead(parts...)
	t.checkout()
}

// amended mends the cart to what can be had and tells how. An empty cart ends
// the checkout.
func (t *turn) amended(short []string) []Part {
	parts := []Part{part("order.changed")}
	if t.Delivery != "" && t.w.Shop.DeliveryMethod(t.Delivery) == nil {
		t.Delivery = ""
		parts = append(parts, part("delivery.gone"))
	}
	if d := t.w.Shop.Discount(t.Code); t.Code != "" && t.Code != t.Friend && (d == nil || !d.Until.IsZero() && !t.w.Now.Before(d.Until)) {
		parts = append(parts, part("code.over", "code", t.Code))
		t.Code = ""
	}
	for _, sku := range short {
		p, v := t.w.Shop.Variant(sku)
		line := slices.IndexFunc(t.Cart, func(l Line) bool { return l.SKU == sku })
		switch {
		case line < 0:
			continue
		case v == nil:
			t.Cart = slices.Delete(t.Cart, line, line+1)
			parts = append(parts, part("order.gone"))
		case t.limit(v, t.Cart[line].Qty) <= 0:
			t.Cart = slices.Delete(t.Cart, line, line+1)
			parts = append(parts, part("order.sold_out", "item", Item{p, v}))
		case t.limit(v, t.Cart[line].Qty) < t.Cart[line].Qty:
			t.Cart[line].Qty = t.limit(v, t.Cart[line].Qty)
			parts = append(parts, part("order.only", "item", Item{p, v}, "count", t.Cart[line].Qty))
		}
	}
	t.changed()
	if len(t.Cart) == 0 {
		t.end(Buy)
		parts = append(parts, part("cart.now_empty"))
	}
	return parts
}

// done takes the result of work.
func (t *turn) done(in Done) {
	awaited := in.Effect == t.Working
	if awaited {
		t.Working = ""
	}
	switch {
	case in.Work == Joining, in.Work == Identifying:
		t.joined(in)
	case in.Work == Forgetting:
		t.forgotten(in)
	case in.Work == AskingPayment:
		t.showPayment(in)
	case in.Work == CheckingPayment:
		t.checkedPayment(in, awaited)
	case in.Work == SettlingPayment:
		t.settled(in)
	case in.Work == ChangingPayment:
		t.changedPayment(in)
	case in.Work == OpeningCase:
		t.opened(in)
	case in.Reason == "" && in.Order.Number != "":
		t.placed(in.Order)
	case in.Reason == "points":
		t.forgetPoints()
		t.lead(part("purse.gone"))
		t.amend(t.short())
	case in.Reason == "discount":
		t.lead(part("code.used", "code", t.Code))
		t.Code, t.Friend = "", ""
		t.amend(t.short())
	case in.Reason == "stock", in.Reason == "price", in.Reason == "gone":
		t.amend(append(t.short(), in.SKUs...))
	default:
		t.say(part("order.failed"), button("button.retry", "checkout"), button("button.human", "human"))
	}
}

func (t *turn) placed(o catalog.Order) {
	t.guessOrder(o)
	t.Order = &OrderRef{Number: o.Number, Status: o.Status}
	t.remember(o)
	t.Cart, t.Code, t.Friend = nil, "", ""
	t.end(Buy)
	t.forgetOrder()
	if o.Status == catalog.Awaiting {
		t.await(o)
		return
	}
	t.tellSold(part("order.placed", "number", o.Number, "price", o.Total), o)
}

// tellSold tells what follows when an order is sold that is paid later.
func (t *turn) tellSold(first Part, o catalog.Order) {
	parts := []Part{first, part("order.arrives."+o.Delivery.Kind, "window", o.Delivery.Window)}
	switch o.Payment {
	case catalog.Invoice:
		parts = append(parts, part("order.invoice", "email", o.Contact.Email))
	case catalog.AtStore:
		parts = append(parts, part("order.at_store", "price", o.Total))
	}
	t.say(parts, t.withdrawable(o),
		button("button.track", "track:"+o.Number),
		button("button.withdraw", "withdraw:"+o.Number))
	t.learnOrder(o)
}
