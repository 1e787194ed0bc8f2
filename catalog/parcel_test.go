package catalog

import "testing"

func TestTrackingCodes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, lang, carrier, want string }{
		{"JJFI64574900000137203", "fi", Posti, "https://www.posti.fi/seuranta/JJFI64574900000137203"},
		{"jjfi 6457-4900000137203", "sv", Posti, "https://www.posti.fi/sv/uppfoljning/JJFI64574900000137203"},
		{"RR123456785FI", "en", Posti, "https://www.posti.fi/seuranta/RR123456785FI"},
		{"MH12345678", "fi", Matkahuolto, "https://www.matkahuolto.fi/seuranta?parcelNumber=MH12345678"},
		{"84971563697SE", "fi", PostNord, "https://tracking.postnord.com/fi/?id=84971563697SE"},
		{"003731234567890123", "fi", PostNord, "https://tracking.postnord.com/fi/?id=003731234567890123"},
		{"1234567890", "fi", "", ""}, // GLS, Schenker, or something else
		{"JJFI1234567", "fi", "", ""},
		{"MH1234567", "fi", "", ""},
		{"JJFI64574900000137203\nx", "fi", "", ""},
		{"", "fi", "", ""},
	} {
		if got := TrackingPage(c.code, c.lang); got != c.want {
			t.Errorf("%q in %s: %q, want %q", c.code, c.lang, got, c.want)
		}
		if got := CarrierOf(c.code); got != c.carrier {
			t.Errorf("%q is a code of %q, want %q", c.code, got, c.carrier)
		}
	}
}
