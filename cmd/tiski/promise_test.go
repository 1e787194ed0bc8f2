package main

import (
	"fmt"
	"slices"
	"strings"

	"tiski/bot/dialogue"
	"tiski/bot/voice"
	"tiski/catalog"
)

// longest is how many words a bubble may have that is no summary.
const longest = 60

func (t *visit) breaks(format string, args ...any) {
	t.broken = append(t.broken, fmt.Sprintf(format, args...))
	fmt.Fprintf(&t.told, "!! "+format+"\n", args...)
}

// keep looks whether a turn kept what is promised of every turn.
func (t *visit) keep(in dialogue.Input, before dialogue.State, last []voice.Message) {
	if t.state.Handoff.Stage == dialogue.Held {
		return
	}
	if len(t.says) == 0 {
		t.breaks("nothing is said")
		return
	}
	if same(last, t.words) {
		t.breaks("the same reply twice in a row")
	}
	if !t.leadsOn() {
		t.breaks("a dead end: %s", t.keys())
	}
	for i, s := range t.says {
		t.checkSums(s)
		if n := len(strings.Fields(t.words[i].Text)); n > longest && !t.apart(s) {
			t.breaks("a bubble of %d words: %s", n, t.keys())
		}
	}
	t.checkAsked()
	t.checkCart(in, before)
}

func same(a, b []voice.Message) bool {
	return slices.EqualFunc(a, b, func(x, y voice.Message) bool {
		return x.Text == y.Text && slices.Equal(x.Buttons, y.Buttons) && slices.EqualFunc(x.Cards, y.Cards, func(c, d voice.Card) bool { return c.Product == d.Product })
	})
}

// keys are those of the replies given last.
func (t *visit) keys() string {
	var all []string
	for _, s := range t.says {
		for _, p := range s.Parts {
			if p.Key != "" {
				all = append(all, p.Key)
			}
		}
	}
	return strings.Join(all, " ")
}

// leadsOn reports whether the customer is asked, offered or given a button.
func (t *visit) leadsOn() bool {
	if t.state.Pending() != "" || t.state.Handoff.Stage == dialogue.Requested {
		return true
	}
	for _, m := range t.words {
		if len(m.Buttons) > 0 || len(m.Cards) > 0 || strings.Contains(m.Text, "?") {
			return true
		}
	}
	// An answer that ends a matter offers more in words, or is what was asked for.
	return t.said("thanks") || t.said("bye.cart") || t.said("order.status.")
}

// apart tells the bubbles that may be long: the summary that the law wants and
// what the shop's own files say.
func (t *visit) apart(s dialogue.Say) bool {
	return slices.ContainsFunc(s.Parts, func(p dialogue.Part) bool {
		return p.Key == "summary.title" || p.Key == "cart.title" || p.Key == "text" || p.Key == "distress"
	})
}

// checkSums adds up every list of prices.
func (t *visit) checkSums(s dialogue.Say) {
	var cart, lines, sum catalog.Cents
	inCart := false
	for _, p := range s.Parts {
		price := cents(p.With.Get("price"))
		switch p.Key {
		case "cart.line":
			cart, inCart = cart+price, true
		case "cart.goods":
			if !inCart {
				cart = t.goods()
			}
			if price != cart {
				t.breaks("the goods cost %d, said is %d", cart, price)
			}
		case "summary.line":
			lines += price
		case "summary.delivery", "summary.fee":
			sum += price
		case "summary.discount":
			sum -= price
		case "summary.total":
			if lines != t.goods() || lines+sum != price || t.state.Summary == nil || t.state.Summary.Total != price {
				t.breaks("a summary of %d + %d, goods of %d, total %d", lines, sum, t.goods(), price)
			}
		case "order.placed":
			if t.placed == nil || t.placed.Total != price {
				t.breaks("the order is said to cost %d", price)
			}
		}
	}
	for _, b := range s.Buttons {
		if b.Label == "button.order" && (t.state.Summary == nil || cents(b.With.Get("price")) != t.state.Summary.Total) {
			t.breaks("the order button says %v", b.With)
		}
	}
}

func cents(v any) catalog.Cents {
	switch v := v.(type) {
	case catalog.Cents:
		return v
	case dialogue.Fee:
		return catalog.Cents(v)
	}
	return 0
}

// goods is what lies in the cart, in cents.
func (t *visit) goods() (sum catalog.Cents) {
	for _, l := range t.state.Cart {
		p, v := t.shelf.Shop.Variant(l.SKU)
		sum += p.PriceOf(v) * catalog.Cents(l.Qty)
	}
	return sum
}

// checkAsked: what is known is not asked, unless to be told anew.
func (t *visit) checkAsked() {
	if len(t.state.Tasks) == 0 {
		return
	}
	k := t.state.Tasks[len(t.state.Tasks)-1]
	known := map[string]string{
		"name": t.state.Contact.Name, "email": t.state.Contact.Email, "phone": t.state.Contact.Phone, "address": t.state.Address.Street,
		"delivery": t.state.Delivery, "payment": t.state.Payment,
	}
	if k.Kind == dialogue.Buy && !k.Anew && known[k.Asked] != "" && t.said("ask."+k.Asked) {
		t.breaks("%s is asked, though it is known", k.Asked)
	}
}

// checkOrder: an order comes of a tap on the button of the summary in force,
// and is what that summary said.
func (t *visit) checkOrder(in dialogue.Input, before dialogue.State, o catalog.Order) {
	if tap, ok := in.(dialogue.Tapped); !ok || before.Summary == nil || tap.Tap != "order:"+before.Summary.ID || t.summary == nil {
		t.breaks("an order without a tap on its button")
		return
	}
	var lines []string
	for _, p := range t.summary.Parts {
		switch p.Key {
		case "summary.line":
			lines = append(lines, fmt.Sprint(p.With.Get("count"), " × ", p.With.Get("item").(dialogue.Item).Variant.SKU))
		case "summary.contact":
			if o.Contact.Name != p.With.Get("name") || o.Contact.Email != p.With.Get("email") || o.Contact.Phone != p.With.Get("phone") {
				t.breaks("ordered by %v, confirmed was %v", o.Contact, p.With)
			}
		case "summary.to":
			if o.Address.Street != p.With.Get("street") || o.Address.Postcode != p.With.Get("postcode") || o.Address.City != p.With.Get("city") {
				t.breaks("ordered to %v, confirmed was %v", o.Address, p.With)
			}
		case "summary.total":
			if p.With.Get("price") != o.Total {
				t.breaks("ordered for %d, confirmed was %v", o.Total, p.With)
			}
		}
	}
	if m := t.shelf.Shop.DeliveryMethod(o.Delivery.Method); m == nil || !m.Takes(t.shelf.Shop.Bulk(o.Lines)) {
		t.breaks("an order goes by %s, which does not take it", o.Delivery.Method)
	}
	var sum catalog.Cents
	for _, l := range o.Lines {
		sum += l.Unit * catalog.Cents(l.Qty)
		if i := slices.Index(lines, fmt.Sprint(l.Qty, " × ", l.SKU)); i < 0 {
			t.breaks("ordered is %d × %s, confirmed were %v", l.Qty, l.SKU, lines)
		}
	}
	for _, d := range o.Discounts {
		sum -= d.Amount
	}
	if len(lines) != len(o.Lines) || sum+o.Delivery.Price+o.PaymentFee != o.Total {
		t.breaks("an order of %d lines for %d, confirmed were %v", len(o.Lines), o.Total, lines)
	}
}

// checkCart: words that take nothing out of the cart leave it as it was.
func (t *visit) checkCart(in dialogue.Input, before dialogue.State) {
	if _, said := in.(dialogue.Said); !said || t.said("cart.") || t.said("sold_out") || t.said("order.") || t.said("line.") {
		return
	}
	for _, was := range before.Cart {
		if !slices.ContainsFunc(t.state.Cart, func(l dialogue.Line) bool { return l.SKU == was.SKU && l.Qty >= was.Qty }) {
			t.breaks("lost from the cart: %v, now %v", was, t.state.Cart)
		}
	}
}
