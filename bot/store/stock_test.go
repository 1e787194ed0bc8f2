package store

import (
	"testing"

	"tiski/catalog"
)

func TestSetStock(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5, "B": 5, "C": 5, "D": 0, "E": catalog.StockUnknown})
		wantStock(t, s, map[string]int{"A": 5, "B": 5, "C": 5, "D": 0})
		place(t, s, anOrder("1", "A", "B", "C", "E"))
		setStock(t, s, map[string]int{"A": 5, "B": 8, "D": 3, "F": 2})
		wantStock(t, s, map[string]int{"A": 4, "B": 8, "C": 4, "D": 3, "F": 2})
		setStock(t, s, map[string]int{"A": catalog.StockUnknown, "B": 5, "D": 3})
		wantStock(t, s, map[string]int{"B": 5, "C": 4, "D": 3, "F": 2})
		setStock(t, s, map[string]int{"A": 5})
		wantStock(t, s, map[string]int{"A": 5, "B": 5, "C": 4, "D": 3, "F": 2})
	})
}

func TestNodesThatTellTheSameStockLoseNoSale(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		nodes := []*Store{open(t, url), open(t, url)}
		setStock(t, nodes[0], map[string]int{"A": 1})
		place(t, nodes[0], anOrder("sold out", "A"))
		each(20, func(i int) {
			s := nodes[i%2]
			if err := s.SetStock(t.Context(), map[string]int{"A": 50}); err != nil {
				t.Error(err)
			}
			if _, err := s.Place(t.Context(), anOrder(string(rune('a'+i)), "A")); err != nil {
				t.Error(err)
			}
		})
		wantStock(t, nodes[0], map[string]int{"A": 30})
	})
}
