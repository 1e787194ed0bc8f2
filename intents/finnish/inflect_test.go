package finnish

import (
	"strings"
	"testing"
)

func TestInflect(t *testing.T) {
	t.Parallel()
	x := Base()
	one := func(c Case) Form { return Form{Case: c} }
	many := func(c Case) Form { return Form{Case: c, Plural: true} }
	for _, test := range []struct {
		text string
		form Form
		want string
	}{
		{"makuupussi", one(Partitive), "makuupussia"},
		{"Retki-makuupussi", one(Partitive), "Retki-makuupussia"},
		{"tuote", one(Genitive), "tuotteen"},
		{"tuote", many(Partitive), "tuotteita"},
		{"kenkä", many(Genitive), "kenkien"},
		{"lapsi", many(Genitive), "lasten"},
		{"tilaus", one(Inessive), "tilauksessa"},
		{"laatikko", many(Partitive), "laatikoita"},
		{"hinta", many(Inessive), "hinnoissa"},
		{"Musta villapaita", one(Genitive), "Mustan villapaidan"},
		{"Sininen takki", many(Partitive), "Sinisiä takkeja"},
		{"Talvikenkä, musta", one(Partitive), "Talvikenkää, musta"},
		{"Talvitakki 140 cm", one(Genitive), "Talvitakin 140 cm"},
		{"iPhone 15", one(Genitive), "iPhone 15:n"},
		{"iPhone 15", one(Partitive), "iPhone 15:tä"},
		{"USB", one(Genitive), "USB:n"},
		{"TV", one(Partitive), "TV:tä"},
		{"Nike", one(Adessive), "Nikellä"},
		{"Samsung", one(Elative), "Samsungista"},
		{"IKEA", one(Elative), "IKEAsta"},
		{"T-paita", one(Genitive), "T-paidan"},
		{"Oulunsalo", one(Illative), "Oulunsaloon"},
		{"Tampere", one(Allative), "Tampereelle"},
		{"Helsinki", one(Illative), "Helsinkiin"},
		{"housut", one(Inessive), "housuissa"},
		{"euro", one(Adessive), "eurolla"},
		{"työ", one(Illative), "työhön"},
		{"hame", one(Illative), "hameeseen"},
		{"Ohjevihko: Sata lapasta", one(Genitive), "Ohjevihon: Sata lapasta"},
		{"", one(Genitive), ""},
	} {
		if got := x.Inflect(test.text, test.form); got != test.want {
			t.Errorf("%q in %+v is %q, not %q", test.text, test.form, got, test.want)
		}
	}
}

func TestInflectedIsAnalysed(t *testing.T) {
	t.Parallel()
	x := Base()
	for i, e := range x.entries {
		if i%7 != 0 || e.origin != listed || e.slots(x)&nominative == 0 || e.slots(x)&strongPlural == 0 {
			continue
		}
		for c := Genitive; c <= Abessive; c++ {
			for _, plural := range []bool{false, true} {
				form := x.Inflect(e.lemma, Form{Case: c, Plural: plural})
				got := x.analyses(form, e.lemma)
				if !got {
					t.Errorf("%q, case %d of %q, is not read as it", form, c, e.lemma)
				}
			}
		}
	}
}

// analyses tells whether any entry of a lemma makes a form.
func (x *Lexicon) analyses(form, lemma string) bool {
	var room [24]tail
	var some [256]candidate
	for _, c := range x.match(form, 0, tails(form, room[:0]), some[:0]) {
		if strings.EqualFold(x.entries[c.entry].lemma, lemma) {
			return true
		}
	}
	return false
}
