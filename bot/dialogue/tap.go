package dialogue

import (
	"maps"
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
	t.goOn()
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
			qty := t.told(p.ID)
			if k := t.top(); k != nil && k.Kind == About {
				qty = max(1, k.Qty)
			}
			t.choose(p, t.searched(p.ID), qty)
		}
	case "quiz":
		return t.startQuiz(rest)
	case "reviews":
		p := t.w.Shop.Product(rest)
		if p == nil {
			return false
		}
		t.tellReviews(p, "")
	case "points":
		return t.tapPoints(rest)
	case "review":
		return t.tapReview(rest)
	case "sku":
		p, _ := t.w.Shop.Variant(rest)
		if p == nil {
			return false
		}
		t.add(rest, t.told(p.ID))
	case "opt":
		return t.tapOption(rest)
	case "narrow":
		option, value, _ := strings.Cut(rest, ":")
		return t.tapNarrow(option, value)
	case "shelf":
		t.showShelf(rest)
	case "compare":
		return t.tapCompare()
	case "cheaper":
		return t.tapCheaper()
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
		t.end(Remove)
		t.setQty(rest, 0)
	case "which":
		if len(t.Cart) == 0 {
			return false
		}
		t.start(Task{Kind: Remove})
	case "checkout":
		t.checkout()
	case "del":
		return t.tapDelivery(rest)
	case "payby":
		return t.tapPay(rest)
	case "point":
		return t.tapPoint(rest)
	case "pay":
		return t.tapPayment(rest)
	case "same":
		return t.tapBuying("same", func() bool {
			t.top().note("same", "yes")
			return t.boughtBefore()
		})
	case "change":
		return t.tapChange()
	case "edit":
		return t.edit(rest)
	case "stop":
		if !t.takeUp(Buy) {
			return false
		}
		t.cancel()
	case "page_cart":
		return t.takePageCart()
	case "drop":
		if !t.takeUp(rest) {
			return false
		}
		t.cancel()
	case "task":
		return t.takeUp(rest)
	case "order":
		t.placeOrder(rest)
	case "track":
		t.lookFor(Look{Orders: rest})
	case "withdraw":
		return t.tapWithdraw(rest, false)
	case "withdraw!":
		return t.tapWithdraw(rest, true)
	case "take":
		return t.tapChoice(rest)
	case "skip":
		return t.tapSkip(rest)
	case "open":
		return t.tapOpen(rest)
	case "consent":
		purpose, answer, _ := strings.Cut(rest, ":")
		return t.tapConsent(purpose, answer)
	case "facts":
		t.showFacts()
	case "forget":
		return t.forgetFact(rest)
	case "amend":
		return t.resizing(rest)
	case "join":
		t.giveJoin()
	case "purposes":
		return t.showPurposes()
	case "why":
		t.tellReasons()
	case "consents":
		t.lookConsents()
	case "missed":
		t.start(Task{Kind: Lacking})
	case "untrack":
		t.untrack()
	case "copy":
		t.giveCopy()
	case "erase":
		t.start(Task{Kind: Erase})
	case "keep":
		t.keepOrder()
	case "human":
		t.human("asked")
	case "stay":
		t.Handoff = Handoff{}
		t.say(part("what_else"), t.nextButtons())
	case "topic":
		if !topics[rest] {
			return false
		}
		t.do(rest, heard(intents.Reading{Lang: t.Lang}))
	default:
		return false
	}
	return true
}

// searched are the options that the last search asked for, also in words, when it
// showed the product; else those that were asked for when it was talked about before.
func (t *turn) searched(product string) map[string]string {
	p := t.w.Shop.Product(product)
	if before := t.atThat(product); before != nil && !slices.Contains(t.Shown, product) {
		return maps.Clone(before.Options)
	}
	if p == nil || t.Query == nil || t.Focus != product && !slices.Contains(t.Shown, product) {
		return map[string]string{}
	}
	options, words := requested(*t.Query), folded(t.Query.Text)
	for _, option := range p.OptionNames() {
		for _, value := range p.Values(option) {
			own := folded(value)
			if len(own) > 0 && option != "size" && option != "color" && isSubset(own, words) {
				options[option] = value
			}
		}
	}
	return options
}

// isSubset reports whether all of some words are among others.
func isSubset(words, others []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(others, w) })
}

// tapOption takes the size, colour … of a button, together with what was chosen
// before of the same product.
func (t *turn) tapOption(rest string) bool {
	fields := strings.SplitN(rest, ":", 3)
	if len(fields) < 3 {
		return false
	}
	p := t.w.Shop.Product(fields[0])
	if p == nil || !slices.Contains(p.Values(fields[1]), fields[2]) {
		return false
	}
	k := Task{Kind: Add, Product: p.ID, Qty: 1}
	for _, open := range t.Tasks {
		if open.Kind == Add && open.Product == p.ID {
			k = open
		}
	}
	k.note(fields[1], fields[2])
	k.fill(fields[1])
	t.Focus = p.ID
	t.start(k)
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
	case intents.Audience:
		q.Audience = value
	case intents.PriceMax:
		q.Max, q.Min = cents(value), 0
	default:
		return false
	}
	t.show(q, "found")
	return true
}

// tapBuying takes a choice of the checkout, which its button brings to the top.
func (t *turn) tapBuying(slot string, choose func() bool) bool {
	if !t.takeUp(Buy) || !choose() {
		return false
	}
	t.filled(t.kind().named(slot))
	return true
}

func (t *turn) tapDelivery(id string) bool {
	return t.tapBuying("delivery", func() bool {
		for _, m := range t.w.Shop.DeliveryFor(t.Address.Postcode) {
			if m.ID == id && t.deliverable(m) {
				t.Delivery = id
				return true
			}
		}
		return false
	})
}

func (t *turn) tapPayment(id string) bool {
	return t.tapBuying("payment", func() bool {
		for _, p := range t.payments() {
			if p.ID == id {
				t.Payment = id
				return true
			}
		}
		return false
	})
}

// tapChange asks what of the order should be changed.
func (t *turn) tapChange() bool {
	if !t.takeUp(Buy) {
		return false
	}
	t.top().note("same", "changed")
	if t.top().Asked == "same" {
		t.top().Asked = ""
	}
	buttons := []Button{button("button.edit.cart", "cart")}
	for _, s := range edited {
		if s == "point" && !t.toPoint() {
			continue
		}
		buttons = append(buttons, button("button.edit."+s, "edit:"+s))
	}
	t.say(part("ask.change"), buttons)
	t.asked = true
	return true
}

// edited are the slots of the checkout that have a button to change them.
var edited = []string{"name", "email", "phone", "address", "delivery", "point", "payment"}

// edit asks one slot of the checkout anew.
func (t *turn) edit(name string) bool {
	if !slices.Contains(edited, name) || !t.takeUp(Buy) {
		return false
	}
	t.top().note("same", "changed")
	t.reopen(name)
	return true
}
