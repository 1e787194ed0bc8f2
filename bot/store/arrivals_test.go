package store

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
)

func TestGoodsAreNewOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		var whole []string
		for i := range 2*arrivalBatch + 1 {
			whole = append(whole, fmt.Sprint("A", i))
		}
		for i, step := range []struct {
			has  []string
			want []string
		}{
			{whole, nil}, // the first goods
			{slices.Concat(whole, []string{"B", "C"}), []string{"B", "C"}},
			{whole[:3], []string{"B", "C"}},                           // what is gone for a while …
			{slices.Concat(whole, []string{"C"}), []string{"B", "C"}}, // … is not new again
			{[]string{"X", "Y", "A1"}, []string{"B", "C"}},            // another source
			{[]string{"X", "Y", "Z", "V"}, []string{"B", "C", "V", "Z"}},
			{nil, []string{"B", "C", "V", "Z"}},
		} {
			at := noon.AddDate(0, 0, i)
			for range 2 { // two nodes
				if err := s.NoteArrivals(t.Context(), step.has, at); err != nil {
					t.Fatal(err)
				}
			}
			came, err := s.Arrived(t.Context(), noon)
			if err != nil {
				t.Fatal(err)
			}
			if got := slices.Sorted(maps.Keys(came)); !slices.Equal(got, step.want) {
				t.Errorf("step %d: new are %v, want %v", i, got, step.want)
			}
		}
		came, err := s.Arrived(t.Context(), noon.AddDate(0, 0, 1))
		if err != nil || len(came) != 2 || !came["V"].Equal(noon.AddDate(0, 0, 5)) {
			t.Errorf("later than B and C came %v, %v", came, err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM arrivals`); n != len(whole)+6 {
			t.Errorf("%d rows", n)
		}
	})
}

// What a look at goods costs that are known.
func BenchmarkNoteArrivals(b *testing.B) {
	s, err := Open(b.Context(), Memory)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var products []string
	for i := range 20_000 {
		products = append(products, fmt.Sprint("product-", i))
	}
	for b.Loop() {
		if err := s.NoteArrivals(b.Context(), products, time.Now()); err != nil {
			b.Fatal(err)
		}
	}
}
