package catalog

import "testing"

func TestSameArea(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"160 x 230 cm", "160×230", true},
		{"160 x 230 cm", "160 × 230 cm", true},
		{"160 x 230 cm", "230 x 160 cm", true},
		{"160 x 230 cm", "160 x 200 cm", false},
		{"160 x 230 cm", "160 cm", false},
		{"160 cm", "160 cm", false},
		{"2 x 3 m", "2 x 3 m", false},
	} {
		if got := SameArea(c.a, c.b); got != c.same {
			t.Errorf("%q and %q are of the same sides: %t", c.a, c.b, got)
		}
	}
	rug := &Product{Name: Text{"fi": "Nukkamatto Aava 160x230 cm"}}
	board := &Product{Name: Text{"fi": "Leikkuulauta"}, Facts: map[string]Text{"mitat": {"fi": "30 × 20 cm"}}}
	for p, size := range map[*Product]string{rug: "160 x 230 cm", board: "30 x 20 cm"} {
		if !p.MeasuresArea(size) || p.MeasuresArea("80 x 200 cm") {
			t.Errorf("%s does not tell %s, or tells others", p.Name.In("fi"), size)
		}
	}
}
