package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tiski/catalog"
)

// late is what has changed since an index was made: goods with numbers after all
// others, what is said of them, and which goods have been taken away. An index that
// shares it with an older one never changes what the older one sees.
type late struct {
	byID     []int32     // the numbers of the goods changed, the last of each, by their ids
	ids      []lateTerm  // new to the index, in the order of the texts
	said     paged[said] // by term
	spelling spelling
	gone     bitmap
}

type lateTerm struct {
	text string
	id   int32
}

// said is how a term stands in the goods that have changed.
type said struct {
	posts  []post
	naming naming
}

// id returns the number of a term that is new to the index.
func (l *late) id(term string) (id int32, known bool) {
	at, known := l.search(term)
	if !known {
		return 0, false
	}
	return l.ids[at].id, true
}

func (l *late) search(term string) (at int, found bool) {
	return slices.BinarySearchFunc(l.ids, term, func(t lateTerm, term string) int { return strings.Compare(t.text, term) })
}

// With returns an index in which a product stands instead of the one of its id,
// or beside all others when there is none; searches of the old one go on. A new
// price or stock takes microseconds. New words take the longer the more products
// have been given such, a millisecond after some thousands: BenchmarkWith tells.
// Then it is time to make a New one.
func (x *Index) With(p *catalog.Product) *Index {
	if i := x.number(p.ID); i != none && sameWords(x.good(i).product, p) {
		y := *x
		y.put(i, p)
		return &y
	}
	y := x.Without(p.ID)
	i := y.size
	y.size++
	y.put(i, p)
	at, found := y.search(y.late.byID, p.ID)
	if found {
		y.late.byID = slices.Clone(y.late.byID)
		y.late.byID[at] = i
	} else {
		y.late.byID = inserted(y.late.byID, at, i)
	}
	y.say(i, p)
	return y
}

// put puts a product into the goods, in clones of what older indexes see.
func (x *Index) put(i int32, p *catalog.Product) {
	x.sizes, x.colors = x.sizes.with(p, (*catalog.Variant).Size), x.colors.with(p, func(v *catalog.Variant) string { return v.Options["color"] })
	g, _ := x.newGoods(p, nil)
	x.goods = x.goods.with(i, g)
}

// say puts the words of a product that has come late under it.
func (x *Index) say(i int32, p *catalog.Product) {
	x.memory = new(memory) // for they may mean something else now
	b := newBuilder(x.shop, x.written)
	b.index = x
	b.product(i, p)
	for text, id := range b.ids {
		at, _ := x.late.search(text)
		x.late.ids = inserted(x.late.ids, at, lateTerm{text, id})
	}
	for word := range b.spelt {
		if !x.spelling.has(word) && !x.late.spelling.has(word) {
			x.late.spelling = x.late.spelling.with(word)
		}
	}
	older := x.late.said
	x.late.said = slices.Clone(older)
	for _, p := range b.put {
		s := x.late.said.own(p.id, older)
		if n := len(s.posts); n > 0 && s.posts[n-1].product() == i {
			s.posts[n-1] = s.posts[n-1].better(p.post)
		} else {
			s.posts = append(slices.Clip(s.posts), p.post)
		}
		s.naming = s.naming.or(namingOf([]post{p.post}))
	}
}

// sameWords reports whether two products are described alike, so that at most
// prices, stock and the like differ.
func sameWords(a, b *catalog.Product) bool {
	return a.Brand == b.Brand && a.Category == b.Category &&
		maps.Equal(a.Name, b.Name) && maps.Equal(a.Description, b.Description) && maps.Equal(a.Material, b.Material) &&
		slices.Equal(a.Features, b.Features) && maps.EqualFunc(a.Facts, b.Facts, maps.Equal) &&
		slices.EqualFunc(a.Variants, b.Variants, func(v, w catalog.Variant) bool { return maps.Equal(v.Options, w.Options) })
}

// Without returns an index without a product.
func (x *Index) Without(id string) *Index {
	y := *x
	if i := x.number(id); i != none {
		y.late.gone = bitmap(nil).emptied(int(x.size))
		y.late.gone.add(x.late.gone, x.late.gone)
		y.late.gone.set(i)
	}
	return &y
}

// number returns the number of a product, none when there is no such product.
func (x *Index) number(product string) int32 {
	for _, byID := range [...][]int32{x.late.byID, x.byID} {
		if at, found := x.search(byID, product); found {
			if i := byID[at]; !x.late.gone.has(i) {
				return i
			}
			return none
		}
	}
	return none
}

// search returns where the number of a product is or would be among some by ids.
func (x *Index) search(byID []int32, product string) (at int, found bool) {
	return slices.BinarySearchFunc(byID, product, func(i int32, id string) int {
		return cmp.Compare(x.good(i).product.ID, id)
	})
}

// inserted returns a list with a value more, and leaves the list as it is.
func inserted[T any](list []T, at int, value T) []T {
	return slices.Insert(slices.Clip(list), at, value)
}
