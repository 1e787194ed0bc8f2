package search

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"tiski/catalog"
	"tiski/intents/language"
)

// builder collects the terms of products.
type builder struct {
	shop  *catalog.Shop
	read  reader
	ids   map[string]int32
	put   []posted // in the order of products
	index *Index   // whose terms keep their numbers; nil when all is new

	words  [tongueCount]map[string]*stands // of the words met before, by tongue
	tales  [tongueCount]map[string][]int32 // and of those of running text
	models map[string][]stand
	spelt  map[string]bool // the words that a misspelt one may mean
	labels map[saying][]label
	room   []byte
}

// posted is a post and its term.
type posted struct {
	id   int32
	post post
}

const tongueCount = 4

// stands are the terms of a word and their roles there.
type stands struct {
	read  terms
	terms []stand
	named []stand // where it names goods: with parts that may only be guessed
	spelt bool    // a misspelt word may mean it or its parts
}

type stand struct {
	id int32
	as role
}

// saying is what is said of many products: a text in a language, the value of an
// option, a category.
type saying struct {
	at       place
	of, text string
}

func newBuilder(shop *catalog.Shop, read reader) *builder {
	b := &builder{
		shop: shop, read: read, ids: map[string]int32{}, models: map[string][]stand{}, spelt: map[string]bool{},
		labels: map[saying][]label{},
	}
	for in := range b.words {
		b.words[in], b.tales[in] = map[string]*stands{}, map[string][]int32{}
	}
	return b
}

// alone is how many products one goroutine is left alone with; after those tried it
// knows how much room they need.
const (
	alone = 2000
	tried = 500
)

// build collects the terms of all products, of each part of them in a goroutine
// of its own.
func build(shop *catalog.Shop, read reader) []*builder {
	n := min(len(shop.Products), mostProducts)
	parts := make([]*builder, min(runtime.GOMAXPROCS(0), 1+n/alone))
	var wg sync.WaitGroup
	for part := range parts {
		b := newBuilder(shop, read)
		parts[part] = b
		wg.Go(func() {
			first, last := part*n/len(parts), (part+1)*n/len(parts)
			for i := first; i < last; i++ {
				if i == first+tried {
					b.put = slices.Grow(b.put, len(b.put)/tried*(last-i))
				}
				b.product(int32(i), &shop.Products[i])
			}
		})
	}
	wg.Wait()
	return parts
}

// joined returns the posts of each term, in the order of products, of parts that
// follow each other; the ids are then those of the first part.
func joined(parts []*builder) (posts [][]post) {
	all := parts[0]
	for _, b := range parts[1:] {
		to := make([]int32, len(b.ids))
		for text, id := range b.ids {
			to[id] = all.id(text)
		}
		for i := range b.put {
			b.put[i].id = to[b.put[i].id]
		}
		maps.Copy(all.spelt, b.spelt)
	}
	counts, n := make([]int32, len(all.ids)), 0
	for _, b := range parts {
		for _, p := range b.put {
			counts[p.id]++
		}
		n += len(b.put)
	}
	room := make([]post, n)
	posts = make([][]post, len(counts))
	for id, n := range counts {
		posts[id], room = room[:0:n], room[n:]
	}
	for _, b := range parts {
		for _, p := range b.put {
			list := posts[p.id]
			if n := len(list); n > 0 && list[n-1].product() == p.post.product() {
				list[n-1] = list[n-1].better(p.post) // a term that stands there several times counts once
				continue
			}
			posts[p.id] = append(list, p.post)
		}
	}
	return posts
}

// id returns the number of a term.
func (b *builder) id(text string) int32 {
	if b.index != nil {
		if id, known := b.index.id(text); known {
			return id
		}
	}
	id, known := b.ids[text]
	if !known {
		id = int32(len(b.ids))
		if b.index != nil {
			id += b.index.terms()
		}
		b.ids[text] = id
	}
	return id
}

func (b *builder) product(i int32, p *catalog.Product) {
	for lang, name := range p.Name {
		heads, models, beside := names(lang, name)
		b.list(i, lang, heads, inName)
		for _, word := range models {
			for _, s := range b.model(word) {
				b.post(i, s.id, inBrand, s.as, 0)
			}
		}
		b.list(i, lang, beside, besideName)
	}
	for lang, s := range p.Description {
		b.text(i, lang, s)
	}
	for lang, s := range p.Material {
		b.stick(i, saying{inMaterial, lang, s})
	}
	b.list(i, "", words(p.Brand), inBrand)
	for _, f := range p.Features {
		b.stick(i, saying{inFeatures, language.Finnish, f})
	}
	for _, f := range p.Facts {
		for lang, s := range f {
			b.stick(i, saying{inFacts, lang, s})
		}
	}
	b.stick(i, saying{inCategory, "", p.Category})
	for _, option := range p.OptionNames() {
		for _, value := range p.Values(option) {
			b.stick(i, saying{inOptions, option, value})
		}
	}
}

// model returns the terms of a model's name, which may be no word of any language.
func (b *builder) model(word string) []stand {
	list, known := b.models[word]
	if !known {
		list = b.add(nil, b.read.read(language.Finnish, word))
		b.models[word] = list
		b.spelt[word] = true
	}
	return list
}

// label is words of what is said of many products.
type label struct {
	stands []stand
	at     place
	in     tongue
}

// stick puts what is said under a product.
func (b *builder) stick(i int32, s saying) {
	labels, known := b.labels[s]
	if !known && b.index != nil {
		labels, known = b.index.labels[s]
	}
	if !known {
		switch s.at {
		case inCategory:
			labels = b.category(s.text)
		case inOptions:
			for _, lang := range language.Codes {
				labels = append(labels, b.newLabel(lang, words(b.shop.Translate(s.of, s.text, lang)), inOptions))
			}
		default:
			labels = b.fact(s)
		}
		b.labels[s] = labels
	}
	for _, l := range labels {
		for _, s := range l.stands {
			b.post(i, s.id, l.at, s.as, l.in)
		}
	}
}

func (b *builder) newLabel(lang string, list []string, at place) label {
	l := label{at: at, in: tongueOf(lang)}
	for _, word := range list {
		l.stands = append(l.stands, b.stands(lang, word, at)...)
	}
	return l
}

// category returns the words of a shelf and those above it.
func (b *builder) category(id string) (list []label) {
	for c := b.shop.Category(id); c != nil; c = b.shop.Category(c.Parent) {
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
	return list
}

// fact returns the words of what is told of a product in short. "Säilytys
// jääkaapissa" does not make it a fridge.
func (b *builder) fact(s saying) []label {
	var list []string
	in := tongueOf(s.of)
	aside := label{at: inDescription, in: in}
	for _, word := range words(s.text) {
		switch {
		case s.of == language.Finnish && purpose.MatchString(language.Fold(word)):
			for _, id := range b.told(in, s.of, []byte(word)) {
				aside.stands = append(aside.stands, stand{id, whole})
			}
		case s.at != inMaterial || len(word) >= shortestTold:
			list = append(list, word)
		}
	}
	return []label{b.newLabel(s.of, list, s.at), aside}
}

// shortestTold is the shortest word of running text that is kept, in bytes.
const shortestTold = 4

// text puts running text under a product.
func (b *builder) text(i int32, lang, text string) {
	in := tongueOf(lang)
	b.room = eachWord(text, b.room, func(word []byte) {
		if len(word) >= shortestTold {
			for _, id := range b.told(in, lang, word) {
				b.post(i, id, inDescription, whole, in)
			}
		}
	})
}

// told returns the terms of a word of running text.
func (b *builder) told(in tongue, lang string, word []byte) []int32 {
	list, known := b.tales[in][string(word)]
	if !known {
		for _, k := range b.read.base(lang, string(word)) {
			list = append(list, b.id(k.term))
		}
		b.tales[in][string(word)] = list
	}
	return list
}

// list puts words under a product.
func (b *builder) list(i int32, lang string, list []string, at place) {
	in := tongueOf(lang)
	for _, word := range list {
		for _, s := range b.stands(lang, word, at) {
			b.post(i, s.id, at, s.as, in)
		}
	}
}

// post puts a term under a product.
func (b *builder) post(i, id int32, at place, as role, in tongue) {
	b.put = append(b.put, posted{id, postOf(i, at, as, in)})
}

// stands returns the terms of a word for a place.
func (b *builder) stands(lang, word string, at place) []stand {
	met := b.words[tongueOf(lang)]
	s := met[word]
	if s == nil {
		t := b.read.read(lang, word)
		s = &stands{read: t, terms: b.add(nil, t)}
		met[word] = s
	}
	if at >= inOptions && !s.spelt {
		s.spelt = true
		b.spelt[word] = true
		if s.read.body == "" {
			for _, part := range slices.Concat(s.read.heads, s.read.modifiers) {
				b.spelt[part] = true
			}
		}
	}
	if at < besideName || s.read.body == "" {
		return s.terms
	}
	if s.named == nil {
		s.named = b.parts(s.terms, s.read)
	}
	return s.named
}

// add adds the terms of a word, and of its parts when they are known.
func (b *builder) add(list []stand, t terms) []stand {
	for _, k := range t.whole {
		list = append(list, stand{b.id(k.term), k.as})
	}
	if t.body != "" {
		return list
	}
	return b.parts(list, t)
}

func (b *builder) parts(list []stand, t terms) []stand {
	for _, term := range t.heads {
		list = append(list, stand{b.id(term), head})
	}
	for _, term := range t.modifiers {
		list = append(list, stand{b.id(term), modifier})
	}
	return list
}
