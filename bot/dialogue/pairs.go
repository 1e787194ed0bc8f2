package dialogue

import (
	"slices"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// pairsOffered is how much is recommended unasked beside what was put into the cart.
const pairsOffered = 2

// advises answers what is asked of recommendations: what goes with something,
// and that there should be none; and a bare wish for one. It reports false for other messages.
func (t *turn) advises(m *said) bool {
	switch {
	case m.has(cueUnadvised):
		t.Unadvised, t.learnt = true, true
		t.Profile.Unadvised = persona.Fact{Value: "yes", Since: t.w.Now, Why: persona.Told}
		t.say(part("pairs.off"), t.nextButtons())
	case m.has(cueAdvised):
		t.adviseAgain()
		t.say(part("pairs.on"), t.nextButtons())
	case m.has(cueAdvise):
		t.recommend(m)
	case m.has(cueGoesWith):
		return t.goesWith(m)
	default:
		return false
	}
	return true
}

// adviseAgain lets goods be recommended unasked.
func (t *turn) adviseAgain() {
	t.Unadvised, t.learnt, t.Profile.Unadvised = false, true, persona.Fact{}
}

// goesWith shows what goes with the product that is named or talked about, else
// with the cart. It reports false when there is neither.
func (t *turn) goesWith(m *said) bool {
	var of []string
	if of = t.cartUnder(m.First(intents.Category)); len(of) > 0 {
		// "mitä reppuun sopii" is of the one in the cart
	} else if p := t.reviewed(m); p != nil {
		of = []string{p.ID}
	} else if of = t.cartProducts(); len(of) == 0 {
		if len(t.Shown) == 0 {
			return false
		}
		t.say(part("which_product"), t.shownButtons(intents.ProductDetails))
		return true
	}
	if !t.showPairs(of, false) {
		t.say(part("pairs.none"), t.nextButtons())
	}
	return true
}

// cartProducts are the ids of the products in the cart.
func (t *turn) cartProducts() []string {
	var ids []string
	for _, l := range t.Cart {
		if p, _ := t.w.Shop.Variant(l.SKU); p != nil && !t.w.Shop.IsWrapping(l.SKU) && !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// cartUnder are the products in the cart that stand on a shelf or below it.
func (t *turn) cartUnder(category string) []string {
	if category == "" {
		return nil
	}
	return slices.DeleteFunc(t.cartProducts(), func(id string) bool {
		return !t.w.Shop.Under(t.w.Shop.Product(id).Category, category)
	})
}

// pairs are what goes with products, can be bought now and is not in the cart.
func (t *turn) pairs(of []string, surely bool, limit int) []catalog.Pair {
	if t.w.Pairs == nil || len(of) == 0 {
		return nil
	}
	own := t.cartProducts()
	wanted := func(p *catalog.Product) bool { return !t.sold(p) && !slices.Contains(own, p.ID) }
	return t.w.Pairs(catalog.PairQuery{Of: of, Wanted: wanted, Surely: surely, Limit: limit})
}

// showPairs shows what goes with products, with the reasons; bought says that
// the customer has them. It reports false when nothing does.
func (t *turn) showPairs(of []string, bought bool) bool {
	found := t.pairs(of, false, t.served().Cards)
	if len(found) == 0 {
		return false
	}
	title := t.w.Shop.Product(of[0])
	t.Shown, t.Query, t.shown = nil, nil, true
	t.Focus = ""
	if len(of) == 1 {
		t.Focus = of[0]
	}
	if !t.choosing() { // what goes with what is being chosen is an aside
		t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool { return slices.Contains(choosing, k.Kind) })
	}
	var cards []Card
	for _, pair := range found {
		t.Shown = append(t.Shown, pair.Product.ID)
		card := t.card(pair.Product, catalog.Query{})
		card.Parts = slices.Insert(card.Parts, 1, t.pairReason(pair)...)
		cards = append(cards, card)
	}
	many := len(of) > 1 || title == nil
	switch {
	case bought && many:
		t.say(part("pairs.bought.cart"), cards)
	case bought:
		t.say(part("pairs.bought", "title", title.Name), cards)
	case many:
		t.say(part("pairs.cart"), cards)
	default:
		t.say(part("pairs", "title", title.Name), cards)
	}
	return true
}

// pairReason is why something is recommended beside something else, and what
// speaks for it to this customer: only what the shop's own data tell.
func (t *turn) pairReason(p catalog.Pair) []Part {
	var parts []Part
	switch p.Why {
	case catalog.PairedByShop:
		parts = append(parts, part("pair.shop"))
	case catalog.PairedByOrders:
		parts = append(parts, part("pair.orders", "count", p.Orders))
	case catalog.PairedByTraits:
		parts = append(parts, part("pair.traits"))
	}
	if t.Lang == "fi" { // features are written in Finnish
		if speaking := t.w.Personas.Speaking(t.Persona.Persona(), p.Product); len(speaking) > 0 {
			parts = append(parts, part("card.because", "features", Words(speaking[:min(2, len(speaking))])))
		}
	}
	return parts
}

// offerPairs offers what goes with a product just put into the cart: once in a
// conversation, and never to who does not want it, is not well served, is in the
// middle of paying or of something else. Only what the shop or customers say
// goes with it is offered unasked.
func (t *turn) offerPairs(p *catalog.Product) ([]Part, []Button) {
	if t.Advised || t.Unadvised || t.Angry > 0 || t.Unsolved != "" || t.Case != nil || t.Handoff.Stage != "" || len(t.Tasks) > 0 || t.Working != "" {
		return nil, nil
	}
	var buttons []Button
	var names Words
	for _, pair := range t.pairs([]string{p.ID}, true, pairsOffered) {
		names = append(names, pair.Product.Name.In(t.Lang))
		buttons = append(buttons, button("button.text", "more:"+pair.Product.ID, "text", pair.Product.Name))
	}
	if len(names) == 0 {
		return nil, nil
	}
	t.Advised = true
	return []Part{part("pair.offer", "titles", names)}, buttons
}

// advisePersonally recommends who asks for it without saying what: beside what
// is in the cart, what an order known here had, or – by consent – from where the
// customer has bought before. It reports false when nothing of these is known.
func (t *turn) advisePersonally() bool {
	if of := t.cartProducts(); len(of) > 0 && slices.Contains(of, t.Focus) {
		return t.showPairs(of, false)
	}
	if t.Query != nil {
		return false
	}
	if n := len(t.Known); n > 0 {
		var of []string
		for _, l := range t.Known[n-1].Lines {
			of = append(of, l.Product)
		}
		if t.showPairs(of, true) {
			return true
		}
	}
	if !t.allows(Personal) {
		return false
	}
	for _, id := range t.Profile.Favourites(1) {
		if c := t.w.Shop.Category(id); c != nil {
			t.lead(part("recommended.favourite", "shelf", c.Name))
			t.show(catalog.Query{Category: id, Lang: t.Lang, InStock: true}, "recommended")
			return true
		}
	}
	return false
}
