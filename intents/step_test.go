package intents

import "testing"

func TestMisspeltSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ said, read string }{
		{"kassale", "kassalle"},
		{"no kassallle sit", "no kassalle sit"},
		{"perruuta", "peruuta"},
		{"jooo", "joo"},
		{"Eiii!", "ei!"},
		{"kylllä", "kylla"},
		{"tialan nyt", "tilaan nyt"},
		{"maksn", "maksan"},
		// These are words of their own, or too much is said besides.
		{"kassalle", "kassalle"},
		{"kassi", "kassi"},
		{"peruna", "peruna"},
		{"kylmä", "kylmä"},
		{"kaamoss", "kaamoss"},
		{"Kassinen", "Kassinen"},
		{"Tilander", "Tilander"},
		{"Perttunen", "Perttunen"},
		{"tilava", "tilava"},
		{"onko teillä kassale tai joku muu", "onko teillä kassale tai joku muu"},
	} {
		if got := model(t).Read(c.said, Hint{Lang: "fi", Now: now}).Text; got != c.read {
			t.Errorf("%q is read as %q, not %q", c.said, got, c.read)
		}
	}
}
