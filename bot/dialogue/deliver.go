package dialogue

import (
	"cmp"
	"slices"
	"time"
	"unicode"

	"tiski/catalog"
	"tiski/intents"
)

// methods are the deliveries for the postal code named in the message, else
// for the one known, else those for most of the country; only those of a kind
// when the message names one.
func (t *turn) methods(asked *said) []*catalog.DeliveryMethod {
	code := t.destination(asked)
	var all, named []*catalog.DeliveryMethod
	for _, m := range t.w.Shop.DeliveryFor(code) {
		if code == "" && len(m.Areas) > 0 {
			continue
		}
		all = append(all, m)
		if asked.has(kindCues[m.Kind]) {
			named = append(named, m)
		}
	}
	if own := asked.ownMethod(all, t.Lang); own != nil {
		return []*catalog.DeliveryMethod{own}
	}
	if len(named) > 0 {
		return named
	}
	return all
}

// destination is the postal code that a message asks about: the one it names,
// that of Åland when it names a place there, else the customer's, else the one asked about last. "" is most of the country.
func (t *turn) destination(asked *said) string {
	switch code, place := asked.First(intents.PostalCode), asked.First(intents.Place); {
	case code != "":
		t.Whither = code
	case slices.Contains(aland, place):
		t.Whither = alandCode
	case place != "":
		t.Whither = ""
	case t.Address.Postcode != "":
		return t.Address.Postcode
	}
	return t.Whither
}

// alandCode is the postal code of its town; what serves it serves all of Åland.
const alandCode = "22100"

// aland are Åland and its municipalities.
var aland = []string{
	"Ahvenanmaa", "Maarianhamina", "Brändö", "Eckerö", "Finström", "Föglö", "Geta", "Hammarland", "Jomala", "Kumlinge", "Kökar", "Lemland",
	"Lumparland", "Saltvik", "Sottunga", "Sund", "Vårdö",
}

// abroad answers a question of delivery to another country.
func (t *turn) abroad(m *said) bool {
	if !m.has(cueAbroad) {
		return false
	}
	t.say(part("delivery.abroad"), t.afterTalk())
	return true
}

// deliveryCost tells the price of each delivery, and from what sum it is free.
func (t *turn) deliveryCost(m *said) {
	if t.abroad(m) {
		return
	}
	parts := []Part{part("delivery.cost")}
	if p := t.w.Shop.Product(t.Focus); p != nil && len(t.Cart) == 0 && m.has(cueThis) { // "mitä ne maksaa postikuluineen"
		low, high := p.PriceRange()
		if low == high {
			parts = append([]Part{part("price.one", "title", p.Name, "price", low)}, parts...)
		}
	}
	for _, d := range t.byLiking(t.methods(m)) {
		parts = append(parts, part("delivery.cost.line", "name", d.Name, "price", Fee(d.PriceFor(t.goods()))))
		if d.FreeFrom > 0 && d.PriceFor(t.goods()) > 0 {
			parts = append(parts, part("delivery.free_from", "price", d.FreeFrom).glued())
		}
		parts = t.unfit(parts, d)
	}
	t.tellDelivery(parts, m)
}

// deliveryTime tells when goods ordered now would arrive, as an estimate, and
// whether that is by the day asked about.
func (t *turn) deliveryTime(m *said) {
	if t.abroad(m) {
		return
	}
	methods, day := t.byLiking(t.methods(m)), t.dayAsked(m)
	parts := []Part{part("delivery.time")}
	if !day.IsZero() {
		parts = []Part{part("delivery.by." + inTime(taking(methods, t.bulkMeant()), t.w.Now, day))}
	}
	for _, d := range methods {
		parts = append(parts, part("delivery.time.line", "name", d.Name, "window", d.Arrives(t.w.Now)))
		if !day.IsZero() {
			parts = append(parts, part("delivery.in_time."+inTime([]*catalog.DeliveryMethod{d}, t.w.Now, day)).glued())
		}
		parts = t.unfit(parts, d)
	}
	t.tellDelivery(append(parts, part("delivery.estimate")), m)
}

// dayAsked is the day that a message wants the goods by; zero without one.
func (t *turn) dayAsked(m *said) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, cmp.Or(m.First(intents.Date), m.First(intents.DateTo)), t.w.Now.Location()) // "ennen joulua"
	if err != nil || day.Before(t.w.Now) {
		return time.Time{}
	}
	return day
}

// inTime tells whether any delivery ordered now surely, perhaps or not at all
// arrives by a day: "yes", "maybe", "no".
func inTime(methods []*catalog.DeliveryMethod, now, day time.Time) string {
	answer, end := "no", day.AddDate(0, 0, 1)
	for _, d := range methods {
		w := d.Arrives(now)
		switch {
		case w.Latest.Before(end):
			return "yes"
		case w.Earliest.Before(end):
			answer = "maybe"
		}
	}
	return answer
}

// hurries tells who needs something by tomorrow, whatever it is, the quickest
// way to have it, and asks what it is.
func (t *turn) hurries(m *said) bool {
	if !m.has(cueSoon) || m.has(cueHours) || len(m.Intents) == 0 || m.Intents[0].P >= 0.6 || len(t.Tasks) > 0 || t.names(m.sought()) {
		return false
	}
	quickest := t.quickest(t.methods(m))
	if quickest == nil {
		return false
	}
	t.lead(part("delivery.quickest", "name", quickest.Name, "window", quickest.Arrives(t.w.Now)))
	t.start(Task{Kind: Find})
	return true
}

// endOf is when the day ends by which something is needed soon: today, or tomorrow.
func (t *turn) endOf(m *said) time.Time {
	days := 2
	if m.First(intents.Date) == t.w.Now.Format(time.DateOnly) {
		days = 1
	}
	y, month, d := t.w.Now.Date()
	return time.Date(y, month, d+days, 0, 0, 0, 0, t.w.Now.Location())
}

// deliveryOptions tells the ways of delivery with price and time.
func (t *turn) deliveryOptions(m *said) {
	if t.abroad(m) {
		return
	}
	methods := t.byLiking(t.methods(m))
	if len(methods) == 1 && !m.has(cueWhere) {
		d := methods[0]
		if !m.asks && (t.Focus != "" || len(t.Cart) > 0) { // it is told of what is being bought
			t.takeComing(m)
		}
		if b := t.bulkMeant(); !d.Takes(b) {
			t.tellDelivery([]Part{tooBig(d, b)}, m)
			return
		}
		key, w := "delivery.yes", d.Arrives(t.w.Now)
		switch {
		case m.has(cueSoon) && !w.Earliest.Before(t.endOf(m)):
			key = "delivery.later"
		case m.First(intents.Date) != "":
			key = "delivery.day"
		}
		t.tellDelivery([]Part{part(key, "name", d.Name, "price", Fee(d.PriceFor(t.goods())), "window", w), part("text", "text", d.Info)}, m)
		return
	}
	parts := []Part{part("delivery.options")}
	for _, d := range methods {
		parts = append(parts, part("delivery.options.line", "name", d.Name, "price", Fee(d.PriceFor(t.goods())), "window", d.Arrives(t.w.Now)))
		parts = t.unfit(parts, d)
	}
	if m.First(intents.Place) == "" {
		parts = append(parts, part("delivery.finland"))
	}
	t.tellDelivery(parts, m)
}

// tellDelivery says parts, or that nothing is delivered to the postal code.
func (t *turn) tellDelivery(parts []Part, m *said) {
	code := t.destination(m)
	if len(t.methods(m)) == 0 {
		t.say(part("delivery.none", "postcode", code), button("button.human", "human"))
		return
	}
	switch city := m.First(intents.Place); {
	case m.First(intents.PostalCode) != "":
		t.lead(part("delivery.to", "postcode", code))
	case city != "":
		parts = append(parts, part("delivery.place", "city", t.placeName(city, m)))
	}
	t.say(parts, t.afterTalk())
}

// placeName is the name of a place in the language of the conversation: in Finnish as
// it stands in a register, else as the customer calls it, "Åbo", also for "åbo".
func (t *turn) placeName(place string, m *said) string {
	if t.Lang == "fi" || m.Lang != t.Lang {
		return place
	}
	at := slices.IndexFunc(m.Entities, func(e intents.Entity) bool { return e.Kind == intents.Place && e.Value == place })
	name := []rune(m.Entities[at].Text)
	for i := range name {
		if i == 0 || !unicode.IsLetter(name[i-1]) {
			name[i] = unicode.ToUpper(name[i])
		}
	}
	return string(name)
}

// afterTalk offers the way on after a question about the shop.
func (t *turn) afterTalk() []Button {
	switch {
	case len(t.Cart) > 0 && !t.Has(Buy):
		return t.cartButtons()
	case len(t.Tasks) == 0:
		return []Button{button("button.human", "human")}
	}
	return nil
}
