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
	b.index = y
	b.product(i, p)
	maps.Copy(y.late.ids, b.ids)
	for _, p := range b.put {
		y.late.put(p)
	}
	words := len(y.late.spelt)
	for word := range b.spelt {
		if !x.spelling.has(word) {
			y.late.spelt[word] = true
		}
	}
	if len(y.late.spelt) > words {
		y.late.spelling = newSpelling(y.late.spelt)
	}
	return y
}

// put adds a post of the newest goods.
func (l *late) put(p posted) {
	list := l.posts[p.id]
	if n := len(list); n > 0 && list[n-1].product() == p.post.product() {
		list[n-1] = list[n-1].better(p.post)
	} else {
		list = append(slices.Clip(list), p.post)
	}
	l.posts[p.id] = list
	l.called[p.id] = l.called[p.id].or(namingOf([]post{p.post}))
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
		l.gone.set(i)
		l.numbers[id] = none
	}
	return &y
}
