package search

import (
	"cmp"
	"math"
	"slices"
)

// mostWords are looked up of a query.
const mostWords = 16

// scratch is where one search adds up; it is used again by later ones.
type scratch struct {
	ranks  []bitmap
	stands bitmap
	some   []int32 // products at hand, in order
	cells  []cell  // of each of some
	list   []candidate
}

// cell is how the words of a query stand in a product.
type cell struct {
	score  float32 // sum over the words of weight and fit
	has    float32 // weight of the words found in it
	best   float32 // fit of the word that fits best
	fit    float32 // of the word at hand
	cover  float32 // of the word at hand: 1, or less when only something alike is found
	told   bool    // it tells so much of itself that it is meant
	hinted bool    // running text speaks of it
}

// question is what the words of a query ask.
type question struct {
	in     tongue
	senses []sense // the rarest first; those that are asked of none stand last
	asked  int     // how many senses are asked of the goods and stand anywhere
	weight float32 // of all words; rare ones weigh more
	naming bool    // whether a word says what the goods are
	tells  telling // how far goods must, then, be told by their names
}

// ask reads the words of a query. Beside others, a word that stands in most
// products is asked of none.
func (x *Index) ask(list []string, lang string) (q question) {
	products := float64(x.size)
	q.in = tongueOf(lang)
	q.senses = x.understood(list[:min(len(list), mostWords)], lang)
	for i := range q.senses {
		word := &q.senses[i]
		most, alike := 0, word.alike()
		for _, m := range word.meanings {
			n := x.standsIn(m.id)
			most = max(most, n)
			word.size += n
			if word.naming() && m.alike == alike {
				word.tells = max(word.tells, x.names(m.id).tells)
			}
		}
		q.tells = max(q.tells, word.tells)
		q.naming = q.naming || word.naming() && x.namedBy(word, q.in)
		word.weight = 1
		if most > 0 {
			word.weight += float32(math.Log1p(products/float64(most)) / math.Log1p(products))
		}
		if word.beside {
			word.weight *= asModifier
		}
		if word.common = len(q.senses) > 1 && 2*most > int(x.size); !word.common {
			q.weight += word.weight
			if word.size > 0 {
				q.asked++
			}
		}
	}
	slices.SortStableFunc(q.senses, func(a, b sense) int { return cmp.Compare(a.rank(), b.rank()) })
	return q
}

// rank finds the products that may be meant, by how many of the words asked for
// stand in them: ranks[n] are those with n at least.
func (x *Index) rank(q *question, s *scratch) {
	for len(s.ranks) < q.asked+2 {
		s.ranks = append(s.ranks, nil)
	}
	for n := range s.ranks[:q.asked+2] {
		s.ranks[n] = s.ranks[n].emptied(int(x.size))
	}
	all := s.ranks[0]
	if !q.naming {
		all.fill()
	}
	for i := range q.senses {
		if word := &q.senses[i]; q.naming && word.tells >= q.tells {
			for _, m := range word.meanings {
				for _, posts := range x.lists(m.id) {
					all.putBearing(posts, q.tells)
				}
			}
		}
	}
	all.drop(x.late.gone)
	for i := range q.senses[:q.asked] {
		s.stands = s.stands.emptied(int(x.size))
		for _, m := range q.senses[i].meanings {
			x.mark(s.stands, m.id)
		}
		for n := i; n >= 0; n-- {
			s.ranks[n+1].add(s.ranks[n], s.stands)
		}
	}
}

// mark adds the products in which a term stands.
func (x *Index) mark(stands bitmap, id int32) {
	lists := x.lists(id)
	if crowd := x.crowds[id]; crowd != nil {
		stands.add(crowd.in, crowd.in)
		lists[0] = nil
	}
	for _, posts := range lists {
		stands.put(posts)
	}
}

// weigh notes how all senses stand in the products at hand.
func (x *Index) weigh(q *question, s *scratch) {
	s.cells = slices.Grow(s.cells[:0], len(s.some))[:len(s.some)]
	clear(s.cells)
	for i := range q.senses {
		word := &q.senses[i]
		for _, m := range word.meanings {
			lists := x.lists(m.id)
			if crowd := x.crowds[m.id]; crowd != nil {
				for k, i := range s.some {
					if crowd.in.has(i) {
						q.note(&s.cells[k], word, m, lists[0][crowd.place(i)])
					}
				}
				lists[0] = nil
			}
			for _, posts := range lists {
				for k, i := range s.some {
					if posts = posts[seek(posts, i):]; len(posts) == 0 {
						break
					}
					if posts[0].product() == i {
						q.note(&s.cells[k], word, m, posts[0])
					}
				}
			}
		}
		for k := range s.cells {
			c := &s.cells[k]
			c.score += word.weight * c.fit
			c.best = max(c.best, c.fit)
			if !word.common {
				c.has += word.weight * c.cover
			}
			c.fit, c.cover = 0, 0
		}
	}
}

// seek returns where in a list the posts of a product or of those after it
// begin; the nearer, the quicker.
func seek(posts []post, product int32) int {
	least := postOf(product, 0, 0, 0)
	if len(posts) == 0 || posts[0] >= least {
		return 0
	}
	low, high := 0, 1
	for high < len(posts) && posts[high] < least {
		low, high = high, 2*high
	}
	high = min(high, len(posts))
	for high-low > 1 {
		if mid := (low + high) / 2; posts[mid] < least {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// note takes a meaning of the word at hand that stands in the cell's product.
// Once a word names goods, those that only speak of them are not meant: a doll
// in a red dress is no dress. Nor are those beside them on the shelf, when any
// bear the name. A noun that stands nowhere but in running text asks for
// something else than what it stands under; "for the sauna" does not.
// The stem of a word asks in other languages only for what goods are called: the
// "hamm" of a hammare for no hammock.
func (q *question) note(c *cell, word *sense, m meaning, p post) {
	fit, cover := m.sure*p.fit(), float32(1)
	if l := p.tongue(); l != q.in && l != 0 && q.in != 0 {
		if m.stem && p.tells() <= vaguely {
			return
		}
		fit *= inOther
	}
	if m.alike {
		cover = likeness
	}
	c.fit, c.cover = max(c.fit, fit), max(c.cover, cover)
	switch {
	case q.naming:
		c.told = c.told || word.tells >= q.tells && p.bears(q.tells)
	case p.describes():
		c.told = true
	case word.purpose:
		c.hinted = true
	}
}
