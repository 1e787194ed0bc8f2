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
		i := slices.IndexFunc(x.goods, func(g goods) bool { return g.product.ID == q.Product })
		if i >= 0 {
			failed, well := asked.fit(&x.goods[i])
			s.list = append(s.list, candidate{product: x.goods[i].product, failed: failed, words: 1, score: well})
			return answer(s.list, q.Limit)
		}
	}
	m := x.match(words(q.Text), q.Lang, s)
	if m.weight > 0 && len(s.meant) > 0 {
		x.fitting(m, s, asked)
	} else if m.weight == 0 || asked.shelf != none {
		var failed demand
		if m.weight > 0 {
			failed = theWords
		}
		x.shelved(s, asked, failed)
	}
	s.clear()
	return answer(s.list, q.Limit)
}

// fitting makes candidates of the products that fit the words.
func (x *Index) fitting(m matched, s *scratch, asked *asked) {
	cheapest := float32(maxCost)
	least := m.weight * most
	if m.naming {
		least = m.weight * fewest
	}
	for _, i := range s.meant {
		c := &s.cells[i]
		if c.has < least {
			continue
		}
		one := candidate{product: x.goods[i].product, words: c.score / m.weight}
		if c.has < m.weight*0.999 || c.vague {
			one.failed = theWords
			one.words *= min(1, c.has/m.weight)
		} else {
			one.words = (one.words + c.best) / 2
		}
		if one.failed.cost() > cheapest {
			continue
		}
		failed, well := asked.fit(&x.goods[i])
		one.failed |= failed
		if one.failed.cost() > cheapest {
			continue
		}
		cheapest = one.failed.cost()
		one.score = one.words * well * x.goods[i].popular
		if asked.shelf != none && x.shelves.holds(asked.shelf, x.goods[i].shelf) {
			one.score *= onShelf
		}
		s.list = append(s.list, one)
	}
}

// shelved makes candidates of all products on the shelf that is asked for, or
// of all at all. failed is what each of them fails.
func (x *Index) shelved(s *scratch, asked *asked, failed demand) {
	cheapest := float32(maxCost)
	put := func(g *goods) {
		f, well := asked.fit(g)
		if f |= failed; f.cost() <= cheapest {
			cheapest = f.cost()
			s.list = append(s.list, candidate{product: g.product, failed: f, words: 1, score: well * g.popular})
		}
	}
	switch {
	case asked.shelf != none:
		for _, i := range x.shelves.on[asked.shelf] {
			put(&x.goods[i])
		}
	case asked.query.Category == "":
		for i := range x.goods {
			put(&x.goods[i])
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
