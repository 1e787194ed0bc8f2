package store

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

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
			if err := s.SetStock(t.Context(), map[string]int{"A": 50}, noon); err != nil {
				t.Error(err)
			}
			if _, err := s.Place(t.Context(), anOrder(string(rune('a'+i)), "A")); err != nil {
				t.Error(err)
			}
		})
		wantStock(t, nodes[0], map[string]int{"A": 30})
	})
}

// An order that goes on while the stock is read is not in what that tells; a reading
// that began before the last tells nothing.
func TestStockOfAnOldReading(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.HandOn = true
		tell := func(pieces int, read time.Time) {
			t.Helper()
			if err := s.SetStock(t.Context(), map[string]int{"A": pieces}, read); err != nil {
				t.Fatal(err)
			}
		}
		tell(6, noon)
		place(t, s, anOrder("1", "A"))
		if err := s.EndPush(t.Context(), "1", "W-1", noon.Add(2*time.Minute)); err != nil {
			t.Fatal(err)
		}
		tell(5, noon.Add(time.Minute)) // one was sold in the store before
		wantStock(t, s, map[string]int{"A": 4})
		tell(9, noon)
		wantStock(t, s, map[string]int{"A": 4})
		tell(3, noon.Add(3*time.Minute))
		wantStock(t, s, map[string]int{"A": 3})
	})
}

// Numbers in files are told at no time: what was handed over before is taken off none.
func TestStockInFilesOfAShopThatHandsOn(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.HandOn = true
		for _, c := range []struct{ told, want int }{{6, 6}, {10, 10}, {6, 6}} {
			if err := s.SetStock(t.Context(), map[string]int{"A": c.told}, time.Time{}); err != nil {
				t.Fatal(err)
			}
			wantStock(t, s, map[string]int{"A": c.want})
			id := fmt.Sprint(c.told, c.want, s.Now())
			place(t, s, anOrder(id, "A"))
			if err := s.EndPush(t.Context(), id, "W-"+id, noon); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestNobodyWaitsInARing places and cancels orders of the same goods, listed
// either way round and with the same code.
func TestNobodyWaitsInARing(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 100, "B": 100, "C": 100})
		each(60, func(i int) {
			skus := []string{"A", "B", "C", "A"}
			if i%2 == 0 {
				skus = []string{"C", "B", "A", "C"}
			}
			o := anOrder(fmt.Sprint(i), skus...)
			o.Discounts = []catalog.OrderDiscount{{ID: "a", Code: "KOODI", Amount: 100, Uses: 1000, PerCustomer: 1000}}
			placed, err := s.Place(t.Context(), o)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := s.Advance(t.Context(), placed.Number, catalog.Cancelled, "test", noon); err != nil {
				t.Error(err)
			}
		})
		wantStock(t, s, map[string]int{"A": 100, "B": 100, "C": 100})
	})
}

// A sale is on its way while the shop's system tells its stock, which has it not.
func TestStockIsToldWhileItIsSold(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.HandOn = true
		setStock(t, s, map[string]int{"A": 5})
		o := anOrder("1", "A")
		o.Status = catalog.Placed
		told := make(chan error, 1)
		err := s.within(t.Context(), func(tx *sql.Tx) error {
			if _, _, err := number(t.Context(), tx, &o); err != nil {
				return err
			}
			if err := s.take(t.Context(), tx, o); err != nil {
				return err
			}
			go func() { told <- s.SetStock(t.Context(), map[string]int{"A": 3}, noon) }()
			anotherWaits(t, s)
			return nil
		})
		if err = errors.Join(err, <-told); err != nil {
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 2})
	})
}
