package search

import "testing"

func TestAgeFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ages  ages
		years int
		fits  bool
	}{
		{ages{24, 71, true}, 1, false}, {ages{24, 71, true}, 2, true}, {ages{24, 71, true}, 5, true}, {ages{24, 71, true}, 6, false},
		{ages{96, 0, true}, 7, false}, {ages{96, 0, true}, 8, true}, {ages{0, 9, true}, 1, false}, {ages{}, 5, true}, {ages{24, 71, true}, 0, true},
	} {
		if fits, _ := c.ages.fit(c.years); fits != c.fits {
			t.Errorf("%v for a child of %d: %t", c.ages, c.years, fits)
		}
	}
	_, closed := ages{60, 95, true}.fit(7)
	_, near := ages{72, 0, true}.fit(7)
	_, far := ages{12, 0, true}.fit(7)
	_, untold := ages{}.fit(7)
	if closed <= near || near <= far || far < untold {
		t.Errorf("apt for a child of 7: %g for one to eight, %g from six, %g from one, %g when nothing is told", closed, near, far, untold)
	}
}
