package dialogue

import "testing"

func TestExtent(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]float64{"70 x 140 cm": 9800, "0,6 l": 0.6, "50 l": 50, "20 paria": 20, "M": 0, "": 0} {
		if got := extent(value); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
	if unitOf("500 g") == unitOf("1 kg") || unitOf("70 x 140 cm") != unitOf("50 x 70 cm") {
		t.Error("units are told apart otherwise")
	}
}
