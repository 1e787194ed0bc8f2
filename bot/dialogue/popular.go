package dialogue

import (
	"cmp"
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// popular tells which is the most popular: among those shown, when the message
// names no goods. The shop's files tell how popular goods are, or do not.
func (t *turn) popular(m *said) bool {
	shown := t.shownProducts()
	if len(shown) < 2 || m.sought().Text != "" {
		return false
	}
	best := slices.MaxFunc(shown, func(a, b *catalog.Product) int { return cmp.Compare(a.Popularity, b.Popularity) })
	ties := 0
	for _, p := range shown {
		if p.Popularity == best.Popularity {
			ties++
		}
	}
	if ties > 1 {
		t.say(part("popular.unknown"), t.shownButtons(intents.ProductDetails))
		return true
	}
	t.lead(part("popular", "title", best.Name))
	t.describe(best)
	return true
}
