package search

import "tiski/catalog"

// ages are those that goods are for, in months; to is 0 when there is no upper one.
type ages struct {
	from, to int
	told     bool
}

func agesOf(p *catalog.Product) ages {
	from, to, told := p.Ages()
	return ages{from, to, told}
}

// How well goods suit a child of some age, and a present.
const (
	ageUntold = 0.8  // when nothing tells for what age they are
	agePerOne = 0.02 // less for each year that it is above the lowest, when that alone is told
	unsized   = 0.9  // when a size must be chosen for somebody else
)

// fit reports whether goods are for a child of so many years, and how aptly.
func (g ages) fit(years int) (fits bool, aptly float32) {
	month := 12 * years
	switch {
	case years == 0:
		return true, 1
	case !g.told:
		return true, ageUntold
	case month+11 < g.from, g.to > 0 && month > g.to:
		return false, ageUntold
	case g.to > 0:
		return true, 1
	}
	return true, max(ageUntold, 1-agePerOne*float32(month-g.from)/12)
}
