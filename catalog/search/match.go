package search

import (
	"math"
	"slices"
)

// mostWords are looked up of a query.
const mostWords = 16

// scratch is where one search adds up; it is used again by later ones.
type scratch struct {
	cells []cell  // by product; all zero between searches
	meant []int32 // the products that may be meant, whose cells are not zero
	list  []candidate
}

// cell is how the words of a query stand in a product.
type cell struct {
	score float32 // sum over the words of weight and fit
	has   float32 // weight of the words found in it
	best  float32 // fit of the word that fits best
	fit   float32 // of the word at hand
	cover float32 // of the word at hand: 1, or less when only something alike is found
	meant bool
	vague bool // only running text speaks of it
}

func (s *scratch) clear() {
	for _, i := range s.meant {
		s.cells[i] = cell{}
	}
	s.meant = s.meant[:0]
}

// matched is what a query's words ask.
type matched struct {
	weight float32 // of all words; rare ones weigh more
	naming bool    // whether a word says what the goods are
}

// match looks words up and leaves in s how they stand in the products that may
// be meant. Beside others, a word that stands in most products is asked of none.
func (x *Index) match(list []string, lang string, s *scratch) (m matched) {
	n := float64(len(x.goods))
	in := tongueOf(lang)
	senses := x.understood(list[:min(len(list), mostWords)], lang)
	for i := range senses {
		m.naming = m.naming || x.names(&senses[i], in)
	}
	x.gatherAll(senses, m.naming, s)
	slices.Sort(s.meant)
	for i := range senses {
		word := &senses[i]
		df := 0
		for _, t := range word.meanings {
			df = max(df, len(x.posts[t.id]))
			x.look(t, in, s)
		}
		weight := float32(1)
		if df > 0 {
			weight += float32(math.Log1p(n/float64(df)) / math.Log1p(n))
		}
		if word.beside {
			weight *= asModifier
		}
		common := len(senses) > 1 && df*2 > len(x.goods)
		if !common {
			m.weight += weight
		}
		for _, i := range s.meant {
			c := &s.cells[i]
			c.score += weight * c.fit
			c.best = max(c.best, c.fit)
			if !common {
				c.has += weight * c.cover
			}
			c.fit, c.cover = 0, 0
		}
	}
	return m
}

// names reports whether a word says what the goods are.
func (x *Index) names(word *sense, in tongue) bool {
	alike := word.alike()
	return word.naming() && slices.ContainsFunc(word.meanings, func(t meaning) bool {
		return t.alike == alike && x.naming[t.id].has(in)
	})
}

// gatherAll finds the products that words may mean. Once a word names goods,
// those that only speak of them are not meant: a doll in a red dress is no
// dress. Nor are those beside them on the shelf, when any bear the name. A noun
// that stands nowhere but in running text asks for something else than what it
// stands under; "for the sauna" does not.
func (x *Index) gatherAll(senses []sense, naming bool, s *scratch) {
	if !naming {
		for i := range senses {
			x.gather(&senses[i], inDescription, s)
		}
		return
	}
	for _, least := range []place{inCategory, inCategoryWords} {
		for i := range senses {
			if senses[i].naming() {
				x.gather(&senses[i], least, s)
			}
		}
		if len(s.meant) > 0 {
			return
		}
	}
}

// gather finds the products that a word may mean by what stands at least in a
// place.
func (x *Index) gather(word *sense, least place, s *scratch) {
	for _, t := range word.meanings {
		for _, p := range x.posts[t.id] {
			at := p.place()
			described := at.describes() && !t.part || at.names()
			if at < least || !described && !word.purpose {
				continue
			}
			c := &s.cells[p.product()]
			if !c.meant {
				*c = cell{meant: true, vague: true}
				s.meant = append(s.meant, p.product())
			}
			c.vague = c.vague && !described
		}
	}
}

// look notes how a meaning of a word stands in the products that are meant. A
// list of products much longer than theirs is not read but searched.
func (x *Index) look(t meaning, in tongue, s *scratch) {
	posts := x.posts[t.id]
	if len(posts) < 8*len(s.meant) {
		for _, p := range posts {
			if c := &s.cells[p.product()]; c.meant {
				c.note(t, p, in)
			}
		}
		return
	}
	for _, i := range s.meant {
		at, _ := slices.BinarySearch(posts, postOf(i, 0, 0))
		if posts = posts[at:]; len(posts) > 0 && posts[0].product() == i {
			s.cells[i].note(t, posts[0], in)
		}
	}
}

// note takes a meaning of the word at hand that stands in the cell's product.
func (c *cell) note(t meaning, p post, in tongue) {
	fit, cover := t.sure*weights[p.place()], float32(1)
	if l := p.tongue(); l != in && l != 0 && in != 0 {
		fit *= inOther
	}
	if t.alike {
		cover = likeness
	}
	c.fit, c.cover = max(c.fit, fit), max(c.cover, cover)
}
