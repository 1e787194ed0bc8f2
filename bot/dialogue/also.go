package dialogue

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/bot/persona"
	"tiski/catalog"
)

// also are goods beside few hits that a known kind of customer may find as good,
// at most room, in its order. Who wants nothing recommended gets none.
func (t *turn) also(room int, found catalog.Found, q catalog.Query) []catalog.Hit {
	if room <= 0 || t.Unadvised || t.Persona.Persona() == persona.Neutral {
		return nil
	}
	others := t.ranked(Also(t.w.Find, found, q), q)
	return others[:min(room, len(others))]
}

// Also finds, in stock, what lies on the shelf of the first hit, is for the same
// people as one of the hits and much like it, the most alike first; none of the
// hits. Their score is how alike they are, from [leastAlike] to 1. Who has narrowed
// the search or named a product gets none, nor who sees the nearest goods for any
// other reason than a word.
func Also(find func(catalog.Query) catalog.Found, found catalog.Found, q catalog.Query) []catalog.Hit {
	narrowed := q
	narrowed.Audience = ""
	if len(found.Hits) == 0 || q.Product != "" || constrained(narrowed) || found.Nearest && !slices.Equal(found.Relaxed, []string{"words"}) {
		return nil
	}
	shelf := find(catalog.Query{Category: found.Hits[0].Product.Category, Audience: q.Audience, Lang: q.Lang, InStock: true, Limit: widePool})
	if shelf.Nearest {
		return nil
	}
	var hits []looks
	for _, h := range found.Hits {
		hits = append(hits, looksOf(h.Product))
	}
	asked := outers(longWords(q.Text))
	var also []catalog.Hit
	for _, h := range shelf.Hits {
		if slices.ContainsFunc(hits, func(hit looks) bool { return hit.product == h.Product }) {
			continue
		}
		of := looksOf(h.Product)
		text, told := of.told, 0.0
		if q.Lang != "fi" {
			text = textOf(h.Product, q.Lang)
		}
		if speaksOf(text, asked) {
			told = toldAsked
		}
		h.Score = 0
		for i := range hits {
			if hits[i].product.Audience == h.Product.Audience {
				h.Score = max(h.Score, of.like(&hits[i])+told)
			}
		}
		if h.Score >= leastAlike {
			also = append(also, h)
		}
	}
	slices.SortStableFunc(also, func(a, b catalog.Hit) int { return cmp.Compare(b.Score, a.Score) })
	return also
}

// How alike goods of one shelf are, by what they share: fitted to which goods
// people judged to answer the same search, and rounded.
const (
	sameEnd      = 0.2 // of a word of the names: a coffee maker and an espresso maker are both "-keitin"
	sameBrand    = 0.2
	sameFeatures = 0.2 // two features or more; half of it for one
	toldOf       = 0.1 // the name of one stands in what is told of the other
	toldAsked    = 0.3 // a word that was asked for stands in what is told of it
	leastAlike   = 0.3
)

// looks are what is compared of a product, in Finnish, lower case.
type looks struct {
	product  *catalog.Product
	ends     []string // of the words of its name that tell what it is
	outers   []string // beginnings and ends of these
	features []string // beginnings of words, each once
	told     string   // name, features and description
}

func looksOf(p *catalog.Product) looks {
	l := looks{product: p, told: textOf(p, "fi")}
	names := slices.DeleteFunc(longWords(p.Name.In("fi")), func(word string) bool {
		forWhom := strings.HasSuffix(word, "ten") || strings.HasSuffix(word, "jen") || strings.HasSuffix(word, "lle")
		return forWhom || strings.EqualFold(word, p.Brand)
	})
	l.outers = outers(names)
	for _, word := range names {
		l.ends = append(l.ends, end(word))
	}
	for _, word := range longWords(strings.Join(p.Features, " ")) {
		if b := beginning(word); !slices.Contains(l.features, b) {
			l.features = append(l.features, b)
		}
	}
	return l
}

// like is how much goods are like a hit, 0–1.
func (l *looks) like(hit *looks) float64 {
	alike := 0.0
	if slices.ContainsFunc(l.ends, func(end string) bool { return slices.Contains(hit.ends, end) }) {
		alike += sameEnd
	}
	if l.product.Brand != "" && l.product.Brand == hit.product.Brand {
		alike += sameBrand
	}
	shared := 0
	for _, feature := range l.features {
		if slices.Contains(hit.features, feature) {
			shared++
		}
	}
	alike += sameFeatures * min(1, float64(shared)/2)
	if speaksOf(l.told, hit.outers) {
		alike += toldOf
	}
	return alike
}

// textOf is what a product's name, features and description tell, lower case.
func textOf(p *catalog.Product, lang string) string {
	return strings.ToLower(p.Name.In(lang) + " " + strings.Join(p.Features, " ") + " " + p.Description.In(lang))
}

// speaksOf reports whether the beginning or the end of any word stands in a text.
func speaksOf(text string, outers []string) bool {
	return slices.ContainsFunc(outers, func(outer string) bool { return strings.Contains(text, outer) })
}

// outers are the beginnings and the ends of words.
func outers(words []string) (all []string) {
	for _, word := range words {
		all = append(all, beginning(word), end(word))
	}
	return all
}

// longWords are the words of a text that are long enough to tell something, lower
// case.
func longWords(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(word string) bool { return utf8.RuneCountInString(word) < 4 })
}

// outerLetters is how many letters of a word its beginning and its end have.
const outerLetters = 5

func beginning(word string) string {
	r := []rune(word)
	return string(r[:min(len(r), outerLetters)])
}

func end(word string) string {
	r := []rune(word)
	return string(r[max(0, len(r)-outerLetters):])
}
