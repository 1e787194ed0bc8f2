package language

import "testing"

func TestSqueezed(t *testing.T) {
	t.Parallel()
	for word, want := range map[string][2]string{
		"sukkkia": {"sukia", "sukkia"}, "villlasukkkat": {"vilasukat", "villasukkat"}, "kiiiiitos": {"kitos", "kiitos"}, "sukkia": {"sukkia", "sukkia"},
		"1000": {"1000", "1000"}, "ääää": {"ä", "ää"}, "jooo": {"jo", "joo"}, "": {"", ""},
	} {
		for i, want := range want {
			if got := Squeezed(word, i+1); got != want {
				t.Errorf("%s to %d: %s", word, i+1, got)
			}
		}
	}
}
