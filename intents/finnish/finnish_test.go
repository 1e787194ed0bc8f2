package finnish

import (
	"strings"
	"testing"
)

func TestAnalyse(t *testing.T) {
	t.Parallel()
	for _, forms := range [][]string{
		{"kengät", "kengän", "kengässä"},
		{"talvitakki", "talvitakit"},
		{"kaksi", "kaks"},
		{"haluan", "haluun", "haluaisin"},
		{"minulla", "mulla", "mul"},
		{"onko", "onks"},
		{"täällä", "tääl"},
	} {
		want := Analyse(forms[0])[0].Lemma
		for _, form := range forms[1:] {
			if got := Analyse(form)[0].Lemma; got != want {
				t.Errorf("lemma of %q is %q, of %q is %q", form, got, forms[0], want)
			}
		}
	}
}

// TestCompoundsEndInNouns: where the last part of a compound may be a noun it is no verb.
func TestCompoundsEndInNouns(t *testing.T) {
	t.Parallel()
	for word, lemma := range map[string]string{"yrttiteet": "yrttitee", "hedelmäteet": "hedelmätee", "sadehaut": "sadehaku"} {
		if got := Analyse(word)[0].Lemma; got != lemma {
			t.Errorf("lemma of %q is %q, not %q", word, got, lemma)
		}
	}
}

func TestAnalyseAlwaysAnswers(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"", "x", "42", "😀", "ääääää", "\xff", strings.Repeat("talvi", 800)} {
		got := Analyse(word)
		if len(got) == 0 || len(got[0].Parts) == 0 {
			t.Errorf("Analyse(%.20q) = %v", word, got)
		}
	}
}

func TestSpokenFormsAreUnambiguous(t *testing.T) {
	t.Parallel()
	written := map[string]string{}
	for line := range strings.Lines(spokenText) {
		words := strings.Fields(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(words) < 2 {
			t.Errorf("%q has no spoken form", line)
			continue
		}
		for _, form := range words[1:] {
			if w, ok := written[form]; ok {
				t.Errorf("%q stands for both %q and %q", form, w, words[0])
			}
			written[form] = words[0]
		}
	}
	for form, word := range written {
		if again, ok := written[word]; ok {
			t.Errorf("%q stands for %q, which stands for %q", form, word, again)
		}
	}
}
