package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

const (
	pool     = 12 // hits looked at
	widePool = 24 // when a persona orders them
)

// finding is a search in the making: what is looked for, then the size or
// colour that narrows it.
var finding = task{
	kind: Find,
	slots: []slot{
		{name: intents.Product, value: (*turn).narrowing, ask: (*turn).askProduct, take: (*turn).takeProduct},
		{name: "narrower", as: (*turn).narrowing, when: never, take: (*turn).takeNarrower},
	},
	finish:  (*turn).showAgain,
	passing: true,
	leads:   []string{Add, About, Buy, Track},
}

// choosing are the tasks that a new search gives up.
var choosing = []string{Find, About, Add, Remove, Quiz}

// narrowing is the option asked about, "" when goods have not been looked for yet.
func (t *turn) narrowing() string {
	if asked := t.Pending(); asked != intents.Product {
		return asked
	}
	return ""
}

func (t *turn) askProduct() ([]Part, []Button) { return []Part{part("ask.product")}, t.shelfButtons() }

// takeProduct takes what is looked for.
func (t *turn) takeProduct(m *said) answer {
	q := m.sought()
	if q.Text == "" || m.digresses() {
		return t.takeNarrower(m)
	}
	q = t.gist(q, false)
	key := "found"
	if t.top().Values["how"] != "" {
		key, q.InStock = "recommended", true
	}
	t.show(q, key)
	return finished
}

// takeNarrower takes a filter for the last search; anything else is not an
// answer to it.
func (t *turn) takeNarrower(m *said) answer {
	if t.whichever(m) {
		return finished
	}
	q := m.sought()
	if q.Text != "" || q.Product != "" || !constrained(q) || t.Query == nil {
		return notMine
	}
	t.show(t.narrowed(q), "found")
	return finished
}

// showAgain shows the last search once more.
func (t *turn) showAgain() {
	if t.Query != nil {
		t.show(*t.Query, "found")
	}
}

// find looks for what was said and shows it.
func (t *turn) find(m *said) {
	q := m.sought()
	if q.Text == "" && q.Product == "" && q.Category == "" {
		if m.has(cueCheaper) && t.Query != nil && len(t.Shown) > 0 {
			t.cheaper(q) // "något billigare"
			return
		}
		if !constrained(q) || t.Query == nil && q == (catalog.Query{Lang: q.Lang, Except: q.Except}) {
			t.Query = nil
			t.start(Task{Kind: Find})
			return
		}
		q = t.narrowed(q)
	}
	if p := t.definite(m, q); p != nil {
		t.Focus = p.ID
		t.describe(p)
		return
	}
	switch {
	case t.factsOfEach(m):
		return
	case t.isPurpose(m):
		t.showSuch(q)
		return
	}
	q = t.gist(q, len(m.Acted) > 1)
	if len(m.words) > fewWords && q.Product == "" && q.Category == "" && q.Audience == "" && len(t.look(q).Hits) == 0 {
		t.outOfScope(m) // it names nothing that could be looked for
		return
	}
	key := "found"
	if q.Text == "" && q.Category == "" && q.Product == "" && q.Order == "" && t.Query == nil {
		key = "recommended" // only for whom, or for how much
	}
	t.show(q, key)
}

// definite is the one product shown that a message speaks of as known: "the boots",
// "mössan". In Finnish nothing tells that.
func (t *turn) definite(m *said, q catalog.Query) *catalog.Product {
	if len(t.Shown) < 2 || q.Text == "" || len(m.words) > 3 || m.asks {
		return nil
	}
	last := m.words[len(m.words)-1]
	ends := func(ending string) bool { return strings.HasSuffix(last, ending) }
	if t.Lang == "en" && slices.Contains(m.words, "the") || t.Lang == "sv" && (ends("an") || ends("en") || ends("et") || ends("na")) {
		return t.onlyShown(q)
	}
	return nil
}

// refine takes a message of nothing but a size, a colour, a price … as a filter
// of the last search, or a question about the product talked about.
func (t *turn) refine(intent string, m *said) bool {
	q := m.sought()
	if t.Query != nil && m.onlyQualities() && !t.asksOfPointed(m) && (!m.asks || t.Focus == "" || m.plural()) {
		if !m.has(cueThese) && (!m.asks || m.plural()) || !t.featureOfEach(m) {
			t.showSuch(q)
		}
		return true
	}
	if q.Text != "" || q.Product != "" || !constrained(q) {
		return false
	}
	switch intent {
	case intents.ThanksBye, intents.Greeting, intents.OutOfScope, intents.ProductSearch, intents.ProductDetails:
	default:
		if (q.Without+q.Free == "" || len(m.words) > fewWords) && (q.Size == "" || len(m.words) > 2 || m.has(cueAdd)) { // "entä 45"
			return false
		}
	}
	if t.Focus != "" && (q.Size != "" || q.Color != "" || q.Without != "") {
		t.availability(m)
		return true
	}
	if t.Query == nil {
		return false
	}
	t.show(t.narrowed(q), "found")
	return true
}

// showSuch narrows the last search to goods that are as wished. When none of them
// is said to be, they stay as they are.
func (t *turn) showSuch(wish catalog.Query) {
	q := t.narrowed(wish)
	q.Text = strings.TrimSpace(t.Query.Text + " " + wish.Text)
	if found := t.look(q); len(found.Hits) == 0 || found.Nearest || found.Hits[0].Score < near {
		t.say(part("find.not_such"), button("button.human", "human"))
		return
	}
	t.show(q, "found")
}

// isPurpose reports whether a message tells in a word or two what the goods shown
// would be for, and names no others: "työkäyttöön", "kouluun".
func (t *turn) isPurpose(m *said) bool {
	last := m.words[len(m.words)-1]
	into := m.Lang == "fi" && (strings.HasSuffix(last, "oon") || strings.HasSuffix(last, "uun") || strings.HasSuffix(last, "een") || strings.HasSuffix(last, "aan") || strings.HasSuffix(last, "iin") || strings.HasSuffix(last, "lle"))
	return into && len(m.words) <= 2 && t.Query != nil && len(t.Shown) > 0 && !t.finds(m.sought(), near)
}

// fewWords is how long a message is at most that only filters.
const fewWords = 6

// constrained reports whether a query has any filter.
func constrained(q catalog.Query) bool {
	return q.Size != "" || q.Except != "" || q.Color != "" || q.Without != "" || q.Free != "" || q.Audience != "" || q.Max > 0 || q.Min > 0 || q.Order != ""
}

// narrowed adds new filters to the last search.
func (t *turn) narrowed(q catalog.Query) catalog.Query {
	if t.Query == nil {
		return q
	}
	n := *t.Query
	if q.Size != "" {
		n.Size = q.Size
	}
	if q.Color != "" {
		n.Color, n.Without = q.Color, ""
	}
	if q.Without != "" {
		n.Without = union(n.Without, q.Without)
		if !wants(n, n.Color) {
			n.Color = ""
		}
	}
	n.Free = union(n.Free, q.Free)
	if q.Audience != "" {
		n.Audience, n.Of = q.Audience, q.Of
	}
	if q.Order != "" {
		n.Order, n.InStock = q.Order, true
	}
	if q.Except != "" {
		n.Except = q.Except
		if t.w.Shop.Under(n.Category, q.Except) {
			n.Category, n.Text = "", ""
		}
	}
	if q.Max > 0 || q.Min > 0 { // a price said again replaces the old
		n.Max, n.Min = q.Max, q.Min
	}
	return n
}

// wants reports whether a query does not rule a colour out.
func wants(q catalog.Query, color string) bool {
	return color == "" || !slices.ContainsFunc(strings.Fields(q.Without), func(not string) bool { return sameColor(color, not) })
}

// gist keeps, of a long message or of one with several requests, the goods that it names: the word that finds
// best what all else that was said allows.
func (t *turn) gist(q catalog.Query, several bool) catalog.Query {
	words := strings.Fields(q.Text)
	if len(words) < 2 || len(words) <= rambling && (!several || t.names(q)) {
		return q
	}
	best := q
	most := sure
	for _, w := range words {
		one := q
		one.Text, one.Category, one.Order = w, "", ""
		if found := t.look(one); len(found.Hits) > 0 && !found.Nearest && found.Hits[0].Score > most {
			best, most = one, found.Hits[0].Score
		}
	}
	best.Order = q.Order
	return best
}

// goodsIn is a query without the words beside the one that surely names goods: "tossut
// joulupaketiks". Whose something is, or for what, comes before it: "auton renkaat" names
// no car, and "cykel hjälm" no bicycle.
func (t *turn) goodsIn(q catalog.Query) catalog.Query {
	words := strings.Fields(unqualified(q).Text)
	best, most := q, sure
	for i, w := range words {
		if i+1 < len(words) && (t.Lang == "fi" && strings.HasSuffix(w, "n") || t.Lang != "fi" && t.unknown(catalog.Query{Text: words[i+1], Lang: q.Lang})) {
			continue
		}
		one := q
		one.Text, one.Order = w, ""
		if found := t.look(one); len(found.Hits) > 0 && found.Hits[0].Score > most && !slices.Contains(found.Relaxed, "words") {
			best, most = one, found.Hits[0].Score
		}
	}
	best.Order = q.Order
	return best
}

// rambling is how many words that may name goods are taken as they are.
const rambling = 4

// show searches and says what was found, as cards; a narrowing question comes
// beside them, never instead of them.
func (t *turn) show(q catalog.Query, key string) {
	q = t.forWhom(q)
	if t.Query == nil || t.Query.Text != q.Text {
		t.Narrowed = nil
	}
	t.shown = true
	if q.Of != "" && t.asTold(q).Text == "" {
		if key = "recommended"; t.Query == nil || t.Query.Of != q.Of {
			t.lead(part("recommended.rest"))
		}
	}
	again := t.Query != nil && t.Query.Text == q.Text && t.Query.Category == q.Category
	if t.Query != nil && q.Max > 0 && q.Max == t.Query.Max && q.Audience != "" && t.Query.Audience != "" && q.Audience != t.Query.Audience {
		t.lead(part("found.still_max", "price", q.Max)) // "entä veljelle"
	}
	if t.Query != nil && q.Free == "" && !slices.ContainsFunc(strings.Fields(t.Query.Free), func(material string) bool { return strings.Contains(q.Text, material) }) {
		q.Free = t.Query.Free // an allergy stays
	}
	if q.Free != "" && (t.Query == nil || t.Query.Free != q.Free || t.Query.Text != q.Text) {
		t.lead(part("found.free"))
	}
	found := t.look(q)
	if len(found.Hits) == 0 && q.Audience != "" { // whom it is for matters more than words that say nothing
		q.Text, q.Category, key = "", "", "recommended"
		found = t.look(q)
		t.lead(part("recommended.rest"))
	}
	plain := unqualified(q)
	unsure := (found.Nearest || len(found.Hits) == 0) && plain != q && t.names(plain) // nothing tells that the goods named are so
	if unsure {
		q, found = plain, t.look(plain)
	}
	partly := false
	if tooFar(q, found) {
		if goods := t.goodsIn(q); goods != q {
			q, found, partly = goods, t.look(goods), true
		}
	}
	q.Limit = pool
	t.Query = &q
	t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool { return slices.Contains(choosing, k.Kind) })
	if tooFar(q, found) {
		t.Query = nil // nothing to narrow
		t.say(part("find.none"), part("find.none.hint").glued(), t.shelfButtons())
		return
	}
	hits := t.ranked(found.Hits, q)
	if most := t.served().Cards; len(hits) > most {
		hits = hits[:most]
	}
	t.Shown = nil
	for _, h := range hits {
		t.Shown = append(t.Shown, h.Product.ID)
	}
	also := t.also(t.served().Cards-len(hits), found, q)
	for _, h := range also {
		t.Shown = append(t.Shown, h.Product.ID)
	}
	t.Focus, t.Question = "", ""
	if len(hits) == 1 && (found.Nearest || hits[0].Score >= near || q.Text == "") || q.Order != "" {
		t.Focus = hits[0].Product.ID
	}
	cards := t.cards(hits, q)
	if key == "recommended" {
		for i, h := range hits {
			cards[i].Parts = append(t.reason(h.Product), cards[i].Parts...)
		}
	}
	if !again {
		t.tellStory(cards)
	}
	switch {
	case partly:
		key = "find.like"
	case unsure:
		key = "find.unsure"
	}
	t.say(append(t.heading(q, found, hits[0], key), t.shopFacts()...), cards, t.narrowButtons(q, found), t.quizButton(q, found), t.nextBest())
	if len(also) > 0 {
		t.say(part("find.also"), t.cards(also, q))
	}
}

// heading says how well what was found suits, of which one is shown first.
func (t *turn) heading(q catalog.Query, found catalog.Found, first catalog.Hit, key string) []Part {
	switch {
	case key == "find.like":
		return []Part{part(key)}
	case key == "find.unsure" && found.Total == 1:
		return []Part{part("find.unsure.one")}
	case key == "find.unsure":
	case inOtherWords(found), !found.Nearest && q.Text != "" && q.Category == "" && first.Score < near:
		return []Part{part("find.like")}
	case found.Nearest && q.Product != "" && first.Product.ID == q.Product && len(requested(q)) > 0:
		return t.lacking(first.Product, requested(q))
	case found.Nearest:
		return []Part{part("find.nearest", "what", t.relaxed(found.Relaxed))}
	case found.Total == 1:
		return []Part{part(key + ".one")}
	case q.Order != "":
		return []Part{firstByPrice(first.Product, q.Order, "found.cheapest", "found.dearest")}
	}
	return []Part{part(key, "count", found.Total)}
}

// tooFar reports whether nothing was found that is worth showing: too much was given up for
// it, or the best is hardly like the words that alone told what is sought.
func tooFar(q catalog.Query, found catalog.Found) bool {
	if len(found.Hits) == 0 || len(found.Relaxed) > 2 && slices.Contains(found.Relaxed, "words") {
		return true
	}
	return found.Hits[0].Score < faint && q.Text != "" && q.Category == "" && (!found.Nearest || inOtherWords(found))
}

// inOtherWords reports whether nothing was given up for what was found but some words.
func inOtherWords(found catalog.Found) bool {
	return len(found.Relaxed) == 1 && found.Relaxed[0] == "words"
}

// unqualified is a query without the words for what goods should be like.
func unqualified(q catalog.Query) catalog.Query {
	q.Text = wordsBut(q.Text, func(w string) bool { return anyCue(folded(w), cueQuality) })
	return q
}

// firstByPrice names the cheapest or the dearest, with what it costs at least or
// at most.
func firstByPrice(p *catalog.Product, order, cheapest, dearest string) Part {
	low, high := p.PriceRange()
	if order == catalog.DearestFirst {
		return part(dearest, "title", p.Name, "price", high)
	}
	return part(cheapest, "title", p.Name, "price", low)
}

// reason is what speaks for a product, from its own data.
func (t *turn) reason(p *catalog.Product) []Part {
	switch {
	case len(p.Features) > 0 && t.Lang == "fi": // features are written in Finnish
		if speaking := t.w.Personas.Speaking(t.Persona.Persona(), p); len(speaking) > 0 {
			return []Part{part("card.because", "features", Words(speaking[:min(2, len(speaking))]))}
		}
		return []Part{part("card.features", "features", Words(p.Features[:min(2, len(p.Features))]))}
	case p.Material.In(t.Lang) != "":
		return []Part{part("card.material", "material", p.Material)}
	}
	return nil
}

// relaxed words the demands that were given up; only demands that the
// customer made are named.
func (t *turn) relaxed(names []string) Keys {
	var what Keys
	for _, n := range names {
		what = append(what, "relaxed."+n)
	}
	return what
}

// recommend shows what suits, with the reason from the product's own data.
func (t *turn) recommend(m *said) {
	if t.Query != nil && t.Query.Text+t.Query.Category != "" && m.seeksPresent() {
		t.Query = nil
	}
	q := t.gist(m.sought(), len(m.Acted) > 1)
	if p := t.pointed(m); p != nil && q.Text == "" && !m.asks {
		t.Focus = p.ID
		t.describe(p) // "toinen ois hyvä"
		return
	}
	if m.has(cuePopular) && t.popular(m) {
		return
	}
	if q.Text == "" && q.Category == "" && q.Product == "" {
		if m.has(cuePopular) {
			q.InStock = true
			t.show(q, "recommended")
			return
		}
		if !constrained(q) && t.advisePersonally() {
			return
		}
		if t.Query != nil && (t.Query.Text != "" || t.Query.Audience != "" && (constrained(q) || m.has(cueThis) && len(t.Shown) > 0)) {
			q = t.narrowed(q)
		} else if !constrained(q) && t.served().Narrow {
			k := Task{Kind: Find}
			k.note("how", "recommended")
			t.start(k)
			return
		}
	}
	q.InStock = true
	if t.Query != nil && len(t.Shown) > 0 && q.Text != "" && q.Category == "" && q.Product == "" && len(t.look(q).Hits) == 0 {
		t.showSuch(q) // what is shown may be so
		return
	}
	misses := func() bool { // whom it is for matters more than the words
		found := t.look(q)
		return found.Nearest && slices.Contains(found.Relaxed, "audience")
	}
	if misses() {
		q.Text = ""
		if misses() {
			q.Category = ""
		}
		t.lead(part("recommended.rest"))
	}
	t.show(q, "recommended")
}

// shelfButtons offer the top shelves of the shop.
func (t *turn) shelfButtons() []Button {
	var buttons []Button
	for i := range t.w.Shop.Categories {
		c := &t.w.Shop.Categories[i]
		if c.Parent == "" && len(buttons) < 6 && len(c.ID) < 50 {
			buttons = append(buttons, button("button.text", "shelf:"+c.ID, "text", c.Name))
		}
	}
	return buttons
}

// showShelf shows what is on a shelf.
func (t *turn) showShelf(id string) {
	c := t.w.Shop.Category(id)
	if c == nil {
		t.say(part("unknown_tap"))
		return
	}
	t.show(catalog.Query{Category: id, Lang: t.Lang, InStock: true}, "found")
}
