package intents

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestActed(t *testing.T) {
	t.Parallel()
	m := model(t)
	for _, c := range []struct{ text, pending, want string }{
		{"moi", "", "greeting"},
		{"kiitos hei", "", "thanks_bye"},
		{"moi, mistä näen missä mun paketti on?", "", "order_status"},
		{"hei! paljonko toimitus maksaa?", "", "delivery_cost"},
		{"paljonko toimitus maksaa ja kauanko se kestää?", "", "delivery_cost delivery_time"},
		{"Mitä maksutapoja teillä on? Entä onko palautus ilmainen?", "", "payment_methods return_policy"},
		{"Hej! Vad kostar frakten och hur lång är leveranstiden?", "", "delivery_cost delivery_time"},
		{"how much is shipping and what payment methods do you have?", "", "delivery_cost payment_methods"},
		{"etsin vedenpitäviä talvikenkiä lapselle koko 30, alle 80 euroa", "", "product_search"},
		{"punainen mekko koko 38", "", "product_search"},
		{"musta", "", "product_search"},
		{"kengät", "", "product_search"},
		{"mustat ja valkoiset kengät", "", "product_search"},
		{"onko tätä sinisenä?", "", "product_availability"},
		{"talvitakki", "", "product_search"},
		{"kahvinkeitin", "", "product_search"},
		{"vinterskor", "", "product_search"},
		{"winter boots size 30", "", "product_search"},
		{"haluan puhua ihmisen kanssa", "", "human_agent"},
		{"kauanko palautusaika on", "", "return_policy"},
		{"miten palautan tuotteen", "", "return_how"},
		{"mis mun tilaus T-100234 on", "", "order_status"},
		{"T-100234", "", "order_status"},
		{"kerro vitsi", "", "out_of_scope"},
		{"asdkjh qwelkj zxcmnb", "", "out_of_scope"},
		{"", "", "out_of_scope"},
		{"😀😀", "", "out_of_scope"},
		{"???", "", "out_of_scope"},
		{"00530", "postal_code", "out_of_scope"},
		{"00530", "", "out_of_scope"},
		{"matti@posti.fi", "email", "out_of_scope"},
		{"42", "size", "out_of_scope"},
		{"koko 42", "size", "out_of_scope"},
		{"kaksi", "qty", "out_of_scope"},
		{"sinisenä", "color", "out_of_scope"},
		{"0401234567", "phone", "out_of_scope"},
		{"joo", "", "out_of_scope"},
		{"ei kiitos", "confirm", "out_of_scope"},
		{"nej tack", "", "out_of_scope"},
		{"yes please", "", "out_of_scope"},
		{"onko teillä sinisiä lapasia ja paljonko toimitus Ouluun maksaa", "", "product_availability delivery_cost"},
		{"Moikka! Kengät ovat liian pienet. Voinko vaihtaa ne kokoon 43? Entä kuka maksaa palautuksen?", "", "exchange return_policy"},
		{"jag vill byta storlek och ändra adressen", "", "exchange order_change_cancel"},
		{"mut paljonko toimitus maksaa?", "postal_code", "delivery_cost"},
		{"moi, mis mun paketti on ja saako viel vaihtaa koon", "", "order_status exchange"},
		{"mis mun paketti viipyy, saako koon vielä vaihtaa", "", "order_status exchange"},
		{"toimitusaika ja postikulut", "", "delivery_time delivery_cost"},
		{"Haluan puhua ihmiselle. Paljonko palautus maksaa? Entä käykö Klarna?", "", "human_agent return_policy payment_methods"},
		{"en halua palauttaa vaan vaihtaa", "", "exchange"},
		{"en halua vaihtaa vaan palauttaa kengät", "", "return_how"},
		{"en oo saanu rahoja", "", "refund_status"},
		{"rahat ei oo vieläkään tullu takas", "", "refund_status"},
		{"ei sinistä vaan musta", "", "product_search"},
		{"paketti ei ole tullut", "", "order_status"},
	} {
		r := m.Read(c.text, Hint{Pending: c.pending, Now: now})
		if got := strings.Join(r.Acted, " "); got != c.want {
			t.Errorf("%s %q: %s, want %s; %.3v %v", r.Lang, c.text, got, c.want, r.Intents[:min(3, len(r.Intents))], r.Entities)
		}
	}
}

func TestReadLimits(t *testing.T) {
	t.Parallel()
	m := model(t)
	just := strings.Repeat("ä", MaxText-6) + " 00530"
	if r := m.Read(just, Hint{}); r.First(PostalCode) != "00530" {
		t.Errorf("the last of %d characters is not read: %v", MaxText, r.Entities)
	}
	over := "ä" + just
	r := m.Read(over, Hint{})
	if r.Text != over {
		t.Error("the text has changed")
	}
	if r.First(PostalCode) != "" {
		t.Errorf("what comes after %d characters is read: %v", MaxText, r.Entities)
	}
}

func FuzzRead(f *testing.F) {
	m := model(f)
	for _, text := range []string{
		"etsin talvikenkiä koko 38½, 20–30 €, T-100234", "\xff\xfe alle 5\xff€", "İİİ 2XL M-KOKO", "a ät b piste c 24.12.",
		"+358 40 123 4567 matti@posti.fi", "ei sinistä vaan mustaa?", "1 200 € 110/116 i fredags",
		"RR 123 456 785 FI, Hämeenkatu 12 B 34, joulun jälkeen klo 14.30", "kakssataaviiskyt ja puol kiloa!!! 😡", "matti ät posti piste",
	} {
		f.Add(text, "size")
	}
	f.Fuzz(func(t *testing.T, text, pending string) {
		r := m.Read(text, Hint{Pending: pending, Now: now})
		if r.Text != text || len(r.Acted) == 0 || len(r.Intents) == 0 || !slices.Contains([]string{"fi", "sv", "en"}, r.Lang) {
			t.Fatalf("%q: %+v", text, r)
		}
		for _, e := range r.Entities {
			if e.Start < 0 || e.Start > e.End || e.End > len(text) || text[e.Start:e.End] != e.Text {
				t.Fatalf("%q: %+v", text, e)
			}
			if utf8.ValidString(text) && !utf8.ValidString(e.Text) {
				t.Fatalf("%q: a letter is cut in %q", text, e.Text)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	m := model(b)
	for b.Loop() {
		m.Read("moi, etsin vedenpitäviä talvikenkiä lapselle koko 30, alle 80 euroa", Hint{Now: now})
	}
}

// BenchmarkReadExamples reads all kinds of messages, few of them twice.
func BenchmarkReadExamples(b *testing.B) {
	m := model(b)
	examples, err := Examples(Data())
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		m.Read(examples[i%len(examples)].Text, Hint{Now: now})
		i += 7919 // a prime, so that intents and languages mix
	}
}

func TestChoiceOfTopics(t *testing.T) {
	t.Parallel()
	m := model(t)
	for _, c := range []struct{ text, one, other string }{
		{"palautus vai vaihto", ReturnHow, Exchange},
		{"vaihto vai palautus", ReturnHow, Exchange},
		{"onko M vai L", "", ""},                               // sides that say nothing by themselves
		{"haluanko siis palautuksen vai ehkä vaihdon", "", ""}, // too long
	} {
		r := m.Read(c.text, Hint{})
		if got := r.chance(c.one) > 0.2 && r.chance(c.other) > 0.2; got != (c.one != "") {
			t.Errorf("%q: %v", c.text, r.Intents)
		}
	}
}
