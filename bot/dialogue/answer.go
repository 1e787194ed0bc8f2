package dialogue

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tiski/catalog"
	"tiski/intents"
)

// ask opens a question.
func (t *turn) ask(p Pending) {
	t.Pending = &p
	t.asked = true
	parts, buttons := t.question(p)
	t.say(parts, buttons)
}

// question words the open question, with the choices there are.
func (t *turn) question(p Pending) ([]Part, []Button) {
	if p.For == "add" {
		product := t.w.Shop.Product(p.Product)
		if product == nil {
			t.Pending = nil
			return []Part{part("order.gone")}, t.nextButtons()
		}
		values := t.left(product, p.Options, p.Slot)
		if p.Slot == "size" {
			sortValues(values)
		}
		var buttons []Button
		for _, v := range values {
			if tap := "opt:" + p.Product + ":" + p.Slot + ":" + v; len(tap) <= 64 && len(buttons) < 20 {
				buttons = append(buttons, button("button.value", tap, "value", OptionValue{p.Slot, v}))
			}
		}
		key := "ask.option"
		if p.Slot == "size" || p.Slot == "color" {
			key += "." + p.Slot
		}
		return []Part{part(key, "title", product.Name)}, buttons
	}
	switch p.Slot {
	case "address":
		for _, m := range t.w.Shop.DeliveryFor("") {
			if m.Kind == catalog.StorePickup {
				return []Part{part("ask.address")}, []Button{button("button.text", "del:"+m.ID, "text", m.Name)}
			}
		}
	case "delivery":
		return t.deliveryChoices()
	case "payment":
		var buttons []Button
		parts := []Part{part("ask.payment")}
		for _, m := range t.payments() {
			parts = append(parts, part("payment.line", "name", m.Name, "info", m.Info))
			buttons = append(buttons, button("button.text", "pay:"+m.ID, "text", m.Name))
		}
		return parts, buttons
	case "postal_code":
		if t.Address.City != "" {
			return []Part{part("ask.postal_code.only")}, nil
		}
	case "product":
		if p.For == "about" {
			return []Part{part("ask.about")}, nil
		}
		return []Part{part("ask.product")}, t.shelfButtons()
	case "which_line":
		return []Part{part("cart.which")}, t.lineButtons()
	}
	return []Part{part("ask." + p.Slot)}, nil
}

// askAgain repeats the open question after something else was answered.
func (t *turn) askAgain() {
	if t.asked || t.Handoff.Stage != "" && len(t.effects) > 0 {
		return
	}
	if t.Pending == nil {
		if t.Buying && t.Summary == nil && t.Working == "" && len(t.Cart) > 0 {
			t.proceed()
		}
		return
	}
	switch t.Pending.For {
	case "find", "recommend", "about":
		t.Pending = nil
	case "buy":
		if t.Pending.Slot == "confirm" {
			if t.Summary == nil {
				t.proceed()
			}
			return
		}
		t.proceed()
	default:
		t.ask(*t.Pending)
	}
}

// repeat says the open question anew, because the customer asks for it.
func (t *turn) repeat() {
	switch {
	case t.Pending.For == "buy":
		t.proceed()
	case t.Pending.Slot != "product" && t.Pending.For == "find" && t.Query != nil:
		t.show(*t.Query, "found")
	default:
		t.ask(*t.Pending)
	}
}

// answer takes a message as the answer to the open question. It reports false
// when the message is something else.
func (t *turn) answer(text string, r intents.Reading) bool {
	p := t.Pending
	if p == nil || cueCancel.in(folded(text)) {
		return false
	}
	switch p.For {
	case "add":
		return t.answerOption(text, r)
	case "find", "recommend", "about":
		return t.answerNarrowing(text, r)
	case "remove":
		return t.answerLine(r)
	case "buy":
		return t.answerSlot(text, r)
	case "track":
		return t.answerTracking(text, r)
	}
	return false
}

// answerOption takes the size, colour … asked for.
func (t *turn) answerOption(text string, r intents.Reading) bool {
	p := t.Pending
	product := t.w.Shop.Product(p.Product)
	if product == nil {
		t.Pending = nil
		return false
	}
	value := t.namedValue(product, p.Slot, text, r)
	options := maps.Clone(p.Options)
	if options == nil {
		options = map[string]string{}
	}
	other := t.otherOptions(product, options, p.Slot, text, r)
	if value == "" && !other {
		leave := p.Tries >= 2 || t.names(Query(r))
		if leave {
			t.Pending = nil
		}
		if leave || digression(r) || cueNo.in(folded(text)) {
			return false
		}
		if n := quantity(r); r.First(intents.Quantity) != "" {
			again := *p
			again.Qty = n
			t.ask(again)
			return true
		}
		t.missed(part("bad.option"))
		return true
	}
	if value != "" {
		options[p.Slot] = value
	}
	qty := p.Qty
	if n := quantity(r); n > 1 {
		qty = n
	}
	t.Pending = nil
	t.choose(product, options, qty)
	return true
}

// otherOptions takes what a message tells of options that were not asked yet.
func (t *turn) otherOptions(p *catalog.Product, options map[string]string, asked, text string, r intents.Reading) bool {
	found := false
	for _, name := range p.OptionNames() {
		if value := t.namedValue(p, name, text, r); name != asked && value != "" {
			options[name], found = value, true
		}
	}
	return found
}

// namedValue finds the value of an option that a text names.
func (t *turn) namedValue(p *catalog.Product, option, text string, r intents.Reading) string {
	values := p.Values(option)
	if said := r.First(option); said != "" {
		for _, v := range values {
			if strings.EqualFold(v, said) {
				return v
			}
		}
		if option == "color" {
			for _, v := range values {
				if sameColor(v, said) {
					return v
				}
			}
		}
		return said
	}
	words := " " + strings.Join(folded(text), " ") + " "
	for _, v := range values {
		for _, name := range []string{v, t.w.Shop.Translate(option, v, t.Lang)} {
			if strings.Contains(words, " "+strings.Join(folded(name), " ")+" ") {
				return v
			}
		}
	}
	return ""
}

// answerNarrowing takes a filter for the last search; anything else is not an
// answer to it.
func (t *turn) answerNarrowing(text string, r intents.Reading) bool {
	q := Query(r)
	if q.Text == "" && q.Product == "" && constrained(q) && t.Query != nil {
		t.Pending = nil
		t.show(t.narrowed(q), "found")
		return true
	}
	if t.Pending.Slot == "product" && q.Text != "" && !digression(r) {
		t.Pending = nil
		t.show(q, "found")
		return true
	}
	return false
}

// answerLine takes the line of the cart to remove.
func (t *turn) answerLine(r intents.Reading) bool {
	lines := t.linesNamed(r)
	if len(lines) != 1 {
		return false
	}
	t.Pending = nil
	t.setQty(lines[0], 0)
	return true
}

// answerSlot takes what the checkout asked.
func (t *turn) answerSlot(text string, r intents.Reading) bool {
	at := slices.IndexFunc(slots, func(s slot) bool { return s.name == t.Pending.Slot })
	if at < 0 {
		return false
	}
	if strings.HasSuffix(text, "?") && digression(r) || cueNo.in(folded(text)) || cueRemove.in(folded(text)) {
		return false
	}
	if slots[at].fill(t, text, r) {
		t.resume()
		return true
	}
	if digression(r) || t.moved(slots[at]) {
		return false
	}
	t.missed(part("bad." + t.Pending.Slot))
	return true
}

// moved reports that the slot was filled by the way, from an entity.
func (t *turn) moved(s slot) bool { return !s.need(t) }

// missed says that an answer was not understood, and asks once more; after
// three tries a person is offered.
func (t *turn) missed(p Part) {
	again := *t.Pending
	again.Tries++
	parts, buttons := t.question(again)
	t.Pending = &again
	t.asked = true
	if again.Tries >= 3 {
		buttons = append(buttons, button("button.human", "human"))
	}
	t.say(p, parts, buttons)
}

// digression reports whether a message clearly is about something of its own.
func digression(r intents.Reading) bool {
	return len(r.Acted) > 0 && r.Acted[0] != intents.OutOfScope && len(r.Intents) > 0 && r.Intents[0].P >= 0.5 && len(strings.Fields(r.Text)) > 1 ||
		r.Has(intents.HumanAgent)
}

var postcode = regexp.MustCompile(`(?:^|[\s,])(?:FI-?)?(\d{5})(?:$|[\s,.])`)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// isStreet: letters, then a number somewhere, or a PO box; at most 100 characters.
func isStreet(text string) bool {
	return len([]rune(text)) <= 100 && strings.ContainsFunc(text, unicode.IsDigit) && strings.ContainsFunc(text, unicode.IsLetter) && !strings.Contains(text, "?")
}

// isCity: letters, hyphens and spaces, at most 40 characters and three words.
func isCity(text string) bool {
	words := folded(text)
	return text != "" && len([]rune(text)) <= 40 && len(strings.Fields(text)) <= 3 && !cueQuestion.in(words) &&
		!slices.ContainsFunc(words, filler.has) && !kindCue[catalog.Home].in(words) &&
		!strings.ContainsFunc(text, func(r rune) bool { return !isLetter(r) && r != ' ' && r != '-' })
}

func titleCase(text string) string {
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		r := []rune(w)
		r[0] = unicode.ToUpper(r[0])
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}

func cutLast(text, sep string) (head, tail string, ok bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}
