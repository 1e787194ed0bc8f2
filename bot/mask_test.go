package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tiski/bot/dialogue"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"card", "kortti 4111111111111111", "kortti ****************"},
		{"card in groups", "4111 1111 1111 1111.", "**** **** **** ****."},
		{"card with hyphens", "(5500-0000-0000-0004)", "(****-****-****-****)"},
		{"card with points", "4111.1111.1111.1111", "****.****.****.****"},
		{"card with wide spaces", "4111  1111\u00a01111 – 1111", "****  ****\u00a0**** – ****"},
		{"card on four lines", "4111\n1111\n1111\n1111", "****\n****\n****\n****"},
		{"card with slashes and its code", "4111/1111/1111/1111 123", "****/****/****/**** 123"},
		{"years", "2024/2025/2026/2027", "2024/2025/2026/2027"},
		{"card of fifteen digits", "3400 000000 00009", "**** ****** *****"},
		{"card of thirteen digits", "4222222222222", "*************"},
		{"card of nineteen digits", "6304000000000000000", "*******************"},
		{"card between words", "numero4111111111111111ok", "numero****************ok"},
		{"two cards", "4111111111111111 tai 5500000000000004", "**************** tai ****************"},
		{"two cards in a row", "4111111111111111 5500000000000004", "**************** ****************"},
		{"card and its year", "4111 1111 1111 1111 12/28", "**** **** **** **** 12/28"},
		{"card, year and code", "4111 1111 1111 1111 12 28 123", "**** **** **** **** 12 28 123"},
		{"number and card", "2 4111 1111 1111 1111", "2 **** **** **** ****"},
		{"wrong check digit", "4111111111111112", "4111111111111112"},
		{"twelve digits", "411111111116", "411111111116"},
		{"phone", "040 123 4567, +358 40 123 4567", "040 123 4567, +358 40 123 4567"},
		{"phone and postal code", "+358 40 123 4502 00530", "+358 40 123 4502 00530"},
		{"twenty digits", "41111111111111111115", "41111111111111111115"},
		{"a first digit of no card", "0111111111111111114", "0111111111111111114"},
		{"order number", "T-123456", "T-123456"},
		{"IBAN", "FI21 1234 5600 0007 85", "FI21 1234 5600 0007 85"},
		{"double spaces keep numbers apart", "41111111  11111111", "41111111  11111111"},

		{"personal identity code", "hetu 131052-308T", "hetu ******-****"},
		{"spaces around the sign", "131052 - 308T", "******-****"},
		{"another dash", "131052–308T", "******-****"},
		{"spaces and another check character", "131052 - 308A", "131052 - 308A"},
		{"lower case", "131052-308t", "******-****"},
		{"born after 1999", "010203A123B!", "******-****!"},
		{"sign of 2023", "010594Y9032", "******-****"},
		{"born before 1900", "010170+123X", "******-****"},
		{"a word before it", "hetu:131052-308T", "hetu:******-****"},
		{"seven digits first", "1131052-308T", "1131052-308T"},
		{"no such sign", "131052/308T", "131052/308T"},
		{"no such check character", "131052-308G", "131052-308G"},
		{"two digits after the sign", "131052-30T", "131052-30T"},
		{"goes on", "131052-308TT", "131052-308TT"},
		{"date and price", "13.10.2052-308 €", "13.10.2052-308 €"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Mask(c.text); got != c.want {
				t.Errorf("Mask(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// Whoever writes a number of a card: it is not kept.
func TestMaskedInputs(t *testing.T) {
	t.Parallel()
	const card, hidden = "4111 1111 1111 1111", "**** **** **** ****"
	for _, c := range []struct{ in, want dialogue.Input }{
		{dialogue.Said{Text: card}, dialogue.Said{Text: hidden, Masked: true}},
		{dialogue.Said{Text: "moi"}, dialogue.Said{Text: "moi"}},
		{dialogue.Tapped{Tap: "cart", Label: card}, dialogue.Tapped{Tap: "cart", Label: hidden}},
		{dialogue.StaffSaid{Staff: "maija", Text: "onko se " + card}, dialogue.StaffSaid{Staff: "maija", Text: "onko se " + hidden}},
		{dialogue.HandedBack{Staff: "maija", Note: card}, dialogue.HandedBack{Staff: "maija", Note: hidden}},
		{dialogue.Opened{Lang: "fi"}, dialogue.Opened{Lang: "fi"}},
	} {
		if got := masked(c.in); got != c.want {
			t.Errorf("%#v is kept as %#v", c.in, got)
		}
	}
}

func FuzzMask(f *testing.F) {
	for _, text := range []string{"4111 1111 1111 1111", "131052-308T", "ei numeroita", "\xff4111111111111111", "٤١١١١١١١١١١١١١١١"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		masked := Mask(text)
		if again := Mask(masked); again != masked {
			t.Errorf("%q is masked again to %q", masked, again)
		}
		if utf8.ValidString(text) && !utf8.ValidString(masked) {
			t.Errorf("%q became %q", text, masked)
		}
		if !strings.ContainsAny(text, "0123456789") && masked != text {
			t.Errorf("%q has no digits and became %q", text, masked)
		}
		if hetu.MatchString(masked) {
			t.Errorf("%q still has a personal identity code", masked)
		}
		kept := func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '*'
			}
			return r
		}
		if !hetu.MatchString(text) && strings.Map(kept, masked) != strings.Map(kept, text) {
			t.Errorf("%q became %q: more than digits has changed", text, masked)
		}
	})
}
