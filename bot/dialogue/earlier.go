package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
)

// mostEarlier is how many goods are remembered that were talked about before those at hand.
const mostEarlier = 4

// passOn notes what was talked about in the state before, when it is neither talked about
// nor shown any more.
func (t *turn) passOn(before State) {
	was := turn{State: before, w: t.w}
	p := was.talkedOf()
	if p == nil || t.Focus == p.ID || slices.Contains(t.Shown, p.ID) {
		return
	}
	rest := slices.DeleteFunc(slices.Clone(t.Earlier), func(g Goods) bool { return g.Product == p.ID })
	t.Earlier = append([]Goods{{Product: p.ID, Options: was.searched(p.ID), Qty: 1}}, rest[:min(len(rest), mostEarlier-1)]...)
}

// backTo is the product of before that an order is for: one it points at, or takes whole,
// as "otan vaan kengät" does and "lisää kenkiä" does not.
func (t *turn) backTo(m *said, q catalog.Query) *catalog.Product {
	if !m.has(cueThis) && t.Lang == "fi" && !strings.HasSuffix(q.Text, "n") && !strings.HasSuffix(q.Text, "t") {
		return nil
	}
	return t.earlier(q)
}

// earlier is the only one of the products talked about before that a query finds; nil when
// there is none or there are several, and when what is talked about now is meant.
func (t *turn) earlier(q catalog.Query) (only *catalog.Product) {
	if len(t.Earlier) == 0 || q.Text == "" && q.Category == "" {
		return nil
	}
	all := catalog.Query{Lang: q.Lang, Text: q.Text, Category: q.Category, Limit: len(t.w.Shop.Products)}
	for _, h := range t.w.Find(all).Hits {
		switch {
		case h.Product.ID == t.Focus, slices.Contains(t.Shown, h.Product.ID):
			return nil
		case t.atThat(h.Product.ID) == nil:
		case only != nil:
			return nil
		default:
			only = h.Product
		}
	}
	return only
}

// atThat is what was asked of a product when it was talked about before, nil when it was not.
func (t *turn) atThat(product string) *Goods {
	i := slices.IndexFunc(t.Earlier, func(g Goods) bool { return g.Product == product })
	if i < 0 {
		return nil
	}
	return &t.Earlier[i]
}
