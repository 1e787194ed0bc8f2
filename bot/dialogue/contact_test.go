package dialogue

import "testing"

func TestIsName(t *testing.T) {
	for text, want := range map[string]bool{
		"Kaisa Koski": true, "kaisa koski": true, "Mika Virtanen": true, "mika virtanen": true, "Emma Mäki": true, "emma kuusisto": true,
		"Tiia Asko Lahja": true, "Into Pankki": true, "Matti Uusi": true, "Kati Paras": true, "Tom Best": true, "max ek": true, "Urpo Muu": true,
		"mikä tahansa käy": false, "mikä hinta": false, "Mikä hinta": false, "emmä tiiä": false, "en tiedä": false, "Peru tilaus": false,
		"mika on hinta": false, "Mika": false, "Mika 2": false, "kotiin kiitos": false, "A B C D E": false,
	} {
		if got := isName(text); got != want {
			t.Errorf("%q is a name: %t", text, got)
		}
	}
}
