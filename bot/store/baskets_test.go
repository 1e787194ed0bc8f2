package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tiski/catalog"
)

func TestBaskets(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 50, "B": 50})
		for i, skus := range [][]string{{"A"}, {"A", "B"}, {"B"}} {
			o := anOrder(fmt.Sprint(i), skus...)
			for j, l := range o.Lines {
				o.Lines[j].Product = "product " + l.SKU
			}
			o.Placed = noon.Add(time.Duration(i) * time.Hour)
			placed := place(t, s, o)
			if i == 2 {
				advance(t, s, placed.Number, catalog.Cancelled)
			}
		}
		read := func(since time.Time, most int) [][]string {
			baskets, err := s.Baskets(t.Context(), since, most)
			if err != nil {
				t.Fatal(err)
			}
			return baskets
		}
		if all := read(noon, 9); len(all) != 2 || !slices.Equal(all[0], []string{"product A", "product B"}) || !slices.Equal(all[1], []string{"product A"}) {
			t.Errorf("baskets, the latest first: %v", all)
		}
		if late := read(noon.Add(time.Minute), 9); len(late) != 1 {
			t.Errorf("of those placed later: %v", late)
		}
		if one := read(noon, 1); len(one) != 1 || len(one[0]) != 2 {
			t.Errorf("at most one: %v", one)
		}
	})
}
