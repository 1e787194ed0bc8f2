package dialogue

import (
	"tiski/intents"
)

// anyDoes reports whether a message says that anything will do: "mikä vaan väri
// käy", "hinnalla ei oo niin väliä".
func (m *said) anyDoes() bool {
	return !m.asks && len(m.words) <= fewWords && (m.has(cueWhichever) || m.has(cueMatter) && m.has(cueNegation))
}

// pickOption chooses for a customer whom any value of the open option suits: the
// first that is to be had. A size is not chosen for anybody.
func (t *turn) pickOption(m *said) answer {
	k, option := t.top(), t.openOption()
	if option == intents.Size || m.has(cueOfSize) && !m.has(cueOfColor) {
		return refused(part("why.option"))
	}
	left := t.left(t.w.Shop.Product(k.Product), k.Values, option)
	if len(left) == 0 {
		return notMine
	}
	k.note(option, left[0])
	t.lead(part("option.picked", "value", OptionValue{option, left[0]}))
	return taken
}

// whichever takes from the last search the limit that the customer does not mind:
// the one named, else the one asked about.
func (t *turn) whichever(m *said) bool {
	if t.Query == nil || !m.anyDoes() {
		return false
	}
	other := m.sought()
	if m.has(cueMatter) { // "tärkeä" is no knife called Tarkka
		other.Product = ""
	}
	other.Text = wordsBut(other.Text, func(w string) bool { return anyCue(folded(w), cueMatter, cueOfPrice, cueOfColor, cueOfSize) })
	if t.names(other) {
		return false
	}
	n, asked := *t.Query, t.narrowing()
	switch {
	case m.has(cueOfPrice):
		n.Max, n.Min = 0, 0
	case m.has(cueOfColor):
		n.Color, n.Without = "", ""
	case m.has(cueOfSize):
		n.Size = ""
	case asked == "":
		return false
	}
	t.lead(part("whichever"))
	t.show(n, "found")
	return true
}
