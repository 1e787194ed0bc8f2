package dialogue

import (
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// rejects reports that a message wants none of what was shown.
func (t *turn) rejects(m *said) bool {
	return len(m.words) <= fewWords && !m.asks && slices.ContainsFunc(m.Entities, func(e intents.Entity) bool {
		return e.Kind == intents.Ref && e.Value == intents.RefNone
	})
}

// wantsOthers reports that a message asks for others than what was shown, and nothing
// else is being asked.
func (t *turn) wantsOthers(m *said) bool {
	return t.Query != nil && len(t.Shown) > 0 && m.asksOthers() && (t.open() == nil || t.kind().passing || t.choosing())
}

// dismissing are the words by which a message says what is not wanted, before it asks for others.
var dismissing = newFiller("ei en eikä kiitos kiitti tykkää tykkään toi tuo tää tämä se noi nuo nää nämä ne noista näistä niistä tosta " +
	"nej inte tack gillar jag den det de där här dehär dedär no not thanks thank you dont like that this those these them one ones i")

// asksOthers reports whether a message asks for others, perhaps after it has said what is not
// wanted: "ei toi, joku muu".
func (m *said) asksOthers() bool {
	if m.has(cueOthers) || !m.has(cueNegation) {
		return m.has(cueOthers)
	}
	words := bare(m.words)
	for len(words) > 1 && dismissing.has(words[0]) {
		words = words[1:]
	}
	return cueWords.of(words).has(cueOthers)
}

// others shows what else the last search found; when that was all, it asks what
// should be otherwise.
func (t *turn) others() {
	t.end(Add, Find)
	if t.Query != nil {
		others := t.besidesShown(t.ranked(t.look(*t.Query).Hits, *t.Query))
		if others = others[:min(len(others), t.served().Cards)]; len(others) > 0 {
			t.Shown, t.Focus = nil, ""
			for _, h := range others {
				t.Shown = append(t.Shown, h.Product.ID)
			}
			t.say(part("others"), t.cards(others, *t.Query))
			return
		}
	}
	var buttons []Button
	if p := t.w.Shop.Product(t.Shown[0]); p != nil {
		buttons = append(buttons, button("button.similar", "shelf:"+p.Category))
	}
	t.say(part("others.none"), buttons, button("button.human", "human"))
}

// besidesShown are the hits after those shown last, where these stand together among them as
// one page after another does; else all that are not shown.
func (t *turn) besidesShown(hits []catalog.Hit) []catalog.Hit {
	at := slices.IndexFunc(hits, func(h catalog.Hit) bool { return slices.Contains(t.Shown, h.Product.ID) })
	if end := at + len(t.Shown); at >= 0 && end <= len(hits) &&
		!slices.ContainsFunc(hits[at:end], func(h catalog.Hit) bool { return !slices.Contains(t.Shown, h.Product.ID) }) {
		return hits[end:]
	}
	return slices.DeleteFunc(slices.Clone(hits), func(h catalog.Hit) bool { return slices.Contains(t.Shown, h.Product.ID) })
}
