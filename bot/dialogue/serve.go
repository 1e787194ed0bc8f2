package dialogue

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tiski/bot/persona"
	"tiski/catalog"
)

// served is the persona by which this customer is served now. It decides what
// is told first, how much, and in whose words; what is true stays the same.
func (t *turn) served() *persona.Persona {
	if t.who == nil {
		p := t.w.Personas.Get(t.Persona.Persona())
		t.who = &p
	}
	return t.who
}

// ranked lets the persona in use order hits that are nearly as good as each
// other, unless the customer says what comes first.
func (t *turn) ranked(hits []catalog.Hit, q catalog.Query) []catalog.Hit {
	if q.Order != "" {
		return hits
	}
	return t.w.Personas.Rank(t.Persona.Persona(), hits)
}

// nextBest are buttons for what this customer is likely to want next.
func (t *turn) nextBest() []Button {
	var buttons []Button
	for _, action := range t.served().Next {
		switch {
		case action == "compare" && len(t.Shown) > 1:
			buttons = append(buttons, button("button.compare", "compare"))
		case action == "cheaper" && len(t.Shown) > 1 && (t.Query == nil || t.Query.Order == ""):
			buttons = append(buttons, button("button.cheaper", "cheaper"))
		case action == "human":
			buttons = append(buttons, button("button.human", "human"))
		case topics[action]:
			buttons = append(buttons, button("topic."+action, "topic:"+action))
		}
	}
	return buttons
}

// factsOnCard is how many facts stand first on a card.
const factsOnCard = 2

// firstFacts are what the persona wants to know of a product first, as far as
// the shop's files tell.
func (t *turn) firstFacts(p *catalog.Product) []Part {
	var parts []Part
	for _, fact := range t.served().Facts {
		if told := t.factPart(p, fact); told.Key != "" && len(parts) < factsOnCard {
			parts = append(parts, told)
		}
	}
	return parts
}

// factPart words one of [persona.Facts] of a product; the zero Part when it is
// not known, or is the same for all goods.
func (t *turn) factPart(p *catalog.Product, fact string) Part {
	switch fact {
	case "stock":
		return t.stockPart(p)
	case "material":
		if p.Material.In(t.Lang) != "" {
			return part("fact.material", "material", p.Material)
		}
	case "care":
		if p.Care.In(t.Lang) != "" {
			return part("fact.care", "care", p.Care)
		}
	case "features":
		if len(p.Features) > 0 && t.Lang == "fi" { // features are written in Finnish
			return part("card.features", "features", Words(p.Features))
		}
	case "facts":
		for _, name := range slices.Sorted(maps.Keys(p.Facts)) {
			if p.Facts[name].In(t.Lang) != "" {
				return part("fact.fact", "fact", p.Facts[name])
			}
		}
	}
	return Part{}
}

// shopFacts are what the persona wants to know whatever the goods: when they
// arrive, what the delivery costs, how long they can be sent back.
func (t *turn) shopFacts() []Part {
	var parts []Part
	for _, fact := range t.served().Facts {
		switch fact {
		case "delivery":
			if d := t.quickest(t.forShown(t.methods(&said{}))); d != nil {
				parts = append(parts, part("fact.delivery", "name", d.Name, "window", d.Arrives(t.w.Now)))
			}
		case "delivery_cost":
			if d := t.cheapestWay(t.forShown(t.methods(&said{}))); d != nil {
				parts = append(parts, part("fact.delivery_cost", "name", d.Name, "price", Fee(d.PriceFor(t.goods()))))
				if d.FreeFrom > 0 && d.PriceFor(t.goods()) > 0 {
					parts = append(parts, part("delivery.free_from", "price", d.FreeFrom).glued())
				}
			}
		case "returns":
			parts = append(parts, part("return.policy", "days", t.w.Shop.Returns.Days))
		}
	}
	return parts
}

// quickest is the way of delivery that arrives first, among those that take
// what is meant; nil without any.
func (t *turn) quickest(all []*catalog.DeliveryMethod) *catalog.DeliveryMethod {
	var best *catalog.DeliveryMethod
	for _, d := range all {
		if !t.outgrown(d) && (best == nil || d.Arrives(t.w.Now).Earliest.Before(best.Arrives(t.w.Now).Earliest)) {
			best = d
		}
	}
	return best
}

// cheapestWay is the cheapest way of having goods sent, of some; nil without any.
func (t *turn) cheapestWay(all []*catalog.DeliveryMethod) *catalog.DeliveryMethod {
	var best *catalog.DeliveryMethod
	for _, d := range all {
		if d.Kind != catalog.StorePickup && (best == nil || d.PriceFor(t.goods()) < best.PriceFor(t.goods())) {
			best = d
		}
	}
	return best
}

// byLiking orders ways of delivery: the quickest first for who values speed
// most, the cheapest for who values the price.
func (t *turn) byLiking(all []*catalog.DeliveryMethod) []*catalog.DeliveryMethod {
	values := t.served().Values
	speed, price := values["speed"], values["price"]
	for _, weight := range values {
		if weight > max(speed, price) {
			return all
		}
	}
	if max(speed, price) == 0 {
		return all
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b *catalog.DeliveryMethod) int {
		if speed > price {
			return a.Arrives(t.w.Now).Earliest.Compare(b.Arrives(t.w.Now).Earliest)
		}
		return cmp.Compare(a.PriceFor(t.goods()), b.PriceFor(t.goods()))
	})
	return all
}

// description tells of a product as much as the persona wants to read.
func (t *turn) description(p *catalog.Product) []Part {
	parts := []Part{part("details.description", "description", p.Description)}
	switch t.served().Length {
	case "short":
		parts[0] = part("details.description", "description", opening(p.Description))
	case "long":
		onCard := t.firstFacts(p)
		for _, fact := range t.served().Facts {
			told := t.factPart(p, fact)
			if fact == "warranty" {
				told = part("text", "text", t.w.Shop.Returns.Warranty)
			}
			if told.Key != "" && !slices.ContainsFunc(onCard, func(on Part) bool { return on.Key == told.Key }) {
				parts = append(parts, told)
			}
		}
	}
	return parts
}

// opening is the first sentence of a text.
func opening(text catalog.Text) catalog.Text {
	short := catalog.Text{}
	for lang, all := range text {
		if i := strings.Index(all, ". "); i > 0 {
			all = all[:i+1]
		}
		short[lang] = all
	}
	return short
}

// tapCompare compares what was shown last.
func (t *turn) tapCompare() bool {
	all := t.shownProducts()
	if len(all) < 2 {
		return false
	}
	t.tellDifferences("compare", all[:min(len(all), maxCompared)])
	return true
}

// tapCheaper shows what costs less than what was shown last.
func (t *turn) tapCheaper() bool {
	if t.Query == nil || len(t.Shown) == 0 {
		return false
	}
	t.cheaper(catalog.Query{Lang: t.Lang})
	return true
}
