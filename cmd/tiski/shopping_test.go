package main

import (
	"slices"
	"strconv"
	"strings"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// inCart is how many pieces are in the cart of a variant.
func (c *customer) inCart(v *catalog.Variant) int {
	for _, l := range c.state.Cart {
		if l.SKU == v.SKU {
			return l.Qty
		}
	}
	return 0
}

// has reports whether a line lies in the cart as it is wanted.
func (c *customer) has(w wanted) bool { return c.inCart(w.variant) == w.qty }

// shop gets the next thing into the cart, or goes to the checkout.
func (c *customer) shop() dialogue.Input {
	lines := c.lines
	for slot, what := range c.whims {
		if what == adding && slot != "option" && !c.state.Has(dialogue.Buy) && len(lines) > 1 {
			lines = lines[:len(lines)-1] // the last comes to mind later
		}
	}
	for _, w := range lines {
		if !c.has(w) {
			return c.get(w)
		}
	}
	for _, l := range c.state.Cart {
		if !slices.ContainsFunc(c.lines, func(w wanted) bool { return w.variant.SKU == l.SKU }) {
			return c.takeOut(l.SKU)
		}
	}
	c.asked["checkout"]++
	if c.asked["checkout"] > 8 {
		return c.giveUp("no way to the checkout from " + c.keys())
	}
	if in, ok := c.button("checkout"); ok && (c.asked["checkout"] > 2 || c.likely(c.taps)) {
		return in
	}
	return c.say(one(c.chance, checkouts))
}

// chooses is the line whose goods are shown, or whose size, colour … is asked.
func (c *customer) chooses() (wanted, bool) {
	for _, w := range c.lines {
		_, asked := c.button("opt:" + w.product.ID + ":")
		if (asked || c.card(w.product) >= 0) && c.inCart(w.variant) == 0 && (w.instead == nil || c.inCart(w.instead) == 0) {
			return w, true
		}
	}
	return wanted{}, false
}

// get brings one line into the cart.
func (c *customer) get(w wanted) dialogue.Input {
	switch {
	case c.inCart(w.variant) > 0:
		return c.count(w)
	case w.instead != nil && c.inCart(w.instead) > 0:
		return c.exchange(w)
	}
	if in, ok := c.button("opt:" + w.product.ID + ":"); ok {
		return c.option(w, in.Tap)
	}
	if at := c.card(w.product); at >= 0 {
		return c.take(w, at)
	}
	return c.search(w, nil)
}

// chosen is the variant that is chosen first.
func (c *customer) chosen(w wanted) *catalog.Variant {
	if w.instead != nil && c.fixes[w.instead.SKU] == 0 {
		return w.instead
	}
	return w.variant
}

// option answers which size, colour … is wanted, which the buttons of the
// question offer.
func (c *customer) option(w wanted, tap string) dialogue.Input {
	name := strings.Split(tap, ":")[2]
	value := c.chosen(w).Options[name]
	c.asked[w.product.ID+name]++
	if c.asked[w.product.ID+name] > 4 {
		return c.giveUp("the " + name + " is not understood")
	}
	if in, ok := c.button("opt:" + w.product.ID + ":" + name + ":" + value); ok && (c.asked[w.product.ID+name] > 2 || c.likely(c.taps)) {
		return in
	}
	switch name {
	case "size":
		return c.say(c.worded(sizes, value))
	case "color":
		return c.say(c.worded(colours, value))
	}
	return c.say(c.worded(others, value))
}

// card is the place of a product among those shown last, -1 when it is not shown.
func (c *customer) card(p *catalog.Product) int {
	for _, m := range c.words {
		for i, card := range m.Cards {
			if card.Product == p.ID {
				return i
			}
		}
	}
	return -1
}

// take chooses a product that is shown.
func (c *customer) take(w wanted, at int) dialogue.Input {
	c.searched = 0
	c.asked[w.product.ID]++
	if c.asked[w.product.ID] > 6 {
		return c.giveUp("a product shown cannot be taken")
	}
	add, _ := c.button("add:" + w.product.ID)
	shown := 0
	for _, m := range c.words {
		shown += len(m.Cards)
	}
	switch {
	case c.asked[w.product.ID] > 2 || c.likely(c.taps):
		return add
	case c.asked[w.product.ID] == 1 && c.likely(0.1):
		if more, ok := c.button("more:" + w.product.ID); ok {
			return more
		}
	case shown == 1:
		return c.say(one(c.chance, takings))
	case at < len(ordinals):
		return c.say(one(c.chance, ordinals[at]))
	}
	return add
}

// search looks for a product: by what it is, then by its name.
func (c *customer) search(w wanted, further []string) dialogue.Input {
	c.searched++
	name := w.product.Name["fi"]
	switch kind := kindOf(w.product); {
	case c.searched > 5:
		return c.giveUp("not found")
	case c.searched == 1 && kind != "" && c.likely(0.5) && further == nil:
		return c.say(one(c.chance, openings) + c.worded(wishes, c.slip(kind)))
	case c.searched > 2:
		return c.say(name)
	}
	if c.likely(0.4) {
		name = strings.ToLower(name)
	}
	ways := searches
	if further != nil {
		ways = further
	} else if len(c.state.Cart) > 0 && c.likely(0.3) {
		ways = furthers
	}
	return c.say(c.worded(ways, c.slip(name)))
}

// count mends how many pieces are in the cart.
func (c *customer) count(w wanted) dialogue.Input {
	c.fixes["qty"+w.variant.SKU]++
	if len(c.state.Cart) == 1 && c.fixes["qty"+w.variant.SKU] == 1 {
		return c.say(c.worded(mends["qty"], strconv.Itoa(w.qty)))
	}
	if c.fixes["qty"+w.variant.SKU] > 12 {
		return c.giveUp("the number of pieces cannot be mended")
	}
	if n := c.inCart(w.variant); n > w.qty {
		return dialogue.Tapped{Tap: "qty:" + w.variant.SKU + ":" + strconv.Itoa(w.qty), Label: "−"}
	}
	if in, ok := c.button("qty:" + w.variant.SKU + ":"); ok {
		return in
	}
	if in, ok := c.button("cart"); ok {
		return in
	}
	return c.say("näytä kori")
}

// exchange mends the size or colour of a line; when words do not help, it is
// taken out and looked for again.
func (c *customer) exchange(w wanted) dialogue.Input {
	c.fixes[w.instead.SKU]++
	if c.fixes[w.instead.SKU] > 2 || len(c.state.Cart) > 1 {
		return c.takeOut(w.instead.SKU)
	}
	name := differing(w.instead, w.variant)[0]
	if mends[name] == nil {
		return c.takeOut(w.instead.SKU)
	}
	return c.say(c.worded(mends[name], w.variant.Options[name]))
}

// takeOut removes a line by the buttons of the cart.
func (c *customer) takeOut(sku string) dialogue.Input {
	c.fixes[sku]++
	if c.fixes[sku] > 8 {
		return c.giveUp("a line cannot be taken out")
	}
	if in, ok := c.button("rm:" + sku); ok {
		return in
	}
	if in, ok := c.button("cart"); ok {
		return in
	}
	return c.say("näytä kori")
}
