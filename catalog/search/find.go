package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"tiski/catalog"
)

const (
	defaultLimit = 10
	mostWords    = 16   // of a query; further ones are not looked up
	tail         = 0.5  // of the best fit of words: what fits less is no answer to them
	weak         = 0.22 // score of words that stand in no better place than a description
	fewest       = 0.34 // share of the words' weight that a nearest product has at least
)

// How sure a term is that is not the word itself.
const (
	roughly     = 0.8
	asHead      = 0.85 // kengät in talvikengät
	asBeginning = 0.6  // talvi in talvikengät
	asRepaired  = 0.6
)

// Find returns the products that fit a query, the best first. When none fits
// all that is asked, it gives up the demands that hurt least and returns the
// nearest products, saying so. Without words it returns what the other demands
// leave, the most popular first. stock may be nil: then the shop's files tell
// what is left.
func (x *Index) Find(q catalog.Query, stock Stock) catalog.Found {
	if i := x.place(q.Product); i >= 0 {
		failed, well := fit(x.products[i], &q, stock)
		return answer([]candidate{{product: x.products[i], failed: failed, words: 1, score: well}}, q.Limit)
	}
	match := x.match(words(q.Text), q.Lang)
	var list []candidate
	for i, p := range x.products {
		onShelf := q.Category != "" && x.shelves[i][q.Category]
		c := candidate{product: p, words: 1}
		switch {
		case match.weight == 0:
			if q.Category != "" && !onShelf {
				continue
			}
		case match.found == 0 && onShelf:
			c.failed = theWords
		case match.has[i] < match.weight*fewest:
			continue
		default:
			c.words = match.score[i] / match.weight
			partly, faintly := match.has[i] < match.weight*0.999, c.words < weak
			if partly && match.best[i] < weak {
				continue
			}
			if partly || faintly {
				c.failed = theWords
			}
		}
		failed, well := fit(p, &q, stock)
		c.failed |= failed
		c.score = c.words * well * (1 + float32(p.Popularity)/1000)
		if onShelf {
			c.score *= 1.3
		}
		list = append(list, c)
	}
	return answer(list, q.Limit)
}

func (x *Index) place(id string) int {
	if id == "" {
		return -1
	}
	return slices.IndexFunc(x.products, func(p *catalog.Product) bool { return p.ID == id })
}

// candidate is a product that may be an answer.
type candidate struct {
	product *catalog.Product
	failed  demand
	words   float32 // how well it fits the words
	score   float32 // how well it fits all
}

// answer keeps the candidates that fail least, all in the same demands.
func answer(list []candidate, limit int) catalog.Found {
	if len(list) == 0 {
		return catalog.Found{}
	}
	first := slices.MinFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.failed.cost(), b.failed.cost()), cmp.Compare(b.score, a.score))
	})
	var best float32
	for _, c := range list {
		if c.failed == first.failed {
			best = max(best, c.words)
		}
	}
	list = slices.DeleteFunc(list, func(c candidate) bool {
		return c.failed != first.failed || c.words < best*tail
	})
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.product.ID, b.product.ID))
	})
	found := catalog.Found{Total: len(list), Nearest: first.failed != 0, Relaxed: first.failed.names()}
	if limit <= 0 {
		limit = defaultLimit
	}
	for _, c := range list[:min(len(list), limit)] {
		found.Hits = append(found.Hits, catalog.Hit{Product: c.product, Score: float64(c.score)})
	}
	return found
}

// matched is how the words of a query stand in the products.
type matched struct {
	score  []float32 // by product
	best   []float32 // by product: score of the word that fits it best
	has    []float32 // by product: weight of the words found in it
	weight float32   // of all words; rare ones weigh more
	found  int       // how often any of them was found
}

// match looks words up. Beside others, a word that stands in most products is
// asked of none.
func (x *Index) match(list []string, lang string) matched {
	n := len(x.products)
	m := matched{score: make([]float32, n), best: make([]float32, n), has: make([]float32, n)}
	fits := make([]float32, n)
	var touched []int32
	for _, word := range x.understood(list[:min(len(list), mostWords)], lang) {
		touched = touched[:0]
		for _, t := range word {
			for _, p := range x.posts[t.id] {
				s := t.sure * p.weight / (p.weight + 4)
				if fits[p.product] == 0 {
					touched = append(touched, p.product)
				}
				fits[p.product] = max(fits[p.product], s)
			}
		}
		df := float64(len(touched))
		weight := float32(math.Log(1 + (float64(n)-df+0.5)/(df+0.5)))
		common := len(list) > 1 && len(touched)*2 > n
		if !common {
			m.weight += weight
			m.found += len(touched)
		}
		for _, p := range touched {
			m.score[p] += weight * fits[p]
			m.best[p] = max(m.best[p], fits[p])
			if !common {
				m.has[p] += weight
			}
			fits[p] = 0
		}
	}
	return m
}

// meaning is a term that a word may mean.
type meaning struct {
	id   int32
	sure float32
}

// understood returns the meanings of each word: as it is, with a letter wrong,
// as a compound of two words that the shop knows, with two letters wrong, or at
// least as its head, with nothing for the rest of it.
func (x *Index) understood(list []string, lang string) [][]meaning {
	var all [][]meaning
	for _, word := range list {
		keys := keysOf(lang, word)
		if m := x.meanings(keys); m != nil {
			all = append(all, m)
		} else if m := misspelt(keys, x.terms.spelling.near); m != nil {
			all = append(all, m)
		} else if modifier, head := x.split(word, lang); modifier != nil {
			all = append(all, modifier, head)
		} else if m := misspelt(keys, x.terms.spelling.far); m != nil {
			all = append(all, m)
		} else if head != nil {
			all = append(all, nil, head)
		} else {
			all = append(all, nil)
		}
	}
	return all
}

// meanings returns the terms of a word and those it is the head or the
// beginning of.
func (x *Index) meanings(keys []key) (list []meaning) {
	for _, k := range keys {
		if id, known := x.terms.ids[k.term]; known {
			list = append(list, meaning{id, k.sure})
		}
		root, isRough := strings.CutPrefix(k.term, rough)
		for _, t := range beginning(x.terms.reversed, reverse(root)) {
			if strings.HasSuffix(t.text, rough) == isRough && headOf(root, strings.TrimSuffix(t.text, rough)) {
				list = append(list, meaning{t.id, k.sure * asHead})
			}
		}
		if len(root) >= 4 {
			for _, t := range beginning(x.terms.sorted, k.term) {
				if len(t.text) >= len(k.term)+3 {
					list = append(list, meaning{t.id, k.sure * asBeginning})
				}
			}
		}
	}
	return list
}

// headOf reports whether a root can be the last part of a compound that ends
// with it. Short roots end many words by chance, those without a consonant at
// their beginning most of all.
func headOf(root, compound string) bool {
	before := len(compound) - len(root)
	return len(root) >= 4 && before >= 3 || len(root) == 3 && before >= 4 && !strings.ContainsRune(vowels, rune(root[0]))
}

const (
	shortestModifier = 2
	shortestHead     = 4
)

// split takes a compound apart where both parts are words of the shop:
// "untuvatakki" into untuva and takki. Without such a place the longest head
// that is a word of the shop is returned alone.
func (x *Index) split(word, lang string) (modifier, head []meaning) {
	letters := []rune(word)
	for i := shortestModifier; i <= len(letters)-shortestHead; i++ {
		h := x.exactly(keysOf(lang, string(letters[i:])))
		if h == nil {
			continue
		}
		if m := x.exactly(keysOf(lang, string(letters[:i]))); m != nil {
			return m, h
		}
		if head == nil {
			head = h
		}
	}
	return nil, head
}

// exactly returns the terms of a word, if it is in the index as such, and
// those that begin with it.
func (x *Index) exactly(keys []key) []meaning {
	for _, k := range keys {
		if _, known := x.terms.ids[k.term]; known {
			return x.meanings(keys)
		}
	}
	return nil
}

// misspelt returns the terms that are like the keys of a word.
func misspelt(keys []key, like func(string) []term) (list []meaning) {
	for _, k := range keys {
		for _, t := range like(k.term) {
			list = append(list, meaning{t.id, k.sure * asRepaired})
		}
	}
	return list
}
