package dialogue

import (
	"slices"
	"strings"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
)

// visit is how long somebody must have been silent to have come anew: what is
// known of them may have changed meanwhile in another conversation.
const visit = 30 * time.Minute

// Arrives reports whether an input is a customer's first in this conversation or
// of a new visit: what is known of them beyond it is looked up then, and told by
// [Recognised].
func (s State) Arrives(in Input, now time.Time) bool {
	return fromCustomer(in) && (s.Heard.IsZero() || now.Sub(s.Heard) >= visit)
}

// recognise takes what is known of the customer beyond this conversation. What
// they told here stands.
func (t *turn) recognise(in Recognised) {
	had := t.allows(Service) || t.allows(Personal)
	t.Consents, t.Worded = nil, nil
	for _, c := range in.Consents {
		if t.Consents == nil {
			t.Consents, t.Worded = map[string]string{}, map[string]int{}
		}
		t.Consents[c.Purpose], t.Worded[c.Purpose] = c.Answer, c.Version
	}
	if !t.allows(Service) && !t.allows(Personal) {
		if had { // withdrawn in another conversation
			t.Profile = persona.Profile{}
		}
		return
	}
	t.Profile = in.Profile
	t.Unadvised = t.Unadvised || in.Profile.Unadvised.Value != ""
	if t.Persona.Leans == nil && !t.Untracked {
		t.Persona = in.Profile.Belief
	}
	t.Profile.Belief = persona.Belief{Used: t.Profile.Belief.Used}
	if t.Contact == (catalog.Contact{}) && t.Address == (catalog.Address{}) {
		t.Contact, t.Address = in.Profile.Contact, in.Profile.Address
	}
	if lang := in.Profile.Lang.Value; !t.Greeted && slices.Contains(t.w.Shop.Languages, lang) {
		t.Lang = lang
	}
}

// learnOrder takes what a sold order tells of who ordered, and asks whether to
// remember it.
func (t *turn) learnOrder(o catalog.Order) {
	t.learnt = true
	gift := slices.ContainsFunc(o.Lines, func(l catalog.OrderLine) bool { return t.w.Shop.IsWrapping(l.SKU) })
	if !gift {
		t.Profile = t.Profile.Ordered(o, func(product string) string {
			if p := t.w.Shop.Product(product); p != nil {
				return p.Category
			}
			return ""
		})
	}
	reach := persona.Fact{Since: o.Placed, Why: o.Number}
	t.Profile.Contact, t.Profile.Reach = o.Contact, reach
	if o.Address != (catalog.Address{}) {
		t.Profile.Address = o.Address
	}
	t.learnLang()
	t.askConsent(Service)
	if t.outworded(Reminders) || slices.ContainsFunc(o.Lines, func(l catalog.OrderLine) bool { return t.lasts(l.Product) > 0 }) {
		t.askConsent(Reminders)
	}
}

// learnLang takes the language that the conversation goes on in.
func (t *turn) learnLang() {
	if t.Profile.Lang.Value != t.Lang {
		t.learnt = true
		t.Profile.Lang = persona.Fact{Value: t.Lang, Since: t.w.Now, Why: persona.Read}
	}
}

// lastSize is the size that the customer took last of goods like a product, ""
// when another option is asked or it is not among the values.
func (t *turn) lastSize(p *catalog.Product, option string, values []string) string {
	if option != "size" {
		return ""
	}
	size := t.Profile.Sizes[p.Category].Value
	if i := slices.IndexFunc(values, func(v string) bool { return strings.EqualFold(v, size) }); i >= 0 && size != "" {
		return values[i]
	}
	return ""
}
