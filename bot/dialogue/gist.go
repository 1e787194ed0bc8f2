package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
)

// gist keeps, of a long message or of one with several requests, the goods that it names: the word that finds
// best what all else that was said allows.
func (t *turn) gist(q catalog.Query, several bool) catalog.Query {
	words := strings.Fields(q.Text)
	if len(words) < 2 || len(words) <= rambling && (!several || t.names(q)) {
		return q
	}
	anywhere := q
	anywhere.Category = ""
	if best, ok := t.byWord(anywhere, words, func(f catalog.Found) bool { return !f.Nearest }); ok {
		return best
	}
	return q
}

// rambling is how many words that may name goods are taken as they are.
const rambling = 4

// goodsIn is a query without the words beside the one that surely names goods: "tossut
// joulupaketiks". Whose something is, or for what, comes before it: "auton renkaat" names
// no car, and "cykel hjälm" no bicycle.
func (t *turn) goodsIn(q catalog.Query) catalog.Query {
	words := strings.Fields(unqualified(q).Text)
	var heads []string
	for i, w := range words {
		if i+1 == len(words) || t.Lang == "fi" && !strings.HasSuffix(w, "n") || t.Lang != "fi" && !t.unknown(catalog.Query{Text: words[i+1], Lang: q.Lang}) {
			heads = append(heads, w)
		}
	}
	if best, ok := t.byWord(q, heads, func(f catalog.Found) bool { return !slices.Contains(f.Relaxed, "words") }); ok {
		return best
	}
	return q
}

// byWord is a query with the one of these words that surely finds goods, and finds them
// best, among the finds that will do. It reports false when no word does.
func (t *turn) byWord(q catalog.Query, words []string, do func(catalog.Found) bool) (best catalog.Query, ok bool) {
	order, most := q.Order, sure
	q.Order = ""
	for _, w := range words {
		q.Text = w
		if found := t.look(q); len(found.Hits) > 0 && do(found) && found.Hits[0].Score > most {
			best, most, ok = q, found.Hits[0].Score, true
		}
	}
	best.Order = order
	return best, ok
}

// unqualified is a query without the words for what goods should be like.
func unqualified(q catalog.Query) catalog.Query {
	q.Text = wordsBut(q.Text, func(w string) bool { return anyCue(folded(w), cueQuality) })
	return q
}
