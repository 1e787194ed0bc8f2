package dialogue

import "slices"

// recites answers, in the checkout, what a detail is that the customer has told
// already: "oliko se oikea osoite". It reports whether that was asked.
func (t *turn) recites(m *said) bool {
	if !m.asks || !t.Has(Buy) || !m.has(cueGiven) || m.has(cueChange) || !m.onlyCues(cueGiven, cueAsking, cueName, cueEmail, cuePhone, cueAddress, cueThis) {
		return false
	}
	var parts []Part
	tell := func(called cue, known bool, told Part) {
		if !known {
			told = part("told.not")
		}
		if m.has(called) {
			parts = append(parts, told)
		}
	}
	c, a := t.Contact, t.Address
	tell(cueName, c.Name != "", part("privacy.known.name", "value", c.Name))
	tell(cueEmail, c.Email != "", part("privacy.known.email", "value", c.Email))
	tell(cuePhone, c.Phone != "", part("privacy.known.phone", "value", c.Phone))
	tell(cueAddress, a.Street != "" && a.City != "", part("summary.to", "street", a.Street, "postcode", a.Postcode, "city", a.City))
	if len(parts) == 0 {
		return false
	}
	t.say(parts, button("button.change", "change"))
	return true
}

// reopens asks the detail of the checkout anew that a customer asks to change:
// "voinko vielä vaihtaa osoitteen". It reports whether it did.
func (t *turn) reopens(m *said) bool {
	k := t.top()
	if k == nil || k.Kind != Buy {
		return false
	}
	at := slices.IndexFunc(buying.slots, func(s slot) bool { return s.called != 0 && m.has(s.called) && s.known(t) })
	return at >= 0 && t.edit(buying.slots[at].name)
}
