package catalog

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const reviewsHeader = "product;stars;date;name;bought;lang;text\n"

// shopWithReviews is the shop of testdata with a table of reviews.
func shopWithReviews(t *testing.T, table string) (*Shop, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/reviews.csv", []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	over, err := Overlay(os.DirFS("testdata/shop"), dir)
	if err != nil {
		t.Fatal(err)
	}
	return Load(over)
}

func TestLoadReviews(t *testing.T) {
	t.Parallel()
	id := testShop(t).Products[0].ID
	s, err := shopWithReviews(t, reviewsHeader+id+";5;2026-01-18;Sanna;yes;fi;Hyvä.\n"+id+";1;19.1.2026;;no;sv;\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Review{
		{Product: id, Stars: 5, At: s.Reviews[0].At, By: "Sanna", Bought: true, Lang: "fi", Text: "Hyvä."},
		{Product: id, Stars: 1, At: s.Reviews[1].At, Lang: "sv"},
	}
	if !slices.Equal(s.Reviews, want) || s.Reviews[0].At.Format("2006-01-02 15:04") != "2026-01-18 00:00" || !s.Reviews[1].At.Equal(s.Reviews[0].At.AddDate(0, 0, 1)) {
		t.Errorf("read %+v", s.Reviews)
	}
}

func TestLoadReviewsTellsMistakes(t *testing.T) {
	t.Parallel()
	id := testShop(t).Products[0].ID
	good := id + ";5;2026-01-18;Sanna;yes;fi;Hyvä.\n"
	for _, c := range []struct{ name, table, want string }{
		{"unknown product", good + "gone;5;2026-01-18;;no;fi;Hyvä.\n", "reviews.csv:3: unknown product gone"},
		{"no product", ";5;2026-01-18;;no;fi;Hyvä.\n", "reviews.csv:2: product is missing"},
		{"no stars", id + ";0;2026-01-18;;no;fi;Hyvä.\n", `reviews.csv:2: stars is "0"`},
		{"too many stars", id + ";6;2026-01-18;;no;fi;Hyvä.\n", `reviews.csv:2: stars is "6"`},
		{"no date", id + ";5;1/18/2026;;no;fi;Hyvä.\n", `reviews.csv:2: "1/18/2026" is not a date`},
		{"not told whether bought", id + ";5;2026-01-18;;;fi;Hyvä.\n", `reviews.csv:2: bought is ""`},
		{"not UTF-8", good + id + ";5;2026-01-18;;no;fi;Hyv\xe4.\n", "reviews.csv: line 3 is not UTF-8: save the file as UTF-8"},
		{"no language", id + ";5;2026-01-18;;no;suomi;Hyvä.\n", `reviews.csv:2: "suomi" is not a language`},
		{"too long", id + ";5;2026-01-18;;no;fi;" + strings.Repeat("ä", MostReview+1) + "\n", "reviews.csv:2: the text is longer than 2000 characters"},
		{"after a text of two lines", id + ";5;2026-01-18;;no;fi;\"Hyvä.\nOikein.\"\ngone;5;2026-01-18;;no;fi;Hyvä.\n", "reviews.csv:3: unknown product gone"},
		{"after blank lines", "\n\n;;;;;;\ngone;5;2026-01-18;;no;fi;Hyvä.\n", "reviews.csv:5: unknown product gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := shopWithReviews(t, reviewsHeader+c.table); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
	if _, err := shopWithReviews(t, reviewsHeader+id+";5;2026-01-18;;no;fi;"+strings.Repeat("ä", MostReview)+"\n"); err != nil {
		t.Errorf("a text of the greatest length: %v", err)
	}
	for table, want := range map[string]string{
		strings.Replace(reviewsHeader, ";text", "", 1):         "the column text is missing",
		strings.Replace(reviewsHeader, ";text", ";text;ip", 1): "unknown column ip",
	} {
		if _, err := shopWithReviews(t, table); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	one, many := Opinions{Count: 1, Stars: 5}, Opinions{Count: 40, Stars: 184}
	if one.Average() != 50 || many.Average() != 46 || one.Standing() >= many.Standing() {
		t.Errorf("one of 5: %.2f, forty of 4.6: %.2f", one.Standing(), many.Standing())
	}
}

// The reviews of another shop are never told of a shop's own goods.
func TestReviewsAreTheShopsOwn(t *testing.T) {
	t.Parallel()
	base := fstest.MapFS{}
	for _, name := range []string{"reviews.csv", "vat.yaml"} {
		base[name] = &fstest.MapFile{Data: []byte(reviewsHeader)}
	}
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/images", 0o700); err != nil {
		t.Fatal(err)
	}
	over, err := Overlay(base, dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := over.Open("reviews.csv"); err == nil {
		t.Error("the base's reviews are there")
	}
	if _, err := over.Open("vat.yaml"); err != nil {
		t.Errorf("the rest is not: %v", err)
	}
}
