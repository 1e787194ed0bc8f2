package store

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"tiski/catalog"
)

func TestPricesAreKept(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		at := noon
		look := func(a, b catalog.Cents) {
			t.Helper()
			for range 2 { // two nodes
				if err := s.NotePrices(t.Context(), map[string]catalog.Cents{"A": a, "B": b}, at); err != nil {
					t.Fatal(err)
				}
			}
		}
		want := func(want map[string]catalog.Cents) {
			t.Helper()
			got, err := s.LowestBefore(t.Context(), []string{"A", "B", "C"})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("at %v: %v, %v", at, got, err)
			}
		}
		for range 31 * 2 {
			look(1000, 1000)
			at = at.Add(12 * time.Hour)
		}
		want(map[string]catalog.Cents{})
		look(800, 1000)
		want(map[string]catalog.Cents{"A": 1000})
		at = at.Add(12 * time.Hour)
		look(800, 700)
		want(map[string]catalog.Cents{"A": 1000, "B": 1000})
		if n := number1(t, s, `SELECT COUNT(*) FROM prices`); n != 4 {
			t.Errorf("%d rows of four prices", n)
		}
		at = at.Add(49 * time.Hour) // nobody looked
		look(800, 600)
		want(map[string]catalog.Cents{})
		at = at.AddDate(3, 0, 0)
		look(800, 600)
		if n := number1(t, s, `SELECT COUNT(*) FROM prices`); n != 2 {
			t.Errorf("%d rows after three years", n)
		}
	})
}

func TestManyPricesAreKept(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		asked := map[string]catalog.Cents{}
		for i := range 2*priceBatch + 1 {
			asked[fmt.Sprint("A", i)] = 100
		}
		if err := s.NotePrices(t.Context(), asked, noon); err != nil {
			t.Fatal(err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM prices`); n != len(asked) {
			t.Errorf("%d rows of %d prices", n, len(asked))
		}
	})
}
