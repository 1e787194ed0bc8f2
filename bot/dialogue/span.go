package dialogue

import (
	"regexp"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// widestSpan is how far apart the ends of a size are at most that a customer says
// to be between two.
const widestSpan = 6

// spanEnd is what follows the first end of such a size: "39-41".
var spanEnd = regexp.MustCompile(`^ ?[-–] ?(\d{2,3})\b`)

// spanAt is the size between two that begins with a size in a text, and where it
// ends; "" when that stands alone.
func spanAt(text string, e intents.Entity) (size string, end int) {
	high := spanEnd.FindStringSubmatch(text[e.End:])
	if high == nil {
		return "", 0
	}
	size = e.Value + "-" + high[1]
	if low, high, ok := span(size); !ok || high-low > widestSpan {
		return "", 0
	}
	return size, e.End + len(high[0])
}

// span are the ends of a size between two; false for any other size.
func span(size string) (low, high float64, ok bool) {
	from, to, cut := strings.Cut(size, "-")
	if !cut {
		return 0, 0, false
	}
	low, errLow := number(from)
	high, errHigh := number(to)
	return low, high, errLow == nil && errHigh == nil && low < high
}

// ends are the smallest and the largest size that one of the shop's covers.
func ends(size string) (low, high float64, ok bool) {
	from, to, pair := strings.Cut(size, "/")
	if !pair {
		to = from
	}
	low, errLow := number(from)
	high, errHigh := number(to)
	return low, high, errLow == nil && errHigh == nil
}

// spanning is the only size of a product that covers the whole of a size between
// two: 40/43 does 40-42. "" when none does.
func spanning(values []string, size string) string {
	low, high, _ := span(size)
	for _, v := range values {
		if from, to, ok := ends(v); v == size || ok && from <= low && high <= to {
			return v
		}
	}
	return ""
}

// between says that a product does not come in the size between two that a message
// names, so that it is asked; nil when it names none or there is one.
func between(p *catalog.Product, m *said) []Part {
	size := m.sought().Size
	if _, _, ok := span(size); !ok || len(p.Values("size")) < 2 || spanning(p.Values("size"), size) != "" {
		return nil
	}
	return []Part{part("size.between", "size", OptionValue{"size", strings.ReplaceAll(size, "-", "–")})}
}
