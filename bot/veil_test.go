package bot_test

import (
	"testing"

	"tiski/bot/dialogue"
)

func TestVeil(t *testing.T) {
	t.Parallel()
	s := open(t)
	known := dialogue.State{Lang: "fi", Name: "Aino 🌸 V"}
	known.Contact.Name, known.Contact.Email, known.Contact.Phone = "Aino Virtanen", "aino@example.fi", "+358401234567"
	known.Address.Street, known.Address.Postcode = "Kuusikuja 3 A 4", "00530"
	for text, want := range map[string]string{
		"tilaus t-482913 ei tullut, koko 42, 129,90 €": "tilaus t-482913 ei tullut, koko 42, 129,90 €",
		"soita 040 123 4567 tai matti.m@example.com":   "soita ▒▒▒ tai ▒▒▒",
		"Toimitus: kuusikuja 3 A 4, 00530 Helsinki":    "Toimitus: ▒▒▒, ▒▒▒ Helsinki",
		"Kiitos, Aino! Vahvistus: AINO VIRTANEN.":      "Kiitos, ▒▒▒! Vahvistus: ▒▒▒.",
		"aino, aino, vai ainokainen":                   "▒▒▒, ▒▒▒, vai ainokainen",
		"Aino Aino Aino Aino, aino":                    "▒▒▒ ▒▒▒ ▒▒▒ ▒▒▒, ▒▒▒",
		"asun osoitteessa Hämeenkatu 12 B 34, Tampere": "asun osoitteessa ▒▒▒, Tampere",
		"lanka 1234567":        "lanka ▒▒▒",
		"lanka 123456":         "lanka 123456",
		"V niin kuin Virtanen": "V niin kuin ▒▒▒",
		"\xff ja aino":         "\xff ja ▒▒▒",
	} {
		if got := s.bot.Veil(known, text); got != want {
			t.Errorf("%q is seen as %q, want %q", text, got, want)
		}
	}
	known.Consents = map[string]string{dialogue.Service: dialogue.Given}
	if got := s.bot.Veil(known, "Kiitos, Aino! Numero 0401234567."); got != "Kiitos, Aino! Numero ▒▒▒." {
		t.Errorf("who has agreed to be known: %q", got)
	}
}
