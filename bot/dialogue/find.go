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
	case !m.asks && (m.has(cueThis) || m.has(cueAdd)) && t.backTo(m, q) != nil:
		t.order(m)
		return
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
	if m.asks && m.onlyQualities() && t.Query != nil && t.factsOfEach(m) {
		return true // "how warm are they"
	}
	if t.Query != nil && m.onlyQualities() && !t.asksOfPointed(m) && (!m.asks || t.Focus == "" || m.plural()) {
		if !m.has(cueThese) && (!m.asks || m.plural()) || !t.featureOfEach(m) {
			t.showSuch(q)
		}
		return true
	}
	if p := t.pointed(m); q.Text != "" || q.Product != "" || !constrained(q) || p != nil && m.asks && len(t.factsAsked(p, m)) > 0 {
		return false // "onks eka sopiva 5-vuotiaalle" asks of that one
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
	goods := m.sought()
	goods.Text = wordsBut(goods.Text, whither)
	return m.Lang == "fi" && whither(last) && len(m.words) <= 2 && t.Query != nil && len(t.Shown) > 0 && !t.finds(m.sought(), near) && !t.names(goods)
}

// whither reports whether a Finnish word tells what or whom something is for: "kouluun".
func whither(w string) bool {
	return slices.ContainsFunc([]string{"oon", "uun", "een", "aan", "ään", "iin", "lle"}, func(ending string) bool { return strings.HasSuffix(w, ending) })
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
		n.Audience, n.Age, n.Of = q.Audience, q.Age, q.Of
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
	q.InStock, q.Gift = true, q.Gift || m.has(cueGift)
	if t.Query != nil && len(t.Shown) > 0 && q.Text != "" && q.Category == "" && q.Product == "" && len(t.look(q).Hits) == 0 {
		t.showSuch(q) // what is shown may be so
		return
	}
	misses := func() bool { // whom it is for matters more than the words
		found := t.look(q)
		return found.Nearest && slices.Contains(found.Relaxed, "audience")
	}
	if misses() && !t.allUnfit(q) {
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
