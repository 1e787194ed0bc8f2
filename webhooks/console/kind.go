package console

import (
	"encoding/base64"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
)

// kind is the persona that a customer is served by, as staff see it: what helps
// with such a customer, and why this one is taken for it.
type kind struct {
	ID, Name string
	Picture  template.URL // "" without one
	Day      string
	Values   string // what weighs in goods, the most first
	Goals    []string
	Worries  []string
	Next     string // what they are likely to want next
	Why      []string
}

// shownValues is how many of a persona's values are shown.
const shownValues = 3

// kind tells of a persona and of the evidence for it, the latest first.
func (c *Console) kind(w words, p persona.Persona, b persona.Belief) *kind {
	k := &kind{ID: p.ID, Name: p.Name, Day: p.Day, Goals: p.Goals, Worries: p.Worries}
	if p.Picture != "" {
		k.Picture = template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(p.Picture))) // an image runs no scripts
	}
	values := slices.SortedStableFunc(slices.Values(slices.Sorted(maps.Keys(p.Values))), func(one, other string) int {
		return int(100 * (p.Values[other] - p.Values[one]))
	})
	k.Values = w.all("value", values[:min(shownValues, len(values))])
	k.Next = w.all("action", p.Next)
	for _, r := range b.Why() {
		because := w.T("because." + string(r.Kind))
		if name := c.evidence(w, r); name != "" {
			because += ": " + name
		}
		if !slices.Contains(k.Why, because) {
			k.Why = append(k.Why, because)
		}
	}
	return k
}

// all are the words of a group for keys.
func (w words) all(group string, keys []string) string {
	var named []string
	for _, key := range keys {
		named = append(named, w.known(key, group))
	}
	return strings.Join(named, ", ")
}

// evidence names what a reason is about, "" when its kind tells all.
func (c *Console) evidence(w words, r persona.Reason) string {
	shop := c.Bot.Shelf().Shop
	name := strings.TrimSuffix(r.Name, "*")
	switch r.Kind {
	case persona.Shelf:
		if category := shop.Category(name); category != nil {
			return category.Name.In(w.Lang)
		}
	case persona.Chosen, persona.Bought, persona.Returned:
		if p := shop.Product(name); p != nil {
			return p.Name.In(w.Lang)
		}
	case persona.Answered:
		return w.known(name, "value")
	case persona.Asked:
		return w.Maybe("sign", name, "")
	}
	return name
}

// notLike takes a persona back that a member of staff sees does not fit.
func (c *Console) notLike(v *visit) error {
	turn, err := c.handle(v, "persona", dialogue.NotLike{Persona: v.FormValue("persona")})
	if err != nil {
		return err
	}
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	if !turn.Repeated {
		if err := c.Accounts.Audit(v.ctx(), v.who.Name, "persona", conversation); err != nil {
			return err
		}
	}
	return v.Redirect(http.StatusSeeOther, talkPath(conversation))
}
