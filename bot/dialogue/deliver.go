package dialogue

import (
	"tiski/catalog"
	"tiski/intents"
)

// methods are the deliveries for the postal code named in the message, else
// for the one known, else those for most of the country; only those of a kind
// when the message names one.
func (t *turn) methods(r intents.Reading) []*catalog.DeliveryMethod {
	code := r.First(intents.PostalCode)
	if code == "" {
		code = t.Address.Postcode
	}
	words := folded(r.Text)
	var all, named []*catalog.DeliveryMethod
	for _, m := range t.w.Shop.DeliveryFor(code) {
		if code == "" && len(m.Areas) > 0 {
			continue
		}
		all = append(all, m)
		if kindCue[m.Kind].in(words) {
			named = append(named, m)
		}
	}
	if len(named) > 0 {
		return named
	}
	return all
}

var cueAbroad = cue{words: []string{"ulkomai*", "ruotsi*", "norja*", "tanska*", "viro*", "viroon", "saksa*", "ranska*", "espanja*", "britannia*", "usa*", "eurooppa*", "utomlands", "sverige", "norge", "danmark", "tyskland", "estland", "abroad", "sweden", "norway", "denmark", "germany", "estonia", "europe", "international*"}}

// abroad answers a question of delivery to another country.
func (t *turn) abroad(r intents.Reading) bool {
	if !cueAbroad.in(folded(r.Text)) {
		return false
	}
	t.say(part("delivery.abroad"))
	return true
}

// deliveryCost tells the price of each delivery, and from what sum it is free.
func (t *turn) deliveryCost(r intents.Reading) {
	if t.abroad(r) {
		return
	}
	parts := []Part{part("delivery.cost")}
	for _, m := range t.methods(r) {
		parts = append(parts, part("delivery.cost.line", "name", m.Name, "price", Fee(m.PriceFor(t.goods()))))
		if m.FreeFrom > 0 && m.PriceFor(t.goods()) > 0 {
			parts = append(parts, part("delivery.free_from", "price", m.FreeFrom).glued())
		}
	}
	t.tellDelivery(parts, r)
}

// deliveryTime tells when goods ordered now would arrive, as an estimate.
func (t *turn) deliveryTime(r intents.Reading) {
	if t.abroad(r) {
		return
	}
	parts := []Part{part("delivery.time")}
	for _, m := range t.methods(r) {
		parts = append(parts, part("delivery.time.line", "name", m.Name, "window", m.Arrives(t.w.Now)))
	}
	t.tellDelivery(append(parts, part("delivery.estimate")), r)
}

// deliveryOptions tells the ways of delivery with price and time.
func (t *turn) deliveryOptions(r intents.Reading) {
	if t.abroad(r) {
		return
	}
	methods := t.methods(r)
	if len(methods) == 1 && !cueWhere.in(folded(r.Text)) {
		m := methods[0]
		t.tellDelivery([]Part{part("delivery.yes", "name", m.Name, "price", Fee(m.PriceFor(t.goods())), "window", m.Arrives(t.w.Now)), part("text", "text", m.Info)}, r)
		return
	}
	parts := []Part{part("delivery.options")}
	for _, m := range methods {
		parts = append(parts, part("delivery.options.line", "name", m.Name, "price", Fee(m.PriceFor(t.goods())), "window", m.Arrives(t.w.Now)))
	}
	t.tellDelivery(append(parts, part("delivery.finland")), r)
}

// tellDelivery says parts, or that nothing is delivered to the postal code.
func (t *turn) tellDelivery(parts []Part, r intents.Reading) {
	code := r.First(intents.PostalCode)
	if code == "" {
		code = t.Address.Postcode
	}
	if len(t.methods(r)) == 0 {
		t.say(part("delivery.none", "postcode", code), button("button.human", "human"))
		return
	}
	t.say(parts, t.afterTalk())
}

// afterTalk offers the way on after a question about the shop.
func (t *turn) afterTalk() []Button {
	if len(t.Cart) > 0 && !t.Buying {
		return t.cartButtons()
	}
	return nil
}

// deliveryChoices asks how the goods should come, with price and dates.
func (t *turn) deliveryChoices() ([]Part, []Button) {
	parts := []Part{part("ask.delivery")}
	var buttons []Button
	for _, m := range t.w.Shop.DeliveryFor(t.Address.Postcode) {
		if !t.deliverable(m) {
			continue
		}
		parts = append(parts, part("delivery.options.line", "name", m.Name, "price", Fee(m.PriceFor(t.goods())), "window", m.Arrives(t.w.Now)))
		buttons = append(buttons, button("button.priced", "del:"+m.ID, "text", m.Name, "price", Fee(m.PriceFor(t.goods()))))
	}
	if len(buttons) == 0 {
		return []Part{part("delivery.none", "postcode", t.Address.Postcode)}, []Button{button("button.edit.address", "edit:address"), button("button.human", "human")}
	}
	return parts, buttons
}
