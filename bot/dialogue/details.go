package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// fewDetails is how long a question is at most that is about the product talked
// about whatever its words.
const fewDetails = 3

// fewAsked is how long a question of a product is at most that is asked of another one too.
const fewAsked = 8

// details answers what a product is like from what the shop's files say of it.
func (t *turn) details(m *said) {
	if goods, named := t.askedOf(m); named && t.tellOf(goods, m) {
		return
	}
	p := t.target(m)
	if short := m.asks && len(m.words) <= fewDetails && m.First(intents.Category) == "" && m.First(intents.Product) == "" && t.pointed(m) == nil; short && t.w.Shop.Product(t.Focus) != nil {
		p = t.w.Shop.Product(t.Focus) // "onko vedenpitävä"
	}
	if p == nil || t.shown && len(t.Shown) > 1 { // of several that the same message asked for it is not clear which
		if !t.featureOfEach(m) && !t.factsOfEach(m) && !t.detailOfEach(m) && !t.describesOne(m) {
			t.unclear(m, intents.ProductDetails)
		}
		return
	}
	t.tell(p, m)
}

// askedOf is a query for the goods that a question names by words of their own, beside those
// that say what is asked of them: "paljonko rinkka painaa". It reports false when it names
// none but what is shown or spoken of there.
func (t *turn) askedOf(m *said) (catalog.Query, bool) {
	goods := t.goodsAsked(m)
	if !m.asks && !m.has(cueQuestion) || m.has(cueCompare) || goods.Text == "" || m.has(cueThis) && !m.pointsAtName() {
		return goods, false
	}
	if !t.names(goods) {
		if goods = t.goodsIn(goods); !t.names(goods) {
			return goods, false
		}
	}
	talked := t.shownProducts()
	if p := t.talkedOf(); p != nil {
		talked = []*catalog.Product{p}
	}
	if len(talked) > 0 && !callsThem(goods, t.look(goods).Hits, t.Lang) {
		return goods, false
	}
	return goods, !slices.ContainsFunc(talked, func(p *catalog.Product) bool {
		return t.mentioned(p, goods) || among(t.look(goods).Hits, p.ID)
	})
}

// callsThem reports whether a word of a query is one that the name of what it found first ends
// in, or a part of it: "varsi" is no "varsi-imuri".
func callsThem(q catalog.Query, hits []catalog.Hit, lang string) bool {
	for _, name := range strings.Fields(hits[0].Product.Name.In(lang)) {
		last := strings.Join(folded(name[strings.LastIndex(name, "-")+1:]), "")
		if slices.ContainsFunc(folded(q.Text), func(w string) bool {
			return last != "" && (isFormOf(w, last) || len(w) >= 5 && strings.HasSuffix(last, w))
		}) {
			return true
		}
	}
	return false
}

// mentioned reports whether anything that is told of a product mentions a word of a query.
func (t *turn) mentioned(p *catalog.Product, q catalog.Query) bool {
	told := p.Name.In(t.Lang) + " " + t.texts(p) + " " + p.Material.In(t.Lang)
	for _, fact := range p.Facts {
		told += " " + fact.In(t.Lang)
	}
	words := folded(told)
	return slices.ContainsFunc(folded(q.Text), func(w string) bool {
		return slices.ContainsFunc(words, func(own string) bool { return strings.Contains(own, w[:min(len(w), 5)]) })
	})
}

// texts are the description and the features of a product.
func (t *turn) texts(p *catalog.Product) string {
	return p.Description.In(t.Lang) + " " + strings.Join(p.Features, " ")
}

// tellOf answers a question about the few goods that it names, of a single one also that
// nothing is told. It reports false when they are more, or nothing is told of several.
func (t *turn) tellOf(goods catalog.Query, m *said) bool {
	found := t.look(goods)
	if len(found.Hits) == 0 || len(found.Hits) > maxCompared {
		return false
	}
	meant := fewOf(found.Hits)
	before := t.Shown
	if t.Shown = nil; len(meant) == 1 {
		t.Query, t.Shown = &goods, []string{meant[0].ID}
		t.tell(meant[0], m)
		return true
	}
	for _, p := range meant {
		t.Shown = append(t.Shown, p.ID)
	}
	if t.featureOfEach(m) || t.tellFacts(meant, m) || t.detailOfEach(m) {
		t.Query, t.Focus = &goods, ""
		return true
	}
	t.Shown = before
	return false
}

// tell answers a question about a product.
func (t *turn) tell(p *catalog.Product, m *said) {
	t.Focus = p.ID
	if t.Question = ""; m.asks && len(m.words) <= fewAsked {
		t.Question = m.Text
	}
	names, detail, feature := t.factsAsked(p, m), t.detail(p, m), t.feature(p, m)
	switch {
	case len(names) > 0:
		t.say(t.factsOf([]*catalog.Product{p}, names), t.productButtons(p))
	case detail.Key != "":
		t.say(detail, t.productButtons(p))
	case feature != "":
		t.say(part("details.feature", "title", p.Name, "feature", feature), t.productButtons(p))
	case (m.asks || m.has(cueQuestion)) && !m.has(cueTell) && len(content(m.Text)) > 0 && !t.described(p, m):
		t.untold(p)
	default:
		t.describe(p)
	}
}

// tellsFree tells whether the shop's words of a product that a message names mention a
// material that must not be in it, and what it is made of.
func (t *turn) tellsFree(m *said) bool {
	q := m.sought()
	p := t.w.Shop.Product(q.Product)
	if p == nil || q.Free == "" {
		return false
	}
	t.Focus, t.Query, t.Shown = p.ID, &q, []string{p.ID}
	key := "free.unmentioned"
	if slices.ContainsFunc(strings.Fields(q.Free), p.Mentions) {
		key = "free.mentioned"
	}
	parts := []Part{part(key, "title", p.Name)}
	if p.Material.In(t.Lang) != "" {
		parts = append(parts, part("details.material", "title", p.Name, "material", p.Material))
	}
	t.say(parts, button("button.human", "human"))
	return true
}

// asksOfPointed reports whether a message asks something in its own words of one of the
// products shown.
func (t *turn) asksOfPointed(m *said) bool {
	return m.asks && len(m.words) <= fewAsked && t.pointed(m) != nil && m.sought().Text != "" && !constrained(m.sought())
}

// asksAlso answers what was asked last of another product as well: "entä toi
// kalliimpi". It reports whether a message asks that.
func (t *turn) asksAlso(m *said) bool {
	p := t.pointed(m)
	if p == nil || p.ID == t.Focus || t.Question == "" || !m.has(cueWhatOf) || !m.nothingBut(cueThis, intents.Ref) {
		return false
	}
	question := heard(intents.Reading{Text: t.Question, Lang: t.Lang})
	question.asks = true
	t.tell(p, question)
	return true
}

// untold says that what is asked of a product is not told, and what is.
func (t *turn) untold(p *catalog.Product) {
	t.say(part("details.unknown", "title", p.Name), part("details.description", "description", p.Description), t.productButtons(p), button("button.human", "human"))
}

// detail is the care, material or sizes of a product, when the message asks for
// them and the shop's files tell; else the zero Part.
func (t *turn) detail(p *catalog.Product, m *said) Part {
	switch {
	case m.has(cueCare) && p.Care.In(t.Lang) != "":
		return part("details.care", "title", p.Name, "care", p.Care)
	case !m.has(cueSizes) && (m.has(cueMaterial) && !m.has(cueOrigin) || m.First(intents.Material) != "") && p.Material.In(t.Lang) != "":
		return part("details.material", "title", p.Name, "material", p.Material)
	case !m.has(cueSizes) && !m.has(cueRoom):
	case len(p.Values("size")) > 0:
		return part("details.sizes", "title", p.Name, "sizes", optionValues("size", p.Values("size")))
	case len(p.Values("amount")) > 0:
		return part("details.sizes", "title", p.Name, "sizes", optionValues("amount", p.Values("amount")))
	}
	return Part{}
}

// washers are words for what something is washed in.
var washers = []string{"koneessa", "konees", "koneella", "pesukoneessa", "maskin", "maskinen", "machine"}

// goodsAsked is what a question about goods looks for, without the words for care, material,
// sizes and measures unless goods are called so: "voiko villapaidan pestä koneessa".
func (t *turn) goodsAsked(m *said) catalog.Query {
	q := m.sought()
	if !t.names(q) {
		q.Text = wordsBut(q.Text, func(w string) bool {
			return anyCue(folded(w), cueCare, cueMaterial, cueSizes) || asksForFact(folded(w)) || m.has(cueCare) && slices.Contains(washers, w)
		})
	}
	return q
}

// detailOfEach tells what is asked of each of the few products that a message
// may mean. It reports whether there was anything to tell.
func (t *turn) detailOfEach(m *said) bool {
	q := t.goodsAsked(m)
	ofShown := len(t.Shown) > 1 && !t.names(q)
	if (q.Text == "" || m.has(cueThis)) && (!ofShown || len(t.Shown) > maxCompared) {
		return false
	}
	var meant []*catalog.Product
	if ofShown {
		meant = t.compared(m)
	} else if found := t.look(q); !found.Nearest {
		meant = fewOf(found.Hits)
	}
	var parts []Part
	var shown []string
	for _, p := range meant {
		if detail := t.detail(p, m); detail.Key != "" {
			parts, shown = append(parts, detail), append(shown, p.ID)
		}
	}
	if len(parts) == 0 {
		return false
	}
	if t.Shown = shown; !ofShown {
		t.Query = &q
	}
	t.say(parts, t.shownButtons(intents.ProductDetails))
	return true
}

// describesOne shows the only one of the products shown whose texts speak of what is
// asked. It reports false when there is none or there are several.
func (t *turn) describesOne(m *said) bool {
	if !m.asks || !m.has(cueThis) || content(m.Text) == "" {
		return false
	}
	speaking := slices.DeleteFunc(t.shownProducts(), func(p *catalog.Product) bool { return !t.described(p, m) })
	if len(speaking) != 1 {
		return false
	}
	t.describe(speaking[0])
	return true
}

// feature is the short fact of a product that a message asks after: the shop
// writes those in Finnish alone.
func (t *turn) feature(p *catalog.Product, m *said) string {
	if t.Lang != "fi" || !m.asks {
		return ""
	}
	name := strings.Join(folded(p.Name.In(t.Lang)), " ")
	for _, w := range folded(content(m.Text)) {
		for _, feature := range p.Features {
			if len(w) >= 5 && !strings.Contains(name, w[:5]) && !cueWords.word(w).has(cueNumber) && slices.ContainsFunc(folded(feature), func(own string) bool { return strings.HasPrefix(own, w[:5]) }) {
				return feature
			}
		}
	}
	return ""
}

// featureOfEach tells which of the products shown have what is asked after, and of
// the others, when they are few, that nothing is said. It reports false when none has.
func (t *turn) featureOfEach(m *said) bool {
	shown := t.shownProducts()
	if len(shown) < 2 {
		return false
	}
	var parts []Part
	var having []string
	for _, p := range shown {
		if feature := t.feature(p, m); feature != "" {
			having = append(having, p.ID)
			parts = append(parts, part("details.feature.of", "title", p.Name, "feature", feature))
		} else if len(shown) <= maxCompared {
			parts = append(parts, part("details.feature.not", "title", p.Name))
		}
	}
	if len(having) == 0 {
		return false
	}
	if len(having) == 1 {
		t.Focus = having[0]
	}
	t.say(parts, t.shownButtons(intents.OrderPlace))
	return true
}

// described reports whether the product's own texts speak of what is asked. Its name does
// when nothing else is asked.
func (t *turn) described(p *catalog.Product, m *said) bool {
	name := strings.Join(folded(p.Name.In(t.Lang)), " ")
	all := strings.Join(folded(t.texts(p)), " ")
	words := slices.DeleteFunc(append(folded(content(m.Text)), m.factsCalled()...), func(w string) bool { return len(w) < 5 })
	beyond := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return strings.Contains(name, w[:5]) })
	if len(beyond) == 0 {
		return len(words) > 0
	}
	return slices.ContainsFunc(beyond, func(w string) bool { return strings.Contains(all, w[:5]) })
}

// describe shows a product as a whole.
func (t *turn) describe(p *catalog.Product) {
	t.Focus = p.ID
	card := t.card(p, catalog.Query{})
	if line := t.reviewLine(p); line != nil {
		card.Parts = slices.Insert(card.Parts, 1, line...)
		card.Buttons = append(card.Buttons, button("button.reviews", "reviews:"+p.ID))
	}
	t.say(t.description(p), []Card{card})
}

func (t *turn) productButtons(p *catalog.Product) []Button {
	if t.sold(p) {
		return nil
	}
	return []Button{button("button.add", "add:"+p.ID)}
}
