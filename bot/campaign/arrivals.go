package campaign

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
)

// ArrivalDays is for how long goods are told of as new.
const ArrivalDays = 45

// mostArrivals is how many new goods of a shelf are looked at, to tell of a few.
const mostArrivals = 20

// Arrivals are the new goods of a shop by shelf, the newest first.
type Arrivals map[string][]Arrival

// Arrival is a product that came.
type Arrival struct {
	Product string // id
	At      time.Time
}

// ArrivalsOf puts goods on the shelves of a shop: their own, and those above it.
// came tells when each came, by id.
func ArrivalsOf(came map[string]time.Time, shop *catalog.Shop) Arrivals {
	newest := func(a, b string) int { return cmp.Or(came[b].Compare(came[a]), cmp.Compare(a, b)) }
	all := Arrivals{}
	for _, id := range slices.SortedFunc(maps.Keys(came), newest) {
		p := shop.Product(id)
		if p == nil {
			continue
		}
		for c := shop.Category(p.Category); c != nil; c = shop.Category(c.Parent) {
			if len(all[c.ID]) < mostArrivals {
				all[c.ID] = append(all[c.ID], Arrival{id, came[id]})
			}
		}
	}
	return all
}

// For returns the goods that are new to a customer on the shelves that they buy
// from, by what they allow to be known, the shelf that they like best first. last
// is when they heard of such goods, zero for never. What was there when they
// last bought from the shelf is not new to them.
func (a Arrivals) For(p persona.Profile, last time.Time) (shelves, products []string) {
	for _, shelf := range p.Favourites(len(p.Likes)) {
		found := false
		for _, one := range a[shelf] {
			if one.At.After(last) && one.At.After(p.Likes[shelf].Since) {
				found = true
				products = append(products, one.Product)
			}
		}
		if found {
			shelves = append(shelves, shelf)
		}
	}
	return shelves, products
}
