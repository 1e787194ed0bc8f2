package catalog

import "testing"

func TestMentions(t *testing.T) {
	of := func(material string) *Product {
		return &Product{Brand: "Villavuona", Name: Text{"fi": "Villavuona Huurre -pipo"}, Material: Text{"fi": material}}
	}
	for text, materials := range map[string]map[string]bool{
		"80 % puuvillaa, 20 % polyesteriä":  {"villa": false, "puuvilla": true, "polyesteri": true, "puu": false},
		"terä kumia, vuori villasekoitetta": {"villa": true, "kumi": true, "nahka": false},
		"puuvillaa, täyte villavanua":       {"villa": true},
		"100 % Merinovillaa":                {"villa": true, "merinovilla": true},
		"tekonahkaa, pohja kumia":           {"nahka": false},
		"nahkaa, vuori tekonahkaa":          {"nahka": true},
		"72 % kidmohairia, 28 % silkkiä":    {"villa": true, "mohair": true, "alpakka": false},
		"alpakanvillaa":                     {"villa": true, "alpakka": true},
		"":                                  {"villa": false},
	} {
		for material, want := range materials {
			if got := of(text).Mentions(material); got != want {
				t.Errorf("%q mentions %s: %t", text, material, got)
			}
		}
	}
	if !(&Product{Name: Text{"fi": "Villasukat"}}).Mentions("villa") || !(&Product{Features: []string{"merinovillaa"}}).Mentions("villa") {
		t.Error("a name or a feature mentions nothing")
	}
	told := Text{"fi": "Kaksi kerää pehmeää merinoa."}
	if !(&Product{Description: told}).Mentions("villa") || (&Product{Description: told, Material: Text{"fi": "puuta"}}).Mentions("villa") {
		t.Error("a description is asked only where no material is told")
	}
}
