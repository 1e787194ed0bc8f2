// Package search finds products by the words of a customer: inflected,
// compound, misspelt, in Finnish, Swedish or English.
package search

import (
	"cmp"
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents/language"
)

// Index is the searchable form of a shop's products. It never changes: a
// change of the shop makes a new Index. Any number of goroutines may search it.
type Index struct {
	products []*catalog.Product
	shelves  []map[string]bool // by product: its category and those above it
	terms    dictionary
	posts    [][]post // by term
}

// post says how strongly a term stands in a product.
type post struct {
	product int32
	weight  float32
}

// What a word weighs by where it stands.
const (
	inName          = 4.0
	inBrand         = 3.0
	inCategory      = 2.5 // divided among the words of its name
	inFeatures      = 2.0
	besideName      = 1.8 // what the name says more: "repun" of repun sadesuoja
	inOptions       = 1.5
	inCategoryWords = 1.2
	inMaterial      = 1.0
	inDescription   = 1.0
	inFacts         = 0.5
)

// New indexes the products of a shop.
func New(shop *catalog.Shop) *Index {
	x := &Index{}
	b := builder{ids: map[string]int32{}, keys: map[said][]key{}, shop: shop}
	for i := range shop.Products {
		p := &shop.Products[i]
		x.products = append(x.products, p)
		x.shelves = append(x.shelves, b.shelves(p))
		b.product(int32(i), p)
	}
	x.posts = b.posts
	x.terms = newDictionary(b.ids, b.prominent)
	return x
}

// said is a word in a language.
type said struct{ lang, word string }

// builder collects the terms of all products.
type builder struct {
	shop  *catalog.Shop
	ids   map[string]int32
	posts [][]post
	keys  map[said][]key // found before
}

// shelves returns the category of a product and all above it.
func (b *builder) shelves(p *catalog.Product) map[string]bool {
	on := map[string]bool{}
	for c := b.shop.Category(p.Category); c != nil; c = b.shop.Category(c.Parent) {
		on[c.ID] = true
	}
	return on
}

func (b *builder) product(i int32, p *catalog.Product) {
	for lang, name := range p.Name {
		heads, beside := names(lang, name)
		b.words(i, lang, heads, inName)
		b.words(i, lang, beside, besideName)
	}
	b.text(i, p.Description, inDescription)
	b.text(i, p.Material, inMaterial)
	b.add(i, "", p.Brand, inBrand)
	for _, f := range p.Features {
		b.add(i, "fi", f, inFeatures)
	}
	for _, f := range p.Facts {
		b.text(i, f, inFacts)
	}
	for c := b.shop.Category(p.Category); c != nil; c = b.shop.Category(c.Parent) {
		for lang, name := range c.Name {
			list := slices.DeleteFunc(words(name), func(w string) bool { return and[w] })
			b.words(i, lang, list, inCategory/float32(max(1, len(list))))
		}
		for lang, list := range c.Words {
			b.words(i, lang, list, inCategoryWords)
		}
	}
	seen := map[said]bool{}
	for _, v := range p.Variants {
		for option, value := range v.Options {
			if seen[said{option, value}] {
				continue
			}
			seen[said{option, value}] = true
			for _, lang := range language.Codes {
				b.add(i, lang, b.shop.Translate(option, value, lang), inOptions)
			}
		}
	}
}

func (b *builder) text(i int32, t catalog.Text, weight float32) {
	for lang, s := range t {
		b.add(i, lang, s, weight)
	}
}

func (b *builder) add(i int32, lang, text string, weight float32) {
	b.words(i, lang, words(text), weight)
}

// words puts words under a product. A term that stands there several times
// counts once, at its best place, and a little for each further.
func (b *builder) words(i int32, lang string, list []string, weight float32) {
	for _, word := range list {
		of := said{lang, word}
		keys, known := b.keys[of]
		if !known {
			keys = keysOf(lang, word)
			b.keys[of] = keys
		}
		for _, k := range keys {
			id, known := b.ids[k.term]
			if !known {
				id = int32(len(b.posts))
				b.ids[k.term] = id
				b.posts = append(b.posts, nil)
			}
			list := b.posts[id]
			if n := len(list); n > 0 && list[n-1].product == i {
				last := &list[n-1].weight
				*last = max(*last, weight) + min(*last, weight)/8
				continue
			}
			b.posts[id] = append(list, post{i, weight})
		}
	}
}

// prominent reports whether a term is more than a word of some description.
func (b *builder) prominent(id int32) bool {
	return slices.ContainsFunc(b.posts[id], func(p post) bool { return p.weight >= besideName })
}

// dictionary finds the terms of an index: exactly, by their beginning, by
// their end, and misspelt.
type dictionary struct {
	ids      map[string]int32
	sorted   []term // by text
	reversed []term // by text turned round
	spelling spelling
}

type term struct {
	text string
	id   int32
}

// newDictionary takes the terms; only prominent ones are what a misspelt word
// may mean.
func newDictionary(ids map[string]int32, prominent func(id int32) bool) dictionary {
	d := dictionary{ids: ids}
	var worth []term
	for text, id := range ids {
		d.sorted = append(d.sorted, term{text, id})
		d.reversed = append(d.reversed, term{reverse(text), id})
		if prominent(id) && !strings.HasPrefix(text, rough) {
			worth = append(worth, term{text, id})
		}
	}
	byText := func(a, b term) int { return cmp.Compare(a.text, b.text) }
	slices.SortFunc(d.sorted, byText)
	slices.SortFunc(d.reversed, byText)
	slices.SortFunc(worth, byText)
	d.spelling = newSpelling(worth)
	return d
}

// beginning returns the terms of a sorted list that begin with a text.
func beginning(list []term, text string) []term {
	first, _ := slices.BinarySearchFunc(list, text, func(t term, s string) int { return cmp.Compare(t.text, s) })
	last := first
	for last < len(list) && strings.HasPrefix(list[last].text, text) {
		last++
	}
	return list[first:last]
}

func reverse(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}
