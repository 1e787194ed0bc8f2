package catalog

import (
	"regexp"
	"strings"
)

// sides are two sides in a text: "160 x 230 cm", "80×200".
var sides = regexp.MustCompile(`(\d{2,3}) ?(?:cm )?[x×*] ?(\d{2,3})(?: cm)?(?:$|[^\d])`)

// SameArea reports whether two sizes are of the same two sides, in centimetres, however they are written.
func SameArea(a, b string) bool {
	s, ok := areaOf(a)
	o, both := areaOf(b)
	return ok && both && (s == o || s[0] == o[1] && s[1] == o[0])
}

// IsArea reports whether a size is of two sides.
func IsArea(size string) bool {
	_, ok := areaOf(size)
	return ok
}

// MeasuresArea reports whether the name of a product, or a fact of it, tells the two sides of a size.
func (p *Product) MeasuresArea(size string) bool {
	if SameArea(p.Name.In("fi"), size) {
		return true
	}
	for _, fact := range p.Facts {
		if SameArea(fact.In("fi"), size) {
			return true
		}
	}
	return false
}

func areaOf(text string) (area [2]string, ok bool) {
	if !strings.ContainsAny(text, "x×*") {
		return area, false
	}
	found := sides.FindStringSubmatch(text)
	if found == nil {
		return area, false
	}
	return [2]string{found[1], found[2]}, true
}
