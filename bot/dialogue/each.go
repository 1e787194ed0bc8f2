package dialogue

import (
	"slices"
	"strings"

	"tiski/intents"
)

// Limits of a message that looks for several kinds of goods.
const (
	mostKinds = 3  // that are shown
	cardsEach = 2  // of each
	longList  = 14 // words of the message at most
)

// each shows what a message looks for when that is more than one kind of goods:
// "teltta, makuupussi ja rinkka". It reports whether it was.
func (t *turn) each(m *said) bool {
	if slices.ContainsFunc(m.Acted, func(intent string) bool {
		return intent != intents.ProductSearch && intent != intents.OrderPlace && intent != intents.ProductAvailability
	}) || m.First(intents.Product) != "" || len(m.words) > longList {
		return false
	}
	listed := m.listed()
	if len(listed) < 2 {
		return false
	}
	var kinds []*said
	var best []string
	for _, kind := range listed {
		if !t.names(kind.sought()) {
			continue
		}
		if first := t.look(kind.sought()).Hits[0].Product.ID; !slices.Contains(best, first) {
			kinds, best = append(kinds, kind), append(best, first)
		}
	}
	if len(kinds) < 2 {
		return false
	}
	if (m.has(cueBuy) || m.has(cueAdd)) && !m.asks && t.ordersEach(kinds) {
		return true
	}
	t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool { return slices.Contains(choosing, k.Kind) })
	t.Shown, t.Focus, t.Narrowed, t.shown = nil, "", nil, true
	var cards []Card
	for _, kind := range kinds[:min(len(kinds), mostKinds)] {
		q := t.gist(kind.sought(), false)
		if whom := q; q.Audience == "" {
			whom.Audience = m.sought().Audience
			if t.names(whom) {
				q = whom
			}
		}
		found := t.look(q)
		hits := t.ranked(found.Hits, q)[:min(len(found.Hits), cardsEach)]
		for _, h := range hits {
			t.Shown = append(t.Shown, h.Product.ID)
		}
		t.Query = &q
		cards = append(cards, t.cards(hits, q)...)
	}
	t.say(part("found.each"), cards)
	return true
}

// ordersEach begins to put what each of several parts names into the cart. It reports
// false when one of them may be more than one product.
func (t *turn) ordersEach(kinds []*said) bool {
	var goods []Goods
	for _, kind := range kinds {
		if !t.single(kind.sought()) {
			return false
		}
		p := t.look(kind.sought()).Hits[0].Product
		goods = append(goods, Goods{Product: p.ID, Options: t.namedOptions(p, kind), Qty: quantity(kind)})
	}
	t.chooseAll(goods[:min(len(goods), maxGoods)])
	return true
}

// listed are the parts of a message between its commas and the words for "and".
func (m *said) listed() []*said {
	var parts []*said
	from := 0
	for i := 1; i <= len(m.words); i++ {
		if i < len(m.words) && !slices.Contains(ands, m.words[i]) && !strings.Contains(m.Text[m.starts[i-1]:m.starts[i]], ",") {
			continue
		}
		if slices.Contains(ands, m.words[from]) {
			from++
		}
		switch {
		case from == 0 && i == len(m.words): // nothing is joined
			return []*said{m}
		case from < i:
			end := len(m.Text)
			if i < len(m.words) {
				end = m.starts[i]
			}
			parts = append(parts, m.part(m.starts[from], end))
		}
		from = i
	}
	return parts
}

// ands join the things of a list.
var ands = []string{"ja", "seka", "plus", "och", "samt", "and"}
