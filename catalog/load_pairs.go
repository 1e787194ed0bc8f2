package catalog

const pairsFile = "pairs.yaml"

// pairs reads pairs.yaml, which a shop need not have. Whether the ids are there
// can only be told when the goods are in files too.
func (l *loader) pairs() {
	if l.lacks(pairsFile) {
		return
	}
	known := l.shelves()
	for i := range l.shop.Products {
		known[l.shop.Products[i].ID] = true
	}
	f, n := l.open(pairsFile)
	for _, e := range f.entries(n) {
		rule := PairRule{}
		for _, side := range []struct {
			key  string
			into *[]string
		}{{"of", &rule.Of}, {"with", &rule.With}} {
			n := e.need(side.key)
			if n == nil {
				continue
			}
			*side.into = f.words(n)
			for _, id := range *side.into {
				if !l.afar && !known[id] {
					f.wrong(n.Line, "%s is neither a product nor a category", id)
				}
			}
		}
		e.close()
		l.shop.Pairs = append(l.shop.Pairs, rule)
	}
}
