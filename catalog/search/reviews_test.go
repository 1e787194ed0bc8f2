package search

import (
	"slices"
	"testing"
	"time"

	"tiski/catalog"
)

func reviewsOfBoots(t *testing.T) *Reviews {
	t.Helper()
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, catalog.Helsinki) }
	x, err := demoIndex()
	if err != nil {
		t.Fatal(err)
	}
	return x.Reviews([]catalog.Review{
		{ID: "warm", Product: "boots", Stars: 5, Lang: "fi", At: day(1), Bought: true, Text: "Varpaat eivät palelleet kovallakaan pakkasella, koko talven käytössä."},
		{ID: "small", Product: "boots", Stars: 4, Lang: "fi", At: day(2), Text: "Kannattaa ottaa numeroa isompi."},
		{ID: "broken", Product: "boots", Stars: 2, Lang: "fi", At: day(3), Bought: true, Text: "Sauma ratkesi viikossa."},
		{ID: "silent", Product: "boots", Stars: 1, Lang: "fi", At: day(4)},
		{ID: "svenska", Product: "boots", Stars: 5, Lang: "sv", At: day(5), Text: "Varma och sköna."},
		{ID: "other", Product: "hat", Stars: 3, Lang: "fi", At: day(6), Text: "Ihan hyvä."},
	})
}

func told(o catalog.Opinions) (ids []string) {
	for _, r := range o.Told {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestAskReviews(t *testing.T) {
	t.Parallel()
	r := reviewsOfBoots(t)
	for _, c := range []struct {
		name    string
		q       catalog.ReviewQuery
		fitting int
		told    []string
	}{
		{"size", catalog.ReviewQuery{Product: "boots", Text: "koosta", Lang: "fi"}, 1, []string{"small"}},
		{"warmth, in both languages", catalog.ReviewQuery{Product: "boots", Text: "lämpimyydestä", Lang: "fi"}, 2, []string{"warm", "svenska"}},
		{"in Swedish", catalog.ReviewQuery{Product: "boots", Text: "varma", Lang: "sv"}, 2, []string{"svenska", "warm"}},
		{"only the critical one speaks of it", catalog.ReviewQuery{Product: "boots", Text: "kestääkö", Lang: "fi"}, 1, []string{"broken"}},
		{"nothing asked: those who bought it first", catalog.ReviewQuery{Product: "boots", Lang: "fi"}, 0, []string{"warm", "small"}},
		{"what is liked", catalog.ReviewQuery{Product: "boots", Lang: "fi", Likes: []string{"mitoitus"}}, 0, []string{"small", "warm"}},
		{"nobody speaks of it", catalog.ReviewQuery{Product: "boots", Text: "äänestä", Lang: "fi"}, 0, []string{"warm", "small"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := r.Ask(c.q)
			if o.Count != 5 || o.Stars != 17 || o.Average() != 34 {
				t.Errorf("%d reviews of %d stars, on average %d", o.Count, o.Stars, o.Average())
			}
			if o.Fitting != c.fitting || !slices.Equal(told(o), c.told) {
				t.Errorf("%d fit and %v are told, want %d and %v", o.Fitting, told(o), c.fitting, c.told)
			}
			if critical := c.told[0] != "broken"; critical != (o.Critical != nil) || critical && o.Critical.ID != "broken" {
				t.Errorf("the critical one is %+v", o.Critical)
			}
		})
	}
	if o := r.Ask(catalog.ReviewQuery{Product: "gloves"}); o.Count != 0 || o.Average() != 0 || o.Standing() != 0 {
		t.Errorf("of what nobody has reviewed: %+v", o)
	}
	if o := (*Reviews)(nil).Ask(catalog.ReviewQuery{Product: "boots"}); o.Count != 0 {
		t.Errorf("of no reviews: %+v", o)
	}
}

func TestMoreReviews(t *testing.T) {
	t.Parallel()
	r := reviewsOfBoots(t)
	more := r.With([]catalog.Review{{ID: "new", Product: "hat", Stars: 5, Lang: "fi", Text: "Lämmin.", At: time.Date(2026, 2, 1, 0, 0, 0, 0, catalog.Helsinki)}})
	if o := more.Ask(catalog.ReviewQuery{Product: "hat", Lang: "fi"}); o.Count != 2 || o.Stars != 8 || o.Critical == nil || o.Critical.ID != "other" {
		t.Errorf("with one more: %+v", o)
	}
	if o := more.Ask(catalog.ReviewQuery{Product: "boots"}); o.Count != 5 {
		t.Errorf("the others are %d", o.Count)
	}
	if o := r.Ask(catalog.ReviewQuery{Product: "hat"}); o.Count != 1 {
		t.Errorf("the older index has changed: %+v", o)
	}
}

func BenchmarkAskReviews(b *testing.B) {
	x, err := demoIndex()
	if err != nil {
		b.Fatal(err)
	}
	r := x.Reviews(x.shop.Reviews)
	for b.Loop() {
		r.Ask(catalog.ReviewQuery{Product: "hallavuo-tykky-talvitakki", Text: "koosta", Lang: "fi"})
	}
}
