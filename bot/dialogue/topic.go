package dialogue

import "tiski/intents"

// What a short message may go on with: "entä lauantaina", "entä alennustuote".
const (
	hoursTopic   = "hours"
	returnsTopic = "returns"
)

// goesOn answers a short message that goes on with what was told just before. It reports
// whether it was one.
func (t *turn) goesOn(m *said) bool {
	if len(m.words) > fewWords {
		return false
	}
	switch t.before {
	case hoursTopic:
		if m.First(intents.Date)+m.First(intents.DateTo) == "" || !m.nothingBut(cueWhatOf, intents.Date, intents.DateTo) {
			return false
		}
		t.tellHours(m)
		return true
	case returnsTopic:
		return t.returnTerms(m)
	}
	return false
}
