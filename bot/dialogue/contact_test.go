package dialogue

import (
	"strings"
	"testing"

	"tiski/intents"
)

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

func TestItems(t *testing.T) {
	t.Parallel()
	email, phone := intents.Entity{Kind: intents.Email, Text: "jaska@jokunen.fi"}, intents.Entity{Kind: intents.Phone, Text: "040 111 2222"}
	for text, want := range map[string]string{
		"Jaska Jokunen jaska@jokunen.fi 040 111 2222 Koulukatu 3 B 7, 53100 Lappeenranta":                                       "Jaska Jokunen|Koulukatu 3 B 7|53100 Lappeenranta",
		"nimi Jaska Jokunen ja sposti jaska@jokunen.fi ja puh 040 111 2222 ja Koulukatu 3 B 7":                                  "Jaska Jokunen|Koulukatu 3 B 7",
		"Nimi: Jaska Jokunen\nSähköposti: jaska@jokunen.fi\nPuhelin: 040 111 2222\nOsoite: Koulukatu 3 B 7\n53100 Lappeenranta": "Jaska Jokunen|Koulukatu 3 B 7|53100 Lappeenranta",
		"my name is Joe Bloggs, email jaska@jokunen.fi and phone 040 111 2222":                                                  "Joe Bloggs",
		"jaska@jokunen.fi": "",
	} {
		if got := strings.Join(heard(intents.Reading{Text: text, Entities: []intents.Entity{email, phone}}).items(), "|"); got != want {
			t.Errorf("the items of %q are %q, not %q", text, got, want)
		}
	}
}
