// Package campaign reads what a shop offers to customers who want offers: whom,
// what and when. Who a customer seems to be like never decides who gets a code.
package campaign

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
)

// Campaign is one file of a shop's campaigns/.
type Campaign struct {
	ID       string // the name of its file
	Who      Rule
	Say      catalog.Text
	Products []string  // ids
	Code     string    // of a discount; "" without one
	From     time.Time // the first moment
	Until    time.Time // the first moment after it
	Most     int       // how many customers get it; 0: any number
}

// Rule says who gets a campaign: who fits everything that it tells.
type Rule struct {
	Bought   []string // categories, of which one was bought from, or one below it
	Idle     int      // days since the last purchase at least; 0: any
	Langs    []string // languages
	Personas []string // never together with a code
}

// Runs reports whether a campaign is sent now.
func (c *Campaign) Runs(now time.Time) bool { return !now.Before(c.From) && now.Before(c.Until) }

// Fits reports whether a customer gets the campaign, by what they allow to be
// known. bought are those of their categories that it was decided by; why is
// what decided, in words for the shop that tell nothing of the customer.
func (c *Campaign) Fits(p persona.Profile, shop *catalog.Shop, now time.Time) (bought []string, why string, ok bool) {
	var whys []string
	if len(c.Who.Bought) > 0 {
		for _, liked := range p.Favourites(len(p.Likes)) {
			if slices.ContainsFunc(c.Who.Bought, func(category string) bool { return shop.Under(liked, category) }) {
				bought = append(bought, liked)
			}
		}
		if len(bought) == 0 {
			return nil, "", false
		}
		whys = append(whys, "bought "+strings.Join(c.Who.Bought, ", "))
	}
	if c.Who.Idle > 0 {
		last := time.Time{}
		for _, f := range p.Likes {
			if f.Since.After(last) {
				last = f.Since
			}
		}
		if last.IsZero() || now.Sub(last) < time.Duration(c.Who.Idle)*24*time.Hour {
			return nil, "", false
		}
		whys = append(whys, "no order in "+strconv.Itoa(c.Who.Idle)+" days")
	}
	if len(c.Who.Langs) > 0 {
		if !slices.Contains(c.Who.Langs, p.Lang.Value) {
			return nil, "", false
		}
		whys = append(whys, "language "+strings.Join(c.Who.Langs, ", "))
	}
	if len(c.Who.Personas) > 0 {
		if !slices.Contains(c.Who.Personas, p.Belief.Persona()) {
			return nil, "", false
		}
		whys = append(whys, "persona "+strings.Join(c.Who.Personas, ", "))
	}
	if len(whys) == 0 {
		whys = []string{"everybody who wants offers"}
	}
	return bought, strings.Join(whys, "; "), true
}
