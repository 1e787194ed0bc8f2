package search

import "testing"

func TestSizeFit(t *testing.T) {
	for _, c := range []struct {
		asked, has string
		fits       bool
	}{
		{"42", "42", true}, {"42", "43", false}, {"m", "M", true}, {"37", "36/39", true}, {"40", "36/39", false},
		{"110", "110 cm", true}, {"2 hengen", "2 hengen", true}, {"12", "12 kg", true},
		{"12 kg", "12 kg", true}, {"12 kg", "12 pussia", false}, {"12 kg", "12 g", false}, {"100 ml", "100 g", false}, {"12 kg", "2 kg", false},
	} {
		if got := sizeFit(c.asked, c.has) > 0; got != c.fits {
			t.Errorf("%s fits %s: %t", c.asked, c.has, got)
		}
	}
}
