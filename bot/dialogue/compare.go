package dialogue

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// How many products are compared at once, and told facts of.
const (
	maxCompared = 3
	maxFacts    = 6
)

// compares tells in what the products shown differ, when a message asks that.
func (t *turn) compares(m *said) bool {
	asked := m.has(cueCompare) || (m.has(cueThis) || m.nothingBut(cueMost) || m.asks && m.onlyGrades() && compareFact(t.shownProducts(), m.words) != "") && !m.asksOfService() && slices.ContainsFunc(m.words, graded)
	named := t.comparedByName(m)
	if !asked || m.has(cueSuperlative) || m.has(cueCheap) && !m.has(cueCompare) || m.First(intents.Product) != "" && named == nil {
		return false
	}
	all := named
	if all == nil {
		all = t.comparedKind(m)
	}
	if all == nil {
		all = t.comparedWith(m)
	}
	anew := all != nil
	if !anew {
		all = t.compared(m)
	}
	if len(all) < 2 {
		return false
	}
	if anew || len(all) < min(len(t.Shown), maxCompared) { // then these alone are talked about
		t.Shown = nil
		for _, p := range all {
			t.Shown = append(t.Shown, p.ID)
		}
	}
	if name := compareFact(all, m.words); name != "" {
		t.say(t.factsOf(all, []string{name}), t.shownButtons(intents.OrderPlace))
		return true
	}
	key := "compare"
	if slices.ContainsFunc(m.words, graded) && !m.has(cueCheap) {
		key = "compare.unknown"
	}
	t.tellDifferences(key, all)
	return true
}

// comparedByName are the products that a message compares by their names: "vertaa Jänkää
// ja Viimaa". nil when it names fewer than two.
func (t *turn) comparedByName(m *said) []*catalog.Product {
	if !m.has(cueCompare) {
		return nil
	}
	var all []*catalog.Product
	for _, g := range t.eachNamed(m) {
		all = append(all, t.w.Shop.Product(g.Product))
	}
	return all[:min(len(all), maxCompared)]
}

// comparedKind are the best of the goods that a message compares by what they are:
// "mitä eroa teltoilla on". nil when it names none but those shown.
func (t *turn) comparedKind(m *said) []*catalog.Product {
	if !m.has(cueCompare) {
		return nil
	}
	q := m.sought()
	q.Text = wordsBut(q.Text, graded)
	if named := t.namedOfKind(q); named != nil {
		return named
	}
	if !t.names(q) {
		return nil
	}
	hits := t.look(q).Hits
	if slices.ContainsFunc(hits, func(h catalog.Hit) bool { return slices.Contains(t.Shown, h.Product.ID) }) {
		return nil
	}
	return fewOf(hits)
}

// namedOfKind are the goods of one kind that a query names by words of their names alone:
// "Pyry ja Halla makuupusseilla". nil when it names fewer than two.
func (t *turn) namedOfKind(q catalog.Query) []*catalog.Product {
	words := strings.Fields(q.Text)
	if len(words) < 3 {
		return nil
	}
	for i, kind := range words {
		q.Text = kind
		if !t.names(q) {
			continue
		}
		own := folded(strings.Join(slices.Delete(slices.Clone(words), i, i+1), " "))
		hits := slices.DeleteFunc(slices.Clone(t.look(q).Hits), func(h catalog.Hit) bool {
			name := folded(h.Product.Name.In(t.Lang))
			return !slices.ContainsFunc(own, func(w string) bool {
				return slices.ContainsFunc(name, func(n string) bool { return isFormOf(w, n) })
			})
		})
		if len(hits) > 1 {
			return fewOf(hits)
		}
	}
	return nil
}

// comparedWith are the product talked about and other goods that it is compared with by
// their name: "onks se parempi ku toi pölynimuri". nil when there are none.
func (t *turn) comparedWith(m *said) []*catalog.Product {
	p := t.talkedOf()
	at := slices.IndexFunc(m.words, func(w string) bool { return slices.Contains(thans, w) })
	if p == nil || at < 1 || at+1 >= len(m.words) {
		return nil
	}
	q := m.part(m.starts[at+1], len(m.Text)).sought()
	if !t.names(q) {
		return nil
	}
	hits := slices.DeleteFunc(slices.Clone(t.look(q).Hits), func(h catalog.Hit) bool { return h.Product.ID == p.ID })
	if len(hits) == 0 {
		return nil
	}
	return []*catalog.Product{p, hits[0].Product}
}

// thans stand between a comparative and what is compared with.
var thans = []string{"kuin", "kun", "ku", "an", "than"}

// fewOf are the products of the best hits, as many as are compared.
func fewOf(hits []catalog.Hit) (all []*catalog.Product) {
	for _, h := range hits[:min(len(hits), maxCompared)] {
		all = append(all, h.Product)
	}
	return all
}

// factsOf tells facts of each product; of one that has none of them, that they are
// not told.
func (t *turn) factsOf(all []*catalog.Product, names []string) []Part {
	var parts []Part
	for _, p := range all {
		var told Words
		for _, name := range names {
			if fact := p.Facts[name].In(t.Lang); fact != "" {
				told = append(told, fact)
			}
		}
		if len(told) == 0 {
			parts = append(parts, part("compare.untold", "title", p.Name))
		} else {
			parts = append(parts, part("details.fact", "title", p.Name, "fact", told))
		}
	}
	return parts
}

// tellDifferences tells of each product what sets it apart, for a product to
// be taken.
func (t *turn) tellDifferences(key string, all []*catalog.Product) {
	parts := []Part{part(key)}
	for _, p := range all {
		parts = append(parts, t.differences(p, all)...)
	}
	t.say(parts, t.shownButtons(intents.OrderPlace))
}

// compared are the products that a message compares: those pointed at, the
// first two or three, or all that were shown.
func (t *turn) compared(m *said) []*catalog.Product {
	shown := t.shownProducts()
	if all := t.pointedAt(m); len(all) > 1 {
		shown = all
	} else if n, err := strconv.Atoi(m.First(intents.Quantity)); err == nil && n > 1 && n < len(shown) {
		shown = shown[:n]
	}
	return shown[:min(len(shown), maxCompared)]
}

// differences are the price of a product and what else sets it apart from the
// others compared.
func (t *turn) differences(p *catalog.Product, all []*catalog.Product) []Part {
	parts := []Part{priceLine(p)}
	material := p.Material.In(t.Lang)
	if material != "" && !alike(all, func(o *catalog.Product) bool { return o.Material.In(t.Lang) == material }) {
		parts = append(parts, part("compare.material", "material", p.Material).glued())
	}
	var own Words
	for _, f := range p.Features {
		if len(own) < 3 && !alike(all, func(o *catalog.Product) bool { return slices.Contains(o.Features, f) }) {
			own = append(own, f)
		}
	}
	if len(own) > 0 && t.Lang == "fi" { // features are written in Finnish
		parts = append(parts, part("compare.features", "features", own).glued())
	}
	return parts
}

// priceLine tells what a product costs, or from what on.
func priceLine(p *catalog.Product) Part {
	key := "compare.line"
	if low, high := p.PriceRange(); low < high {
		key = "compare.line.from"
	}
	return part(key, "title", p.Name, "price", lowest(p))
}

func alike(all []*catalog.Product, same func(*catalog.Product) bool) bool {
	return !slices.ContainsFunc(all, func(p *catalog.Product) bool { return !same(p) })
}

// comparisons are the facts that comparatives and superlatives ask for by another
// word, by the beginning of theirs.
var comparisons = map[string]string{"kevy": "paino", "keve": "paino", "rask": "paino", "latt": "paino", "tyng": "paino", "ligh": "paino", "heav": "paino", "warm": "lämpötila", "varm": "lämpötila"}

// compareFact is the fact that a comparative or superlative asks for and one of the
// products tells: "lämpimämpi" asks for "lämpötila".
func compareFact(all []*catalog.Product, words []string) string {
	for _, w := range words {
		if !graded(w) {
			continue
		}
		for _, p := range all {
			for _, name := range slices.Sorted(maps.Keys(p.Facts)) {
				if key := strings.Join(folded(name), " "); len(key) >= 4 && key[:4] == w[:4] || comparisons[w[:4]] == name {
					return name
				}
			}
		}
	}
	return ""
}

// graded reports whether a word compares: "kevyempi", "kevyin".
func graded(w string) bool {
	of := cueWords.word(w)
	return of.has(cueMost) || comparative(w) && !of.has(cueCompare)
}

// onlyGrades reports whether a message has no words but those that compare and what says
// nothing: "vilket är lättare".
func (m *said) onlyGrades() bool {
	return !slices.ContainsFunc(m.words, func(w string) bool { return !filler.has(w) && !graded(w) })
}

// comparative reports whether a word is one: "kevyempi", "lättare", "lighter".
func comparative(w string) bool {
	if len(w) < 6 {
		return false
	}
	return strings.HasSuffix(w, "mpi") || strings.HasSuffix(w, "mpaa") || strings.HasSuffix(w, "are") || strings.HasSuffix(w, "er")
}
