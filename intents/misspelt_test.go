package intents

import "testing"

func TestMisspeltWordsOfExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ said, intent string }{
		{"laite haosi", WarrantyComplaint},
		{"palutus", ReturnHow},
		{"palatus", ReturnHow},
		{"voinko palattaa kengät", ReturnPolicy},
		{"tuote ei miellyttäny, palatan sen", ReturnHow},
		{"kahinkeitin ei toimi", WarrantyComplaint},
	} {
		if got := model(t).Read(c.said, Hint{Lang: "fi", Now: now}); got.Acted[0] != c.intent || got.Text != c.said {
			t.Errorf("%q is read as %q, %v", c.said, got.Text, got.Intents)
		}
	}
	for word, meant := range map[string]string{"haosi": "hajosi", "palutus": "palautus", "saatanan": "", "hajosi": "", "Kaamos": "", "zorgblat": ""} {
		if got := model(t).cutters["fi"].tokens(word)[0].meant; got != meant {
			t.Errorf("%q is meant for %q, not %q", word, got, meant)
		}
	}
}
