package dialogue

import "tiski/intents"

// asksValues tells which colours or sizes the product talked about is to be had in:
// "mitä värejä", "onks muita kokoja". The option that is being chosen is asked again.
func (t *turn) asksValues(m *said) bool {
	option := intents.Color
	if !m.has(cueWhichColor) {
		option = intents.Size
	}
	another := (m.has(cueBigger) || m.has(cueSmaller)) && t.Focus != "" && !t.choosing() && len(t.Known) == 0 && !m.has(cueBought) && !m.has(cueExchange) // "onks isompaa pakkausta"
	if p := t.talkedOf(); another && p != nil && len(p.Values(option)) == 0 {
		option = "amount"
	}
	if !m.has(cueWhichColor) && !m.has(cueWhichSize) && !another || !m.asks || len(m.words) > fewWords || len(t.Tasks) > 0 && !t.choosing() || constrained(m.sought()) || t.names(m.sought()) {
		return false
	}
	if t.choosing() && t.openOption() == option {
		t.remind(t.open())
		return true
	}
	p := t.target(m)
	if p == nil || t.sold(p) {
		return false
	}
	t.Focus = p.ID
	switch values := t.inStock(p, option); {
	case len(values) > 0:
		t.say(part("values", "title", p.Name), part("card.option", "option", OptionName(option), "values", optionValues(option, values)), t.productButtons(p))
	case option == "amount":
		return false
	default:
		t.say(part("values.none."+option, "title", p.Name), t.productButtons(p))
	}
	return true
}
