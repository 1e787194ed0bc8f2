package search

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"tiski/catalog"
)

// Reviews finds what is said of a product that answers a question. It never
// changes; With makes another. Any number of goroutines may ask it; nil knows none.
type Reviews struct {
	read    reader
	aspects map[string]uint32
	of      map[string]*reviewed // by product
}

// reviewed are the reviews of one product, the latest first.
type reviewed struct {
	all   []opinion
	stars int
}

type opinion struct {
	catalog.Review
	gist
}

// gist is what a text speaks of.
type gist struct {
	aspects uint32
	terms   []string // in order
}

// What a review is preferred for, each more than all after it together.
const (
	forAspect = 1 << (8 * iota)
	forTerm
	reviewsTold = 2
)

// Reviews reads reviews by the lexicon of the index.
func (x *Index) Reviews(all []catalog.Review) *Reviews {
	r := &Reviews{read: x.read, aspects: aspectsOf(x.read), of: map[string]*reviewed{}}
	return r.With(all)
}

// With is r and more reviews.
func (r *Reviews) With(more []catalog.Review) *Reviews {
	all := &Reviews{read: r.read, aspects: r.aspects, of: maps.Clone(r.of)}
	grown := map[string]bool{}
	for _, one := range more {
		if !grown[one.Product] {
			grown[one.Product] = true
			own := &reviewed{}
			if was := all.of[one.Product]; was != nil {
				*own = reviewed{slices.Clone(was.all), was.stars}
			}
			all.of[one.Product] = own
		}
		own := all.of[one.Product]
		own.all = append(own.all, opinion{one, all.gist(one.Lang, one.Text)})
		own.stars += one.Stars
	}
	for product := range grown {
		slices.SortStableFunc(all.of[product].all, func(a, b opinion) int { return b.At.Compare(a.At) })
	}
	return all
}

// gist reads what a text speaks of.
func (r *Reviews) gist(lang, text string) gist {
	var g gist
	all := words(text)
	for i, word := range all {
		if i+1 < len(all) && word == "koko" && ofAll(all[i+1]) {
			continue
		}
		for _, k := range r.read.read(lang, word).whole {
			g.aspects |= r.aspects[k.term]
			g.terms = append(g.terms, k.term)
		}
	}
	slices.Sort(g.terms)
	g.terms = slices.Compact(g.terms)
	return g
}

// ofAll reports whether "koko" before a word says all of it, "koko talven", and
// not a size.
func ofAll(next string) bool { return len(next) > len("on") && strings.HasSuffix(next, "n") }

// meets tells how much of what is asked a text speaks of.
func (g gist) meets(asked gist) int {
	n := forAspect * bits.OnesCount32(g.aspects&asked.aspects)
	for _, term := range asked.terms {
		if _, found := slices.BinarySearch(g.terms, term); found {
			n += forTerm
		}
	}
	return n
}

// Ask tells what is said of a product. Those come first that speak of what is
// asked, then those in the customer's language, those that speak of what the
// customer likes, those of somebody who bought it, and the latest.
func (r *Reviews) Ask(q catalog.ReviewQuery) catalog.Opinions {
	if r == nil || r.of[q.Product] == nil {
		return catalog.Opinions{}
	}
	of := r.of[q.Product]
	o := catalog.Opinions{Count: len(of.all), Stars: of.stars}
	asked := r.gist(q.Lang, q.Text)
	var likes gist
	for _, word := range q.Likes {
		liked := r.gist("fi", word)
		likes.aspects |= liked.aspects
		likes.terms = append(likes.terms, liked.terms...)
	}
	type ranked struct {
		*opinion
		fits, likes int
	}
	order := make([]ranked, len(of.all))
	for i := range of.all {
		one := &of.all[i]
		order[i] = ranked{one, one.meets(asked), one.meets(likes)}
		if order[i].fits > 0 {
			o.Fitting++
		}
	}
	own := func(one ranked) int { return count(one.Lang == q.Lang) }
	bought := func(one ranked) int { return count(one.Bought) }
	slices.SortStableFunc(order, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(min(b.fits, 1), min(a.fits, 1)), cmp.Compare(own(b), own(a)), cmp.Compare(b.fits, a.fits), cmp.Compare(b.likes, a.likes), cmp.Compare(bought(b), bought(a)))
	})
	var content, critical []catalog.Review
	for _, one := range order {
		switch {
		case one.Text == "":
		case one.Stars <= catalog.CriticalStars:
			critical = append(critical, one.Review)
		case o.Fitting == 0 || one.fits > 0:
			content = append(content, one.Review)
		}
	}
	if o.Told = content; len(content) == 0 {
		o.Told = critical
	} else if len(critical) > 0 {
		o.Critical = &critical[0]
	}
	o.Told = o.Told[:min(len(o.Told), reviewsTold)]
	return o
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
