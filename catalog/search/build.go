package search

import (
	"runtime"
	"slices"
	"strings"
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
	tally []tally  // by term
	index *Index   // whose terms keep their numbers; nil when all is new

	words  [tongueCount]map[string]*stands // of the words met before, by tongue
	tales  [tongueCount]map[string][]stand // and of those of running text
	models map[string][]stand
	spelt  map[string]bool // the words that a misspelt one may mean
	labels map[saying][]label
	title  title
	room   []byte
}

// posted is a post and its term.
type posted struct {
	id   int32
	post post
}

// tally counts the posts of a term.
type tally struct {
	count uint32
	next  uint32 // where in put the one after the latest stands, and in the end where it goes in the list of all
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

// mostLabels is how many sayings are remembered, so that those which are said of
// one product only do not fill the memory.
const mostLabels = 1 << 16

// saying is what is said of many products: a text in a language, a brand, the value
// of an option, a category.
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
		b.words[in], b.tales[in] = map[string]*stands{}, map[string][]stand{}
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
func build(shop *catalog.Shop, products []catalog.Product, read reader) []*builder {
	n := len(products)
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
				from := len(b.put)
				b.product(int32(i), &products[i])
				b.unite(from)
			}
		})
	}
	wg.Wait()
	return parts
}

// unite makes one post of all that a term has in the latest product, whose posts
// begin at from, and counts it.
func (b *builder) unite(from int) {
	b.tally = append(b.tally, make([]tally, len(b.ids)-len(b.tally))...)
	n := from
	for _, p := range b.put[from:] {
		t := &b.tally[p.id]
		if int(t.next) > from {
			latest := &b.put[t.next-1].post
			*latest = latest.better(p.post)
			continue
		}
		b.put[n] = p
		n++
		t.next = uint32(n)
		t.count++
	}
	b.put = b.put[:n]
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
		b.title.split(lang, name)
		b.list(i, lang, b.title.heads, inName)
		for _, word := range b.title.models {
			for _, s := range b.model(word) {
				b.post(i, s.id, inBrand, s.as, 0)
			}
		}
		b.list(i, lang, b.title.beside, besideName)
	}
	for lang, s := range p.Description {
		for sentence := range strings.SplitSeq(s, ". ") {
			b.stick(i, saying{inDescription, lang, sentence})
		}
	}
	for lang, s := range p.Material {
		b.stick(i, saying{inMaterial, lang, s})
	}
	b.stick(i, saying{inBrand, "", p.Brand})
	for _, f := range p.Features {
		b.stick(i, saying{inFeatures, language.Finnish, f})
	}
	for _, f := range p.Facts {
		for lang, s := range f {
			b.stick(i, saying{inFacts, lang, s})
		}
	}
	b.stick(i, saying{inCategory, "", p.Category})
	var last map[string]string // most variants differ from the last in one option
	for _, v := range p.Variants {
		for option, value := range v.Options {
			if value != "" && value != last[option] {
				b.stick(i, saying{inOptions, option, value})
			}
		}
		last = v.Options
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
		case inBrand:
			labels = []label{b.newLabel(s.of, words(s.text), inBrand)}
		case inDescription:
			labels = []label{b.sentence(s.of, s.text)}
		default:
			labels = b.fact(s)
		}
		if len(b.labels) < mostLabels {
			b.labels[s] = labels
		}
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
			b.title.split(lang, name)
			heads := slices.DeleteFunc(b.title.heads, func(w string) bool { return and[w] })
			last := max(0, len(heads)-1)
			at := inCategory
			if len(heads) < len(b.title.heads) {
				at = inCategoryWords
			}
			list = append(list, b.newLabel(lang, heads[:last], inCategoryWords), b.newLabel(lang, heads[last:], at), b.newLabel(lang, b.title.beside, besideName))
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
	for _, word := range words(denials[s.of].without(s.text)) {
		switch {
		case s.of == language.Finnish && purpose(language.Fold(word)):
			aside.stands = append(aside.stands, b.told(in, s.of, []byte(word))...)
		case s.at != inMaterial || len(word) >= shortestMaterial:
			list = append(list, word)
		}
	}
	return []label{b.newLabel(s.of, list, s.at), aside}
}

// The shortest words that are kept, in bytes, of running text and of what something is
// made of: "ull", "lin".
const (
	shortestTold     = 4
	shortestMaterial = 3
)

// sentence returns the words of running text.
func (b *builder) sentence(lang, text string) label {
	l := label{at: inDescription, in: tongueOf(lang)}
	b.room = eachWord(denials[lang].without(text), b.room, func(word []byte) {
		if len(word) >= shortestTold {
			l.stands = append(l.stands, b.told(l.in, lang, word)...)
		}
	})
	return l
}

// told returns the terms of a word of running text.
func (b *builder) told(in tongue, lang string, word []byte) []stand {
	list, known := b.tales[in][string(word)]
	if !known {
		for _, k := range b.read.base(lang, string(word)) {
			list = append(list, stand{b.id(k.term), whole})
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
