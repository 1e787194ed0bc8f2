package search

import "tiski/catalog"

// otherwise returns, by term, what the shop's synonyms say it means.
func (x *Index) otherwise(list []catalog.Synonym) map[int32][]meaning {
	called := map[int32][]meaning{}
	for _, s := range list {
		meant := x.named(s.Mean, asSynonym, false)
		meant = append(meant, x.named(s.Near, asNear, true)...)
		for lang, words := range s.Words {
			for _, word := range words {
				for _, k := range x.written.read(lang, word).whole {
					id := x.ids[k.term]
					called[id] = append(called[id], meant...)
				}
			}
		}
	}
	return called
}

// named returns the meanings of words of any language.
func (x *Index) named(list []string, sure float32, alike bool) (all []meaning) {
	for _, word := range list {
		all = x.meanings(all, x.written.read("", word).whole, sure)
	}
	for i := range all {
		all[i].alike = alike
	}
	return all
}
