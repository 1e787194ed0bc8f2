package intents

import (
	"slices"
	"strings"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// vocabulary finds the things of the catalogue in messages.
type vocabulary struct {
	nouns    map[string]map[string]bool // by language: lemmas of the words that goods and shelves are called by
	common   map[string]bool            // lemmas of words that say something besides
	phrases  map[string]phrases         // by language: shelves and brands
	brands   map[string]string          // brands of one word, folded -> as the catalogue writes it
	proper   map[string][]string        // words by which few products are called, folded -> their ids
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
func newVocabulary(v Vocabulary, common map[string]bool) *vocabulary {
	w := &vocabulary{
		nouns:   map[string]map[string]bool{},
		common:  common,
		phrases: map[string]phrases{},
		brands:  map[string]string{},
		proper:  map[string][]string{},
		byLemma: map[string][]int{},
	}
	cutters := map[string]*cutter{}
	for _, lang := range language.Codes {
		cutters[lang] = newCutter(lang, nil, v.Lexicon)
		w.nouns[lang] = map[string]bool{}
		w.phrases[lang] = phrases{}
	}
	for _, c := range v.Categories {
		for _, name := range c.Names {
			for _, lang := range spoken(name) {
				ts := cutters[lang].words(name)
				_ = w.phrases[lang].learn(shelves, c.Value, ts, true) // the first shelf of a name keeps it
				w.learnNouns(lang, ts)
			}
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
				w.brands[ts[0].fold] = brand
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
			for _, lang := range spoken(name) {
				ts := cutters[lang].words(name)
				w.learnNouns(lang, ts)
				w.learnName(p.Value, ts)
			}
		}
	}
	var spelt []string
	for word := range w.proper {
		if len(word) >= shortestMisspelt {
			spelt = append(spelt, word)
		}
	}
	slices.Sort(spelt)
	w.spelling = language.NewSpeller(spelt)
	return w
}

// spoken returns the languages that a name may be in.
func spoken(name string) []string {
	var langs []string
	for _, lang := range language.Codes {
		if language.Detect(name, lang) == lang {
			langs = append(langs, lang)
		}
	}
	return langs
}

const (
	shortestNoun = 4
	shortestRare = 6 // of a proper word that is known by itself
	longRare     = 8 // the same when it begins like an ordinary word
)

// learnNouns notes the words of a name that can stand for goods by themselves.
func (w *vocabulary) learnNouns(lang string, ts []token) {
	for _, t := range ts {
		if len(t.fold) >= shortestNoun && t.number() < 0 && w.proper[t.fold] == nil {
			w.nouns[lang][t.lemma] = true
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
	cut := newCutter(language.Finnish, nil, finnish.Base())
	for i, name := range names {
		var here []string
		for j, t := range cut.words(name) {
			if len(t.fold) < 3 || !t.capital(name) || len(names) == 1 && j == 0 {
				continue
			}
			if i == 0 || slices.Contains(proper, t.fold) {
				here = append(here, t.fold)
			}
		}
		proper = here
	}
	slices.Sort(proper)
	return slices.Compact(proper)
}

// noun reports whether goods are called by this word.
func (w *vocabulary) noun(t token) bool { return w.nouns[t.lang][t.lemma] }

// endings of names in Finnish, dots folded away.
var endings = []string{
	"n", "a", "t", "ta", "ssa", "sta", "lla", "lle", "lta", "na", "ksi", "in", "en", "ia", "ien", "it", "eja", "ja", "issa",
	"ista", "iin", "an", "s", "ssia", "sia", "sien", "kset", "ksen", "ksia", "ksista", "ksessa", "ksena", "ksiin", "ksien",
}

// bare returns the word without an ending, if it is known then.
func bare(word string, known func(string) bool) string {
	if known(word) {
		return word
	}
	for _, e := range endings {
		stem, ok := strings.CutSuffix(word, e)
		if !ok || len(stem) < 3 {
			continue
		}
		if known(stem) {
			return stem
		}
		if strings.HasPrefix(e, "ks") && known(stem+"s") {
			return stem + "s"
		}
		if tuli := strings.TrimSuffix(stem, "e") + "i"; known(tuli) { // tuli, tulen
			return tuli
		}
	}
	return ""
}

// properWord returns the proper word that a token is a form of, perhaps
// misspelt, or "".
func (w *vocabulary) properWord(t token) string {
	if w.proper[t.fold] != nil {
		return t.fold
	}
	if t.word.Lemma != "" {
		if lemma := language.Fold(t.word.Lemma); w.proper[lemma] != nil {
			return lemma
		}
	}
	if word := bare(t.fold, func(s string) bool { return w.proper[s] != nil }); word != "" {
		return word
	}
	if w.noun(t) || w.common[t.lemma] {
		return ""
	}
	if len(t.fold) < shortestMisspelt {
		return ""
	}
	if near := w.spelling.Near(t.fold); near != "" {
		return near
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(t.fold, e); ok && len(stem) >= shortestMisspelt {
			if near := w.spelling.Near(stem); near != "" {
				return near
			}
		}
	}
	return ""
}

// products finds what of the catalogue is named: brands, shelves and products.
func (s *scan) products() {
	v := s.vocabulary
	for i := 0; i < len(s.tokens); i++ {
		if id, n := s.at(shelves, i); n > 0 {
			s.name(Category, id, i, i+n)
			i += n - 1
		}
	}
	var unsure []int // tokens that several products are called by
	sure := false
	for i := range s.tokens {
		if brand, n := s.at(brands, i); n > 0 {
			s.name(Brand, brand, i, i+n)
		} else if known := bare(s.tokens[i].fold, func(f string) bool { return v.brands[f] != "" }); known != "" {
			s.name(Brand, v.brands[known], i, i+1)
		}
		word := ""
		if !s.taken[i] {
			word = v.properWord(s.tokens[i])
		}
		switch called := v.proper[word]; {
		case len(called) == 1 && s.meant(i, called[0]):
			s.name(Product, called[0], i, i+1)
			sure = true
		case len(called) > 1:
			unsure = append(unsure, i)
		}
	}
	if sure {
		return
	}
	if id := s.together(unsure); id != "" {
		s.name(Product, id, unsure[0], unsure[len(unsure)-1]+1)
		return
	}
	s.wholeName()
}

// meant reports whether the i-th word, by which only this product is called, is
// its name: "Vanha" inside a sentence is, "vanha" is beside another word of the
// name, and so is a word that says nothing else.
func (s *scan) meant(i int, product string) bool {
	t, v := s.tokens[i], s.vocabulary
	if len(t.fold) >= shortestRare && !v.common[t.lemma] && (t.ideas[0] == "" || len(t.fold) >= longRare) {
		return true
	}
	if s.capitalInside(i) {
		return true
	}
	for j, other := range s.tokens {
		for _, name := range v.byLemma[other.lemma] {
			if j != i && v.names[name].product == product {
				return true
			}
		}
	}
	return false
}

// name notes an entity without taking its words: "lasten kengät" is a shelf,
// and "lasten" tells for whom.
func (s *scan) name(kind, value string, i, j int) {
	start, end := s.tokens[i].Start, s.tokens[j-1].End
	s.found = append(s.found, Entity{Kind: kind, Value: value, Text: s.text[start:end], Start: start, End: end})
}

// named reports whether an entity begins at the i-th token.
func (s *scan) named(i int) bool {
	return slices.ContainsFunc(s.found, func(e Entity) bool { return e.Start == s.tokens[i].Start })
}

// together returns the one product that all these proper words belong to, or "".
func (s *scan) together(at []int) string {
	if len(at) < 2 {
		return ""
	}
	count := map[string]int{}
	seen := map[string]bool{}
	for _, i := range at {
		word := s.vocabulary.properWord(s.tokens[i])
		if seen[word] {
			continue
		}
		seen[word] = true
		for _, id := range s.vocabulary.proper[word] {
			count[id]++
		}
	}
	found := ""
	for id, n := range count {
		if n == len(seen) {
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}

// wholeName finds the product all of whose name is said, in any order; of
// several the one with the longest name.
func (s *scan) wholeName() {
	v := s.vocabulary
	said := map[int]int{}
	place := map[string]int{}
	for i, t := range s.tokens {
		key := t.lemma
		if word := v.properWord(t); word != "" && v.byLemma[key] == nil {
			key = word
		}
		if _, again := place[key]; again {
			continue
		}
		place[key] = i
		for _, name := range v.byLemma[key] {
			said[name]++
		}
	}
	best, length, tied := -1, 1, false
	for name, n := range said {
		if n != len(v.names[name].lemmas) || n < length {
			continue
		}
		if n > length || best < 0 {
			best, length, tied = name, n, false
			continue
		}
		tied = tied || v.names[name].product != v.names[best].product
	}
	if best < 0 || tied {
		return
	}
	first, last := len(s.tokens), 0
	for _, l := range v.names[best].lemmas {
		first, last = min(first, place[l]), max(last, place[l])
	}
	s.name(Product, v.names[best].product, first, last+1)
}
