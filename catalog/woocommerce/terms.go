package woocommerce

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
)

// terms are how a shop counts and where it puts its goods.
type terms struct {
	gross   bool           // prices are told with VAT in them
	rates   map[string]int // tenths of a percent by tax class; nil: the shop counts no VAT
	weight  string         // unit: kg
	length  string         // unit: cm
	shelves []shelf        // in the order of their ids
}

type setting struct {
	ID    string `json:"id"`
	Value any    `json:"value"`
}

type rate struct {
	Country  string `json:"country"`
	State    string `json:"state"`
	Rate     string `json:"rate"`
	Priority int    `json:"priority"`
	Class    string `json:"class"`
}

type shelf struct {
	ID     int    `json:"id"`
	Name   string `json:"name"`
	Parent int    `json:"parent"`
}

// readTerms refuses a shop that does not sell in euros.
func (s *Shop) readTerms(ctx context.Context) (*terms, error) {
	values := map[string]string{}
	for _, group := range []string{"general", "tax", "products"} {
		var settings []setting
		if _, err := s.ask(ctx, "GET", "settings/"+group, nil, nil, &settings); err != nil {
			return nil, err
		}
		for _, one := range settings {
			values[one.ID] = fmt.Sprint(one.Value)
		}
	}
	if currency := values["woocommerce_currency"]; currency != "EUR" {
		return nil, fmt.Errorf("woocommerce: the shop sells in %q, only euros are taken", currency)
	}
	t := &terms{
		gross:  values["woocommerce_prices_include_tax"] == "yes",
		weight: values["woocommerce_weight_unit"], length: values["woocommerce_dimension_unit"],
	}
	if values["woocommerce_calc_taxes"] == "yes" {
		if err := s.readRates(ctx, t); err != nil {
			return nil, err
		}
	}
	shelves, err := all[shelf](ctx, s, "products/categories", url.Values{"hide_empty": {"true"}, "orderby": {"id"}}, maxProducts, nil)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(shelves, func(a, b shelf) int { return cmp.Compare(a.ID, b.ID) })
	t.shelves = shelves
	return t, nil
}

// readRates reads the rates that hold in all of Finland.
func (s *Shop) readRates(ctx context.Context, t *terms) error {
	rates, err := all[rate](ctx, s, "taxes", nil, maxProducts, nil)
	if err != nil {
		return err
	}
	t.rates = map[string]int{}
	finnish := map[string]bool{}
	for _, r := range rates {
		if r.Country != "" && r.Country != "FI" || r.State != "" || r.Country == "" && finnish[r.Class] {
			continue
		}
		percent, err := strconv.ParseFloat(r.Rate, 64)
		if err != nil {
			return fmt.Errorf("woocommerce: the rate %q of tax class %s is no number", r.Rate, r.Class)
		}
		t.rates[r.Class] = int(percent*10 + 0.5)
		finnish[r.Class] = r.Country == "FI"
	}
	return nil
}

// rate returns the VAT of a product, tenths of a percent; general when the shop
// counts none.
func (t *terms) rate(status, class string) (tenths int, general bool, err error) {
	switch {
	case t.rates == nil:
		return 0, true, nil
	case status == "none":
		return 0, false, nil
	}
	if class == "" {
		class = "standard"
	}
	tenths, known := t.rates[class]
	if !known {
		return 0, false, fmt.Errorf("tax class %q has no rate for Finland", class)
	}
	return tenths, false, nil
}

// price reads a price as customers pay it.
func (t *terms) price(s string, tenths int) (catalog.Cents, error) {
	if t.gross {
		tenths = 0
	}
	return catalog.ParsePrice(s, tenths)
}

// intake has all shelves of the shop on it, always in the same order; ids are
// theirs by the shop's own.
func (t *terms) intake() (in *catalog.Intake, ids map[int]string) {
	byID := map[int]shelf{}
	for _, one := range t.shelves {
		byID[one.ID] = one
	}
	in, ids = new(catalog.Intake), map[int]string{}
	for _, one := range t.shelves {
		var path []string
		for at, depth := one, 0; depth < deepest; depth++ {
			path = append([]string{catalog.Plain(at.Name)}, path...)
			parent, known := byID[at.Parent]
			if !known {
				break
			}
			at = parent
		}
		ids[one.ID] = in.Category(path...)
	}
	return in, ids
}

// deepest is how many shelves may stand within each other: more is a ring.
const deepest = 20

// innermost is the shelf deepest in the tree of those a product stands on.
func (t *terms) innermost(of []shelf) int {
	parents := map[int]int{}
	for _, one := range t.shelves {
		parents[one.ID] = one.Parent
	}
	best, depth := 0, 0
	for _, one := range of {
		d := 1
		for at := parents[one.ID]; at != 0 && d < deepest; at = parents[at] {
			d++
		}
		if d > depth && !strings.EqualFold(one.Name, "uncategorized") {
			best, depth = one.ID, d
		}
	}
	return best
}
