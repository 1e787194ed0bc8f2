package main

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// patience is how many inputs a customer gives before leaving.
const patience = 70

// customer is somebody simulated, who reads what the bot says – its questions,
// buttons and cards – and answers towards a goal.
type customer struct {
	*visit
	goal
	chance *rand.Rand

	asked    map[string]int // how often each slot has been answered
	wrong    string         // slot told wrong just now, to be mended at the next question
	searched int            // tries to find the line looked for now
	fixes    map[string]int // tries to mend something
	stopped  bool           // has stopped and comes back
	began    bool
	end      string // how it ended, "" while it goes on
}

func newCustomer(t *visit, g goal, chance *rand.Rand) *customer {
	return &customer{visit: t, goal: g, chance: chance, asked: map[string]int{}, fixes: map[string]int{}}
}

// met is how a conversation ends that came to its goal.
const met = "met"

// run talks until the goal is met or given up.
func (c *customer) run() {
	for c.end == "" {
		in := c.next()
		if c.end != "" {
			return
		}
		if c.inputs >= patience {
			c.end = "never comes to an end, asks " + c.state.Pending()
			return
		}
		c.do(in)
		if c.state.Handoff.Stage == dialogue.Requested {
			c.end = "a person is called: " + c.called
		}
	}
}

// next is what the customer does after what it was told last.
func (c *customer) next() dialogue.Input {
	switch c.kind {
	case tracks, mistakes:
		return c.track()
	case sendsBack:
		return c.sendBack()
	case complains:
		return c.complain()
	}
	if c.placed != nil {
		return c.afterwards()
	}
	return c.buy()
}

// worded fills one of several wordings.
func (c *customer) worded(of []string, value string) string {
	return strings.ReplaceAll(one(c.chance, of), "{v}", value)
}

func (c *customer) say(text string) dialogue.Input { return dialogue.Said{Text: text} }

func (c *customer) likely(p float64) bool { return c.chance.Float64() < p }

// slip is a word as a hurried hand writes it.
func (c *customer) slip(text string) string {
	if !c.likely(c.typos) {
		return text
	}
	r := []rune(text)
	var long []int // places inside long words
	for i := 2; i+3 < len(r); i++ {
		if !slices.Contains(r[i-2:i+4], ' ') && !slices.Contains(r[i-2:i+4], '-') {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return text
	}
	i := one(c.chance, long)
	switch c.chance.IntN(3) {
	case 0:
		return string(slices.Delete(r, i, i+1))
	case 1:
		return string(slices.Insert(r, i, r[i]))
	}
	return strings.NewReplacer("ä", "a", "ö", "o").Replace(text)
}

func (c *customer) giveUp(why string) dialogue.Input {
	c.end = why
	return nil
}

func (c *customer) buy() dialogue.Input {
	pending := c.state.Pending()
	if c.stopped {
		c.stopped = false
		return c.say(one(c.chance, returns))
	}
	if c.wrong != "" && pending != c.wrong && pending != "" {
		slot := c.wrong
		c.wrong = ""
		return c.say(c.worded(mendings[slot], c.value(slot)))
	}
	if in := c.whim(pending); in != nil {
		return in
	}
	if w, ok := c.chooses(); ok {
		return c.get(w)
	}
	switch pending {
	case "name", "email", "phone", "address", "postal_code", "delivery", "payment":
		return c.tell(pending)
	case "point":
		return c.where()
	case "confirm":
		return c.confirm()
	case "which_task":
		if in, ok := c.button("task:"); ok {
			return in
		}
	}
	return c.shop()
}

// whim is what the customer does besides, once, when a slot is asked.
func (c *customer) whim(pending string) dialogue.Input {
	slot := pending
	if _, ok := c.button("opt:"); ok {
		slot = "option"
	}
	what := c.whims[slot]
	switch what {
	case asking, chatting, skipping, stopping, adding:
		delete(c.whims, slot)
	}
	switch what {
	case asking:
		return c.say(one(c.chance, questions))
	case chatting:
		return c.say(one(c.chance, chatter))
	case skipping:
		return c.say(one(c.chance, skips))
	case stopping:
		c.stopped = true
		return c.say(one(c.chance, stops))
	case adding:
		if len(c.lines) > 1 && !c.has(c.lines[len(c.lines)-1]) {
			return c.search(c.lines[len(c.lines)-1], furthers)
		}
	}
	return nil
}

// value is what is true of a slot.
func (c *customer) value(slot string) string {
	switch slot {
	case "name":
		return c.contact.Name
	case "email":
		return c.contact.Email
	case "phone":
		return "0" + strings.TrimPrefix(c.contact.Phone, "+358")
	case "address":
		return c.address.Street + ", " + c.address.Postcode + " " + c.address.City
	}
	return c.address.Postcode + " " + c.address.City
}

// falseValue is what is told by mistake.
func (c *customer) falseValue(slot string) string {
	switch slot {
	case "name":
		return "Pekka " + one(c.chance, lastNames)
	case "email":
		return "vanha." + c.contact.Email
	case "phone":
		return "050 765 43" + strconv.Itoa(10+c.chance.IntN(90))
	}
	return "Vanhakatu " + strconv.Itoa(1+c.chance.IntN(90)) + ", 00100 Helsinki"
}

// where tells from where the parcel is fetched, or that it does not matter.
func (c *customer) where() dialogue.Input {
	if c.asked["point"]++; c.asked["point"] > 8 {
		return c.giveUp("point is not understood")
	}
	if in, ok := c.button("point:any"); ok && c.likely(c.taps) {
		return in
	}
	return c.say(one(c.chance, points))
}

// tell answers a question of the checkout.
func (c *customer) tell(slot string) dialogue.Input {
	c.asked[slot]++
	again := c.said("bad.") || c.said("stuck")
	if c.asked[slot] > 8 {
		return c.giveUp(slot + " is not understood")
	}
	whim := c.whims[slot]
	switch slot {
	case "delivery", "payment":
		id, ways := c.delivery, deliveries
		if slot == "payment" {
			id, ways = c.payment, paymentWords
		}
		if (whim == late || whim == slipping || whim == twice) && slot == "delivery" && c.asked[slot] == 1 {
			id = one(c.chance, []string{"noutopiste", "pakettiautomaatti", "kotiinkuljetus"})
		}
		if in, ok := c.button(slot[:3] + ":" + id); ok && (again || c.likely(c.taps)) {
			return in
		}
		return c.say(one(c.chance, ways[id]))
	case "address", "postal_code":
		if in, ok := c.button("del:myymalanouto"); ok && c.delivery == "myymalanouto" && c.likely(0.5) {
			if c.likely(c.taps) {
				return in
			}
			return c.say(one(c.chance, deliveries["myymalanouto"]))
		}
	}
	wrongs := map[string]int{slipping: 1, late: 1, twice: 2}[whim]
	switch {
	case slot == "postal_code":
		return c.say(c.worded(tellings["place"], c.value(slot)))
	case c.asked[slot] <= wrongs:
		if whim != late {
			c.wrong = slot
		}
		return c.say(c.falseValue(slot))
	case again:
		return c.say(c.value(slot))
	case slot == "address" && c.likely(0.2):
		return c.say(c.worded(tellings["street"], c.address.Street))
	case slot == "name" && c.likely(0.1):
		return c.say(c.contact.Name + ", " + c.contact.Email + ", " + c.value("phone"))
	}
	value := c.value(slot)
	if c.likely(0.2) && slot != "phone" {
		value = strings.ToLower(value)
	}
	return c.say(c.worded(tellings[slot], value))
}

// afterwards is what the customer does when its order has been placed.
func (c *customer) afterwards() dialogue.Input {
	if c.kind == buys || c.state.Order != nil && c.state.Order.Status == catalog.Cancelled {
		return c.giveUp(met)
	}
	c.fixes["cancel"]++
	if in, ok := c.button("withdraw!:"); ok {
		return in
	}
	if in, ok := c.button("withdraw:"); ok && (c.fixes["cancel"] > 1 || c.likely(c.taps)) {
		return in
	}
	if c.fixes["cancel"] > 5 {
		return c.giveUp("the order is not cancelled")
	}
	return c.say(one(c.chance, cancellings))
}
