package intents

import (
	"slices"
	"strings"

	"tiski/intents/language"
)

// vocabulary finds the things of the catalogue in messages.
type vocabulary struct {
	nouns    map[string]map[string]bool // by language: lemmas of the words that goods and shelves are called by
	heads    map[string]map[string]bool // by language: lemmas of what goods are a kind of
	common   map[string]bool            // lemmas of words that say something besides
	phrases  map[string]phrases         // by language: shelves and brands
	brands   stemmed                    // brands of one word, folded -> as the catalogue writes it
	proper   map[string][]string        // words by which few products are called, folded -> their ids
	stems    stemmed                    // of proper
	spelling *language.Speller          // of proper
	names    []productName
	byLemma  map[string][]int // lemma -> indexes of names
}

// productName is one name of a product in the lemmas of one language.
type productName struct {
	product string
	lemmas  []string
}

// companyForms are left out of a brand's name.
var companyForms = []string{" Oy", " Oyj", " Ab", " AB", " Ltd"}

// shortestMisspelt is how long a proper word must be to be known misspelt.
const shortestMisspelt = 6

// newVocabulary makes a vocabulary; common are the lemmas of words that
// customers use anyway.
func newVocabulary(v Vocabulary, cutters map[string]*cutter, common map[string]bool) *vocabulary {
	w := &vocabulary{
		nouns:   map[string]map[string]bool{},
		heads:   map[string]map[string]bool{},
		common:  common,
		phrases: map[string]phrases{},
		brands:  stemmed{},
		stems:   stemmed{},
		proper:  map[string][]string{},
		byLemma: map[string][]int{},
	}
	for _, lang := range language.Codes {
		w.nouns[lang] = map[string]bool{}
		w.heads[lang] = map[string]bool{}
		w.phrases[lang] = phrases{}
	}
	for _, c := range v.Categories {
		for _, name := range c.Names {
			for _, lang := range language.May(name) {
				ts := cutters[lang].words(name)
				_ = w.phrases[lang].learn(shelves, c.Value, ts, true) // the first shelf of a name keeps it
				w.learnNouns(lang, ts)
			}
		}
	}
	for lang, words := range v.Words {
		for _, word := range words {
			w.learnNouns(lang, cutters[lang].words(word))
		}
	}
	for _, brand := range v.Brands {
		name := brand
		for _, form := range companyForms {
			name = strings.TrimSuffix(name, form)
		}
		for lang, cut := range cutters {
			ts := cut.words(name)
			_ = w.phrases[lang].learn(brands, brand, ts, false) // the first of two that are written alike
			if len(ts) == 1 {
				w.brands.learn(ts[0].fold, brand)
			}
		}
	}
	for lang, cut := range cutters {
		for _, c := range v.Colors {
			for _, name := range c.Names {
				_ = w.phrases[lang].learn(ownColours, c.Value, cut.words(name), true) // the first of two that are said alike
			}
		}
		for _, size := range v.Sizes {
			if ts := cut.words(size); len(ts) == 1 && ts[0].code() {
				_ = w.phrases[lang].learn(ownSizes, size, ts, false)
			}
		}
	}
	for _, p := range v.Products {
		for _, word := range properWords(p.Names) {
			w.proper[word] = append(w.proper[word], p.Value)
		}
	}
	for _, p := range v.Products {
		for _, name := range p.Names {
			for _, lang := range language.May(name) {
				ts := cutters[lang].words(name)
				w.learnNouns(lang, ts)
				w.learnName(p.Value, ts)
			}
		}
	}
	var spelt []string
	for word := range w.proper {
		w.stems.learn(word, word)
		if len(word) >= shortestMisspelt {
			spelt = append(spelt, word)
		}
	}
	slices.Sort(spelt)
	w.spelling = language.NewSpeller(spelt)
	return w
}

const (
	shortestNoun = 4
	shortestRare = 6 // of a proper word that is known by itself
	longRare     = 8 // the same when it begins like an ordinary word
)

// learnNouns notes the words of a name that can stand for goods by themselves, and what
// such a compound is a kind of: who sells huopatossut is asked for tossut.
func (w *vocabulary) learnNouns(lang string, ts []token) {
	for _, t := range ts {
		if len(t.fold) < shortestNoun || t.number() >= 0 || w.proper[t.fold] != nil {
			continue
		}
		w.nouns[lang][t.lemma] = true
		for _, part := range t.parts {
			if len(part) >= shortestNoun && strings.HasSuffix(t.lemma, part) {
				w.heads[lang][part] = true
			}
		}
	}
}

func (w *vocabulary) learnName(product string, ts []token) {
	if len(ts) < 2 {
		return
	}
	name := productName{product: product}
	for _, t := range ts {
		if !slices.Contains(name.lemmas, t.lemma) {
			name.lemmas = append(name.lemmas, t.lemma)
			w.byLemma[t.lemma] = append(w.byLemma[t.lemma], len(w.names))
		}
	}
	w.names = append(w.names, name)
}

// properWords returns the words that a product is called by in every language,
// "Kaamos" in "Kaamos-talvikengät" and "Kaamos vinterskor": the others are
// ordinary nouns. Of a single name they are the words written with a capital
// inside it.
func properWords(names []string) []string {
	var proper []string
	for i, name := range names {
		var here []string
		for j, t := range language.Tokens(name) {
			for part := range parts(t) {
				fold := language.Fold(part.Text)
				if len(fold) < 3 || !capital(name, part) || len(names) == 1 && j == 0 && part.Start == t.Start {
					continue
				}
				if i == 0 || slices.Contains(proper, fold) {
					here = append(here, fold)
				}
			}
		}
		proper = here
	}
	slices.Sort(proper)
	return slices.Compact(proper)
}

// noun reports whether goods are called by this word.
func (w *vocabulary) noun(e *entry) bool { return w.nouns[e.lang][e.lemma] }

// head reports whether goods are some kind of what this word means.
func (w *vocabulary) head(e *entry) bool { return w.heads[e.lang][e.lemma] }
