package dialogue

import "tiski/intents"

// What a short message may go on with: "entä lauantaina", "entä alennustuote". Besides these
// [Return] and [Exchange], of which it was told how they go: an order's number begins them.
const (
	hoursTopic   = "hours"
	contactTopic = "contact"
	returnsTopic = "returns"
	codeTopic    = "code"
)

// followsUp answers a short message that goes on with what was told just before. It reports
// whether it was one.
func (t *turn) followsUp(m *said) bool {
	if (t.before == Return || t.before == Exchange) && m.First(intents.OrderNo) != "" && !m.asks && (m.Has(intents.OrderStatus) || m.Has(intents.OutOfScope)) {
		t.opens(t.before, m)
		t.proceed()
		return true
	}
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
	case contactTopic: // "entä puhelimitse"
		if m.First(intents.Answer) != "" || !m.has(cueContact) || !m.onlyCues(cueWhatOf, cueContact) {
			return false
		}
		t.storeInfo(m)
		return true
	case codeTopic: // of the shop's codes it is none
		if len(m.words) > 1 || unknownCode(m) == "" && !m.Has(intents.OutOfScope) && !m.Has(intents.PriceDiscount) {
			return false
		}
		t.say(part("code.unknown", "code", clipped(m.Text)), t.afterTalk())
		return true
	case returnsTopic:
		return t.returnTerms(m)
	}
	return false
}
