package dialogue

import "tiski/intents"

// asksValues tells which colours or sizes the product talked about is to be had in:
// "mitä värejä", "onks muita kokoja". The option that is being chosen is asked again.
func (t *turn) asksValues(m *said) bool {
	option := intents.Color
	if !m.has(cueWhichColor) {
		option = intents.Size
	}
	if !m.has(cueWhichColor) && !m.has(cueWhichSize) || !m.asks || len(m.words) > fewWords || len(t.Tasks) > 0 && !t.choosing() || constrained(m.sought()) || t.names(m.sought()) {
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
	if values := t.inStock(p, option); len(values) > 0 {
		t.say(part("values", "title", p.Name), part("card.option", "option", OptionName(option), "values", optionValues(option, values)), t.productButtons(p))
	} else {
		t.say(part("values.none."+option, "title", p.Name), t.productButtons(p))
	}
	return true
}
