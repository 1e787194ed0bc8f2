package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents/language"
)

// Pairs finds what goes with a product. It never changes; any number of
// goroutines may ask it, and nil knows nothing.
type Pairs struct {
	shop   *catalog.Shop
	by     map[string][]string // what the shop itself says goes with a product
	of     map[string]traits   // by product
	having map[string][]string // products by trait
}

// Limits of what is compared.
const (
	commonTrait = 400 // a trait of more products than this says nothing
	leastAlike  = 0.3 // what the traits that two products share weigh at least: one of nine products, or two common ones
	ofShelf     = 3   // products that stand for a whole category, the most popular
)

// Pairs reads what goes together in the shop of the index: from the shop's own
// rules, and by likeness.
func (x *Index) Pairs() *Pairs {
	p := &Pairs{shop: x.shop, by: map[string][]string{}, of: map[string]traits{}, having: map[string][]string{}}
	for _, rule := range x.shop.Pairs {
		with := p.products(rule.With, ofShelf)
		for _, id := range p.products(rule.Of, len(x.shop.Products)) {
			for _, other := range with {
				if other != id && !slices.Contains(p.by[id], other) {
					p.by[id] = append(p.by[id], other)
				}
			}
		}
	}
	read := map[string]terms{}
	var name title
	for i := range x.shop.Products {
		of := &x.shop.Products[i]
		var t traits
		take := func(word string, kind bool) {
			if strings.EqualFold(word, of.Brand) {
				return
			}
			w, known := read[word]
			if !known {
				w = x.written.read(language.Finnish, word)
				read[word] = w
			}
			if kind {
				t.kinds = append(append(t.kinds, w.whole[len(w.whole)-1].term), w.heads...)
			} else {
				t.traits = append(t.traits, w.whole[len(w.whole)-1].term)
			}
			t.traits = append(t.traits, w.modifiers...)
		}
		for _, feature := range of.Features {
			for _, word := range words(feature) {
				take(word, false)
			}
		}
		name.split(language.Finnish, of.Name.In(language.Finnish))
		for _, word := range slices.Concat(name.heads, name.models) {
			take(word, true)
		}
		if of.Brand != "" {
			t.traits = append(t.traits, "brand "+of.Brand)
		}
		slices.Sort(t.traits)
		t.traits = slices.Compact(t.traits)
		p.of[of.ID] = t
		for _, trait := range t.traits {
			p.having[trait] = append(p.having[trait], of.ID)
		}
	}
	return p
}

// traits are what a product is like, and what kind of thing it is.
type traits struct{ traits, kinds []string }

// products are the ids of products, those of categories by the most popular on
// their shelves.
func (p *Pairs) products(ids []string, most int) []string {
	var all []string
	for _, id := range ids {
		if p.shop.Category(id) == nil {
			all = append(all, id)
			continue
		}
		var shelf []*catalog.Product
		for i := range p.shop.Products {
			if of := &p.shop.Products[i]; p.shop.Under(of.Category, id) {
				shelf = append(shelf, of)
			}
		}
		slices.SortStableFunc(shelf, func(a, b *catalog.Product) int { return cmp.Compare(b.Popularity, a.Popularity) })
		for _, of := range shelf[:min(most, len(shelf))] {
			all = append(all, of.ID)
		}
	}
	return all
}

// What reasons weigh against each other: the shop knows its goods, customers
// know theirs, and words only resemble each other.
const (
	byShop   = 3.0
	byOrders = 2.0 // times the weight of the orders
)

// With tells what goes with some products, what goes with more of them or more
// surely first. Together are the orders counted so far, nil without any.
func (p *Pairs) With(q catalog.PairQuery, together *catalog.Together) []catalog.Pair {
	if p == nil {
		return nil
	}
	type scored struct {
		catalog.Pair
		score, best float64
	}
	found := map[string]*scored{}
	add := func(id, why string, orders int, weight float64) {
		product := p.shop.Product(id)
		if product == nil || slices.Contains(q.Of, id) || p.shop.Wrapping == product || !q.Wanted(product) {
			return
		}
		s := found[id]
		if s == nil {
			s = &scored{}
			found[id] = s
		}
		if weight > s.best {
			s.Pair, s.best = catalog.Pair{Product: product, Why: why, Orders: orders}, weight
		}
		s.score += weight
	}
	for _, id := range q.Of {
		for i, other := range p.by[id] {
			add(other, catalog.PairedByShop, 0, byShop-float64(i)/100)
		}
		together.With(id, func(other string, orders int, weight float64) {
			add(other, catalog.PairedByOrders, orders, byOrders*weight)
		})
	}
	if len(found) == 0 && !q.Surely {
		for _, id := range q.Of {
			p.alike(id, func(other string, weight float64) { add(other, catalog.PairedByTraits, 0, weight) })
		}
	}
	all := slices.Collect(maps.Values(found))
	slices.SortFunc(all, func(a, b *scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.Product.Popularity, a.Product.Popularity), cmp.Compare(a.Product.ID, b.Product.ID))
	})
	pairs := make([]catalog.Pair, 0, min(q.Limit, len(all)))
	for _, s := range all[:min(q.Limit, len(all))] {
		pairs = append(pairs, s.Pair)
	}
	return pairs
}

// alike hands on the products that are like one but another kind of thing, of the
// same department, for the same people and not much dearer; and how alike, below 1.
func (p *Pairs) alike(id string, each func(other string, weight float64)) {
	of := p.shop.Product(id)
	if of == nil {
		return
	}
	_, dear := of.PriceRange()
	weight := map[string]float64{}
	for _, trait := range p.of[id].traits {
		having := p.having[trait]
		if len(having) > commonTrait {
			continue
		}
		for _, other := range having {
			weight[other] += 1 / math.Log2(1+float64(len(having)))
		}
	}
	for other, w := range weight {
		o := p.shop.Product(other)
		if w < leastAlike || o == nil || p.department(o) != p.department(of) || o.Audience != of.Audience && o.Audience != "" {
			continue
		}
		if low, _ := o.PriceRange(); low > dear+dear/4 || slices.ContainsFunc(p.of[other].kinds, func(kind string) bool { return slices.Contains(p.of[id].kinds, kind) }) {
			continue
		}
		each(other, w/float64(1+len(p.of[id].traits)))
	}
}

// department is the shelf at the top above a product.
func (p *Pairs) department(of *catalog.Product) string {
	id := of.Category
	for c := p.shop.Category(id); c != nil && c.Parent != ""; c = p.shop.Category(id) {
		id = c.Parent
	}
	return id
}
