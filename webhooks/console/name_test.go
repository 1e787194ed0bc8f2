package console

import "testing"

func TestNamesTurnNothingAround(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Aino Virtanen": "Aino Virtanen", "Åke Öberg": "Åke Öberg",
		"\u202eatunnep\u202c": "atunnep", "Aino\u2066\u2069\u200f\u061c": "Aino", "\u202e": "", "Ai\x00no\n\tV\u2028": "AinoV",
		"ياسمين": "\u2068ياسمين\u2069", "Aino (דנה)": "\u2068Aino (דנה)\u2069",
	} {
		if got := plainName(name); got != want {
			t.Errorf("%q is shown as %q", name, got)
		}
	}
}
