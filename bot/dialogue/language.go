package dialogue

import (
	"slices"

	"tiski/catalog"
)

// languageCues are the cues of the languages that customers may ask for.
var languageCues = map[string]cue{"fi": cueFinnish, "sv": cueSwedish, "en": cueEnglish}

// speaksIn goes on in the language that a message asks for, when it asks for nothing else: "vaihdetaan
// suomeks", "in English please". It reports false where the shop does not serve in it.
func (t *turn) speaksIn(m *said) bool {
	asked := ""
	for _, lang := range t.w.Shop.Languages {
		switch {
		case !m.has(languageCues[lang]):
		case asked != "":
			return false
		default:
			asked = lang
		}
	}
	if asked == "" || len(m.words) > fewWords || !m.onlyCues(cueSpeak, languageCues[asked]) ||
		!m.has(cueSpeak) && (m.asks || m.has(cueThis) || m.has(cueAdd) || t.comesInLanguages()) {
		return false
	}
	t.Lang = asked
	if len(t.Shown) > 0 && len(t.Cart) == 0 {
		t.say(part("speaks"))
	} else {
		t.say(part("speaks"), t.nextButtons())
	}
	return true
}

// comesInLanguages reports whether goods talked about come in several languages, one of which is meant.
func (t *turn) comesInLanguages() bool {
	goods := t.shownProducts()
	if k := t.top(); k != nil {
		goods = append(goods, t.w.Shop.Product(k.Product))
	}
	return slices.ContainsFunc(append(goods, t.talkedOf()), func(p *catalog.Product) bool { return p != nil && len(p.Values("language")) > 0 })
}
