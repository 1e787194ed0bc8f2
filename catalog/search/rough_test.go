package search

import (
	"strings"
	"testing"
)

func TestRoughRoot(t *testing.T) {
	t.Parallel()
	for _, forms := range []string{
		"kenkä kengät kenkiä kengän kenkien kengissä kenkää",
		"takki takit takkia takkeja takin takissa",
		"reppu reput reppua reppuja",
		"paita paidat paitoja paidan paitojen",
		"villapaita villapaidat villapaitoja villapaidan",
		"lamppu lamput lampun",
		"saapas saappaat saappaita",
		"rengas renkaat renkaita",
		"valaisin valaisimet valaisimia valaisinta",
		"kahvinkeitin kahvinkeittimet kahvinkeitintä",
		"voide voiteet voidetta",
		"hanska hanskat hanskoja",
		"sininen siniset sinisiä siniseen",
		"peli pelit pelejä pelien",
		"kirja kirjat kirjoja kirjaa",
		"pyyhe pyyhkeet pyyhkeitä",
		"lapanen lapaset lapasia",
		"lakana lakanat lakanoita",
		"teltta teltat telttoja teltan",
		"pakkaus pakkausta pakkaukset pakkauksia",
		"matto matot mattoja maton",
	} {
		roots := map[string]bool{}
		for _, f := range strings.Fields(forms) {
			roots[roughRoot(f)] = true
		}
		if len(roots) != 1 {
			t.Errorf("%s: %v", forms, roots)
		}
	}
	for _, pair := range [][2]string{{"takki", "talo"}, {"hame", "hammas"}, {"sukka", "sukset"}, {"lakana", "lakki"}} {
		if a, b := roughRoot(pair[0]), roughRoot(pair[1]); a == b {
			t.Errorf("%s and %s are both %s", pair[0], pair[1], a)
		}
	}
}
