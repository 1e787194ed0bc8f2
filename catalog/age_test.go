package catalog

import "testing"

func TestAges(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		from, to int
		told     bool
	}{
		"":                           {},
		"kaikenikäisille":            {},
		"yli 8 v":                    {96, 0, true},
		"2–5 v":                      {24, 71, true},
		"2-5 v":                      {24, 71, true},
		"0–12 kk":                    {0, 12, true},
		"yli 3-vuotiaille":           {36, 0, true},
		"noin 4–11 vuotta":           {48, 143, true},
		"12 palaa yli 2 v, 24 palaa": {24, 0, true},
	} {
		p := Product{Facts: map[string]Text{ageFact: {"fi": text}}}
		if from, to, told := p.Ages(); from != want.from || to != want.to || told != want.told {
			t.Errorf("%q: %d to %d, %t", text, from, to, told)
		}
	}
}
