package dialogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// sizedValue is the value that a message tells by its size: the bigger or the smaller of
// two, the biggest or the smallest of several. "" when it tells none, or they are not
// measured in numbers of one unit.
func sizedValue(values []string, m *said) string {
	big := m.has(cueBiggest) || len(values) == 2 && (m.has(cueBig) || m.has(cueBigger))
	small := m.has(cueSmallest) || len(values) == 2 && (m.has(cueSmall) || m.has(cueSmaller))
	if big == small || len(values) < 2 || slices.ContainsFunc(values, func(v string) bool { return extent(v) == 0 || unitOf(v) != unitOf(values[0]) }) {
		return ""
	}
	byExtent := func(a, b string) int { return cmp.Compare(extent(a), extent(b)) }
	if small {
		return slices.MinFunc(values, byExtent)
	}
	return slices.MaxFunc(values, byExtent)
}

// unitOf is what a value has besides its numbers: " x  cm" of "70 x 140 cm".
func unitOf(value string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789,.", r) {
			return -1
		}
		return r
	}, value)
}

// extent is the product of the numbers of a value, as of "70 x 140 cm"; 0 when it has none.
func extent(value string) float64 {
	extent := 0.0
	for number := range strings.FieldsFuncSeq(strings.ReplaceAll(value, ",", "."), func(r rune) bool { return r != '.' && !unicode.IsDigit(r) }) {
		if n, err := strconv.ParseFloat(number, 64); err == nil {
			extent = max(extent, 1) * n
		}
	}
	return extent
}
