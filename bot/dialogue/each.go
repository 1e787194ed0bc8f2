package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// Limits of a message that looks for several kinds of goods.
const (
	mostKinds = 3  // that are shown
	cardsEach = 2  // of each
	longList  = 20 // words of the message at most
)

// each shows what a message looks for when that is more than one kind of goods:
// "teltta, makuupussi ja rinkka". It reports whether it was.
func (t *turn) each(m *said) bool {
	if slices.ContainsFunc(m.Acted, func(intent string) bool {
		return intent != intents.ProductSearch && intent != intents.OrderPlace && intent != intents.ProductAvailability && intent != intents.GiftCard
	}) || len(m.words) > longList {
		return false
	}
	listed := m.listed()
	if len(listed) < 2 || slices.ContainsFunc(listed, func(part *said) bool { return t.shownOf(part) != nil }) {
		return false
	}
	if m.Has(intents.OrderPlace) || m.has(cueAdd) || m.has(cueBuy) && !m.asks {
		if goods := t.eachNamed(m); goods != nil {
			t.foretold(m)
			t.chooseAll(goods)
			return true
		}
	}
	var kinds []*said
	var best []string
	for _, kind := range listed {
		bare := kind.sought()
		bare.Size, bare.Color = "", ""
		if !t.names(bare) {
			continue
		}
		if first := t.look(bare).Hits[0].Product.ID; !slices.Contains(best, first) {
			kinds, best = append(kinds, kind), append(best, first)
		}
	}
	if len(kinds) < 2 {
		return false
	}
	t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool { return slices.Contains(choosing, k.Kind) })
	t.Shown, t.Focus, t.Narrowed, t.shown = nil, "", nil, true
	var cards []Card
	key := "found.each"
	for _, kind := range kinds[:min(len(kinds), mostKinds)] {
		q := t.gist(kind.sought(), false)
		if whom := q; q.Audience == "" {
			whom.Audience = m.sought().Audience
			if t.names(whom) {
				q = whom
			}
		}
		if q.Max == 0 && q.Min == 0 { // "hanskat ja pipo alle 30 e"
			q.Max, q.Min = m.sought().Max, m.sought().Min
		}
		found := t.look(q)
		if found.Nearest {
			key = "found.each.nearest"
		}
		fresh := slices.DeleteFunc(t.ranked(found.Hits, q), func(h catalog.Hit) bool { return slices.Contains(t.Shown, h.Product.ID) })
		hits := fresh[:min(len(fresh), cardsEach)]
		for _, h := range hits {
			t.Shown = append(t.Shown, h.Product.ID)
		}
		t.Query = &q
		cards = append(cards, t.cards(hits, q)...)
	}
	t.say(part(key), cards)
	if m.Has(intents.GiftCard) {
		t.say(part("gift_card"))
	}
	return true
}

// listed are the parts of a message between its commas and the words for "and".
func (m *said) listed() []*said {
	var parts []*said
	from := 0
	for i := 1; i <= len(m.words); i++ {
		if i < len(m.words) && !slices.Contains(ands, m.words[i]) && !strings.Contains(m.gap(i), ",") {
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
