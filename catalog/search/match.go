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
	cells  []cell  // by product; all zero between searches
	met    []int32 // the products whose cells are not zero
	some   []int32 // products at hand
	other  []int32 // room for more of them
	counts []uint8 // how many words stand in each of some
	list   []candidate
}

// cell is how the words of a query stand in a product.
type cell struct {
	score  float32 // sum over the words of weight and fit
	has    float32 // weight of the words found in it
	best   float32 // fit of the word that fits best
	fit    float32 // of the word at hand
	cover  float32 // of the word at hand: 1, or less when only something alike is found
	met    bool    // it has been weighed
	told   bool    // it tells so much of itself that it is meant
	hinted bool    // running text speaks of it
}

func (s *scratch) open(goods int) {
	if len(s.cells) < goods {
		s.cells = make([]cell, goods)
	}
	s.list = s.list[:0]
}

func (s *scratch) clear() {
	for _, i := range s.met {
		s.cells[i] = cell{}
	}
	s.met = s.met[:0]
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
	n := float64(x.size())
	q.in = tongueOf(lang)
	q.senses = x.understood(list[:min(len(list), mostWords)], lang)
	for i := range q.senses {
		word := &q.senses[i]
		most, alike := 0, word.alike()
		for _, m := range word.meanings {
			all, named := x.standsIn(m.id)
			most = max(most, all)
			word.size += all
			word.named += named
			if word.naming() && m.alike == alike {
				word.tells = max(word.tells, x.naming(m.id).tells)
			}
		}
		q.tells = max(q.tells, word.tells)
		q.naming = q.naming || word.naming() && x.namedBy(word, q.in)
		word.weight = 1
		if most > 0 {
			word.weight += float32(math.Log1p(n/float64(most)) / math.Log1p(n))
		}
		if word.beside {
			word.weight *= asModifier
		}
		if word.common = len(q.senses) > 1 && 2*most > x.size(); !word.common {
			q.weight += word.weight
			if word.size > 0 {
				q.asked++
			}
		}
	}
	slices.SortStableFunc(q.senses, func(a, b sense) int { return cmp.Compare(a.rank(), b.rank()) })
	return q
}

// drivers returns senses one of which stands in every product that is meant and in
// which so many of all stand that are asked: the rarest, or, when those are fewer
// products, those by which goods are named.
func (q *question) drivers(many int) (drivers []int, naming bool) {
	var rarest, named []int
	products, others := 0, 0
	for i := range q.asked {
		word := &q.senses[i]
		if i <= q.asked-many {
			rarest = append(rarest, i)
			products += word.size
		}
		if word.tells >= q.tells {
			named = append(named, i)
			others += word.named
		}
	}
	if q.naming && others < products {
		return named, true
	}
	return rarest, false
}

// gather brings at hand the products, in order, in which the driving sense, naming
// or not, and so many of all that are asked stand, each once for a query, and counts
// how many do stand there.
func (x *Index) gather(q *question, driver int, naming bool, many int, s *scratch) {
	s.some = s.some[:0]
	for _, m := range q.senses[driver].meanings {
		for k, posts := range x.lists(m.id) {
			if naming && k == 1 {
				continue
			}
			s.other = merge(s.other[:0], s.some, posts)
			s.some, s.other = s.other, s.some
		}
	}
	if len(s.met) > 0 || len(x.late.gone) > 0 {
		s.some = slices.DeleteFunc(s.some, func(i int32) bool { return s.cells[i].met || x.late.gone.has(i) })
	}
	s.counts = slices.Grow(s.counts[:0], len(s.some))[:len(s.some)]
	for k := range s.counts {
		s.counts[k] = 1
	}
	left := q.asked - 1
	for i := range q.senses[:q.asked] {
		if i == driver {
			continue
		}
		if many != 1 {
			x.count(&q.senses[i], s)
		}
		left--
		n := 0
		for k, product := range s.some {
			if int(s.counts[k])+left >= many {
				s.some[n], s.counts[n] = product, s.counts[k]
				n++
			}
		}
		s.some, s.counts = s.some[:n], s.counts[:n]
	}
	for _, i := range s.some {
		s.cells[i].met = true
	}
	s.met = append(s.met, s.some...)
}

// merge adds products to those in order that stand in posts.
func merge(to, some []int32, posts []post) []int32 {
	for _, p := range posts {
		product := p.product()
		for len(some) > 0 && some[0] < product {
			to, some = append(to, some[0]), some[1:]
		}
		if len(some) == 0 || some[0] != product {
			to = append(to, product)
		}
	}
	return append(to, some...)
}

// count adds one for a sense to the products at hand in which it stands.
func (x *Index) count(word *sense, s *scratch) {
	for _, m := range word.meanings {
		often, lists := x.often[m.id], x.lists(m.id)
		if often != nil {
			lists[0], lists[1] = nil, nil
		}
		for k, product := range s.some {
			if often.has(product) {
				s.counts[k] |= marked
			}
		}
		for _, posts := range lists {
			for k, product := range s.some {
				if posts = posts[seek(posts, product):]; len(posts) == 0 {
					break
				}
				if posts[0].product() == product {
					s.counts[k] |= marked
				}
			}
		}
	}
	for k, n := range s.counts {
		s.counts[k] = n&^marked + n/marked
	}
}

// marked is the bit of a count that says: once more.
const marked = 1 << 7

// weigh notes how all senses stand in the products at hand.
func (x *Index) weigh(q *question, s *scratch) {
	for i := range q.senses {
		word := &q.senses[i]
		for _, m := range word.meanings {
			for _, posts := range x.lists(m.id) {
				for _, i := range s.some {
					if posts = posts[seek(posts, i):]; len(posts) == 0 {
						break
					}
					if posts[0].product() == i {
						q.note(&s.cells[i], word, m, posts[0])
					}
				}
			}
		}
		for _, i := range s.some {
			c := &s.cells[i]
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
	if len(posts) == 0 || posts[0].product() >= product {
		return 0
	}
	step := 1
	for step < len(posts) && posts[step].product() < product {
		step *= 2
	}
	low := step / 2
	at, _ := slices.BinarySearch(posts[low:min(step+1, len(posts))], postOf(product, 0, 0, 0))
	return low + at
}

// note takes a meaning of the word at hand that stands in the cell's product.
// Once a word names goods, those that only speak of them are not meant: a doll
// in a red dress is no dress. Nor are those beside them on the shelf, when any
// bear the name. A noun that stands nowhere but in running text asks for
// something else than what it stands under; "for the sauna" does not.
func (q *question) note(c *cell, word *sense, m meaning, p post) {
	fit, cover := m.sure*p.fit(), float32(1)
	if l := p.tongue(); l != q.in && l != 0 && q.in != 0 {
		fit *= inOther
	}
	if m.alike {
		cover = likeness
	}
	c.fit, c.cover = max(c.fit, fit), max(c.cover, cover)
	switch {
	case q.naming:
		c.told = c.told || word.tells >= q.tells && p.place().names()
	case p.describes():
		c.told = true
	case word.purpose:
		c.hinted = true
	}
}
