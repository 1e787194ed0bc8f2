package language

import "testing"

func TestSwedishStems(t *testing.T) {
	t.Parallel()
	for _, alike := range [][2]string{
		{"bok", "böcker"}, {"boken", "böckerna"}, {"barnbok", "barnböcker"}, {"fot", "fötter"}, {"tand", "tänderna"}, {"natt", "nätters"},
		{"någon", "nån"}, {"något", "nåt"}, {"är", "e"}, {"vad", "va"}, {"mig", "mej"}, {"inte", "int"}, {"dom", "di"}, {"finns", "fins"}, {"skulle", "sku"}, {"kommit", "kommi"},
		{"det", "he"}, {"det", "hede"}, {"med", "me"}, {"till", "ti"}, {"hur", "hu"},
	} {
		if a, b := Stem(Swedish, alike[0]), Stem(Swedish, alike[1]); a != b {
			t.Errorf("%s is %s and %s is %s", alike[0], a, alike[1], b)
		}
	}
	for _, word := range []string{"läder", "söcker", "mängder", "spänning", "böckling", "stänger", "händer", "allmän"} {
		if got := singular(word); got != word {
			t.Errorf("%s is no %s", word, got)
		}
	}
	for _, lang := range []string{Finnish, English} {
		if got := Written(lang, "e"); got != "e" {
			t.Errorf("in %s e is %s", lang, got)
		}
	}
}
