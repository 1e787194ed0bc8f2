package dialogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
)

// OptionName is the name of an option ("size"), worded by the language.
type OptionName string

// OptionValue is the value of an option as the shop's files write it,
// translated by the shop's words.
type OptionValue struct{ Option, Value string }

// OptionValues is a list of values of one option.
type OptionValues []OptionValue

// Item is a product in one variant, worded as its title and options.
type Item struct {
	Product *catalog.Product
	Variant *catalog.Variant
}

func optionValues(option string, values []string) OptionValues {
	if option == "size" {
		values = slices.Clone(values)
		sortValues(values)
	}
	all := make(OptionValues, len(values))
	for i, v := range values {
		all[i] = OptionValue{option, v}
	}
	return all
}

// number reads a size such as "38,5".
func number(size string) (float64, error) {
	if size == "" || size[0] < '0' || size[0] > '9' {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(strings.Replace(size, ",", ".", 1), 64)
}

var letterSizes = []string{"XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL"}

// sortValues puts sizes in their natural order: numbers by value, letters by
// size; other values keep their order.
func sortValues(values []string) {
	type size struct {
		value string
		rank  float64 // 0 has none
	}
	sizes := make([]size, len(values))
	for i, v := range values {
		sizes[i].value = v
		first, _, _ := strings.Cut(v, "/")
		if n, err := number(first); err == nil {
			sizes[i].rank = n + 100
		} else {
			sizes[i].rank = float64(1 + slices.IndexFunc(letterSizes, func(size string) bool { return strings.EqualFold(size, v) }))
		}
	}
	slices.SortStableFunc(sizes, func(a, b size) int {
		if a.rank == 0 || b.rank == 0 {
			return 0
		}
		return cmp.Compare(a.rank, b.rank)
	})
	for i := range sizes {
		values[i] = sizes[i].value
	}
}
