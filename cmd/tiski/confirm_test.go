package main

import (
	"slices"
	"strings"

	"tiski/bot/dialogue"
)

// confirm reads the summary, has mended what is wrong in it, and orders.
func (c *customer) confirm() dialogue.Input {
	if len(c.state.Cart) != len(c.lines) || slices.ContainsFunc(c.lines, func(w wanted) bool { return !c.has(w) }) {
		c.fixes["cart"]++
		if c.fixes["cart"] > 15 {
			return c.giveUp("the cart cannot be mended at the summary")
		}
		return c.shop()
	}
	if _, ok := c.button("edit:"); ok {
		if slot := c.awry(); slot != "" {
			in, _ := c.button("edit:" + slot)
			return in
		}
	}
	if _, shown := c.button("order:"); !shown {
		c.asked["summary"]++
		if in, ok := c.button("checkout"); ok && c.asked["summary"] < 8 {
			return in
		}
		if c.asked["summary"] < 8 {
			return c.say("näytä yhteenveto")
		}
		return c.giveUp("the summary is not shown again")
	}
	if slot := c.awry(); slot != "" {
		return c.mend(slot)
	}
	in, _ := c.button("order:")
	return in
}

// awry is the slot that the summary tells otherwise than the customer meant,
// "" when all is well.
func (c *customer) awry() string {
	for _, p := range c.summary.Parts {
		switch {
		case p.Key == "summary.delivery" && c.state.Delivery != c.delivery:
			return "delivery"
		case p.Key == "summary.payment" && c.state.Payment != c.payment:
			return "payment"
		case p.Key == "summary.contact" && !alike(c.contact.Name, p.With.Get("name")):
			return "name"
		case p.Key == "summary.contact" && p.With.Get("email") != c.contact.Email:
			return "email"
		case p.Key == "summary.contact" && p.With.Get("phone") != c.contact.Phone:
			return "phone"
		case p.Key == "summary.to" && (!alike(c.address.Street, p.With.Get("street")) || !alike(c.address.City, p.With.Get("city")) || p.With.Get("postcode") != c.address.Postcode):
			return "address"
		}
	}
	return ""
}

// mend has a detail of the order changed: in words, and by the buttons when
// those do not help.
func (c *customer) mend(slot string) dialogue.Input {
	c.fixes[slot]++
	switch {
	case c.fixes[slot] > 5:
		return c.giveUp("the summary tells another " + slot)
	case c.fixes[slot] > 2 || c.likely(c.taps/2):
		if in, ok := c.button("edit:" + slot); ok {
			return in
		}
		in, _ := c.button("change")
		return in
	case mendings[slot] != nil && c.likely(0.4):
		return c.say(c.worded(mendings[slot][3:4], c.value(slot)))
	}
	return c.say(one(c.chance, doubts[slot]))
}

// alike: capitals do not matter.
func alike(want string, told any) bool {
	text, ok := told.(string)
	return ok && strings.EqualFold(want, text)
}
