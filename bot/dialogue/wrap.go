package dialogue

import (
	"slices"
	"unicode/utf8"
)

// MaxGreeting is the longest greeting that goes with a gift, in characters.
const MaxGreeting = 150

// wrap answers what concerns gift wrapping, adds it to the cart or takes it
// out. It reports false where the shop wraps nothing or nobody speaks of it.
func (t *turn) wrap(m *said) bool {
	p := t.w.Shop.Wrapping
	if p == nil || !m.has(cueWrap) && !m.has(cueEnclosed) {
		return false
	}
	sku := p.Variants[0].SKU
	in := t.wraps()
	switch {
	case in && (m.has(cueNegation) || m.has(cueRemove)):
		t.setQty(sku, 0)
	case in && m.has(cueEnclosed):
		t.say(part("wrap.greeting"), t.cartButtons())
	case in:
		t.say(part("wrap.there"), t.cartButtons())
	case m.has(cueNegation):
		t.say(part("what_else"), t.nextButtons())
	case m.asks || len(t.Cart) == 0 || !m.has(cueWrap): // a card alone is no order of wrapping, which costs
		var buttons []Button
		if len(t.Cart) > 0 {
			buttons = []Button{button("button.wrap", "sku:"+sku)}
		}
		key := "wrap"
		if m.has(cueEnclosed) {
			key = "wrap.card"
		}
		t.say(part(key, "price", p.Price), append(buttons, t.afterTalk()...))
	default:
		t.add(sku, 1)
	}
	return true
}

// wraps reports whether gift wrapping is in the cart.
func (t *turn) wraps() bool {
	return slices.ContainsFunc(t.Cart, func(l Line) bool { return t.w.Shop.IsWrapping(l.SKU) })
}

// unwrap takes the wrapping out of a cart that has nothing else.
func (t *turn) unwrap() {
	if len(t.Cart) == 1 && t.wraps() {
		t.Cart = nil
	}
}

func (t *turn) askGreeting() ([]Part, []Button) {
	return []Part{part("ask.greeting", "count", MaxGreeting)}, []Button{button("button.skip", "skip:"+Buy+":greeting")}
}

// takeGreeting takes any words as the greeting, unless they ask something.
func (t *turn) takeGreeting(m *said) answer {
	switch {
	case t.top().Asked != "greeting" || m.asks:
		return notMine
	case m.has(cueNo), len(m.words) <= 4 && m.has(cueNegation), m.has(cueWithout):
		t.skip(false)
		return finished
	case utf8.RuneCountInString(m.Text) > MaxGreeting:
		return refused(part("bad.greeting.long", "count", MaxGreeting))
	}
	t.top().note("greeting", m.Text)
	return taken
}

// greeting is what goes with the goods being bought, "" without wrapping.
func (t *turn) greeting() string {
	for _, k := range t.Tasks {
		if k.Kind == Buy && t.wraps() {
			return k.Values["greeting"]
		}
	}
	return ""
}
