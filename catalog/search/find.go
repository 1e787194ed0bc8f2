package search

import (
	"cmp"
	"slices"
	"strings"

	"tiski/catalog"
)

const (
	defaultLimit = 10
	tail         = 0.62 // of the best fit of words: what fits less is no answer to them
	fewest       = 0.34 // share of the words' weight that the nearest goods have at least
	most         = 0.6  // and when no word names goods
	onShelf      = 1.3  // the score of what lies on the shelf that is asked for
)

// Find returns the products that fit a query, the best first. When none fits
// all that is asked, it gives up the demands that hurt least and returns the
// nearest products, saying so. Without words it returns what the other demands
// leave, the most popular first. stock may be nil: then the shop's files tell
// what is left.
//
// The score is about 0.5 of goods called by their name, 0.3 of what is only
// described or nearly written so, more on the shelf that is asked for.
func (x *Index) Find(q catalog.Query, stock Stock) catalog.Found {
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	s.open(x.size())
	asked := x.asks(&q, stock)
	if q.Product != "" {
		if i := x.number(q.Product); i != none {
			failed, well := asked.fit(x.good(i))
			s.list = append(s.list, candidate{product: x.good(i).product, failed: failed, words: 1, score: well})
			return answer(s.list, q.Limit)
		}
	}
	words := x.ask(words(q.Text), q.Lang)
	if words.weight > 0 && words.asked > 0 {
		x.fitting(&words, s, asked)
	}
	if words.weight == 0 || len(s.list) == 0 && asked.shelf != none {
		var failed demand
		if words.weight > 0 {
			failed = theWords
		}
		x.shelved(s, asked, failed)
	}
	s.clear()
	return answer(s.list, q.Limit)
}

// fitting makes candidates of the products that fit the words: first of those in
// which all words stand, then, while nothing fails less than a word, of those with
// a word less.
func (x *Index) fitting(q *question, s *scratch, asked *asked) {
	cheapest := float32(maxCost)
	for many := q.asked; many > 0 && cheapest > theWords.cost(); many-- {
		drivers, naming := q.drivers(many)
		for _, driver := range drivers {
			x.gather(q, driver, naming, many, s)
			x.weigh(q, s)
			for _, i := range s.some {
				if one, ok := x.fittingOne(q, i, s, asked, cheapest); ok {
					cheapest = min(cheapest, one.failed.cost())
					s.list = append(s.list, one)
				}
			}
		}
	}
}

// fittingOne makes a candidate of a product, unless it has too few of the words
// or fails more than another.
func (x *Index) fittingOne(q *question, i int32, s *scratch, asked *asked, cheapest float32) (one candidate, ok bool) {
	c, g := &s.cells[i], x.good(i)
	least := q.weight * most
	if q.naming {
		least = q.weight * fewest
	}
	if c.has < least || !c.told && (q.naming || !c.hinted) {
		return one, false
	}
	one = candidate{product: g.product, words: c.score / q.weight}
	if c.has < q.weight*0.999 || !c.told {
		one.failed = theWords
		one.words *= min(1, c.has/q.weight)
	} else {
		one.words = (one.words + c.best) / 2
	}
	if one.failed.cost() > cheapest {
		return one, false
	}
	failed, well := asked.fit(g)
	if one.failed |= failed; one.failed.cost() > cheapest {
		return one, false
	}
	one.score = one.words * well * g.popular
	if asked.shelf != none && x.shelves.holds(asked.shelf, g.shelf) {
		one.score *= onShelf
	}
	return one, true
}

// shelved makes candidates of all products on the shelf that is asked for, or
// of all at all. failed is what each of them fails.
func (x *Index) shelved(s *scratch, asked *asked, failed demand) {
	cheapest := float32(maxCost)
	put := func(i int32) {
		if x.late.gone.has(i) {
			return
		}
		g := x.good(i)
		f, well := asked.fit(g)
		if f |= failed; f.cost() <= cheapest {
			cheapest = f.cost()
			s.list = append(s.list, candidate{product: g.product, failed: f, words: 1, score: well * g.popular})
		}
	}
	switch {
	case asked.shelf != none:
		for _, i := range x.shelves.on[asked.shelf] {
			put(i)
		}
		for i := range x.late.goods {
			if x.shelves.holds(asked.shelf, x.late.goods[i].shelf) {
				put(int32(len(x.goods) + i))
			}
		}
	case asked.query.Category == "":
		for i := range x.size() {
			put(int32(i))
		}
	}
}

// candidate is a product that may be an answer.
type candidate struct {
	product *catalog.Product
	failed  demand
	words   float32 // how well it fits the words
	score   float32 // how well it fits all
}

// compare puts the better candidate first.
func (c candidate) compare(other candidate) int {
	return cmp.Or(cmp.Compare(other.score, c.score), strings.Compare(c.product.ID, other.product.ID))
}

// answer keeps the candidates that fail least, all in the same demands.
func answer(list []candidate, limit int) catalog.Found {
	if len(list) == 0 {
		return catalog.Found{}
	}
	if limit <= 0 {
		limit = defaultLimit
	}
	first := slices.MinFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.failed.cost(), b.failed.cost()), a.compare(b))
	})
	var best float32
	for _, c := range list {
		if c.failed == first.failed {
			best = max(best, c.words)
		}
	}
	found := catalog.Found{Nearest: first.failed != 0, Relaxed: first.failed.names()}
	top := make([]candidate, 0, min(limit, len(list))+1)
	for _, c := range list {
		if c.failed != first.failed || c.words < best*tail {
			continue
		}
		found.Total++
		if len(top) == limit && top[limit-1].compare(c) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, c, candidate.compare)
		top = slices.Insert(top, at, c)
		top = top[:min(len(top), limit)]
	}
	for _, c := range top {
		found.Hits = append(found.Hits, catalog.Hit{Product: c.product, Score: float64(c.score)})
	}
	return found
}
