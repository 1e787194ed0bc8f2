package dialogue

import (
	"testing"

	"tiski/intents"
)

// TestAsks: the question mark is seldom written.
func TestAsks(t *testing.T) {
	t.Parallel()
	for text, told := range map[string]string{
		"onko teillä kumisaappaita":    "",
		"voiks nää palauttaa":          "",
		"moi mis mun paketti on":       "",
		"mikä noista on suosituin":     "",
		"paljon toi maksaa":            "",
		"teillä oliko tätä sinisenä":   "",
		"saisinko apua":                "",
		"käyks mobilepay":              "",
		"kysyisin milloin olette auki": "",
		"Mäkikatu 3, 00530 Helsinki, onko teillä siellä noutopistettä": "Mäkikatu 3, 00530 Helsinki",
		"Maija Virtanen. Miksi nimeä kysytään?":                        "Maija Virtanen",
		"när kommer paketet":        "",
		"hur mycket kostar frakten": "",
		"do you ship abroad":        "",
		"toimitus?":                 "",
	} {
		r := intents.Reading{Text: text, Lang: "fi"}
		switch text {
		case "när kommer paketet", "hur mycket kostar frakten":
			r.Lang = "sv"
		case "do you ship abroad":
			r.Lang = "en"
		}
		m := heard(r)
		if !m.asks {
			t.Errorf("%q asks nothing", text)
		}
		if got := m.part(0, m.told).Text; got != told {
			t.Errorf("%q tells %q, not %q", text, got, told)
		}
	}
	for _, text := range []string{
		"en tiedä mikä mun tilausnumero on", "mikä vaan käy", "koko 42", "Mikko Aho", "Esko Laine", "sininen mekko", "paljon kiitoksia", "otan sen huomiseks", "jouluks lahja",
		"se on liian pieni", "har inte ordernumret", "viikko sitten tuli rikki", "en tiedä onko se ehjä", "anteeks", "palautan koska koko on väärä",
	} {
		if m := heard(intents.Reading{Text: text, Lang: "fi"}); m.asks {
			t.Errorf("%q asks", text)
		}
	}
}
