package dialogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// Tenths is a number of tenths, worded "4,3".
type Tenths int

// opinions answers what others say of a product, or which is thought best of. It
// reports false when the message asks for neither.
func (t *turn) opinions(m *said) bool {
	switch {
	case m.has(cueOpine) && (t.Lang != "fi" || !m.has(cueNegation)): // "en" is no negation elsewhere
		t.opine(m)
		return true
	case t.w.Reviews == nil:
		return false
	case m.has(cueTopRated):
		return t.topRated(m)
	case m.has(cueReviews):
		if p := t.reviewed(m); p != nil {
			t.tellReviews(p, t.wondered(m))
		} else {
			t.whichReviewed()
		}
		return true
	case m.has(cueGood) && m.asks && len(m.words) <= fewWords:
		p := t.reviewed(m)
		switch {
		case p == nil && len(t.Shown) > 1:
			t.showRated(t.shownHits(), t.Query)
			return true
		case p == nil || t.opinionsOf(p, "").Count == 0:
			return false
		}
		t.tellReviews(p, t.wondered(m))
		return true
	}
	return false
}

// opinionsOf asks what is said of a product; the reviews that speak to the
// persona in use come first.
func (t *turn) opinionsOf(p *catalog.Product, about string) catalog.Opinions {
	if t.w.Reviews == nil {
		return catalog.Opinions{}
	}
	return t.w.Reviews(catalog.ReviewQuery{Product: p.ID, Text: about, Lang: t.Lang, Likes: t.served().Reviews})
}

// reviewed is the product that a question of reviews is about, nil when none is
// clear. What the question is of, a size or the warmth, names no other product.
func (t *turn) reviewed(m *said) *catalog.Product {
	if p := t.w.Shop.Product(m.First(intents.Product)); p != nil {
		return p
	}
	if p := t.pointed(m); p != nil {
		return p
	}
	if p := t.shownNamed(m); p != nil {
		return p
	}
	if m.First(intents.Category) != "" || m.First(intents.Brand) != "" {
		return t.target(m)
	}
	if p := t.talkedOf(); p != nil || len(t.Shown) == 1 {
		return p
	}
	if len(t.Shown) == 0 {
		if found := t.look(catalog.Query{Text: t.wondered(m), Lang: t.Lang}); len(found.Hits) == 1 && !found.Nearest && found.Hits[0].Score >= sure {
			return found.Hits[0].Product
		}
	}
	return nil
}

// shownNamed is the only product shown whose name a message has a word of.
func (t *turn) shownNamed(m *said) *catalog.Product {
	var named []*catalog.Product
	shown := t.shownProducts()
	for _, p := range shown {
		for _, own := range folded(p.Name.In(t.Lang)) {
			also := func(other *catalog.Product) bool {
				return other != p && slices.Contains(folded(other.Name.In(t.Lang)), own)
			}
			if slices.ContainsFunc(m.words, func(w string) bool { return akin(own, w) }) && !slices.ContainsFunc(shown, also) {
				named = append(named, p)
				break
			}
		}
	}
	if len(named) == 1 {
		return named[0]
	}
	return nil
}

// whichReviewed tells how those shown are reviewed, for it is not clear whose
// reviews are meant; it asks when none are shown.
func (t *turn) whichReviewed() {
	var parts []Part
	var buttons []Button
	for _, p := range t.shownProducts() {
		if o := t.opinionsOf(p, ""); o.Count > 0 {
			parts = append(parts, summaryPart(p, o))
			buttons = append(buttons, button("button.text", "reviews:"+p.ID, "text", p.Name))
		}
	}
	switch {
	case len(t.Shown) == 0:
		t.say(part("reviews.which"), t.shelfButtons())
	case len(parts) == 0:
		t.say(part("reviews.none.of"), t.shownButtons(intents.ProductDetails))
	default:
		t.say(parts, part("reviews.whose"), buttons)
	}
}

func summaryPart(p *catalog.Product, o catalog.Opinions) Part {
	if o.Count == 1 {
		return part("reviews.summary.one", "title", p.Name, "average", Tenths(o.Average()))
	}
	return part("reviews.summary", "title", p.Name, "average", Tenths(o.Average()), "count", o.Count)
}

// wondered keeps the words of a question of reviews that tell what it is about:
// "mitä muut sanoo koosta" is about "koosta".
func (t *turn) wondered(m *said) string {
	var cut []intents.Entity
	for _, e := range m.Entities {
		switch e.Kind {
		case intents.Product, intents.Category, intents.Brand, intents.Ref:
			cut = append(cut, e)
		}
	}
	var kept []string
	for _, w := range strings.Fields(without(m.Text, cut)) {
		word := strings.Join(folded(w), "")
		if !gossip.has(word) && !anyCue([]string{word}, cueThis, cueFirst, cueSecond, cueThird, cueLast) && (content(w) != "" || quality.has(word)) {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// quality are words that a search leaves out, but which reviews speak of.
var quality = newFiller(`
	koko kokoa koon koossa koosta koot kestäv* laatu* laadu* laaduk* hinta* hinna* halpa* halva* halvi* edulli* kalli* väri* varinen
	storlek size billig* cheap* price
`)

// gossip are words that only say that somebody else's opinion is asked.
var gossip = newFiller(`
	muut muiden muitten sanoo sanovat sanottu sanotaan ihmiset ihmisten asiakkaat asiakkaiden mielest* mielipi* tykän* ostan* kertoo kertovat kommen* kokemu* arvost* arvio* tähti* tähte*
	kuinka kukaan keskiarvo* kannatta* miten monta tänne on oo ovat oletteko hyvin
	vad om är bra den det de andra säger tycker kunder recension* omdöm* betyg* stjärn*
	what about how good it worth buying others other people customers say says said think thinks review* rating* rated opinion* star stars it's
`)

// tellReviews tells how many reviews a product has and what they give on average,
// then those that speak of what is asked, and always one that is not content when
// there is one. Of each it is told whether the purchase has been seen.
func (t *turn) tellReviews(p *catalog.Product, about string) {
	t.Focus = p.ID
	o := t.opinionsOf(p, about)
	if o.Count == 0 {
		t.say(part("reviews.none", "title", p.Name), t.productButtons(p))
		return
	}
	parts := []Part{summaryPart(p, o)}
	switch {
	case about != "" && o.Fitting == 0 && len(o.Told) > 0:
		parts = append(parts, part("reviews.unspoken"))
	case about != "" && o.Fitting > 1 && o.Fitting > len(o.Told):
		parts = append(parts, part("reviews.fitting", "count", o.Fitting))
	}
	bought := false
	for _, r := range o.Told {
		parts = append(parts, reviewPart("reviews.line", r))
		bought = bought || r.Bought
	}
	if r := o.Critical; r != nil {
		parts = append(parts, reviewPart("reviews.critical", *r))
		bought = bought || r.Bought
	}
	if bought {
		parts = append(parts, part("reviews.bought.means"))
	}
	t.say(parts, t.productButtons(p))
}

func reviewPart(key string, r catalog.Review) Part {
	by, bought := any(r.By), "reviews.bought"
	if r.By == "" {
		by = Keys{"reviews.nameless"}
	}
	if !r.Bought {
		bought = "reviews.unseen"
	}
	month := strconv.Itoa(int(r.At.Month())) + "/" + strconv.Itoa(r.At.Year())
	return part(key, "stars", stars(r.Stars), "text", r.Text, "name", by, "month", month, "bought", Keys{bought})
}

// stars draws stars out of [catalog.MostStars].
func stars(n int) string {
	return strings.Repeat("★", n) + strings.Repeat("☆", catalog.MostStars-n)
}

// reviewLine tells shortly how a product is reviewed; nothing when it is not.
func (t *turn) reviewLine(p *catalog.Product) []Part {
	if o := t.opinionsOf(p, ""); o.Count > 0 {
		return []Part{part("card.reviews", "average", Tenths(o.Average()), "count", o.Count)}
	}
	return nil
}

// mostRated is how many products are compared by their reviews.
const mostRated = 50

// topRated shows what is thought best of: of what is named, else of what was shown.
func (t *turn) topRated(m *said) bool {
	q := m.sought()
	switch {
	case q.Text != "" || q.Category != "" || q.Product != "":
		q = t.gist(q, len(m.Acted) > 1)
	case len(t.Shown) > 1:
		t.showRated(t.shownHits(), t.Query)
		return true
	case t.Query != nil:
		q = t.narrowed(q)
	default:
		return false
	}
	q.Limit = mostRated
	found := t.w.Find(q)
	q.Limit = pool
	t.showRated(found.Hits, &q)
	return true
}

func (t *turn) shownHits() []catalog.Hit {
	var shown []catalog.Hit
	for _, p := range t.shownProducts() {
		shown = append(shown, catalog.Hit{Product: p})
	}
	return shown
}

// showRated shows those of the hits of a search that have reviews, the best first; q is
// nil for hits of none.
func (t *turn) showRated(hits []catalog.Hit, q *catalog.Query) {
	standing := map[string]float64{}
	var found []catalog.Hit
	for _, h := range hits {
		if o := t.opinionsOf(h.Product, ""); o.Count > 0 {
			standing[h.Product.ID] = o.Standing()
			found = append(found, h)
		}
	}
	if len(found) == 0 {
		t.say(part("reviews.none.of"), t.nextButtons())
		return
	}
	slices.SortStableFunc(found, func(a, b catalog.Hit) int { return cmp.Compare(standing[b.Product.ID], standing[a.Product.ID]) })
	found = found[:min(len(found), t.served().Cards)]
	t.Shown, t.Focus, t.Query, t.shown = nil, "", q, true
	if len(found) == 1 {
		t.Focus = found[0].Product.ID
	}
	of := catalog.Query{Lang: t.Lang}
	if q != nil {
		of = *q
	}
	cards := t.cards(found, of)
	for i, h := range found {
		t.Shown = append(t.Shown, h.Product.ID)
		cards[i].Parts = slices.Insert(cards[i].Parts, 1, t.reviewLine(h.Product)...)
	}
	t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool { return slices.Contains(choosing, k.Kind) })
	t.say(part("reviews.top"), cards)
}
