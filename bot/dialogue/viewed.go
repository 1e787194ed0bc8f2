package dialogue

import "slices"

// view takes a product's page, when the customer comes to it, for what is
// talked about, and notes what the page has in its cart. Nothing is said: they
// have asked nothing yet.
func (t *turn) view(in Viewed) {
	if in.Cart != nil {
		t.PageCart = t.buyable(in.Cart)
	}
	if in.Product == "" || in.Product == t.Page {
		return
	}
	t.Page = in.Product
	p := t.w.Shop.Product(in.Product)
	if p == nil {
		p, _ = t.w.Shop.Variant(in.Product)
	}
	if p != nil {
		t.Focus = p.ID
	}
}

// buyable are the lines that can be bought here, as many pieces as there are.
func (t *turn) buyable(lines []Line) []Line {
	var can []Line
	for _, l := range lines {
		_, v := t.w.Shop.Variant(l.SKU)
		if v == nil || len(can) == MaxLines || slices.ContainsFunc(can, func(c Line) bool { return c.SKU == l.SKU }) {
			continue
		}
		if n := t.limit(v, l.Qty); n > 0 {
			can = append(can, Line{SKU: l.SKU, Qty: n})
		}
	}
	return can
}

// offerPageCart shows what the page has in its cart while that of the chat is
// empty. It reports whether there is anything.
func (t *turn) offerPageCart() bool {
	lines := t.buyable(t.PageCart)
	if len(t.Cart) > 0 || len(lines) == 0 {
		return false
	}
	parts := []Part{part("cart.page")}
	for _, l := range lines {
		parts = append(parts, t.cartLine(l))
	}
	t.say(append(parts, part("cart.page.offer")), button("button.cart_page", "page_cart"))
	return true
}

// takePageCart puts what the page has in its cart into that of the chat.
func (t *turn) takePageCart() bool {
	lines := t.buyable(t.PageCart)
	if len(t.Cart) > 0 || len(lines) == 0 {
		return false
	}
	t.Cart, t.PageCart = lines, nil
	t.changed()
	t.showCart()
	return true
}
