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
	s.list = s.list[:0]
	asked := x.asks(&q, stock)
	if q.Product != "" {
		if i := x.number(q.Product); i != none {
			one := candidate{goods: x.good(i), words: 1, rest: 1}
			asked.hold(&one, true)
			return asked.answer(append(s.list, one))
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
	return asked.answer(s.list)
}

// fitting makes candidates of the products that fit the words: first of those in
// which all words stand, then, while nothing fails less than a word, of those with
// a word less.
func (x *Index) fitting(q *question, s *scratch, asked *asked) {
	x.rank(q, s)
	cheapest := float32(maxCost)
	for many := q.asked; many > 0 && cheapest > theWords.cost(); many-- {
		s.some = s.ranks[many].without(s.ranks[many+1], s.some[:0])
		x.weigh(q, s)
		for k, i := range s.some {
			if one, ok := x.fittingOne(q, &s.cells[k], x.good(i), asked, cheapest); ok {
				cheapest = min(cheapest, one.failed.cost())
				s.list = append(s.list, one)
			}
		}
	}
}

// fittingOne makes a candidate of a product, unless it has too few of the words
// or fails more than another.
func (x *Index) fittingOne(q *question, c *cell, g *goods, asked *asked, cheapest float32) (one candidate, ok bool) {
	least := q.weight * most
	if q.naming {
		least = q.weight * fewest
	}
	if c.has < least || !c.told && (q.naming || !c.hinted) || asked.excepts(g) {
		return one, false
	}
	one = candidate{goods: g, words: c.score / q.weight, rest: g.popular}
	if c.has < q.weight*0.999 || !c.told {
		one.failed = theWords
		one.words *= min(1, c.has/q.weight)
	} else {
		one.words = (one.words + c.best) / 2
	}
	if one.failed.cost() > cheapest {
		return one, false
	}
	if asked.shelf != none && x.shelves.holds(asked.shelf, g.shelf) {
		one.rest *= onShelf
	}
	asked.hold(&one, asked.query.InStock)
	return one, one.failed.cost() <= cheapest
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
		if asked.excepts(g) {
			return
		}
		one := candidate{goods: g, failed: failed, words: 1, rest: g.popular}
		asked.hold(&one, asked.query.InStock)
		if cost := one.failed.cost(); cost <= cheapest {
			cheapest = cost
			s.list = append(s.list, one)
		}
	}
	switch {
	case asked.shelf != none:
		for _, i := range x.shelves.on[asked.shelf] {
			put(i)
		}
		for _, i := range x.late.byID {
			if x.shelves.holds(asked.shelf, x.good(i).shelf) {
				put(i)
			}
		}
	case asked.query.Category == "":
		for i := range x.size {
			put(i)
		}
	}
}

// candidate is a product that may be an answer.
type candidate struct {
	goods  *goods
	failed demand
	words  float32 // how well it fits the words
	rest   float32 // factor of the score
	score  float32 // how well it fits all
	aside  bool    // it stands behind those that are not
	exact  bool    // the score counts what is left in stock; until then it may be too high
}

// hold holds a candidate against what is asked besides words, and against what is
// left in stock or not.
func (a *asked) hold(c *candidate, left bool) {
	failed, well := a.fit(c.goods, left)
	c.failed |= failed
	c.score = c.words * well * c.rest
	c.exact = left
}

// compare puts the better candidate first.
func (c *candidate) compare(other *candidate) int {
	if c.aside != other.aside {
		if c.aside {
			return 1
		}
		return -1
	}
	if by := cmp.Compare(other.score, c.score); by != 0 {
		return by
	}
	return strings.Compare(c.goods.product.ID, other.goods.product.ID)
}

// answer keeps the candidates that fail least, all in the same demands.
func (a *asked) answer(list []candidate) catalog.Found {
	if len(list) == 0 {
		return catalog.Found{}
	}
	first := &list[0]
	for i := range list {
		c := &list[i]
		if by := cmp.Compare(c.failed.cost(), first.failed.cost()); by < 0 || by == 0 && c.compare(first) < 0 {
			first = c
		}
	}
	failed, best := first.failed, float32(0)
	people := a.query.Audience == "" && first.goods.audience != pet // who buys for a pet names it
	for i := range list {
		if list[i].failed == failed {
			best = max(best, list[i].words)
		}
	}
	list = slices.DeleteFunc(list, func(c candidate) bool { return c.failed != failed || c.words < best*tail })
	for i := range list {
		list[i].aside = people && list[i].goods.audience == pet
	}
	found := catalog.Found{Total: len(list), Nearest: failed != 0, Relaxed: failed.names()}
	limit := cmp.Or(max(a.query.Limit, 0), defaultLimit)
	if a.query.Order != "" {
		byPrice(list, a.query.Order)
		for _, c := range list[:min(limit, len(list))] {
			found.Hits = append(found.Hits, catalog.Hit{Product: c.goods.product, Score: float64(c.score)})
		}
		return found
	}
	for queue := newQueue(list); len(queue) > 0 && len(found.Hits) < limit; {
		if c := queue[0]; c.exact {
			found.Hits = append(found.Hits, catalog.Hit{Product: c.goods.product, Score: float64(c.score)})
			queue = queue.drop()
			continue
		}
		a.hold(&queue[0], true)
		queue.sink(0)
	}
	return found
}

// byPrice puts candidates in an order of their prices.
func byPrice(list []candidate, order string) {
	type priced struct {
		candidate
		price catalog.Cents // less comes first
	}
	all := make([]priced, len(list))
	for i, c := range list {
		low, high := c.goods.product.PriceRange()
		if all[i] = (priced{c, low}); order == catalog.DearestFirst {
			all[i].price = -high
		}
	}
	slices.SortFunc(all, func(a, b priced) int {
		if a.aside != b.aside {
			return a.compare(&b.candidate)
		}
		return cmp.Or(cmp.Compare(a.price, b.price), a.compare(&b.candidate))
	})
	for i := range all {
		list[i] = all[i].candidate
	}
}

// queue is a heap of candidates: the best is first, and each is better than those
// at twice its place.
type queue []candidate

func newQueue(list []candidate) queue {
	q := queue(list)
	for i := len(q)/2 - 1; i >= 0; i-- {
		q.sink(i)
	}
	return q
}

// drop takes the best away.
func (q queue) drop() queue {
	last := len(q) - 1
	q[0] = q[last]
	q = q[:last]
	q.sink(0)
	return q
}

// sink puts candidate i below those that are better.
func (q queue) sink(i int) {
	for {
		best := i
		for _, next := range [...]int{2*i + 1, 2*i + 2} {
			if next < len(q) && q[next].compare(&q[best]) < 0 {
				best = next
			}
		}
		if best == i {
			return
		}
		q[i], q[best] = q[best], q[i]
		i = best
	}
}
