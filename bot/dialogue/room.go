package dialogue

import (
	"regexp"
	"slices"
	"strconv"

	"tiski/catalog"
	"tiski/intents"
)

// people is a size that is told by how many it is for: "2 hengen", "3–4 hengen".
var people = regexp.MustCompile(`^(?:\d+–)?(\d+) hengen$`)

// roomFor reads "mahtuuko neljä ihmistä" as a question of the size of the product
// talked about, else of those shown, when their sizes tell for how many they are;
// "montako siihen mahtuu" asks for the sizes. It reports whether it was either.
func (t *turn) roomFor(m *said) bool {
	n := m.number()
	if !m.has(cueRoom) || n == 0 && !m.asks {
		return false
	}
	meant := t.shownProducts()
	if p := t.w.Shop.Product(t.Focus); p != nil {
		meant = []*catalog.Product{p}
	}
	size, least := "", 0 // the smallest that is enough
	for _, p := range meant {
		for _, value := range p.Values("size") {
			holds := people.FindStringSubmatch(value)
			if holds == nil {
				continue
			}
			if size == "" {
				size = strconv.Itoa(n) + " hengen" // none is enough
			}
			if room, _ := strconv.Atoi(holds[1]); room >= n && (least == 0 || room < least) {
				size, least = value, room
			}
		}
	}
	switch {
	case size == "":
		return false
	case n == 0:
		m.Acted = []string{intents.ProductDetails}
		m.cues.add(cueSizes)
	default:
		m.Acted = []string{intents.ProductAvailability}
		m.Entities = append(slices.Clone(m.Entities), intents.Entity{Kind: intents.Size, Value: size, Text: m.Text, End: len(m.Text)})
	}
	return true
}
