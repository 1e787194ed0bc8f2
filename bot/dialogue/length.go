package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
)

// How tall somebody is who says so, and how long goods are that come by length, in centimetres.
const (
	shortest = 100
	tallest  = 250
)

// longestMeasured is of how many words a message is at most that tells how tall somebody is.
const longestMeasured = 12

// longEnough tells who says how tall they are which length of the goods talked about, or of those shown,
// is enough: "mul on pituutta 192, riittääkö 185". It reports whether a message does.
func (t *turn) longEnough(m *said) bool {
	if !m.has(cueTall) || len(m.words) > longestMeasured {
		return false
	}
	goods := t.shownProducts()
	if p := t.talkedOf(); p != nil {
		goods = []*catalog.Product{p}
	}
	var lengths []int
	var buttons []Button
	for _, p := range goods {
		own := lengthsOf(p)
		switch {
		case own == nil:
			continue
		case lengths != nil && !slices.Equal(own, lengths):
			return false
		}
		lengths, buttons = own, append(buttons, button("button.text", "more:"+p.ID, "text", p.Name))
	}
	tall := 0
	for _, w := range m.words {
		n, err := strconv.Atoi(strings.TrimSuffix(w, "cm"))
		switch {
		case err != nil || n < shortest || n > tallest || slices.Contains(lengths, n):
		case tall > 0:
			return false
		default:
			tall = n
		}
	}
	if tall == 0 || len(lengths) == 0 {
		return false
	}
	enough, _ := slices.BinarySearch(lengths, tall)
	var parts []Part
	if enough > 0 {
		parts = append(parts, part("length.short", "n", lengths[enough-1], "count", tall))
	}
	if enough < len(lengths) {
		parts = append(parts, part("length.enough", "n", lengths[enough], "count", tall))
	} else {
		parts = append(parts, part("length.none"))
	}
	t.say(parts, buttons)
	return true
}

// lengthsOf are the lengths that a product comes in, the shortest first: "185 cm", "200 cm". nil when its
// sizes are anything else.
func lengthsOf(p *catalog.Product) []int {
	var lengths []int
	for _, v := range p.Values("size") {
		number, _, _ := strings.Cut(v, " cm")
		n, err := strconv.Atoi(number)
		if err != nil || number == v || n < shortest || n > tallest {
			return nil
		}
		lengths = append(lengths, n)
	}
	slices.Sort(lengths)
	return lengths
}
