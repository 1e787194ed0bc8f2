package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
)

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
	if len(found.Hits) == 0 && q.Audience != "" && !t.allUnfit(q) { // whom it is for matters more than words that say nothing
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
	goods, others := t.forOtherUse(q, found)
	goods.Limit = pool
	t.Query = &goods
	t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool { return slices.Contains(choosing, k.Kind) })
	if tooFar(q, found) {
		t.Query = nil // nothing to narrow
		if q.Free != "" {
			t.Query = &catalog.Query{Lang: q.Lang, Free: q.Free} // an allergy stays
		}
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
	room := t.served().Cards - len(hits)
	also := t.also(room, found, q)
	if len(others) > 0 {
		also = others[:max(0, min(room, len(others)))]
	}
	for _, h := range also {
		t.Shown = append(t.Shown, h.Product.ID)
	}
	t.Focus, t.Question = "", ""
	if len(hits) == 1 && len(others) == 0 && (found.Nearest || hits[0].Score >= near || q.Text == "") || q.Order != "" {
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

// allUnfit reports whether a query names goods of which all have a material that must not be in them.
func (t *turn) allUnfit(q catalog.Query) bool {
	if q.Free == "" {
		return false
	}
	q = unqualified(q)
	q.Free = ""
	return t.names(q)
}

// forOtherUse are, in Finnish, the goods that a query names besides those found, when only
// running text tells that these are for what it wants them for: "kumisaappaita mökille". The
// query is then without what for, as others may be for that as well.
func (t *turn) forOtherUse(q catalog.Query, found catalog.Found) (goods catalog.Query, others []catalog.Hit) {
	goods = q
	goods.Text = wordsBut(q.Text, whither)
	if t.Lang != "fi" || goods.Text == "" || goods.Text == q.Text || found.Nearest || !t.names(goods) {
		return q, nil
	}
	uses := longWords(wordsBut(q.Text, func(w string) bool { return !whither(w) }))
	for _, h := range found.Hits {
		if speaksOf(strings.ToLower(h.Product.Name.In("fi")+" "+strings.Join(h.Product.Features, " ")), outers(uses)) {
			return q, nil
		}
	}
	others = slices.DeleteFunc(slices.Clone(t.look(goods).Hits), func(h catalog.Hit) bool { return among(found.Hits, h.Product.ID) })
	return goods, others
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
