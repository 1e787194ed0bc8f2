package dialogue

import (
	"maps"
	"slices"

	"tiski/catalog"
	"tiski/intents"
)

// mayAskWarranty are the intents that a question about the warranty is taken for.
var mayAskWarranty = []string{
	intents.WarrantyComplaint, intents.ProductDetails, intents.ProductAvailability, intents.ProductSearch, intents.ReturnPolicy, intents.OutOfScope,
}

// warranty tells how long goods have a warranty, as far as their facts or the shop's
// terms say; else that they do not, and what the seller answers for by law. It reports
// whether the message asked that.
func (t *turn) warranty(intent string, m *said) bool {
	asked := m.asks || m.has(cueAsking) || len(m.words) == 1 || t.open() != nil
	if !m.has(cueWarranty) || !asked || m.has(cueFaulty) || m.has(cueComplaint) || m.First(intents.OrderNo) != "" || !slices.Contains(mayAskWarranty, intent) {
		return false
	}
	var parts []Part
	p, terms := t.target(m), part("text", "text", t.w.Shop.Returns.Warranty)
	if p != nil {
		parts = t.warrantyOf(p)
	}
	switch {
	case len(parts) > 0:
		parts = append(parts, part("warranty.law"))
	case anyCue(folded(t.w.Shop.Returns.Warranty.In(t.Lang)), cueWarranty):
		parts = []Part{terms}
	case p != nil:
		parts = []Part{part("warranty.unknown.of", "title", p.Name), part("warranty.law")}
	case t.open() != nil:
		parts = []Part{part("warranty.unknown"), part("warranty.law")}
	default:
		parts = []Part{part("warranty.unknown"), part("warranty.law"), terms}
	}
	if p != nil {
		t.Focus = p.ID
	}
	t.say(parts, button("button.complain", "open:"+Complain), button("button.human", "human"))
	return true
}

// warrantyOf is what the shop's files tell of a product's own warranty.
func (t *turn) warrantyOf(p *catalog.Product) []Part {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(p.Facts)), func(name string) bool { return !anyCue(folded(name), cueWarranty) })
	if len(names) > 0 {
		return t.factsOf([]*catalog.Product{p}, names)
	}
	for _, feature := range p.Features {
		if t.Lang == "fi" && anyCue(folded(feature), cueWarranty) { // features are written in Finnish
			return []Part{part("details.feature", "title", p.Name, "feature", feature)}
		}
	}
	if anyCue(folded(p.Description.In(t.Lang)), cueWarranty) {
		return []Part{part("details.description", "description", p.Description)}
	}
	return nil
}
