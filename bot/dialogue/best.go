package dialogue

import (
	"cmp"
	"slices"

	"tiski/catalog"
)

// best answers which of the products shown is the best: the one that customers
// have liked most, as far as reviews tell; else how they differ, for the customer
// to choose. It reports whether the message asked that.
func (t *turn) best(m *said) bool {
	shown := t.shownProducts()
	q := m.sought()
	if len(shown) < 2 || !m.has(cueBest) || m.has(cueOfSize) || !m.asks || !m.has(cueThis) && !m.nothingBut(cueBest) || q.Text != "" || q.Product != "" || q.Category != "" || constrained(q) {
		return false
	}
	rated := slices.DeleteFunc(shown, func(p *catalog.Product) bool { return t.opinionsOf(p, "").Count == 0 })
	if len(rated) == 0 {
		t.tellDifferences("best.unknown", t.compared(m))
		return true
	}
	liked := slices.MaxFunc(rated, func(a, b *catalog.Product) int {
		return cmp.Compare(t.opinionsOf(a, "").Standing(), t.opinionsOf(b, "").Standing())
	})
	t.lead(part("best.rated", "title", liked.Name))
	t.describe(liked)
	return true
}
