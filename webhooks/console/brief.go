package console

import (
	"fmt"
	"strings"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// briefLine is a line of the card that a conversation is taken with.
type briefLine struct{ Name, Text string }

// brief puts a conversation's brief into words: five lines at most.
func (c *Console) brief(w words, s dialogue.State) []briefLine {
	now := c.Clock()
	b := s.Brief(now)
	lines := []briefLine{{w.T("brief.goal"), w.known(b.Goal, "task", "reason", "stage")}}
	var told []string
	if b.Order != "" {
		told = append(told, w.T("snag.order", "number", b.Order))
	}
	for _, f := range b.Facts {
		if name := w.Maybe("slot", f.Slot, ""); name != "" && f.Slot != "email" {
			told = append(told, name+": "+f.Value)
		}
	}
	if len(b.Cart) > 0 {
		told = append(told, w.T("brief.cart", "n", fmt.Sprint(pieces(b.Cart)), "sum", w.Money(c.worth(b.Cart))))
	}
	if len(told) > 0 {
		lines = append(lines, briefLine{w.T("brief.facts"), strings.Join(told, " · ")})
	}
	for _, p := range b.Promises {
		lines = append(lines, briefLine{w.T("brief.promise", "due", w.Clock(p.Due, now)), p.Name + ": " + p.Text})
	}
	lines = append(lines, briefLine{w.T("brief.mood"), w.known(b.Mood, "mood")})
	next := w.Maybe("next", b.Next, "")
	if next == "" {
		next = w.T("next.asked", "slot", w.known(b.Next, "slot"))
	}
	return append(lines, briefLine{w.T("brief.next"), next})
}

// known is the word for a key in the first of some groups that has it, else the
// key itself.
func (w words) known(key string, groups ...string) string {
	for _, group := range groups {
		if text := w.Maybe(group, key, ""); text != "" {
			return text
		}
	}
	return key
}

// Reason says why a person is called.
func (w words) Reason(why string) string { return w.known(why, "reason", "task") }

func pieces(cart []dialogue.Line) (n int) {
	for _, l := range cart {
		n += l.Qty
	}
	return n
}

// worth is what the goods of a cart cost without
// discounts and delivery.
func (c *Console) worth(cart []dialogue.Line) (sum catalog.Cents) {
	for _, l := range cart {
		if p, v := c.Bot.Shelf().Shop.Variant(l.SKU); v != nil {
			sum += p.PriceOf(v) * catalog.Cents(l.Qty)
		}
	}
	return sum
}
