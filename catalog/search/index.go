// Package search finds products by the words of a customer: inflected,
// compound, misspelt, in Finnish, Swedish or English.
package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"tiski/catalog"
	"tiski/intents/finnish"
)

// Index is the searchable form of a shop's products. It never changes: a
// change of the shop makes a new Index, and With one that shares the most of
// it. Any number of goroutines may search it. BenchmarkBig tells what 100,000
// products cost.
type Index struct {
	shop     *catalog.Shop
	read     reader // of queries
	written  reader // of the shop's words
	goods    []goods
	byID     []int32 // the numbers of the goods by their ids
	sizes    numbered
	colors   numbered
	shelves  shelves
	ids      map[string]int32 // of terms
	posts    []post           // of one term after the other: those that name goods, those that do not, both in the order of products
	ends     [][2]uint32      // by term: of its posts that name goods, and of the others
	often    map[int32]bitmap // by term that stands in many products: in which
	called   []naming         // by term
	spelling spelling
	synonyms map[int32][]meaning // by term
	labels   map[saying][]label  // of shelves and options, of most of them
	late     late
	scratch  *sync.Pool // of *scratch
}

// New indexes the products of a shop, at most [mostProducts], by their
// headwords in a lexicon.
func New(shop *catalog.Shop, lexicon *finnish.Lexicon) *Index {
	x := &Index{shop: shop, read: reader{lexicon.Analyse}, written: reader{lexicon.AnalyseWritten}, shelves: newShelves(shop.Categories)}
	x.goods = make([]goods, min(len(shop.Products), mostProducts))
	variants := 0
	for i := range shop.Products {
		variants += len(shop.Products[i].Variants)
	}
	all := make([]variant, 0, variants)
	for i := range x.goods {
		x.goods[i], all = x.newGoods(&shop.Products[i], all)
		x.byID = append(x.byID, int32(i))
		x.shelves.put(int32(i), x.goods[i].shelf)
	}
	slices.SortFunc(x.byID, func(a, b int32) int { return strings.Compare(x.goods[a].product.ID, x.goods[b].product.ID) })
	parts := build(shop, x.written)
	b := parts[0]
	for _, s := range shop.Synonyms {
		for lang, list := range s.Words {
			for _, word := range list {
				b.stands(lang, word, inName)
			}
		}
	}
	x.lay(joined(parts))
	x.ids, x.labels = b.ids, b.labels
	maps.DeleteFunc(x.labels, func(s saying, _ []label) bool { return s.at != inCategory && s.at != inOptions })
	x.spelling = newSpelling(b.spelt)
	x.synonyms = x.otherwise(shop.Synonyms)
	x.scratch = &sync.Pool{New: func() any { return new(scratch) }}
	return x
}

// lay puts the posts of all terms into one list.
func (x *Index) lay(all [][]post) {
	n := 0
	for _, posts := range all {
		n += len(posts)
	}
	x.posts, x.ends, x.often, x.called = make([]post, 0, n), make([][2]uint32, len(all)), map[int32]bitmap{}, make([]naming, len(all))
	for id, posts := range all {
		for _, p := range posts {
			if p.place().names() {
				x.posts = append(x.posts, p)
			}
		}
		x.ends[id][0] = uint32(len(x.posts))
		for _, p := range posts {
			if !p.place().names() {
				x.posts = append(x.posts, p)
			}
		}
		x.ends[id][1] = uint32(len(x.posts))
		x.called[id] = namingOf(posts)
		if len(posts) > len(x.goods)/many {
			x.often[int32(id)] = bitmapOf(posts, len(x.goods))
		}
	}
}

// many is the part of all products, one in so many, in which a term stands often:
// then a bitmap is quicker than its posts, and larger by little.
const many = 8

// good returns the goods of a number.
func (x *Index) good(i int32) *goods {
	if n := int32(len(x.goods)); i >= n {
		return &x.late.goods[i-n]
	}
	return &x.goods[i]
}

// size is how many numbers of goods there are.
func (x *Index) size() int { return len(x.goods) + len(x.late.goods) }

// terms is how many terms there are.
func (x *Index) terms() int32 { return int32(len(x.ends) + len(x.late.ids)) }

// id returns the number of a term.
func (x *Index) id(term string) (id int32, known bool) {
	if id, known = x.ids[term]; !known {
		id, known = x.late.ids[term]
	}
	return id, known
}

// lists are the posts of a term, each in the order of products: those that name
// goods, those that do not, and those of goods that have changed.
func (x *Index) lists(id int32) (lists [3][]post) {
	lists[2] = x.late.posts[id]
	if int(id) < len(x.ends) {
		var first uint32
		if id > 0 {
			first = x.ends[id-1][1]
		}
		lists[0], lists[1] = x.posts[first:x.ends[id][0]], x.posts[x.ends[id][0]:x.ends[id][1]]
	}
	return lists
}

// standsIn tells in how many products a term stands, at most.
func (x *Index) standsIn(id int32) int {
	lists := x.lists(id)
	return len(lists[0]) + len(lists[1]) + len(lists[2])
}

// naming tells in which tongues a term says what some products are.
func (x *Index) naming(id int32) naming {
	if int(id) < len(x.called) {
		return x.called[id].or(x.late.called[id])
	}
	return x.late.called[id]
}

// number returns the number of a product, none when there is no such product.
func (x *Index) number(product string) int32 {
	if i, changed := x.late.numbers[product]; changed {
		return i
	}
	at, found := slices.BinarySearchFunc(x.byID, product, func(i int32, id string) int {
		return cmp.Compare(x.goods[i].product.ID, id)
	})
	if !found {
		return none
	}
	return x.byID[at]
}
