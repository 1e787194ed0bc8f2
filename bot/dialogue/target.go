package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// target is the product that a message is about: named, pointed at among those
// shown, found by its words, or the one talked about. nil when none is clear.
func (t *turn) target(m *said) *catalog.Product {
	if p := t.w.Shop.Product(m.First(intents.Product)); p != nil {
		return p
	}
	if p := t.pointed(m); p != nil {
		return p
	}
	q := m.sought()
	if of := t.asksWithinNamed(m); of != nil {
		return of
	}
	if m.asks {
		q.Text = t.beyondFacts(q.Text)
	}
	if q.Text != "" && m.has(cueThis) {
		if len(t.Shown) > 1 {
			if p := t.onlyShown(q); p != nil {
				return p
			}
		}
		if p := t.earlier(q); p != nil {
			return p
		}
	}
	if q.Text != "" && (!m.has(cueThis) || t.namesAnother(q, m)) {
		found := t.look(q)
		if !found.Nearest || len(found.Relaxed) > 0 && !slices.Contains(found.Relaxed, "words") {
			for _, h := range found.Hits {
				if h.Product.ID == t.Focus || len(t.Shown) > 0 && slices.Contains(t.Shown, h.Product.ID) {
					return h.Product
				}
			}
			if len(found.Hits) == 1 && found.Hits[0].Score >= sure {
				return found.Hits[0].Product
			}
			if len(found.Hits) > 0 && (t.Focus == "" || found.Hits[0].Score >= sure) {
				return nil
			}
		}
		if m.pointsAtName() {
			return nil // it names another
		}
	}
	return t.talkedOf()
}

// asksWithinNamed is the product that a question in Swedish ends with as what something is
// in: "är det äkta ull i sockorna". Of several it is the one talked about, else the best.
func (t *turn) asksWithinNamed(m *said) *catalog.Product {
	last := len(m.words) - 1
	if m.Lang != "sv" || !m.asks || last < 1 || m.words[last-1] != "i" || slices.Contains(washers, m.words[last]) {
		return nil
	}
	q := catalog.Query{Text: m.words[last], Lang: m.Lang}
	if !t.names(q) {
		return nil
	}
	hits := t.look(q).Hits
	of := hits[0].Product
	for _, h := range hits {
		if h.Product.ID == t.Focus {
			of = h.Product
		}
	}
	return of
}

// talkedOf is the product that is talked about, or the only one shown; nil when there
// is neither.
func (t *turn) talkedOf() *catalog.Product {
	if p := t.w.Shop.Product(t.Focus); p != nil || len(t.Shown) != 1 {
		return p
	}
	return t.w.Shop.Product(t.Shown[0])
}

// namesAnother reports whether a message surely names goods which the product talked about
// is not among: "joo se harmaa pipo". A question may name what it should have, or call it by a
// wider word: of another it is when it points right at the name of goods of another top
// shelf, "onks teil tätä kumpparia".
func (t *turn) namesAnother(q catalog.Query, m *said) bool {
	p := t.talkedOf()
	if p == nil {
		return false
	}
	if !m.asks && t.Focus != "" && t.namesBeyond(q, t.Focus) {
		return true
	}
	q.Size, q.Color = "", ""
	return m.pointsAtName() && t.finds(q, near) && t.topShelf(p) != t.topShelf(t.look(q).Hits[0].Product)
}

// pointsAtName reports whether a word that is searched for stands right after one that points,
// in its case: "ton kirjan", not "ton pestä", and "den boken", not "den vattentät".
func (m *said) pointsAtName() bool {
	if !m.has(cueThis) {
		return false
	}
	sought := folded(m.sought().Text)
	at := 0
	if len(sought) > 0 {
		at = slices.Index(m.words, sought[0])
	}
	return at > 0 && cueWords.word(m.words[at-1]).has(cueThis) && !cueWords.word(m.words[at]).has(cueQuality) && strings.HasSuffix(m.words[at-1], "n") == strings.HasSuffix(m.words[at], "n")
}

// topShelf is the id of the shelf without a parent that a product is on.
func (t *turn) topShelf(p *catalog.Product) (id string) {
	for c := t.w.Shop.Category(p.Category); c != nil; c = t.w.Shop.Category(c.Parent) {
		id = c.ID
	}
	return id
}

// namesBeyond reports whether a query surely names goods which a product is not among.
func (t *turn) namesBeyond(q catalog.Query, product string) bool {
	return t.names(q) && !among(t.look(q).Hits, product)
}

// isOfOthers reports whether a query finds goods, however unlike them, which a product is
// not among: "and two sleeping pads".
func (t *turn) isOfOthers(q catalog.Query, product string) bool {
	if q.Text == "" {
		return false
	}
	hits := t.look(q).Hits
	return len(hits) > 0 && !among(hits, product)
}

// among reports whether a product is one of those found.
func among(hits []catalog.Hit, product string) bool {
	return slices.ContainsFunc(hits, func(h catalog.Hit) bool { return h.Product.ID == product })
}

// onlyShown is the only one of the products shown that a query finds: "ne tossut"; nil
// when there is none or there are several.
func (t *turn) onlyShown(q catalog.Query) *catalog.Product {
	var only *catalog.Product
	for _, h := range t.look(q).Hits {
		switch {
		case !slices.Contains(t.Shown, h.Product.ID):
		case only != nil:
			return nil
		default:
			only = h.Product
		}
	}
	return only
}
