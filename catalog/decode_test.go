package catalog

import "testing"

func TestDecode(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Höylä":                         "Höylä",
		"\ufeffHöylä":                   "Höylä",
		"H\xf6yl\xe4;8,90 \x80":         "Höylä;8,90 €",
		"\xff\xfeH\x00\xf6\x00\n\x00":   "Hö\n",
		"\xfe\xff\x00H\x00\xf6":         "Hö",
		"sep=;\r\nNimi;Hinta":           "Nimi;Hinta",
		"\ufeff\"sep=\t\"\nNimi\tHinta": "Nimi\tHinta",
		"sep=;\n\xe5\xe4\xf6\x96\x80":   "åäö–€",
	} {
		if got, err := Decode([]byte(in)); err != nil || string(got) != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"Höylä\nsäilä\xc3", "H\xf6yl\x81", "a\xffb\x00", "PK\x03\x04\x14\x00", "\xd0\xcf\x11\xe0\xa1\xb1"} {
		if got, err := Decode([]byte(in)); err == nil {
			t.Errorf("%q: %q", in, got)
		}
	}
}
