package dialogue

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"tiski/catalog"
	"tiski/intents"
)

// adding puts a product into the cart: its size, its colour and whatever else
// it comes in must be known.
var adding = task{
	kind: Add,
	slots: []slot{
		{name: "option", as: (*turn).openOption, value: (*turn).chosen, ask: (*turn).askOption, again: (*turn).remindOption, take: (*turn).takeOption},
		{name: intents.Quantity, when: never, notice: (*turn).noticeQuantity},
	},
	check:  (*turn).checkChoice,
	finish: (*turn).addChosen,
	yields: (*turn).namesOther,
	leads:  []string{Track},
}

// never is for slots that are not asked, only taken when they are told.
func never(*turn) bool { return false }

// choose puts a product into the cart, asking for the options that are open.
func (t *turn) choose(p *catalog.Product, options map[string]string, qty int) {
	t.Focus, t.chose = p.ID, true
	t.guessChoice(p)
	if t.sold(p) {
		t.say(part("sold_out", "title", p.Name), button("button.similar", "shelf:"+p.Category))
		return
	}
	k := Task{Kind: Add, Product: p.ID, Qty: qty}
	for _, name := range p.OptionNames() {
		value := options[name]
		if value == "" && t.choosing() && t.top().Product == p.ID {
			value = t.top().Values[name]
		}
		k.note(name, value)
	}
	t.start(k)
}

// choosing reports whether an option of a product is being asked.
func (t *turn) choosing() bool {
	k := t.top()
	return k != nil && k.Kind == Add && t.open() != nil
}

// chooseFirst lets the checkout begin as soon as what is being chosen is clear.
func (t *turn) chooseFirst() {
	k := t.top().clone()
	if !t.Has(Buy) {
		t.begin(Task{Kind: Buy})
		t.begin(k)
	}
	t.lead(part("choose_first"))
	t.remind(t.open())
}

// checkChoice ends the choosing when the product is gone, and says when it is
// not to be had as it was chosen: the last option that can be chosen otherwise is asked anew.
func (t *turn) checkChoice() bool {
	k := t.top()
	p := t.w.Shop.Product(k.Product)
	switch k := k.clone(); {
	case p == nil:
		t.end(Add)
		t.say(part("order.gone"), t.nextButtons())
		t.chooseAll(k.Next)
		return false
	case t.sold(p):
		t.end(Add)
		t.say(part("sold_out", "title", p.Name), button("button.similar", "shelf:"+p.Category))
		t.chooseAll(k.Next)
		return false
	}
	names := p.OptionNames()
	if !slices.ContainsFunc(names, func(name string) bool { return len(t.left(p, k.Values, name)) == 0 }) {
		return true
	}
	lacking, values := t.lacking(p, k.Values), k.Values
	k.Values = nil
	for _, name := range slices.Backward(names) {
		without := maps.Clone(values)
		delete(without, name)
		if len(t.left(p, without, name)) > 0 {
			k.Values = without
			break
		}
	}
	if t.openOption() == "" { // the only other one is not taken unasked
		next := k.Next
		t.end(Add)
		t.say(lacking, t.productButtons(p))
		t.chooseAll(next)
		return false
	}
	t.lead(lacking...)
	return true
}

// openOption is the first option that leaves a choice, "" when none does.
func (t *turn) openOption() string {
	k := t.top()
	p := t.w.Shop.Product(k.Product)
	if p == nil {
		return ""
	}
	chosen := maps.Clone(k.Values)
	if chosen == nil {
		chosen = map[string]string{}
	}
	for _, name := range p.OptionNames() {
		left := t.left(p, chosen, name)
		if len(left) > 1 || chosen[name] == "" && len(offered(p, chosen, name)) > 1 {
			return name
		}
		if len(left) == 1 {
			chosen[name] = left[0]
		}
	}
	return ""
}

func (t *turn) chosen() string {
	if t.openOption() == "" {
		return t.top().Product
	}
	return ""
}

func (t *turn) askOption() ([]Part, []Button) { return t.optionQuestion("ask.option") }

func (t *turn) remindOption() ([]Part, []Button) { return t.optionQuestion("again.option") }

func (t *turn) optionQuestion(key string) ([]Part, []Button) {
	k, name := t.top(), t.openOption()
	p := t.w.Shop.Product(k.Product)
	values := t.left(p, k.Values, name)
	if name == "size" {
		sortValues(values)
	}
	if name == "size" || name == "color" {
		key += "." + name
	}
	parts := []Part{part(key, "title", p.Name)}
	if last := t.lastSize(p, name, values); last != "" {
		values = append([]string{last}, slices.DeleteFunc(values, func(v string) bool { return v == last })...)
		parts = append(parts, part("size.last", "size", OptionValue{name, last}))
	}
	var buttons []Button
	for _, v := range values {
		if tap := "opt:" + p.ID + ":" + name + ":" + v; len(tap) <= 64 && len(buttons) < 20 {
			buttons = append(buttons, button("button.value", tap, "value", OptionValue{name, v}))
		}
	}
	return parts, buttons
}

// takeOption takes every option that a message names, the one asked first.
func (t *turn) takeOption(m *said) answer {
	k := t.top()
	p := t.w.Shop.Product(k.Product)
	if p == nil {
		return notMine
	}
	all := t.inParts(p, m)
	if lines := linesOf(m); len(lines) > 1 && comesInAll(p, lines) {
		all = t.inLines(p, lines, m) // "yks sininen ja yks vihree"
	}
	if len(all) > 1 && len(all) <= maxGoods-len(k.Next) {
		for name, value := range all[0].Options {
			k.note(name, value)
		}
		k.Qty, k.Next = all[0].Qty, slices.Concat(all[1:], k.Next)
		return taken
	}
	named := t.namedOptions(p, m)
	if m.has(cueAdd) {
		q := m.sought()
		q.Text = wordsBut(q.Text, func(w string) bool { return isValue(p, w) })
		if t.namesBeyond(q, p.ID) {
			return notMine // "villasukat koriin", while the size of a coat is asked
		}
	}
	if open := t.openOption(); len(named) == 0 && (m.has(cueYes) || m.has(cueSame)) && !m.has(cueNegation) {
		if last := t.lastSize(p, open, t.left(p, k.Values, open)); last != "" {
			named[open] = last
		}
	}
	if len(named) == 0 && m.anyDoes() {
		return t.pickOption(m)
	}
	for name, value := range named {
		k.note(name, value)
	}
	t.takesAll(m)
	if why := between(p, m); why != nil && len(named) == 0 {
		return refused(why[0])
	}
	if t.keeps(m) && len(named) == 0 {
		return finished
	}
	return took(len(named) > 0)
}

// inParts are the product being chosen in each of the values that a message counts: "kaks
// isoo ja kaks pientä". nil when a part of it counts or names none.
func (t *turn) inParts(p *catalog.Product, m *said) []Goods {
	var goods []Goods
	for _, part := range m.listed() {
		options, named := maps.Clone(t.top().Values), t.namedOptions(p, part)
		if part.First(intents.Quantity) == "" || len(named) == 0 {
			return nil
		}
		if options == nil {
			options = map[string]string{}
		}
		maps.Copy(options, named)
		goods = append(goods, Goods{Product: p.ID, Options: options, Qty: quantity(part)})
	}
	return goods
}

// isValue reports whether a word belongs to a value of a product's options.
func isValue(p *catalog.Product, word string) bool {
	for _, option := range p.OptionNames() {
		for _, value := range p.Values(option) {
			if slices.Contains(folded(value), strings.Join(folded(word), "")) {
				return true
			}
		}
	}
	return false
}

// namedOptions are the options of a product that a message names.
func (t *turn) namedOptions(p *catalog.Product, m *said) map[string]string {
	named := map[string]string{}
	for _, name := range p.OptionNames() {
		if value := t.namedValue(p, name, m); value != "" && len(value) <= maxNote {
			named[name] = value
		}
	}
	return named
}

// optionsNamed are options in the order in which the product has them.
func optionsNamed(p *catalog.Product, options map[string]string) OptionValues {
	values := OptionValues{}
	for _, name := range p.OptionNames() {
		if options[name] != "" {
			values = append(values, OptionValue{name, options[name]})
		}
	}
	return values
}

func (t *turn) noticeQuantity(m *said) bool {
	k := t.top()
	p := t.w.Shop.Product(k.Product)
	if value := m.corrected(); k.Qty > 1 && m.has(cueSlip) && m.First(intents.Size) == "" && len(value.words) == 1 && value.number() > 0 && !isValue(p, value.words[0]) {
		k.Qty = atMost(value.number()) // "eiku 3", of 5 told before
		return true
	}
	if n := m.number(); m.First(intents.Quantity) == "" && m.has(cueAdd) && n > MaxQty && !numbered(p) { // "otan 200"
		k.Qty = atMost(n)
		return true
	}
	if m.First(intents.Quantity) == "" || quantity(m) == k.Qty || t.isOfOthers(m.sought(), k.Product) {
		return false
	}
	n := piecesBesides(m, k.Values)
	changed := n == quantity(m)
	if changed {
		k.Qty = n
	}
	return changed
}

// piecesBesides is how many pieces a message wants. A number that belongs to an
// option is none: "kahden hengen".
func piecesBesides(m *said, options map[string]string) int {
	for _, value := range options {
		if strings.HasPrefix(value, m.First(intents.Quantity)+" ") {
			return 1
		}
	}
	return quantity(m)
}

// namedValue finds the value of an option that a message names.
func (t *turn) namedValue(p *catalog.Product, option string, m *said) string {
	values := p.Values(option)
	if size := m.sought().Size; option == "size" {
		if _, _, ok := span(size); ok {
			return spanning(values, size)
		}
	}
	if said := m.First(option); said != "" {
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
	}
	for _, v := range values {
		if option != "color" && slices.ContainsFunc(m.Entities, func(e intents.Entity) bool { return e.Kind == intents.Size && strings.EqualFold(e.Value, v) }) {
			return v // "50 litraisen" of an amount of 50 l
		}
	}
	words := " " + strings.Join(folded(inDigits(m)), " ") + " "
	for _, v := range values {
		for _, name := range []string{v, t.w.Shop.Translate(option, v, t.Lang)} {
			if strings.Contains(words, " "+strings.Join(folded(name), " ")+" ") {
				return v
			}
		}
	}
	if option != "color" { // colours are read already
		if v := inflectedValue(values, m.words); v != "" {
			return v
		}
	}
	asked := t.choosing() && t.top().Product == p.ID && (t.openOption() == option || m.First(intents.Quantity) == "") && len(m.words) <= 2
	for _, v := range values {
		n, _, measured := strings.Cut(v, " ") // "185" is "185 cm"
		if measured && (m.First(option) == n || asked && strings.Contains(words, " "+n+" ")) {
			return v
		}
	}
	if said := m.First(option); said != "" || m.asks {
		return said
	}
	return sizedValue(t.inStock(p, option), m)
}

// longestEnding is how many letters a form of a word has at most beyond its stem.
const longestEnding = 4

// inflectedValue is the only value of which a form is said: "ison" is "iso",
// "kovakantisena" is "kovakantinen". "" when there is none or there are several.
func inflectedValue(values, words []string) string {
	only := ""
	for _, v := range values {
		own := folded(v)
		if len(own) == 0 || len(own[0]) < 3 || strings.ContainsFunc(own[0], unicode.IsDigit) {
			continue
		}
		stem, longest := own[0][:max(3, len(own[0])-1)], longestEnding
		if short, found := strings.CutSuffix(own[0], "nen"); found && len(short) >= 3 {
			stem, longest = short, longestEnding+len("se")
		}
		switch {
		case !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, stem) && len(w) <= len(stem)+longest }):
		case only != "":
			return ""
		default:
			only = v
		}
	}
	return only
}

// inDigits is what was said with its numbers of pieces in digits: "kahden hengen"
// is "2 hengen".
func inDigits(m *said) string {
	text, at := "", 0
	for _, e := range m.Entities {
		if e.Kind == intents.Quantity && e.Start >= at {
			text += m.Text[at:e.Start] + e.Value
			at = e.End
		}
	}
	return text + m.Text[at:]
}

// namesOther reports that a message goes on to other goods; a few letters name none.
func (t *turn) namesOther(m *said) bool {
	q := m.sought()
	return len(q.Text) > 3 && t.names(q)
}

// addChosen puts the variant chosen into the cart.
func (t *turn) addChosen() {
	k := t.top().clone()
	t.end(Add)
	p := t.w.Shop.Product(k.Product)
	for i := range p.Variants {
		if v := &p.Variants[i]; fits(v, k.Values) && t.has(v) {
			t.add(v.SKU, max(1, k.Qty))
			break
		}
	}
	t.chooseAll(k.Next)
}

// left lists the values of an option that can still be bought, given the
// options chosen so far; a value asked for exactly is the only one.
func (t *turn) left(p *catalog.Product, options map[string]string, name string) []string {
	var values []string
	for i := range p.Variants {
		v := &p.Variants[i]
		value := v.Options[name]
		if !fits(v, options) || !t.has(v) || slices.Contains(values, value) {
			continue
		}
		if strings.EqualFold(value, options[name]) || name == "size" && options[name] != "" && sameSize(value, options[name]) {
			return []string{value}
		}
		values = append(values, value)
	}
	return values
}

// offered lists the values of an option that the shop has, sold out or not,
// given the options chosen so far.
func offered(p *catalog.Product, options map[string]string, name string) []string {
	var values []string
	for i := range p.Variants {
		if v := &p.Variants[i]; fits(v, options) && !slices.Contains(values, v.Options[name]) {
			values = append(values, v.Options[name])
		}
	}
	return values
}

// fits reports whether a variant has the options chosen; a plain colour fits
// its shades.
func fits(v *catalog.Variant, options map[string]string) bool {
	for name, want := range options {
		have := v.Options[name]
		if name == "color" && sameColor(have, want) || name == "size" && sameSize(have, want) {
			continue
		}
		if want != "" && !strings.EqualFold(have, want) {
			return false
		}
	}
	return true
}
