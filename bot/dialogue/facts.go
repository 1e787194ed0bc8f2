package dialogue

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// Limits of what is shown of a profile at once.
const (
	shownSizes = 6
	shownLikes = 4
	maxCalled  = 30 // characters of the name that a customer wishes to be called by
)

// facts word the profile, each with since when and why.
func (t *turn) facts() []Part {
	var parts []Part
	p := t.Profile
	if p.Name.Value != "" {
		parts = append(parts, part("fact.name.told", "name", p.Name.Value, "date", p.Name.Since))
	}
	if p.Formal.Value != "" {
		parts = append(parts, part("fact.formal.told", "date", p.Formal.Since))
	}
	for _, category := range t.sized() {
		f := p.Sizes[category]
		name, size := t.shelfName(category), OptionValue{"size", f.Value}
		if f.Why == persona.Told {
			parts = append(parts, part("fact.size.told", "category", name, "size", size, "date", f.Since))
		} else {
			parts = append(parts, part("fact.size.order", "category", name, "size", size, "order", f.Why))
		}
	}
	if liked := t.liked(); len(liked) > 0 {
		var names Words
		for _, category := range liked {
			names = append(names, t.shelfName(category).In(t.Lang))
		}
		parts = append(parts, part("fact.likes", "categories", names))
	}
	if p.Unadvised.Value != "" {
		parts = append(parts, part("fact.unadvised.told", "date", p.Unadvised.Since))
	}
	return parts
}

// sized are the categories of which a size is known and that the shop has.
func (t *turn) sized() []string {
	all := slices.DeleteFunc(slices.Sorted(maps.Keys(t.Profile.Sizes)), func(id string) bool { return t.w.Shop.Category(id) == nil })
	return all[:min(shownSizes, len(all))]
}

func (t *turn) liked() []string {
	return slices.DeleteFunc(t.Profile.Favourites(shownLikes), func(id string) bool { return t.w.Shop.Category(id) == nil })
}

func (t *turn) shelfName(category string) catalog.Text {
	if c := t.w.Shop.Category(category); c != nil {
		return c.Name
	}
	return nil
}

// showFacts offers to correct or remove each thing known.
func (t *turn) showFacts() {
	buttons := t.corrections()
	if len(buttons) == 0 {
		t.say(part("facts.none"), t.nextButtons())
		return
	}
	t.say(part("facts.which"), buttons)
}

// corrections are the buttons to correct or remove what is known.
func (t *turn) corrections() (buttons []Button) {
	for _, category := range t.sized() {
		buttons = append(buttons,
			button("button.amend.size", "amend:"+category, "category", t.shelfName(category)),
			button("button.forget.size", "forget:size:"+category, "category", t.shelfName(category)))
	}
	for _, category := range t.liked() {
		buttons = append(buttons, button("button.forget.like", "forget:like:"+category, "category", t.shelfName(category)))
	}
	if t.Profile.Name.Value != "" {
		buttons = append(buttons, button("button.forget.name", "forget:name"))
	}
	if t.Profile.Formal.Value != "" {
		buttons = append(buttons, button("button.forget.formal", "forget:formal"))
	}
	if t.Profile.Unadvised.Value != "" {
		buttons = append(buttons, button("button.forget.unadvised", "forget:unadvised"))
	}
	if len(t.Wishes) > 0 {
		buttons = append(buttons, button("button.forget.wishes", "forget:wishes"))
	}
	if t.Contact != (catalog.Contact{}) || t.Address != (catalog.Address{}) {
		buttons = append(buttons, button("button.forget.contact", "forget:contact"))
	}
	if t.Persona.Persona() != persona.Neutral {
		buttons = append(buttons, button("button.forget.guess", "forget:guess"))
	}
	return buttons
}

// forgetFact removes one thing known. It reports whether there is such a thing.
func (t *turn) forgetFact(what string) bool {
	kind, category, _ := strings.Cut(what, ":")
	switch kind {
	case "size":
		t.Profile = t.Profile.Resized(category, persona.Fact{})
	case "like":
		t.Profile = t.Profile.Unliked(category)
	case "name":
		t.Profile.Name = persona.Fact{}
	case "formal":
		t.Profile.Formal = persona.Fact{}
	case "contact":
		t.Profile.Contact, t.Profile.Address, t.Profile.Reach = catalog.Contact{}, catalog.Address{}, persona.Fact{}
		if t.Has(Buy) {
			t.end(Buy)
			t.forgetOrder()
		}
		t.Contact, t.Address, t.Name = catalog.Contact{}, catalog.Address{}, ""
	case "unadvised":
		t.adviseAgain()
	case "wishes":
		t.dropWishes()
	case "guess":
		t.Persona = persona.Belief{}
	default:
		return false
	}
	t.learnt = true
	t.say(part("fact.forgotten."+kind), t.nextButtons())
	return true
}

// amending takes another size of goods of a category.
var amending = task{
	kind:    Amend,
	slots:   []slot{{name: "own_size", take: (*turn).takeOwnSize}},
	finish:  func(t *turn) { t.end(Amend) },
	passing: true,
}

// resizing asks for the right size in a category.
func (t *turn) resizing(category string) bool {
	if t.Profile.Sizes[category].Value == "" || t.w.Shop.Category(category) == nil {
		return false
	}
	t.start(Task{Kind: Amend, Values: map[string]string{"category": category}})
	return true
}

func (t *turn) takeOwnSize(m *said) answer {
	size := m.ownSize()
	if size == "" || m.asks {
		return notMine
	}
	category := t.top().Values["category"]
	t.end(Amend)
	t.resize(category, size)
	return finished
}

// ownSize is the size that a message tells, also as a bare number; "" for none.
func (m *said) ownSize() string {
	size := m.First(intents.Size)
	if i := slices.IndexFunc(m.words, isNumber); size == "" && i >= 0 {
		size = m.words[i]
	}
	if len(size) > maxNote {
		return ""
	}
	return size
}

// resize takes the size that a customer tells of a category.
func (t *turn) resize(category, size string) {
	t.Profile = t.Profile.Resized(category, persona.Fact{Value: size, Since: t.w.Now, Why: persona.Told})
	t.learnt = true
	t.say(part("fact.size.taken", "category", t.shelfName(category), "size", OptionValue{"size", size}), t.nextButtons())
}

// ownSize answers, corrects or removes what is known of the customer's size. It
// reports whether the message was about that.
func (t *turn) ownSize(m *said) bool {
	all := t.sized()
	if !m.has(cueMySize) || len(all) == 0 || t.choosing() {
		return false
	}
	size := m.ownSize()
	switch {
	case m.has(cueDelete):
		for _, category := range all {
			t.Profile = t.Profile.Resized(category, persona.Fact{})
		}
		t.learnt = true
		t.say(part("fact.forgotten.size"), t.nextButtons())
	case size != "" && !m.asks && len(all) == 1:
		t.resize(all[0], size)
	case m.asks && size == "":
		t.say(t.facts(), button("button.facts", "facts"))
	default:
		return false
	}
	return true
}

// addressed takes how the customer wishes to be called and addressed. It reports
// whether the message was about that.
func (t *turn) addressed(m *said) bool {
	switch {
	case m.has(cueCallMe):
		name := calledSo(m.Text)
		if name == "" {
			t.say(part("call.how"))
			return true
		}
		t.Profile.Name = persona.Fact{Value: name, Since: t.w.Now, Why: persona.Told}
		t.say(part("call.taken", "name", name), t.nextButtons())
	case m.has(cuePolite) && !m.has(cueNegation):
		t.Profile.Formal = persona.Fact{Value: "te", Since: t.w.Now, Why: persona.Told}
		t.say(part("formal.taken"), t.nextButtons())
	case m.has(cueFamiliar), m.has(cuePolite):
		t.Profile.Formal = persona.Fact{}
		t.say(part("informal.taken"), t.nextButtons())
	default:
		return false
	}
	t.learnt = true
	return true
}

// calledSo is the name at the end of "kutsu minua nimellä Mikko": one or two
// words of letters; "" when there is none.
func calledSo(text string) string {
	fields := strings.Fields(strings.TrimRight(text, " .!?"))
	for i, f := range fields {
		if w := strings.Join(folded(f), ""); w != "nimella" && w != "mig" && w != "me" {
			continue
		}
		name := strings.Join(fields[i+1:], " ")
		letters := strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' && r != '-' }) < 0
		if !letters || name == "" || len(fields)-i > 3 || utf8.RuneCountInString(name) > maxCalled {
			return ""
		}
		first, size := utf8.DecodeRuneInString(name)
		return string(unicode.ToUpper(first)) + name[size:]
	}
	return ""
}

// tellReasons says what the guess about the customer comes from.
func (t *turn) tellReasons() {
	id := t.Persona.Persona()
	if id == persona.Neutral {
		t.say(part("guess.none"), t.nextButtons())
		return
	}
	parts := []Part{part("guess.because", "name", t.served().Told())}
	for _, reason := range t.Persona.Why() {
		p := part("guess." + string(reason.Kind))
		switch category := t.shelfName(reason.Name); reason.Kind {
		case persona.Word, persona.Phrase:
			p = part("guess.word", "word", strings.TrimSuffix(reason.Name, "*"))
		case persona.Statement:
			p = part("guess.statement", "word", strings.TrimSuffix(reason.Name, "*"))
		case persona.Shelf:
			if category == nil {
				continue
			}
			p = part("guess.shelf", "category", category)
		}
		if !slices.ContainsFunc(parts, func(q Part) bool { return q.Key == p.Key && q.With.Get("word") == p.With.Get("word") }) {
			parts = append(parts, p)
		}
	}
	t.say(append(parts, part("guess.effect")), button("button.forget.guess", "forget:guess"), button("button.untrack", "untrack"))
}
