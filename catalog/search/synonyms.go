package search

import (
	"tiski/catalog"
	"tiski/intents/language"
)

// called returns, by term, what the shop's synonyms say it means.
func (x *Index) called(list []catalog.Synonym) map[int32][]meaning {
	called := map[int32][]meaning{}
	for _, s := range list {
		meant := x.named(s.Mean)
		for i := range meant {
			meant[i].sure *= asSynonym
		}
		meant = append(meant, alike(x.named(s.Near), asNear)...)
		for lang, words := range s.Words {
			for _, word := range words {
				for _, k := range keysOf(lang, word) {
					id := x.terms.ids[k.term]
					called[id] = append(called[id], meant...)
				}
			}
		}
	}
	return called
}

// named returns the meanings of Finnish words.
func (x *Index) named(list []string) (all []meaning) {
	for _, word := range list {
		all = append(all, x.meanings(keysOf(language.Finnish, word))...)
	}
	return all
}
