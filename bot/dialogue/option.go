package dialogue

import (
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
	rank := func(v string) (float64, bool) {
		first, _, _ := strings.Cut(v, "/")
		if n, err := number(first); err == nil {
			return n + 100, true
		}
		i := slices.IndexFunc(letterSizes, func(size string) bool { return strings.EqualFold(size, v) })
		return float64(i), i >= 0
	}
	slices.SortStableFunc(values, func(a, b string) int {
		x, okA := rank(a)
		y, okB := rank(b)
		switch {
		case !okA || !okB || x == y:
			return 0
		case x < y:
			return -1
		}
		return 1
	})
}
