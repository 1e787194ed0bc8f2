package dialogue

import (
	"slices"
	"strings"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// How a message is written.
const (
	fewSaid  = 4                // words of a brief one at most
	muchSaid = 16               // and of a long one at least
	quickly  = 10 * time.Second // in which a quick one follows what was said before
)

// guess learns from a message what kind of customer writes it.
func (t *turn) guess(m *said) {
	if m.has(cueWhyGuess) || m.has(cueAboutMe) || m.has(cueMyCopy) || m.erases() {
		return // who asks what is believed of them is not believed more for it
	}
	e := persona.Evidence{Words: m.words, Shelf: m.First(intents.Category), Gift: m.has(cueGift) && !m.Has(intents.GiftCard), Self: m.has(cueSelf)}
	if k := t.top(); k == nil || k.Kind != Buy { // names and addresses tell nothing of their kind
		e.Kinds = m.Kinds
	}
	var room [12]string
	e.Signs = t.signs(append(room[:0], m.Acted[:min(len(m.Acted), 3)]...), m)
	t.learn(e)
}

// learn takes evidence in, unless the customer wants no guesses.
func (t *turn) learn(e persona.Evidence) {
	if t.Untracked {
		return
	}
	e.At = t.w.Now
	e.Channel, _, _ = strings.Cut(t.w.Conversation, ":")
	t.Persona = persona.Learn(t.Persona, t.w.Personas, e)
	t.who = nil
}

// signCues are the signs that a message shows by a cue alone.
var signCues = []struct {
	cue  cue
	sign string
}{
	{cueCheap, persona.SignCheaper}, {cueDiscount, persona.SignDiscount}, {cueMaterial, persona.SignMaterial}, {cueCare, persona.SignCare},
	{cueSizes, persona.SignSizes}, {cueCompare, persona.SignCompare}, {cueSoon, persona.SignSoon}, {cuePopular, persona.SignPopular},
}

// signs adds what a message shows besides its intents.
func (t *turn) signs(to []string, m *said) []string {
	for _, s := range signCues {
		if m.has(s.cue) {
			to = append(to, s.sign)
		}
	}
	if m.has(cueWarranty) && len(t.Known) == 0 {
		to = append(to, persona.SignWarranty)
	}
	for _, e := range m.Entities {
		sign := ""
		switch {
		case e.Kind == intents.Date && t.near(e.Value):
			sign = persona.SignSoon
		case e.Kind == intents.PriceMax:
			sign = persona.SignLimit
		case e.Kind == intents.Material && !e.Negated:
			sign = persona.SignMaterial
		case e.Kind == intents.Size && strings.Contains(e.Value, ","):
			sign = persona.SignSizes
		case e.Kind == intents.Ref && (e.Value == intents.RefCheaper || e.Value == intents.RefCheapest):
			sign = persona.SignCheaper
		case e.Kind == intents.Ref && (e.Value == intents.RefDearer || e.Value == intents.RefDearest):
			sign = persona.SignDearer
		}
		if sign != "" && !slices.Contains(to, sign) {
			to = append(to, sign)
		}
	}
	if t.open() != nil { // answers are as short as their questions make them
		return to
	}
	switch n := len(m.words); {
	case n <= fewSaid && !m.Has(intents.Greeting) && !m.Has(intents.ThanksBye):
		to = append(to, persona.SignBrief)
	case n >= muchSaid:
		to = append(to, persona.SignLong)
	}
	if since := t.w.Now.Sub(t.Heard); since > 0 && since < quickly {
		to = append(to, persona.SignQuick)
	}
	return to
}

// soonIs is within how long a day is soon.
const soonIs = 5 * 24 * time.Hour

// near reports whether a day is soon: what was ordered on a past one is not wanted
// sooner for it.
func (t *turn) near(date string) bool {
	day, err := time.ParseInLocation(time.DateOnly, date, t.w.Now.Location())
	left := day.Sub(t.w.Now)
	return err == nil && left > -24*time.Hour && left < soonIs
}

// guessChoice learns from which of the products shown was taken.
func (t *turn) guessChoice(p *catalog.Product) {
	if len(t.Shown) > 1 && slices.Contains(t.Shown, p.ID) {
		t.learn(persona.Evidence{Chosen: p.ID, Among: t.Shown})
	}
}

// guessOrder learns from what was ordered, unless it is wrapped for somebody else.
func (t *turn) guessOrder(o catalog.Order) {
	var goods []string
	if slices.ContainsFunc(o.Lines, func(l catalog.OrderLine) bool { return t.w.Shop.IsWrapping(l.SKU) }) {
		t.learn(persona.Evidence{Self: true})
		return
	}
	for _, l := range o.Lines {
		goods = append(goods, l.Product)
	}
	t.learn(persona.Evidence{Bought: goods})
}

// guessReturn learns from what is sent back.
func (t *turn) guessReturn(c catalog.Case) {
	o := t.known(c.Order)
	if o == nil || c.Kind != catalog.Withdrawal && c.Kind != catalog.Return {
		return
	}
	var goods []string
	for _, l := range c.Lines {
		if l.Line >= 0 && l.Line < len(o.Lines) {
			goods = append(goods, o.Lines[l.Line].Product)
		}
	}
	t.learn(persona.Evidence{Returned: goods})
}
