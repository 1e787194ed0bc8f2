package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"tiski/intents"
)

// tap does what a button says. A button of an earlier time does what still
// makes sense, and says so when nothing does.
func (t *turn) tap(tap string) {
	verb, rest, _ := strings.Cut(tap, ":")
	if t.Working != "" {
		t.say(part("order.working"))
		return
	}
	if !t.tapped(verb, rest) {
		t.say(part("unknown_tap"), t.nextButtons())
	}
	t.greetOnce()
}

func (t *turn) tapped(verb, rest string) bool {
	switch verb {
	case "add", "more":
		p := t.w.Shop.Product(rest)
		if p == nil {
			return false
		}
		if verb == "more" {
			t.describe(p)
		} else {
			t.choose(p, t.searched(p.ID), 1)
		}
	case "sku":
		if _, v := t.w.Shop.Variant(rest); v == nil {
			return false
		}
		t.add(rest, 1)
	case "opt":
		return t.tapOption(rest)
	case "narrow":
		option, value, _ := strings.Cut(rest, ":")
		return t.tapNarrow(option, value)
	case "shelf":
		t.showShelf(rest)
	case "cart":
		t.showCart()
	case "qty":
		sku, count, _ := strings.Cut(rest, ":")
		qty, err := strconv.Atoi(count)
		if err != nil || qty < 0 || qty > MaxQty {
			return false
		}
		t.setQty(sku, qty)
	case "rm":
		if t.Pending != nil && t.Pending.For == "remove" {
			t.Pending = nil
		}
		t.setQty(rest, 0)
	case "which":
		t.removeInWords(nil, intents.Reading{})
	case "checkout":
		t.checkout()
	case "del":
		return t.tapDelivery(rest)
	case "pay":
		return t.tapPayment(rest)
	case "change":
		return t.tapChange()
	case "edit":
		return t.edit(rest)
	case "stop":
		if !t.Buying {
			return false
		}
		t.stopBuying()
	case "order":
		t.place(rest)
	case "track":
		t.want(Look{Orders: rest})
	case "withdraw":
		t.offerWithdrawal(rest)
	case "withdraw!":
		t.withdraw(rest)
	case "keep":
		t.say(part("withdraw.kept"))
	case "human":
		t.human("asked")
	case "topic":
		if !topics[rest] {
			return false
		}
		t.do(rest, intents.Reading{Lang: t.Lang})
	default:
		return false
	}
	return true
}

// searched are the options that the last search asked for, when it showed the
// product.
func (t *turn) searched(product string) map[string]string {
	if t.Query == nil || t.Focus != product && !slices.Contains(t.Shown, product) {
		return map[string]string{}
	}
	return wanted(*t.Query)
}

func (t *turn) tapOption(rest string) bool {
	fields := strings.SplitN(rest, ":", 3)
	if len(fields) < 3 {
		return false
	}
	p := t.w.Shop.Product(fields[0])
	if p == nil || !slices.Contains(p.Values(fields[1]), fields[2]) {
		return false
	}
	options, qty := map[string]string{fields[1]: fields[2]}, 1
	if t.Pending != nil && t.Pending.For == "add" && t.Pending.Product == p.ID {
		for name, value := range t.Pending.Options {
			if name != fields[1] {
				options[name] = value
			}
		}
		qty = t.Pending.Qty
		t.Pending = nil
	}
	t.choose(p, options, qty)
	return true
}

func (t *turn) tapNarrow(option, value string) bool {
	if t.Query == nil || value == "" {
		return false
	}
	q := *t.Query
	switch option {
	case "size":
		q.Size = value
	case "color":
		q.Color = value
	default:
		return false
	}
	t.show(q, "found")
	return true
}

func (t *turn) tapDelivery(id string) bool {
	if !t.Buying {
		return false
	}
	for _, m := range t.w.Shop.DeliveryFor(t.Address.Postcode) {
		if m.ID == id && t.deliverable(m) {
			t.Delivery = id
			t.resume()
			return true
		}
	}
	return false
}

func (t *turn) tapPayment(id string) bool {
	if !t.Buying {
		return false
	}
	for _, p := range t.payments() {
		if p.ID == id {
			t.Payment = id
			t.resume()
			return true
		}
	}
	return false
}

// tapChange asks what of the order should be changed.
func (t *turn) tapChange() bool {
	if !t.Buying {
		return false
	}
	buttons := []Button{button("button.edit.cart", "cart")}
	for _, s := range []string{"name", "email", "phone", "address", "delivery", "payment"} {
		buttons = append(buttons, button("button.edit."+s, "edit:"+s))
	}
	t.say(part("ask.change"), buttons)
	return true
}

// edit asks one slot of the checkout anew.
func (t *turn) edit(name string) bool {
	if !t.Buying {
		return false
	}
	switch name {
	case "name":
		t.Contact.Name = ""
	case "email":
		t.Contact.Email = ""
	case "phone":
		t.Contact.Phone = ""
	case "address":
		t.Address.Street, t.Address.Postcode, t.Address.City, t.Delivery = "", "", "", ""
	case "delivery":
		t.Delivery = ""
	case "payment":
		t.Payment = ""
	default:
		return false
	}
	t.resume()
	return true
}
