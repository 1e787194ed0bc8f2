package main

import (
	"strings"

	"tiski/bot/dialogue"
)

// number is that of the order which a customer made before.
const number = "T-482913"

// opening begins an errand about an order made before; in some wordings its
// number is told.
func (c *customer) opening(of []string) dialogue.Input {
	c.began = true
	c.books = append(c.books, c.before(c.now, c.shelf, number))
	return c.say(one(c.chance, openings) + c.slip(strings.ReplaceAll(one(c.chance, of), "{n}", c.orderNumber())))
}

func (c *customer) orderNumber() string {
	if c.kind == mistakes {
		return "T-999999"
	}
	return number
}

// track asks where an order is and tells what it is asked.
func (c *customer) track() dialogue.Input {
	switch {
	case !c.began:
		return c.opening(trackings)
	case c.said("order.status."):
		return c.giveUp(met)
	}
	return c.identify()
}

// identify answers what is asked of an order made before, and takes the help
// of a person when it is offered.
func (c *customer) identify() dialogue.Input {
	c.asked[c.state.Pending()]++
	if c.asked[c.state.Pending()] > 6 {
		return c.giveUp("asked too often for " + c.state.Pending())
	}
	switch c.state.Pending() {
	case "order_no":
		return c.say(c.worded([]string{"{v}", "se on {v}", "numero on {v}", "tilausnumero {v}", "{v} kiitos", "tilaus {v}", "no {v}", "{v}."}, c.orderNumber()))
	case "email", "phone", "order_email":
		if c.likely(0.3) {
			return c.say(c.worded(tellings["phone"], c.value("phone")))
		}
		return c.say(c.worded(tellings["email"], c.contact.Email))
	}
	if c.state.Handoff.Stage == dialogue.Offered {
		return c.say(c.worded([]string{"joo", "joo kiitos", "kyllä", "juu", "kyllä kiitos", "joo haluan", "mielellään", "jep"}, ""))
	}
	if c.state.Pending() == "fault" {
		return c.say("sauma ratkesi")
	}
	for _, tap := range []string{"take:", "skip:", "topic:order_status", "topic:return_how", "human"} {
		if in, ok := c.button(tap); ok {
			return in
		}
	}
	return c.giveUp("no way on from " + c.keys())
}

// sendBack wants to send goods back: it must come to how that is done, or to a case.
func (c *customer) sendBack() dialogue.Input {
	switch {
	case !c.began:
		return c.opening(sendings)
	case c.said("return.") || c.said("case.") || c.said("withdraw.") || strings.Contains(c.heard(), c.shelf.Shop.Returns.How.In("fi")[:20]):
		return c.giveUp(met)
	}
	return c.identify()
}

func (c *customer) heard() string {
	var all []string
	for _, m := range c.words {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n")
}

// complain tells of a defect and takes the person that is offered for it.
func (c *customer) complain() dialogue.Input {
	if !c.began {
		return c.opening(complaints)
	}
	if c.said("case.opened.") {
		return c.giveUp(met)
	}
	return c.identify()
}
