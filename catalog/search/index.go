// Package search finds products by the words of a customer: inflected,
// compound, misspelt, in Finnish, Swedish or English.
package search

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"tiski/catalog"
	"tiski/intents/finnish"
	"tiski/intents/language"
)

// Index is the searchable form of a shop's products. It never changes: a
// change of the shop makes a new Index. Any number of goroutines may search it.
// BenchmarkBig tells what 100,000 products cost.
type Index struct {
	lexicon  *finnish.Lexicon
	goods    []goods
	variants []variant
	sizes    []string // of variants, by number
	colors   []string
	shelves  shelves
	terms    dictionary
	posts    [][]post            // by term, each in the order of products
	naming   []tongues           // by term: in which it says somewhere what a product is
	synonyms map[int32][]meaning // by term
	scratch  *sync.Pool          // of *scratch
}

// post says in which product a term stands and in which place.
type post uint32

func postOf(product int32, at place, in tongue) post {
	return post(product)<<6 | post(at)<<2 | post(in)
}

func (p post) product() int32 { return int32(p >> 6) }
func (p post) place() place   { return place(p >> 2 & 15) }
func (p post) tongue() tongue { return tongue(p & 3) }

// tongue is the language in which a product says a term: 0 for none, or 1 more
// than its place in [language.Codes].
type tongue uint8

// tongues is a set of them.
type tongues uint8

// has reports whether a tongue is in the set; with none known, whether any is.
func (t tongues) has(in tongue) bool { return t&(1|1<<in) != 0 || in == 0 && t != 0 }

func tongueOf(lang string) tongue { return tongue(slices.Index(language.Codes, lang) + 1) }

// place is a part of what the shop says of a product, the better the greater.
type place uint8

const (
	inDescription place = iota
	inFacts
	inMaterial
	inOptions
	besideName // what the name says more: "repun" of repun sadesuoja
	inFeatures
	inBrand         // also the model: "Kuura" of Askelniemi Kuura -nilkkurit
	inCategoryWords // the words and the longer names of shelves
	inCategory
	inName
)

// weights tell what a word weighs by its place, up to 1.
var weights = [...]float32{
	inDescription:   0.22,
	inFacts:         0.24,
	inMaterial:      0.26,
	inOptions:       0.34,
	inFeatures:      0.36,
	inCategoryWords: 0.28,
	besideName:      0.25,
	inCategory:      0.40,
	inBrand:         0.45,
	inName:          0.55,
}

// names reports whether a word of this place says what a product is.
func (p place) names() bool { return p >= inCategoryWords }

// describes reports whether a word of this place is more than one word of some
// text.
func (p place) describes() bool { return p >= inFacts }

// New indexes the products of a shop by their headwords in a lexicon.
func New(shop *catalog.Shop, lexicon *finnish.Lexicon) *Index {
	x := &Index{lexicon: lexicon, shelves: newShelves(shop.Categories)}
	sizes, colors := numbered{}, numbered{}
	for i := range shop.Products {
		p := &shop.Products[i]
		g := goods{product: p, shelf: x.shelves.of(p.Category), first: int32(len(x.variants)), popular: 1 + float32(p.Popularity)/1000}
		for j := range p.Variants {
			v := &p.Variants[j]
			x.variants = append(x.variants, variant{
				price: p.PriceOf(v),
				size:  sizes.of(v.Options["size"]),
				color: colors.of(v.Options["color"]),
			})
		}
		x.goods = append(x.goods, g)
		x.shelves.put(int32(i), g.shelf)
	}
	b := build(shop)
	for _, s := range shop.Synonyms {
		for lang, list := range s.Words {
			for _, word := range list {
				b.terms(said{lang, word}, inName)
			}
		}
	}
	x.sizes, x.colors = sizes.values(), colors.values()
	for _, posts := range b.posts {
		x.posts = append(x.posts, slices.Clone(posts)) // without room to grow
	}
	x.terms = newDictionary(b.ids, b.worth)
	for _, posts := range b.posts {
		var in tongues
		for _, p := range posts {
			if p.place().names() {
				in |= 1 << p.tongue()
			}
		}
		x.naming = append(x.naming, in)
	}
	x.synonyms = x.called(shop.Synonyms)
	x.scratch = &sync.Pool{New: func() any { return &scratch{cells: make([]cell, len(x.goods))} }}
	return x
}

// numbered gives numbers to values.
type numbered map[string]int32

func (n numbered) of(value string) int32 {
	number, known := n[value]
	if !known {
		number = int32(len(n))
		n[value] = number
	}
	return number
}

func (n numbered) values() []string {
	list := make([]string, len(n))
	for value, number := range n {
		list[number] = value
	}
	return list
}

// said is a word in a language.
type said struct{ lang, word string }

// builder collects the terms of all products.
type builder struct {
	shop  *catalog.Shop
	ids   map[string]int32
	posts [][]post
	keys  map[said][]int32 // terms of the words met before
	base  map[said][]int32 // those without the words as they are written

	labels   map[said][]label // by option and value, by "" and category
	purposes map[string]bool
}

// alone is how many products one goroutine is left alone with.
const alone = 2000

// build collects the terms of all products, of each part of them in a goroutine
// of its own.
func build(shop *catalog.Shop) *builder {
	n := len(shop.Products)
	parts := make([]*builder, min(runtime.GOMAXPROCS(0), 1+n/alone))
	var wg sync.WaitGroup
	for part := range parts {
		b := newBuilder(shop)
		parts[part] = b
		wg.Go(func() {
			for i := part * n / len(parts); i < (part+1)*n/len(parts); i++ {
				b.product(int32(i), &shop.Products[i])
			}
		})
	}
	wg.Wait()
	all := parts[0]
	for _, b := range parts[1:] {
		for text, id := range b.ids {
			to := all.id(text)
			all.posts[to] = append(all.posts[to], b.posts[id]...)
		}
	}
	return all
}

func newBuilder(shop *catalog.Shop) *builder {
	return &builder{
		shop: shop, ids: map[string]int32{}, keys: map[said][]int32{}, base: map[said][]int32{},
		labels: map[said][]label{}, purposes: map[string]bool{},
	}
}

// id returns the number of a term.
func (b *builder) id(text string) int32 {
	id, known := b.ids[text]
	if !known {
		id = int32(len(b.posts))
		b.ids[text] = id
		b.posts = append(b.posts, nil)
	}
	return id
}

func (b *builder) product(i int32, p *catalog.Product) {
	for lang, name := range p.Name {
		heads, models, beside := names(lang, name)
		b.words(i, lang, heads, inName)
		b.words(i, lang, models, inBrand)
		b.words(i, lang, beside, besideName)
	}
	b.text(i, p.Description, inDescription)
	b.text(i, p.Material, inMaterial)
	b.add(i, "", p.Brand, inBrand)
	for _, f := range p.Features {
		b.told(i, language.Finnish, f, inFeatures)
	}
	for _, f := range p.Facts {
		for lang, s := range f {
			b.told(i, lang, s, inFacts)
		}
	}
	for _, l := range b.label(p.Category) {
		b.put(i, l.terms, l.at, l.in)
	}
	seen := map[said]bool{}
	for _, v := range p.Variants {
		for option, value := range v.Options {
			if of := (said{option, value}); !seen[of] {
				seen[of] = true
				for _, l := range b.option(of) {
					b.put(i, l.terms, l.at, l.in)
				}
			}
		}
	}
}

// label is what the products of a shelf, or with the same option, have in
// common.
type label struct {
	terms []int32
	at    place
	in    tongue
}

func (b *builder) newLabel(lang string, list []string, at place) label {
	l := label{at: at, in: tongueOf(lang)}
	for _, word := range list {
		l.terms = append(l.terms, b.terms(said{lang, word}, at)...)
	}
	return l
}

// label returns the words of a shelf and those above it.
func (b *builder) label(category string) []label {
	list, known := b.labels[said{"", category}]
	if known {
		return list
	}
	for c := b.shop.Category(category); c != nil; c = b.shop.Category(c.Parent) {
		for lang, name := range c.Name {
			heads, _, beside := names(lang, name)
			heads = slices.DeleteFunc(heads, func(w string) bool { return and[w] })
			at := inCategory
			if len(heads) > 1 {
				at = inCategoryWords
			}
			list = append(list, b.newLabel(lang, heads, at), b.newLabel(lang, beside, besideName))
		}
		for lang, words := range c.Words {
			list = append(list, b.newLabel(lang, words, inCategoryWords))
		}
	}
	b.labels[said{"", category}] = list
	return list
}

// option returns the words of an option's value in all languages.
func (b *builder) option(of said) []label {
	list, known := b.labels[of]
	if !known {
		for _, lang := range language.Codes {
			list = append(list, b.newLabel(lang, words(b.shop.Translate(of.lang, of.word, lang)), inOptions))
		}
		b.labels[of] = list
	}
	return list
}

// shortestTold is the shortest word of running text that is kept, in bytes.
const shortestTold = 4

func (b *builder) text(i int32, t catalog.Text, at place) {
	for lang, s := range t {
		list := slices.DeleteFunc(words(s), func(w string) bool { return len(w) < shortestTold })
		b.words(i, lang, list, at)
	}
}

func (b *builder) add(i int32, lang, text string, at place) {
	b.words(i, lang, words(text), at)
}

// told adds what is told of a product in short. "Säilytys jääkaapissa" does not
// make it a fridge.
func (b *builder) told(i int32, lang, text string, at place) {
	for _, word := range words(text) {
		if lang == language.Finnish && b.purpose(word) {
			b.put(i, b.terms(said{lang, word}, inDescription), inDescription, tongueOf(lang))
		} else {
			b.put(i, b.terms(said{lang, word}, at), at, tongueOf(lang))
		}
	}
}

func (b *builder) purpose(word string) bool {
	is, known := b.purposes[word]
	if !known {
		is = purpose.MatchString(language.Fold(word))
		b.purposes[word] = is
	}
	return is
}

// words puts words under a product.
func (b *builder) words(i int32, lang string, list []string, at place) {
	in := tongueOf(lang)
	for _, word := range list {
		b.put(i, b.terms(said{lang, word}, at), at, in)
	}
}

// put puts terms under a product. A term that stands there several times counts
// once, at its best place.
func (b *builder) put(i int32, terms []int32, at place, in tongue) {
	p := postOf(i, at, in)
	for _, id := range terms {
		list := b.posts[id]
		if n := len(list); n > 0 && list[n-1].product() == i {
			list[n-1] = max(list[n-1], p)
			continue
		}
		b.posts[id] = append(list, p)
	}
}

// terms returns the terms of a word. Of running text only the base forms are
// kept, by which every form of a word is found.
func (b *builder) terms(of said, at place) []int32 {
	met := b.keys
	if !at.describes() {
		met = b.base
	}
	list, known := met[of]
	if known {
		return list
	}
	keys := keysOf(of.lang, of.word)
	if !at.describes() && len(keys) > 1 {
		keys = keys[1:]
	}
	for _, k := range keys {
		list = append(list, b.id(k.term))
	}
	met[of] = list
	return list
}

// worth reports whether a term is one that a misspelt word may mean: more than
// a word of running text, or a synonym.
func (b *builder) worth(id int32) bool {
	return len(b.posts[id]) == 0 || slices.ContainsFunc(b.posts[id], func(p post) bool { return p.place() >= inOptions })
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

// newDictionary takes the terms; only those worth it are what a misspelt word
// may mean.
func newDictionary(ids map[string]int32, worth func(id int32) bool) dictionary {
	d := dictionary{ids: ids}
	for text, id := range ids {
		d.sorted = append(d.sorted, term{text, id})
		d.reversed = append(d.reversed, term{reverse(text), id})
	}
	byText := func(a, b term) int { return cmp.Compare(a.text, b.text) }
	slices.SortFunc(d.sorted, byText)
	slices.SortFunc(d.reversed, byText)
	d.spelling = newSpelling(slices.DeleteFunc(slices.Clone(d.sorted), func(t term) bool {
		return strings.HasPrefix(t.text, rough) || !worth(t.id)
	}))
	return d
}

// beginning returns which terms of a sorted list begin with a text: those from
// first to before last.
func beginning(list []term, text string) (first, last int) {
	first, _ = slices.BinarySearchFunc(list, text, func(t term, s string) int { return cmp.Compare(t.text, s) })
	last = first
	for last < len(list) && strings.HasPrefix(list[last].text, text) {
		last++
	}
	return first, last
}

func reverse(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}
