package search

import (
	"maps"
	"slices"

	"tiski/catalog"
)

// late is what has changed since an index was made: goods with numbers after
// all others, their terms, and which goods have been taken away. An index that
// shares it with an older one never changes what the older one sees.
type late struct {
	goods    []goods
	numbers  map[string]int32 // of the goods changed, by id; none when gone
	ids      map[string]int32 // of terms new to the index
	posts    map[int32][]post
	called   map[int32]naming
	spelt    map[string]bool
	spelling spelling
	gone     bitmap
}

// With returns an index in which a product stands instead of the one of its id,
// or beside all others when there is none; searches of the old one go on. It
// takes the longer the more products have been changed so, less than a
// millisecond until some hundreds: BenchmarkWith tells. Then it is time to make
// a New one.
func (x *Index) With(p *catalog.Product) *Index {
	y := x.Without(p.ID)
	y.sizes, y.colors = y.sizes.clone(), y.colors.clone()
	i := int32(y.size())
	g, _ := y.newGoods(p, nil)
	y.late.goods = append(slices.Clip(y.late.goods), g)
	y.late.numbers[p.ID] = i
	b := newBuilder(y.shop, y.written)
	b.product(i, p)
	posts := joined([]*builder{b})
	for text, of := range b.ids {
		id, known := y.id(text)
		if !known {
			id = int32(len(y.ends) + len(y.late.ids))
			y.late.ids[text] = id
		}
		y.late.posts[id] = append(slices.Clip(y.late.posts[id]), posts[of]...)
		y.late.called[id] = y.late.called[id].or(namingOf(posts[of]))
	}
	for word := range b.spelt {
		if !x.spelling.has(word) {
			y.late.spelt[word] = true
		}
	}
	y.late.spelling = newSpelling(y.late.spelt)
	return y
}

// Without returns an index without a product.
func (x *Index) Without(id string) *Index {
	y := *x
	l := &y.late
	l.gone = slices.Clone(x.late.gone)
	if l.numbers == nil {
		*l = late{numbers: map[string]int32{}, ids: map[string]int32{}, posts: map[int32][]post{}, called: map[int32]naming{}, spelt: map[string]bool{}}
	} else {
		l.numbers, l.ids, l.posts = maps.Clone(l.numbers), maps.Clone(l.ids), maps.Clone(l.posts)
		l.called, l.spelt = maps.Clone(l.called), maps.Clone(l.spelt)
	}
	if i := x.number(id); i != none {
		for len(l.gone) <= int(i>>6) {
			l.gone = append(l.gone, 0)
		}
		l.gone.add(i)
		l.numbers[id] = none
	}
	return &y
}
