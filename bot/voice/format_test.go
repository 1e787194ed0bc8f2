package voice

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/intents/finnish"
)

func day(month time.Month, d int) time.Time {
	return time.Date(2026, month, d, 0, 0, 0, 0, catalog.Helsinki)
}

func TestWords(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	week := dialogue.Opening{}
	for i := range 5 {
		week[i] = catalog.Span{Open: 9 * 60, Close: 17 * 60}
	}
	short := week
	short[4].Close = 16*60 + 5
	always := dialogue.Opening{}
	for i := range always {
		always[i] = catalog.Span{Close: 24 * 60}
	}
	product, variant := v.shop.Variant(v.shop.Products[0].Variants[0].SKU)
	name := product.Name
	for _, c := range []struct {
		name       string
		arg        any
		fi, sv, en string
	}{
		{"text", "a {b}", "a {b}", "a {b}", "a {b}"},
		{"number", 12, "12", "12", "12"},
		{"thousands", catalog.Cents(123450), "1 234,50 €", "1 234,50 €", "€1,234.50"},
		{"price", catalog.Cents(3770), "37,70 €", "37,70 €", "€37.70"},
		{"a cent", catalog.Cents(1), "0,01 €", "0,01 €", "€0.01"},
		{"nothing", catalog.Cents(0), "0,00 €", "0,00 €", "€0.00"},
		{"million", catalog.Cents(100000000), "1 000 000,00 €", "1 000 000,00 €", "€1,000,000.00"},
		{"fee", dialogue.Fee(490), "4,90 €", "4,90 €", "€4.90"},
		{"translated", name, name["fi"], name["sv"], name["en"]},
		{"only Finnish", catalog.Text{"fi": "vain"}, "vain", "vain", "vain"},
		{"date", day(time.November, 24), "ti 24.11.", "tis 24.11", "Tue 24 Nov"},
		{"date of another zone", time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC), "ti 24.11.", "tis 24.11", "Tue 24 Nov"},
		{"Sunday", day(time.March, 1), "su 1.3.", "sön 1.3", "Sun 1 Mar"},
		{"one day", catalog.Window{Earliest: day(5, 4), Latest: day(5, 4)}, "ma 4.5.", "mån 4.5", "Mon 4 May"},
		{"some days", catalog.Window{Earliest: day(5, 4), Latest: day(5, 7)}, "ma 4.5. – to 7.5.", "mån 4.5 – tors 7.5", "Mon 4 May – Thu 7 May"},
		{"over new year", catalog.Window{Earliest: day(12, 30), Latest: day(12, 35)}, "ke 30.12. – ma 4.1.", "ons 30.12 – mån 4.1", "Wed 30 Dec – Mon 4 Jan"},
		{"moment", dialogue.Moment(day(11, 24).Add(9*time.Hour + 5*time.Minute)), "ti 24.11. klo 9.05", "tis 24.11 kl. 9.05", "Tue 24 Nov at 9.05"},
		{"clock", dialogue.Clock(day(11, 24).Add(9*time.Hour + 5*time.Minute)), "klo 9.05", "kl. 9.05", "9.05"},
		{"moment of another zone", dialogue.Moment(time.Date(2026, 11, 23, 23, 5, 0, 0, time.UTC)), "ti 24.11. klo 1.05", "tis 24.11 kl. 1.05", "Tue 24 Nov at 1.05"},
		{"rate", dialogue.Rate(255), "25,5 %", "25,5 %", "25.5 %"},
		{"whole rate", dialogue.Rate(140), "14 %", "14 %", "14 %"},
		{"kilos", dialogue.Kilos(2_500), "2,5 kg", "2,5 kg", "2.5 kg"},
		{"whole kilos, rounded up", dialogue.Kilos(34_901), "35 kg", "35 kg", "35 kg"},
		{"no rate", dialogue.Rate(0), "0 %", "0 %", "0 %"},
		{"no words", dialogue.Words{}, "", "", ""},
		{"a word", dialogue.Words{"a"}, "a", "a", "a"},
		{"two words", dialogue.Words{"a", "b"}, "a ja b", "a och b", "a and b"},
		{"three words", dialogue.Words{"a", "b", "c"}, "a, b ja c", "a, b och c", "a, b and c"},
		{"replies", dialogue.Keys{"relaxed.size", "relaxed.price"}, "koko ja hinta", v.sentence("relaxed.size", nil, Tone{Lang: "sv"}) + " och " + v.sentence("relaxed.price", nil, Tone{Lang: "sv"}), v.sentence("relaxed.size", nil, Tone{Lang: "en"}) + " and " + v.sentence("relaxed.price", nil, Tone{Lang: "en"})},
		{"working days", week, "ma–pe 9.00–17.00, la–su suljettu", "mån–fre 9.00–17.00, lör–sön stängt", "Mon–Fri 9.00–17.00, Sat–Sun closed"},
		{"a short Friday", short, "ma–to 9.00–17.00, pe 9.00–16.05, la–su suljettu", "mån–tors 9.00–17.00, fre 9.00–16.05, lör–sön stängt", "Mon–Thu 9.00–17.00, Fri 9.00–16.05, Sat–Sun closed"},
		{"always", always, "ma–su 0.00–24.00", "mån–sön 0.00–24.00", "Mon–Sun 0.00–24.00"},
		{"never", dialogue.Opening{}, "ma–su suljettu", "mån–sön stängt", "Mon–Sun closed"},
		{"name of an option", dialogue.OptionName("size"), "Koot", v.sentence("option.size", nil, Tone{Lang: "sv"}), v.sentence("option.size", nil, Tone{Lang: "en"})},
		{"name of an unknown option", dialogue.OptionName("äänen_taso"), "Äänen taso", "Äänen taso", "Äänen taso"},
		{"colour", dialogue.OptionValue{Option: "color", Value: "musta"}, "musta", "svart", "black"},
		{"sizes", dialogue.OptionValues{{Option: "size", Value: "28"}, {Option: "size", Value: "30"}}, "28, 30", "28, 30", "28, 30"},
		{"no values", dialogue.OptionValues{}, "", "", ""},
		{"item", dialogue.Item{Product: product, Variant: variant}, name["fi"] + " (" + variant.Options["color"] + ", " + variant.Options["size"] + ")",
			name["sv"] + " (" + v.shop.Translate("color", variant.Options["color"], "sv") + ", " + variant.Options["size"] + ")",
			name["en"] + " (" + v.shop.Translate("color", variant.Options["color"], "en") + ", " + variant.Options["size"] + ")"},
		{"item without options", dialogue.Item{Product: product, Variant: &catalog.Variant{}}, name["fi"], name["sv"], name["en"]},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for lang, want := range map[string]string{"fi": c.fi, "sv": c.sv, "en": c.en} {
				if got := v.word(c.arg, Tone{Lang: lang}); got != want {
					t.Errorf("%s: %q, want %q", lang, got, want)
				}
			}
		})
	}
	if free := v.word(dialogue.Fee(0), Tone{Lang: "fi"}); free != "maksuton" {
		t.Errorf("a fee of nothing is %q", free)
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	p := &v.shop.Products[0]
	say := dialogue.Say{
		Parts: []dialogue.Part{
			{Key: "delivery.cost"},
			{Key: "delivery.cost.line", With: dialogue.Args{"name", catalog.Text{"fi": "Koti", "en": "Home"}, "price", dialogue.Fee(990)}},
			{Key: "delivery.free_from", With: dialogue.Args{"price", catalog.Cents(15000)}, Glue: true},
		},
		Buttons: []dialogue.Button{{Tap: "order:x", Label: "button.order", With: dialogue.Args{"price", catalog.Cents(3770)}}, {Label: "button.cart", URL: "https://tuulikello.example"}},
		Cards: []dialogue.Card{{Product: p, Parts: []dialogue.Part{
			{Key: "card.price", With: dialogue.Args{"price", p.Price}}, {Key: "card.in_stock"},
		}, Buttons: []dialogue.Button{{Tap: "more:" + p.ID, Label: "button.more"}}}},
	}
	m := v.Render(say, Tone{Lang: "fi", Persona: "neutral"})
	if want := "Toimitus maksaa:\nKoti: 9,90 € (maksuton vähintään 150 euron tilauksessa)"; m.Text != want {
		t.Errorf("text %q, want %q", m.Text, want)
	}
	if len(m.Buttons) != 2 || m.Buttons[0] != (Button{Tap: "order:x", Label: "Tilaa ja maksa 37,70 €"}) || m.Buttons[1].URL != "https://tuulikello.example" {
		t.Errorf("buttons %+v", m.Buttons)
	}
	c := m.Cards[0]
	if c.Product != p.ID || c.Title != p.Name["fi"] || c.Text != "Varastossa" || !strings.HasPrefix(c.Image, "/images/"+p.Image) || c.Buttons[0].Tap != "more:"+p.ID {
		t.Errorf("card %+v", c)
	}
}

func TestWordingVariesByTheSeedAlone(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	say := dialogue.Say{Parts: []dialogue.Part{{Key: "greet"}}}
	heard := map[string]bool{}
	for seed := range 50 {
		tone := Tone{Lang: "fi", Seed: "web:1/" + strconv.Itoa(seed)}
		first := v.Render(say, tone).Text
		if again := v.Render(say, tone).Text; again != first {
			t.Fatalf("the same seed says %q and %q", first, again)
		}
		heard[first] = true
	}
	if len(heard) != len(v.replies["fi"]["greet"]) {
		t.Errorf("of %d variants %d are said", len(v.replies["fi"]["greet"]), len(heard))
	}
}

func TestPersonasOwnWords(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	say := dialogue.Say{Parts: []dialogue.Part{{Key: "discount"}}}
	plain := v.Render(say, Tone{Lang: "fi", Persona: "neutral"}).Text
	if student := v.Render(say, Tone{Lang: "fi", Persona: "opiskelija"}).Text; student == plain {
		t.Errorf("the student is told the same: %q", student)
	}
	if unknown := v.Render(say, Tone{Lang: "fi", Persona: "pirate"}).Text; unknown != plain {
		t.Errorf("an unknown persona is told %q", unknown)
	}
}

// A shop in one language answers in it whatever the customer speaks.
func TestLanguageOfTheShop(t *testing.T) {
	t.Parallel()
	shop, personas := demoShop(t)
	oneLanguage := *shop
	oneLanguage.Languages = []string{"fi"}
	v, err := New(&oneLanguage, overlaid{}, personas, finnish.Base())
	if err != nil {
		t.Fatal(err)
	}
	say := dialogue.Say{Parts: []dialogue.Part{{Key: "cart.goods", With: dialogue.Args{"price", catalog.Cents(3770)}}}}
	for _, lang := range []string{"fi", "en", "de", ""} {
		if got := v.Render(say, Tone{Lang: lang}).Text; got != "Tuotteet yhteensä 37,70 €." {
			t.Errorf("%q: %q", lang, got)
		}
	}
}

func TestImages(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	p := &catalog.Product{Image: "kenka.svg", Variants: []catalog.Variant{{SKU: "A"}, {SKU: "B", Color: "#1f2f55"}, {SKU: "C", Image: "https://cdn.example/c.jpg", Color: "#000000"}}}
	for sku, want := range map[string]string{
		"": "/images/kenka.svg", "A": "/images/kenka.svg", "B": "/images/kenka.svg?color=1f2f55", "C": "https://cdn.example/c.jpg", "D": "/images/kenka.svg",
	} {
		if got := v.image(dialogue.Card{Product: p, SKU: sku}); got != want {
			t.Errorf("%q: %s, want %s", sku, got, want)
		}
	}
	if got := v.image(dialogue.Card{Product: &catalog.Product{}}); got != "" {
		t.Errorf("without a picture: %q", got)
	}
}

func TestGenitive(t *testing.T) {
	t.Parallel()
	cutUp, err := cut("Olen {shop:gen} botti.")
	if err != nil || len(cutUp.names()) != 1 || cutUp.names()[0] != "shop" {
		t.Fatalf("%v, %v", cutUp, err)
	}
	v := demoVoice(t)
	v.replies["fi"]["intro"] = []template{cutUp}
	say := dialogue.Say{Parts: []dialogue.Part{{Key: "intro", With: dialogue.Args{"shop", "Tuulikello"}}}}
	if got := v.Render(say, Tone{Lang: "fi"}).Text; got != "Olen Tuulikellon botti." {
		t.Errorf("said %q", got)
	}
}
