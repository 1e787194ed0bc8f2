package intents

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// phrases finds what words mean, alone or several together, by their first
// word.
type phrases map[string][]phrase

type phrase struct {
	list    list
	meaning string
	first   string
	rest    []string // the words after the first
	lemma   bool     // the words are lemmas, else folded
	dots    bool     // written with ä or ö
}

// learn makes words mean something: folded, and by their lemmas when they
// inflect. It is refused when they mean something else in the same list.
func (p phrases) learn(l list, meaning string, ts []token, inflect bool) error {
	if len(ts) == 0 {
		return nil
	}
	folds, lemmas := make([]string, len(ts)), make([]string, len(ts))
	dots := false
	for i, t := range ts {
		folds[i], lemmas[i] = t.fold, t.lemma
		dots = dots || t.dots
	}
	if other := p.put(phrase{list: l, meaning: meaning, first: folds[0], rest: folds[1:], dots: dots}); other != meaning {
		return fmt.Errorf("%q means both %s and %s", strings.Join(folds, " "), other, meaning)
	}
	if !inflect {
		return nil
	}
	if other := p.put(phrase{list: l, meaning: meaning, first: lemmas[0], rest: lemmas[1:], lemma: true, dots: dots}); other != meaning {
		return fmt.Errorf("%q cannot be told from a word that means %s", strings.Join(folds, " "), other)
	}
	return nil
}

// put adds a phrase, the longest first, and returns what it means now.
func (p phrases) put(one phrase) string {
	same := p[one.first]
	for i, q := range same {
		if q.list == one.list && q.lemma == one.lemma && slices.Equal(q.rest, one.rest) {
			same[i].dots = q.dots || one.dots
			return q.meaning
		}
	}
	same = append(same, one)
	slices.SortStableFunc(same, func(a, b phrase) int { return cmp.Compare(len(b.rest), len(a.rest)) })
	p[one.first] = same
	return one.meaning
}

// match is what some words of a message mean.
type match struct {
	list    list
	words   int8
	meaning string
}

// begun are the phrases that may begin with a word: by what is written, and by
// its lemma.
type begun struct{ exact, lemmas []phrase }

func (p phrases) begun(e *entry) begun { return begun{p[e.fold], p[e.lemma]} }

// at adds what the first words mean, the longest phrase first, as written
// before as a lemma. Dots may be left out, but not added: "väärä" is no
// "vaari".
func (b begun) at(ts []token, found []match) []match {
	from := len(found)
	exact, lemmas := b.exact, b.lemmas
	for len(exact)+len(lemmas) > 0 {
		next := &exact
		if len(exact) == 0 || len(lemmas) > 0 && len(lemmas[0].rest) > len(exact[0].rest) {
			next = &lemmas
		}
		q := &(*next)[0]
		*next = (*next)[1:]
		if q.lemma == (next == &lemmas) && q.fits(ts) &&
			!slices.ContainsFunc(found[from:], func(m match) bool { return m.list == q.list }) {
			found = append(found, match{q.list, int8(1 + len(q.rest)), q.meaning})
		}
	}
	return found
}

// fits reports whether the words of a message that begin like the phrase are it.
func (q *phrase) fits(ts []token) bool {
	if len(q.rest) >= len(ts) {
		return false
	}
	dots := ts[0].dots
	for i, word := range q.rest {
		t := &ts[i+1]
		if q.lemma && t.lemma != word || !q.lemma && t.fold != word {
			return false
		}
		dots = dots || t.dots
	}
	return !dots || q.dots
}
