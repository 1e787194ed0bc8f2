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
	return m.has(cueOthers) && t.Query != nil && len(t.Shown) > 0 && (t.open() == nil || t.kind().passing || t.choosing())
}

// others shows what else the last search found; when that was all, it asks what
// should be otherwise.
func (t *turn) others() {
	t.end(Add, Find)
	if t.Query != nil {
		var others []catalog.Hit
		for _, h := range t.look(*t.Query).Hits {
			if !slices.Contains(t.Shown, h.Product.ID) && len(others) < t.served().Cards {
				others = append(others, h)
			}
		}
		if len(others) > 0 {
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
