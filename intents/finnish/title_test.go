package finnish

import "testing"

func TestTitles(t *testing.T) {
	t.Parallel()
	work := func(text, noun string) Title { return Title{Text: text, Noun: noun, Work: true} }
	for _, c := range []struct {
		title         Title
		two, genitive string
	}{
		// The head stands last, after a hyphen, or first before the model's name.
		{Title{Text: "Retki-makuupussi"}, "kaksi Retki-makuupussia", "Retki-makuupussin"},
		{Title{Text: "Kaamos Revontuli -talvikengät"}, "kahdet Kaamos Revontuli -talvikengät", "Kaamos Revontuli -talvikenkien"},
		{Title{Text: "Kaamos Pakkanen -talvikengät lapsille"}, "kahdet Kaamos Pakkanen -talvikengät lapsille", "Kaamos Pakkanen -talvikenkien lapsille"},
		{Title{Text: "Kahvinkeitin Askare Aamunkoi"}, "kaksi Kahvinkeitintä Askare Aamunkoi", "Kahvinkeittimen Askare Aamunkoi"},
		{Title{Text: "Paistinpannu Rautiala Arki"}, "kaksi Paistinpannua Rautiala Arki", "Paistinpannun Rautiala Arki"},
		{Title{Text: "Lasten sandaalit Uimaranta"}, "kahdet Lasten sandaalit Uimaranta", "Lasten sandaaleiden Uimaranta"},
		{Title{Text: "Lapsen yövalo Pöllö"}, "kaksi Lapsen yövaloa Pöllö", "Lapsen yövalon Pöllö"},
		{Title{Text: "Timoteiheinä kaneille ja marsuille"}, "kaksi Timoteiheinää kaneille ja marsuille", "Timoteiheinän kaneille ja marsuille"},
		{Title{Text: "Kissan turvapanta tiu'ulla"}, "kaksi Kissan turvapantaa tiu'ulla", "Kissan turvapannan tiu'ulla"},
		{Title{Text: "Kasvojen aurinkovoide SK 50"}, "kaksi Kasvojen aurinkovoidetta SK 50", "Kasvojen aurinkovoiteen SK 50"},
		{Title{Text: "Talvitakki 140 cm"}, "kaksi Talvitakkia 140 cm", "Talvitakin 140 cm"},
		{Title{Text: "Talvikenkä, musta"}, "kaksi Talvikenkää, musta", "Talvikengän, musta"},
		{Title{Text: "Majakkasaari-lautapeli"}, "kaksi Majakkasaari-lautapeliä", "Majakkasaari-lautapelin"},
		{Title{Text: "Lapsen vuolupuukko"}, "kaksi Lapsen vuolupuukkoa", "Lapsen vuolupuukon"},
		{Title{Text: "Aurinkolasit ja kotelo"}, "2 × Aurinkolasit ja kotelo", "Aurinkolasien ja kotelon"},
		// Adjectives and participles agree, before and after.
		{Title{Text: "Musta T-paita"}, "kaksi Mustaa T-paitaa", "Mustan T-paidan"},
		{Title{Text: "Emaloitu valurautapata Hauduke"}, "kaksi Emaloitua valurautapataa Hauduke", "Emaloidun valurautapadan Hauduke"},
		{Title{Text: "Kaksiosainen pyykkikori"}, "kaksi Kaksiosaista pyykkikoria", "Kaksiosaisen pyykkikorin"},
		{Title{Text: "Himmennettävä led-lamppu"}, "kaksi Himmennettävää led-lamppua", "Himmennettävän led-lampun"},
		{Title{Text: "Muotoon ommeltu lakana"}, "kaksi Muotoon ommeltua lakanaa", "Muotoon ommellun lakanan"},
		{Title{Text: "Neulottu pipo"}, "kaksi Neulottua pipoa", "Neulotun pipon"},
		{Title{Text: "Kuivatut lihapalat koiralle"}, "kahdet Kuivatut lihapalat koiralle", "Kuivattujen lihapalojen koiralle"},
		{Title{Text: "Lämminvuoriset kumpparit lapselle"}, "kahdet Lämminvuoriset kumpparit lapselle", "Lämminvuoristen kumppareiden lapselle"},
		{Title{Text: "Sarastus-ripsiväri vedenkestävä"}, "kaksi Sarastus-ripsiväriä vedenkestävää", "Sarastus-ripsivärin vedenkestävän"},
		{Title{Text: "Kairasto Hahtuva -ilmatäytteinen makuualusta"}, "kaksi Kairasto Hahtuva -ilmatäytteistä makuualustaa", "Kairasto Hahtuva -ilmatäytteisen makuualustan"},
		// A name alone inflects with what the thing is.
		{Title{Text: "Halti Tunturi", Noun: "takki"}, "kaksi Halti Tunturi -takkia", "Halti Tunturi -takin"},
		{Title{Text: "Joutsen Tunturi", Brand: "Joutsen", Noun: "takki"}, "kaksi Joutsen Tunturi -takkia", "Joutsen Tunturi -takin"},
		{Title{Text: "Nike Air Max 90", Noun: "kengät"}, "kahdet Nike Air Max 90 -kengät", "Nike Air Max 90 -kenkien"},
		{Title{Text: "iPhone 15", Noun: "puhelin"}, "kaksi iPhone 15 -puhelinta", "iPhone 15 -puhelimen"},
		{Title{Text: "Halti Tunturi"}, "kaksi Halti Tunturia", "Halti Tunturin"},
		{Title{Text: "Samsung Galaxy"}, "kaksi Samsung Galaxy -tuotetta", "Samsung Galaxy -tuotteen"},
		{Title{Text: "Fiskars Kattila 3 l", Noun: "kattila"}, "kaksi Fiskars Kattilaa 3 l", "Fiskars Kattilan 3 l"},
		{Title{Text: "Fairphone", Noun: "puhelin"}, "kaksi Fairphonea", "Fairphonen"},
		{work("Viimeinen lossi", "kirja"), "kaksi Viimeinen lossi -kirjaa", "Viimeinen lossi -kirjan"},
		{work("Torikauppias", "lautapeli"), "kaksi Torikauppias-lautapeliä", "Torikauppias-lautapelin"},
		{work("Miksi sammal on märkä?", "kirja"), "kaksi Miksi sammal on märkä? -kirjaa", "Miksi sammal on märkä? -kirjan"},
		{work("Retki", ""), "kaksi Retki-tuotetta", "Retki-tuotteen"},
		{Title{}, "kaksi ", ""},
	} {
		p := Base().Phrase(c.title)
		if got := p.Count(2); got != c.two {
			t.Errorf("two of %q are %q, not %q", c.title.Text, got, c.two)
		}
		if got := p.In(Form{Case: Genitive}); got != c.genitive {
			t.Errorf("the genitive of %q is %q, not %q", c.title.Text, got, c.genitive)
		}
		if got := p.In(Form{Case: Nominative}); got != c.title.Text {
			t.Errorf("%q is called %q", c.title.Text, got)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"makuupussi", 0, "0 makuupussia"},
		{"makuupussi", 1, "yksi makuupussi"},
		{"makuupussi", 5, "viisi makuupussia"},
		{"makuupussi", 10, "kymmenen makuupussia"},
		{"makuupussi", 11, "11 makuupussia"},
		{"housut", 1, "yhdet housut"},
		{"housut", 2, "kahdet housut"},
		{"housut", 10, "kymmenet housut"},
		{"housut", 11, "11 × housut"},
		{"musta takki", 2, "kaksi mustaa takkia"},
	} {
		if got := Base().Phrase(Title{Text: c.text}).Count(c.n); got != c.want {
			t.Errorf("%d of %q are %q, not %q", c.n, c.text, got, c.want)
		}
	}
}

func TestObject(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"makuupussi": "makuupussin", "housut": "housut", "Pohjanaho Vanha tie -farkut": "Pohjanaho Vanha tie -farkut"} {
		if got := Base().Phrase(Title{Text: text}).Object(); got != want {
			t.Errorf("%q as an object is %q, not %q", text, got, want)
		}
	}
}

func FuzzPhrase(f *testing.F) {
	for _, text := range []string{"Kaamos Revontuli -talvikengät", "Aurinkolasit ja kotelo", "- -- -", "iPhone 15", "\xff -\xfe", "ja ja ja", ",", "İİ"} {
		f.Add(text, "takki")
	}
	f.Fuzz(func(t *testing.T, text, noun string) {
		p := Base().Phrase(Title{Text: text, Noun: noun})
		for c := Nominative; c <= Instructive; c++ {
			p.In(Form{Case: c})
			p.In(Form{Case: c, Plural: true})
		}
		p.Count(2)
		Base().Place(text, Illative)
	})
}

func BenchmarkPhrase(b *testing.B) {
	for b.Loop() {
		Base().Phrase(Title{Text: "Kaamos Pakkanen -talvikengät lapsille", Brand: "Kaamos"}).Count(2)
	}
}
