package intents

import (
	"maps"
	"slices"
)

// usage tells how common words are among the examples of an intent in a language.
type usage struct {
	examples int
	lemmas   map[string]int // examples that have a lemma
}

// usages are by language and intent.
type usages map[string]map[string]*usage

// newUsages counts the words of examples in these languages, by which things are named.
func newUsages(examples []Example, langs []string, cutters map[string]*cutter) usages {
	u := usages{}
	for i, e := range examples {
		counted := u.of(langs[i], e.Intent)
		counted.examples++
		for _, lemma := range lemmas(cutters[langs[i]].words(limited(e.Text))) {
			counted.lemmas[lemma]++
		}
	}
	return u
}

func (u usages) of(lang, intent string) *usage {
	if u[lang] == nil {
		u[lang] = map[string]*usage{}
	}
	if u[lang][intent] == nil {
		u[lang][intent] = &usage{lemmas: map[string]int{}}
	}
	return u[lang][intent]
}

// share is the share of such messages that have a lemma, above 0.
func (u *usage) share(lemma string) float64 {
	return (float64(u.lemmas[lemma]) + 0.5) / float64(u.examples+1)
}

// packedUsage is a usage as it is written. Lemmas of one example alone are left out, as
// they say no more than those of none.
type packedUsage struct {
	Lang, Intent string
	Examples     int
	Lemmas       []string
	Counts       []int
}

func (u usages) pack() []packedUsage {
	var all []packedUsage
	for _, lang := range slices.Sorted(maps.Keys(u)) {
		for _, intent := range slices.Sorted(maps.Keys(u[lang])) {
			counted := u[lang][intent]
			p := packedUsage{Lang: lang, Intent: intent, Examples: counted.examples}
			for _, lemma := range slices.Sorted(maps.Keys(counted.lemmas)) {
				if n := counted.lemmas[lemma]; n > 1 {
					p.Lemmas, p.Counts = append(p.Lemmas, lemma), append(p.Counts, n)
				}
			}
			all = append(all, p)
		}
	}
	return all
}

// unpacked returns what pack has packed; ok is false when it is broken.
func unpacked(all []packedUsage) (u usages, ok bool) {
	u = usages{}
	for _, p := range all {
		if len(p.Lemmas) != len(p.Counts) {
			return nil, false
		}
		counted := u.of(p.Lang, p.Intent)
		counted.examples = p.Examples
		for i, lemma := range p.Lemmas {
			counted.lemmas[lemma] = p.Counts[i]
		}
	}
	return u, true
}
