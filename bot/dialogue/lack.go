package dialogue

import (
	"cmp"
	"slices"

	"tiski/catalog"
)

// lacking says that a product is not to be had as it is wanted, and for each of
// the values wanted, with what it is.
func (t *turn) lacking(p *catalog.Product, wanted map[string]string) []Part {
	var never OptionValues
	for _, v := range optionsNamed(p, wanted) {
		if !slices.ContainsFunc(p.Values(v.Option), func(has string) bool {
			return v.Option == "color" && sameColor(has, v.Value) || v.Option == "size" && sameSize(has, v.Value) || has == v.Value
		}) {
			never = append(never, v)
		}
	}
	if len(optionsNamed(p, wanted)) == 0 { // it comes in no such options at all
		for _, option := range []string{"color", "size"} {
			if wanted[option] != "" {
				never = append(never, OptionValue{option, wanted[option]})
			}
		}
	}
	if len(never) > 0 {
		key := "never"
		if len(never) == 1 {
			key = cmp.Or(map[string]string{"color": "never.color", "size": "never.size"}[never[0].Option], key)
		}
		return append([]Part{part(key, "title", p.Name, "wanted", never)}, t.optionParts(p)...)
	}
	parts := []Part{part("unavailable", "title", p.Name, "wanted", optionsNamed(p, wanted))}
	for _, v := range optionsNamed(p, wanted) {
		for _, other := range p.OptionNames() {
			if other == v.Option {
				continue
			}
			values := t.left(p, map[string]string{v.Option: v.Value}, other)
			if len(values) > 0 {
				parts = append(parts, part("instead", "wanted", OptionValues{v}, "values", optionValues(other, values)))
			}
		}
	}
	if len(parts) == 1 {
		parts = append(parts, t.optionParts(p)...)
	}
	return parts
}
