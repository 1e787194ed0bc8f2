package woocommerce

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
)

// choice is one way to choose a variation: its options, and the values of those
// attributes of which the variation takes any.
type choice struct {
	names, told []string // of all attributes, in the order of the product
	options     map[string]string
	any         url.Values // value by name of attribute
}

// most is how many choices one variation may stand for.
const most = 200

// choices are the ways to choose a variation of a product.
func choices(p, one *product) []choice {
	all := []choice{{any: url.Values{}}}
	for _, a := range p.Attributes {
		if !a.Variation {
			continue
		}
		fixed := slices.IndexFunc(one.Attributes, func(own attribute) bool {
			return own.Option != "" && (own.ID != 0 && own.ID == a.ID || strings.EqualFold(own.Name, a.Name))
		})
		values := a.Options
		if fixed >= 0 {
			values = []string{one.Attributes[fixed].Option}
		}
		var next []choice
		for _, c := range all {
			for _, value := range values {
				with := choice{append(slices.Clip(c.names), a.Name), append(slices.Clip(c.told), value), nil, url.Values{}}
				for name := range c.any {
					with.any.Set(name, c.any.Get(name))
				}
				if fixed < 0 {
					with.any.Set(a.Name, value)
				}
				next = append(next, with)
			}
		}
		all = next[:min(len(next), most)]
	}
	for i := range all {
		all[i].options = catalog.Options(all[i].names, all[i].told)
	}
	return all
}

func (c choice) values() []string {
	var values []string
	for i, name := range c.names {
		if c.any.Has(name) {
			values = append(values, c.told[i])
		}
	}
	return values
}

// ref names a variation in the shop: "799/733", with what was chosen of those
// attributes of which it takes any: "799/733?Size=S".
func ref(product, variation int, chosen url.Values) string {
	s := strconv.Itoa(product)
	if variation != 0 {
		s += "/" + strconv.Itoa(variation)
	}
	if len(chosen) > 0 {
		s += "?" + chosen.Encode()
	}
	return s
}

// readRef is ref undone.
func readRef(s string) (product, variation int, chosen url.Values, err error) {
	path, query, _ := strings.Cut(s, "?")
	first, second, has := strings.Cut(path, "/")
	if product, err = strconv.Atoi(first); err == nil && has {
		variation, err = strconv.Atoi(second)
	}
	if err == nil {
		chosen, err = url.ParseQuery(query)
	}
	if err != nil || product <= 0 {
		return 0, 0, nil, fmt.Errorf("%q names no product", s)
	}
	return product, variation, chosen, nil
}
