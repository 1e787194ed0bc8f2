package catalog

import (
	"maps"
	"strings"
	"testing"
)

// TestFactsAreNamedAsCustomersAskForThem, however a shop writes them; what stands in brackets
// follows a figure that has nothing behind it.
func TestFactsAreNamedAsCustomersAskForThem(t *testing.T) {
	t.Parallel()
	for facts, want := range map[string]map[string]string{
		"Weight: {fi: 16 kg}":                         {"paino": "16 kg"},
		"Vikt: {fi: 16 kg}":                           {"paino": "16 kg"},
		"massa: {fi: 16 kg}":                          {"paino": "16 kg"},
		"paino (kg): {fi: '25'}":                      {"paino": "25 kg"},
		"Paino (kg): {fi: 25 kiloa}":                  {"paino": "25 kiloa"},
		"Kokonaispaino (kg): {fi: '25,5'}":            {"kokonaispaino": "25,5 kg"},
		"Mitat (cm): {fi: 180 x 60}, teho: {fi: 9 W}": {"mitat": "180 x 60 cm", "teho": "9 W"},
	} {
		s, err := Load(changed(t, "products/kengat.yaml", "paino: {fi: 410 g / kenkä}", facts))
		if err != nil {
			t.Errorf("%s: %v", facts, err)
			continue
		}
		got := map[string]string{}
		for name, text := range s.Product("kaamos-talvikenka").Facts {
			got[name] = text.In("fi")
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: %v", facts, got)
		}
	}
	_, err := Load(changed(t, "products/kengat.yaml", "paino: {fi: 410 g / kenkä}", "paino: {fi: 410 g}, Weight: {fi: 410 g}"))
	if err == nil || !strings.Contains(err.Error(), "products/kengat.yaml:9: paino stands here twice, as Weight") {
		t.Error(err)
	}
}
