package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// slot is something the checkout must know. Slots are asked in this order.
type slot struct {
	name string
	need func(*turn) bool // whether it is still missing
	fill func(*turn, string, intents.Reading) bool
}

var slots = []slot{
	{"name", func(t *turn) bool { return t.Contact.Name == "" }, (*turn).fillName},
	{"email", func(t *turn) bool { return t.Contact.Email == "" }, (*turn).fillEmail},
	{"phone", func(t *turn) bool { return t.Contact.Phone == "" }, (*turn).fillPhone},
	{"address", func(t *turn) bool { return t.toAddress() && t.Address.Street == "" }, (*turn).fillAddress},
	{"postal_code", func(t *turn) bool { return t.toAddress() && (t.Address.Postcode == "" || t.Address.City == "") }, (*turn).fillAddress},
	{"delivery", func(t *turn) bool { return t.method() == nil }, (*turn).fillDelivery},
	{"payment", func(t *turn) bool { return t.payment() == nil }, (*turn).fillPayment},
}

// toAddress reports whether the goods go to an address: always, until the
// customer says that they come from the store.
func (t *turn) toAddress() bool {
	m := t.method()
	return m == nil || m.Kind != catalog.StorePickup
}

// method is the delivery chosen, if it still serves the address.
func (t *turn) method() *catalog.DeliveryMethod {
	for _, m := range t.w.Shop.DeliveryFor(t.Address.Postcode) {
		if m.ID == t.Delivery {
			return m
		}
	}
	return nil
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

// payments are the ways of paying that go with the delivery, in the shop's,
// that is the lawful, order.
func (t *turn) payments() []*catalog.PaymentMethod {
	kind := ""
	if m := t.method(); m != nil {
		kind = m.Kind
	}
	return t.w.Shop.PaymentsFor(kind)
}

// checkout begins or goes on with the order of what is in the cart.
func (t *turn) checkout() {
	if len(t.Cart) == 0 {
		t.showCart()
		return
	}
	t.Buying = true
	t.proceed()
}

// proceed asks the first thing still missing, or shows the summary.
func (t *turn) proceed() {
	for _, s := range slots {
		if s.need(t) {
			t.ask(Pending{Slot: s.name, For: "buy"})
			return
		}
	}
	t.showSummary()
}

// resume goes on with the checkout after something of it was told: what a
// summary said before is no longer so.
func (t *turn) resume() {
	t.Pending = nil
	t.changed()
	t.proceed()
}

func (t *turn) stopBuying() {
	t.Buying, t.Summary, t.Pending = false, nil, nil
	t.Delivery, t.Payment = "", ""
	t.say(part("order.stopped"), t.cartButtons())
}

// absorb keeps what a message tells besides its request while buying, so that
// it need not be asked.
func (t *turn) absorb(r intents.Reading) {
	if !t.Buying {
		if code := r.First(intents.PostalCode); code != "" {
			t.Address.Postcode = code
		}
		return
	}
	if v := r.First(intents.Email); v != "" {
		t.Contact.Email = v
		t.changed()
	}
	if v := r.First(intents.Phone); v != "" {
		t.Contact.Phone = v
		t.changed()
	}
}

func (t *turn) fillName(text string, r intents.Reading) bool {
	for _, e := range r.Entities {
		if e.Kind == intents.Email || e.Kind == intents.Phone {
			text = strings.Replace(text, e.Text, "", 1)
		}
	}
	text = strings.Trim(strings.TrimSpace(text), ",.;")
	if first := t.Pending; first != nil && first.Slot == "name" && len(strings.Fields(text)) == 1 {
		given := first.Options["given"]
		if text = given + " " + text; given == "" {
			text = strings.TrimSpace(text)
			if isName(text + " " + text) {
				first.Options = map[string]string{"given": text}
			}
			return false
		}
	}
	for _, opening := range []string{"nimeni on ", "mun nimi on ", "minun nimeni on ", "olen ", "oon ", "mitt namn är ", "jag heter ", "my name is ", "i'm ", "i am "} {
		if len(text) > len(opening) && strings.EqualFold(text[:len(opening)], opening) {
			text = text[len(opening):]
		}
	}
	if !isName(text) || digression(r) && r.Intents[0].P >= 0.85 {
		return false
	}
	t.Contact.Name = text
	return true
}

// isName: letters, two to four words, at most 60 characters.
func isName(text string) bool {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 4 || len([]rune(text)) > 60 || cueQuestion.in(folded(text)) {
		return false
	}
	for _, w := range folded(text) {
		if filler.has(w) || cueRemove.in([]string{w}) || cueChange.in([]string{w}) || cueWithdraw.in([]string{w}) || cueCheckoutWord.in([]string{w}) || cueNumber.in([]string{w}) {
			return false
		}
	}
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !isLetter(r) && !strings.ContainsRune(" -'’.", r)
	})
}

var cueNumber = cue{words: []string{"nolla", "yksi", "kaksi", "kolme", "nelja*", "viisi*", "kuusi*", "seitseman*", "kahdeksan*", "yhdeksan*"}}

var cueQuestion = cue{words: []string{"mita", "mika", "mis", "missa", "milloin", "paljonko", "paljon", "kuinka", "miten", "onko", "onks", "voiko", "voinko", "saako", "saaks", "miks", "miksi", "kuka", "vad", "nar", "hur", "var", "kan", "what", "when", "how", "where", "can", "why", "peru", "haluan", "etsin", "nayta"}}

func (t *turn) fillEmail(_ string, r intents.Reading) bool {
	if v := r.First(intents.Email); v != "" {
		t.Contact.Email = v
		return true
	}
	return false
}

func (t *turn) fillPhone(_ string, r intents.Reading) bool {
	if v := r.First(intents.Phone); v != "" {
		t.Contact.Phone = v
		return true
	}
	return false
}

// fillAddress takes "Katu 5 A 2, 00100 Helsinki", or the street or the postal
// code and place alone.
func (t *turn) fillAddress(text string, r intents.Reading) bool {
	if t.collects(folded(text)) && t.fillDelivery(text, r) {
		return true
	}
	code := postcode.FindStringSubmatchIndex(text)
	street, city := strings.TrimSpace(text), ""
	if code != nil {
		street = text[:code[0]]
		city = text[code[1]:]
		t.Address.Postcode = text[code[2]:code[3]]
	} else if t.Address.Street != "" {
		street, city = "", text
	}
	street = strings.Trim(strings.TrimSpace(street), ",.;")
	city = strings.Trim(strings.TrimSpace(city), ",.;!")
	if code == nil && city == "" {
		if head, tail, ok := cutLast(street, ","); ok && !strings.ContainsAny(tail, "0123456789") {
			street, city = strings.TrimSpace(head), strings.TrimSpace(tail)
		}
	}
	filled := code != nil
	if isStreet(street) {
		t.Address.Street, filled = street, true
	}
	if isCity(city) {
		t.Address.City, filled = titleCase(city), true
	}
	if filled && t.Delivery != "" && t.method() == nil {
		t.Delivery = ""
	}
	return filled
}

func (t *turn) fillDelivery(text string, r intents.Reading) bool {
	words := afterBut(folded(text))
	var fitting []*catalog.DeliveryMethod
	for _, m := range t.w.Shop.DeliveryFor(t.Address.Postcode) {
		if t.deliverable(m) && (kindCue[m.Kind].in(words) || strings.EqualFold(strings.TrimSpace(text), m.Name.In(t.Lang))) {
			fitting = append(fitting, m)
		}
	}
	if len(fitting) != 1 {
		return false
	}
	t.Delivery = fitting[0].ID
	return true
}

// deliverable keeps methods with an address from a customer who gave none.
func (t *turn) deliverable(m *catalog.DeliveryMethod) bool {
	return m.Kind == catalog.StorePickup || t.Address.Postcode != "" || !t.Buying
}

var kindCue = map[string]cue{
	catalog.Home:        {words: []string{"koti*", "ovelle", "hem*", "home", "door"}},
	catalog.PickupPoint: {words: []string{"noutopist*", "piste*", "posti", "postiin", "postista", "lahin", "lahimpaan", "utlamning*", "postombud*", "pickup", "point"}},
	catalog.Locker:      {words: []string{"automaat*", "pakettiautom*", "boks*", "smartpost*", "paketautomat*", "automat*", "locker*"}},
	catalog.StorePickup: {words: []string{"myymala*", "kaupasta", "kauppaan", "liikkeesta", "paikan", "haen", "noudan", "butik*", "store", "shop"}},
}

func (t *turn) fillPayment(text string, r intents.Reading) bool {
	words := afterBut(folded(text))
	for _, p := range t.payments() {
		if paymentCue[p.ID].in(words) || strings.EqualFold(strings.TrimSpace(text), p.Name.In(t.Lang)) {
			t.Payment = p.ID
			return true
		}
	}
	return false
}

var paymentCue = map[string]cue{
	"invoice":  {words: []string{"lasku*", "faktura*", "invoice*", "bill"}},
	"at_store": {words: []string{"noudet*", "noutaes*", "myymala*", "kaupassa", "liikkees*", "paikan", "katei*", "haen", "noudan", "hakiessa*", "butik*", "hamta*", "store", "pick*", "collect*"}},
}

// afterBut keeps what is wanted instead: "en halua postiin vaan kotiin".
func afterBut(words []string) []string {
	for i, w := range words {
		if (w == "vaan" || w == "utan" || w == "but") && i+1 < len(words) {
			return words[i+1:]
		}
	}
	return words
}

// showSummary shows everything that is about to be ordered, with the only
// button that orders it.
func (t *turn) showSummary() {
	lines := t.orderLines()
	quote, err := t.w.Shop.Quote(lines, t.Delivery, t.Payment, t.w.Now)
	if short := t.short(); len(lines) == 0 && len(short) > 0 {
		t.amend(short)
		return
	}
	if err != nil {
		t.changed()
		t.Delivery, t.Payment = "", ""
		t.say(part("order.unfit"), t.cartButtons())
		return
	}
	m, p := t.method(), t.payment()
	window := m.Arrives(t.w.Now)
	t.Summary = &Summary{ID: strconv.FormatInt(t.w.Version, 36), Total: quote.Total, Window: window}
	t.Pending = &Pending{Slot: "confirm", For: "buy"}
	t.asked = true

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
	parts = append(parts,
		part("summary.contact", "name", t.Contact.Name, "email", t.Contact.Email, "phone", t.Contact.Phone),
		part("summary.payment", "name", p.Name))
	if quote.Fee > 0 {
		parts = append(parts, part("summary.fee", "price", quote.Fee))
	}
	c := t.w.Shop.Company
	parts = append(parts, gap,
		part("summary.seller", "name", c.Name, "id", c.BusinessID, "street", c.Street, "postcode", c.Postcode, "city", c.City, "email", c.Email, "phone", c.Phone),
		part("summary.withdrawal", "days", t.w.Shop.Returns.Days))
	if t.sealed(lines) {
		parts = append(parts, part("summary.sealed"))
	}
	parts = append(parts, part("summary.terms", "terms", c.Terms))
	parts = append(parts, gap, part("summary.total", "price", quote.Total))
	for _, v := range quote.VAT {
		parts = append(parts, part("summary.vat", "rate", Rate(v.Tenths), "tax", v.Tax))
	}
	t.say(parts,
		button("button.order", "order:"+t.Summary.ID, "price", quote.Total),
		button("button.change", "change"),
		button("button.cancel", "stop"))
}

// Rate is a rate in tenths of a percent, worded "25,5 %".
type Rate int

// sealed reports whether something in the order cannot be withdrawn from.
func (t *turn) sealed(lines []catalog.OrderLine) bool {
	return slices.ContainsFunc(lines, func(l catalog.OrderLine) bool {
		p := t.w.Shop.Product(l.Product)
		return p != nil && p.Withdrawal != ""
	})
}

// place orders what the current summary says, if it still is so.
func (t *turn) place(id string) {
	switch {
	case t.Summary == nil && len(t.Cart) == 0 && t.Order != nil:
		t.say(part("order.already", "number", t.Order.Number), button("button.track", "track:"+t.Order.Number))
		return
	case t.Summary == nil && len(t.Cart) == 0:
		t.showCart()
		return
	case t.Summary == nil || t.Summary.ID != id:
		t.say(part("order.stale"))
		t.Buying = true
		t.proceed()
		return
	}
	lines := t.orderLines()
	quote, err := t.w.Shop.Quote(lines, t.Delivery, t.Payment, t.w.Now)
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
		Payment: t.Payment, PaymentFee: quote.Fee, ServiceVAT: quote.ServiceVAT, Currency: t.w.Shop.Currency, Total: quote.Total, VAT: quote.VAT,
	}
	if m.Kind == catalog.StorePickup {
		o.Address = catalog.Address{}
	}
	o.ID = EffectID(t.w.Conversation, t.w.Version, t.w.Effects+len(t.effects))
	t.Working = t.want(PlaceOrder{Order: o})
	t.Summary, t.Pending = nil, nil
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

// amend tells what has changed since the summary, mends the cart to what can
// be had and shows the new summary.
func (t *turn) amend(short []string) {
	parts := []Part{part("order.changed")}
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
		t.Buying, t.Pending = false, nil
		t.say(parts, part("cart.now_empty"), t.shelfButtons())
		return
	}
	t.say(parts)
	t.proceed()
}

// done takes the result of work.
func (t *turn) done(in Done) {
	if in.Effect == t.Working {
		t.Working = ""
	}
	switch {
	case in.Cancelled:
		t.cancelled(in)
	case in.Reason == "" && in.Case.Number != "":
		t.say(part("case.opened", "number", in.Case.Number))
	case in.Reason == "" && in.Order.Number != "":
		t.placed(in.Order)
	case in.Reason == "stock", in.Reason == "price", in.Reason == "gone", in.Reason == "discount":
		t.Buying = true
		t.amend(append(t.short(), in.SKUs...))
	default:
		t.say(part("order.failed"), button("button.retry", "checkout"), button("button.human", "human"))
	}
}

func (t *turn) placed(o catalog.Order) {
	t.Order = &OrderRef{Number: o.Number, Status: o.Status}
	t.Cart, t.Buying, t.Summary, t.Pending = nil, false, nil, nil
	t.Delivery, t.Payment = "", ""
	parts := []Part{
		part("order.placed", "number", o.Number, "price", o.Total),
		part("order.arrives."+o.Delivery.Kind, "window", o.Delivery.Window),
	}
	switch o.Payment {
	case "invoice":
		parts = append(parts, part("order.invoice", "email", o.Contact.Email))
	case "at_store":
		parts = append(parts, part("order.at_store", "price", o.Total))
	}
	parts = append(parts, part("order.withdrawal", "days", t.w.Shop.Returns.Days))
	t.say(parts,
		button("button.track", "track:"+o.Number),
		button("button.withdraw", "withdraw:"+o.Number))
}
