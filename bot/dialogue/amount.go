package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// Amount is how many pieces were told of goods that are not taken yet.
type Amount struct {
	Of  []string `json:"of"` // ids of the products talked about
	Qty int      `json:"qty"`
}

// pieces is how many pieces a message counts: "3 purkkia", "4 kerää". 0 when it counts
// none, or its number may tell something else: "2 hengen".
func (m *said) pieces() int {
	for _, e := range m.Entities {
		if e.Kind != intents.Quantity || e.Negated {
			continue
		}
		next := slices.IndexFunc(m.starts, func(at int) bool { return at >= e.End })
		unit := strings.ContainsAny(e.Text, "0123456789 ") && strings.ContainsFunc(e.Text, isLetter)
		if n, err := strconv.Atoi(e.Value); err == nil && (unit || m.Lang == "fi" && next >= 0 && strings.HasSuffix(m.words[next], "a")) {
			return n
		}
	}
	return 0
}

// noteAmount keeps how many pieces a message told of the goods that it was about, while
// these are talked about.
func (t *turn) noteAmount(m *said) {
	about := t.Shown
	if t.Focus != "" {
		about = append(slices.Clone(about), t.Focus)
	}
	switch n := m.pieces(); {
	case t.chose || len(about) == 0:
		t.Amount = nil
	case n > 0 && len(t.Tasks) == 0 && !m.has(cueCompare): // "vertaa kahta ekaa" counts what is compared
		t.Amount = &Amount{about, atMost(n)}
	case t.Amount != nil && !slices.ContainsFunc(about, func(id string) bool { return slices.Contains(t.Amount.Of, id) }):
		t.Amount = nil
	}
}

// told is how many pieces of a product were told before it is taken, else one.
func (t *turn) told(product string) int {
	if t.Amount != nil && slices.Contains(t.Amount.Of, product) {
		return t.Amount.Qty
	}
	return 1
}

// fewer is the variant of which there are most, when there are fewer of each than a message
// asks after; nil when there are enough, or none, or nobody counts them.
func (t *turn) fewer(fitting []*catalog.Variant, m *said) *catalog.Variant {
	var most *catalog.Variant
	for _, v := range fitting {
		if t.pieces(v) == catalog.StockUnknown || t.pieces(v) >= m.pieces() {
			return nil
		}
		if most == nil || t.pieces(v) > t.pieces(most) {
			most = v
		}
	}
	return most
}
