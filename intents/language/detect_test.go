package language

import (
	"slices"
	"strings"
	"testing"
)

// What a text may be in is what it leaves a conversation in.
func TestMay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "42", "tack", "villasukat", "yllesockor för barn", "wool socks for women", "Kaamos", "Merikaarna gummistövlar", "where is my order?"} {
		var left []string
		for _, code := range Codes {
			if Detect(text, code) == code {
				left = append(left, code)
			}
		}
		if got := May(text); !slices.Equal(got, left) {
			t.Errorf("%q may be in %v, and leaves %v", text, got, left)
		}
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, prior, want string }{
		{"", "", "fi"}, {"", "sv", "sv"}, {"42", "en", "en"}, {"😀", "sv", "sv"},
		{"ok", "fi", "fi"}, {"ok", "sv", "sv"}, {"ok", "en", "en"},
		{"ja", "sv", "sv"}, {"ja", "fi", "fi"}, {"nej tack", "fi", "sv"},
		{"Kaamos 30", "sv", "sv"}, {"matti.meikalainen@posti.fi", "en", "en"}, {"00530 Helsinki", "en", "en"},
		{"onks teil tätä koos 42", "en", "fi"}, {"mis mun paketti viipyy", "", "fi"},
		{"toimituskulut", "", "fi"}, {"kahvinkeitin", "", "fi"}, {"villasukat", "", "fi"},
		{"missa mun tilaus on", "sv", "fi"}, {"hei, kengät ovat liian pienet", "en", "fi"},
		{"hej", "", "sv"}, {"var är mitt paket?", "fi", "sv"}, {"jag söker vinterskor åt ett barn", "fi", "sv"},
		{"hur lång är leveranstiden", "fi", "sv"}, {"går det att betala med faktura", "en", "sv"},
		{"öppettider", "", "sv"}, {"kaffebryggare", "", "sv"},
		{"hello", "", "en"}, {"where is my order?", "fi", "en"}, {"do you ship to Tampere", "fi", "en"},
		{"how can I return these shoes", "sv", "en"}, {"looking for waterproof boots size 30", "fi", "en"},
		{"refund", "", "en"}, {"speak to a human please", "fi", "en"},
		{"kiitos", "sv", "fi"},
		{strings.Repeat("kengät ", 2000), "", "fi"}, {"\xff\xfe", "sv", "sv"},
		{"привет", "fi", "fi"},
	} {
		if got := Detect(c.text, c.prior); got != c.want {
			t.Errorf("Detect(%.40q, %q) = %s, want %s", c.text, c.prior, got, c.want)
		}
	}
}
