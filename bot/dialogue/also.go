package dialogue

import (
	"slices"
	"strings"

	"tiski/bot/persona"
	"tiski/catalog"
)

// also are goods beside few hits that a known kind of customer may find as good:
// those that suit it best of the same shelf. Who has narrowed the search, named a
// product or wants nothing recommended gets none.
func (t *turn) also(hits []catalog.Hit, found catalog.Found, q catalog.Query) []catalog.Hit {
	room := t.served().Cards - len(hits)
	narrowed := q
	narrowed.Audience = ""
	if room <= 0 || found.Nearest || q.Product != "" || constrained(narrowed) || t.Unadvised || t.Persona.Persona() == persona.Neutral {
		return nil
	}
	others := t.ranked(Also(t.w.Find, hits, q), q)
	return others[:min(room, len(others))]
}

// Also finds, in stock, what lies on the shelf of the first hit, is for the same
// people as one of the hits and is called alike, the most popular first; none of
// the hits.
func Also(find func(catalog.Query) catalog.Found, hits []catalog.Hit, q catalog.Query) []catalog.Hit {
	if len(hits) == 0 {
		return nil
	}
	shelf := find(catalog.Query{Category: hits[0].Product.Category, Audience: q.Audience, Lang: q.Lang, InStock: true, Limit: widePool})
	if shelf.Nearest {
		return nil
	}
	return slices.DeleteFunc(shelf.Hits, func(other catalog.Hit) bool {
		return slices.ContainsFunc(hits, func(h catalog.Hit) bool { return h.Product == other.Product }) ||
			!slices.ContainsFunc(hits, func(h catalog.Hit) bool {
				return h.Product.Audience == other.Product.Audience && calledAlike(h.Product, other.Product)
			})
	})
}

// calledAlike reports whether the Finnish names of two products have a word that
// ends alike: a coffee maker and an espresso maker are both "-keitin".
func calledAlike(a, b *catalog.Product) bool {
	ends := nameEnds(a)
	return slices.ContainsFunc(nameEnds(b), func(end string) bool { return slices.Contains(ends, end) })
}

// nameEnds are the last letters of the words of a product's Finnish name, without
// its brand and without the words for whom it is ("lasten", "miehille").
func nameEnds(p *catalog.Product) []string {
	var ends []string
	for _, word := range strings.FieldsFunc(strings.ToLower(p.Name.In("fi")), func(r rune) bool { return r == ' ' || r == '-' || r == ',' }) {
		if strings.EqualFold(word, p.Brand) || strings.HasSuffix(word, "ten") || strings.HasSuffix(word, "jen") || strings.HasSuffix(word, "lle") {
			continue
		}
		if r := []rune(word); len(r) >= 4 {
			ends = append(ends, string(r[max(0, len(r)-endLetters):]))
		}
	}
	return ends
}

// endLetters is how many letters the ends have at most that words share.
const endLetters = 5
