// Package search finds products by the words of a customer: inflected,
// compound, misspelt, in Finnish, Swedish or English.
package search

import (
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
	goods    paged[goods]
	size     int32   // how many numbers of goods there are
	byID     []int32 // the numbers of the goods by their ids
	sizes    numbered
	colors   numbered
	shelves  shelves
	ids      map[string]int32 // of terms
	posts    []post           // of one term after the other, each in the order of products
	ends     []uint32         // by term: of its posts
	naming   []naming         // by term
	crowds   map[int32]*crowd // by term that stands in many products
	spelling spelling
	synonyms map[int32][]meaning // by term
	labels   map[saying][]label  // of shelves and options, of most of them
	late     late
	memory   *memory
	scratch  *sync.Pool // of *scratch
}

// New indexes the products of a shop, at most [mostProducts], by their
// headwords in a lexicon.
func New(shop *catalog.Shop, lexicon *finnish.Lexicon) *Index {
	x := &Index{
		shop: shop, read: reader{lexicon.Analyse}, written: reader{lexicon.AnalyseWritten},
		memory: new(memory), scratch: &sync.Pool{New: func() any { return new(scratch) }},
	}
	products := shop.Products[:min(len(shop.Products), mostProducts)]
	var parts []*builder
	var wg sync.WaitGroup
	wg.Go(func() { x.stock(products) })
	wg.Go(func() { parts = build(shop, products, x.written) })
	wg.Wait()
	b := parts[0]
	for _, s := range shop.Synonyms {
		for lang, list := range s.Words {
			for _, word := range list {
				b.stands(lang, word, inName)
			}
		}
	}
	x.lay(parts)
	x.ids, x.labels = b.ids, map[saying][]label{}
	for s, labels := range b.labels {
		if s.at == inCategory || s.at == inOptions {
			x.labels[s] = labels
		}
	}
	x.synonyms = x.otherwise(shop.Synonyms)
	return x
}

// stock makes goods of the products and puts them on the shelves.
func (x *Index) stock(products []catalog.Product) {
	x.size, x.shelves = int32(len(products)), newShelves(x.shop.Categories)
	variants := 0
	for i := range products {
		variants += len(products[i].Variants)
	}
	all := make([]variant, 0, variants)
	for i := range x.size {
		g := x.goods.own(i, nil)
		*g, all = x.newGoods(&products[i], all)
		x.byID = append(x.byID, i)
		x.shelves.put(i, g.shelf)
	}
	slices.SortFunc(x.byID, func(a, b int32) int { return strings.Compare(products[a].ID, products[b].ID) })
}

// good returns the goods of a number.
func (x *Index) good(i int32) *goods { return x.goods.at(i) }

// terms is how many terms there are.
func (x *Index) terms() int32 { return int32(len(x.ends) + len(x.late.ids)) }

// id returns the number of a term.
func (x *Index) id(term string) (id int32, known bool) {
	if id, known = x.ids[term]; !known {
		id, known = x.late.id(term)
	}
	return id, known
}

// lists are the posts of a term, each in the order of products; the second are of
// goods that have changed.
func (x *Index) lists(id int32) (lists [2][]post) {
	if int(id) < len(x.ends) {
		var first uint32
		if id > 0 {
			first = x.ends[id-1]
		}
		lists[0] = x.posts[first:x.ends[id]]
	}
	if said := x.late.said.at(id); said != nil {
		lists[1] = said.posts
	}
	return lists
}

// standsIn tells in how many products a term stands, at most.
func (x *Index) standsIn(id int32) int {
	lists := x.lists(id)
	return len(lists[0]) + len(lists[1])
}

// names tells in which tongues a term says what some products are.
func (x *Index) names(id int32) (n naming) {
	if int(id) < len(x.naming) {
		n = x.naming[id]
	}
	if said := x.late.said.at(id); said != nil {
		n = n.or(said.naming)
	}
	return n
}
