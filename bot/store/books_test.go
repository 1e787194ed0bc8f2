package store

import (
	"testing"
	"time"

	"tiski/catalog"
)

// TestTheBooksBalance lives a day of a shop and adds up every entry: what was
// sold less what went back is what the orders that stand are worth.
func TestTheBooksBalance(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, shop := open(t, url), aShop(t)
		s.Now = func() time.Time { return noon.Add(time.Hour) }
		kept := aSale(t, s, "kept")
		aSale(t, s, "kept too")
		gone := aSale(t, s, "gone")
		some := aSale(t, s, "some")
		dropped := place(t, s, func() catalog.Order {
			o := anOrder("dropped", "A")
			o.Lines[0].Discount, o.Total = 90, 1200
			return o
		}())
		paid := place(t, s, func() catalog.Order {
			o := reserved("paid", "A")
			o.Total = 1290
			return o
		}())
		place(t, s, reserved("never paid", "A"))
		pay(t, s, paid.Number, "paytrail/1")
		expire(t, s, noon.Add(hold))
		advance(t, s, dropped.Number, catalog.Cancelled)
		back := openCase(t, s, "1", gone.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 3}, catalog.CaseLine{Line: 1, Qty: 1}))
		part := openCase(t, s, "2", some.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 2}))
		advanceCase(t, s, back.Number, catalog.CaseReceived, catalog.CaseRefunded)
		advanceCase(t, s, part.Number, catalog.CaseReceived, catalog.CaseRefunded)

		books := func(from, until time.Time) (n int, sum catalog.Cents, of map[string]catalog.Cents) {
			entries, err := s.Books(t.Context(), from, until)
			if err != nil {
				t.Fatal(err)
			}
			of = map[string]catalog.Cents{}
			for i, e := range entries {
				if e.Net+e.Tax != e.Gross || i > 0 && e.At.Before(entries[i-1].At) || e.At.Before(from) || !e.At.Before(until) {
					t.Errorf("entry %d is %+v", i, e)
				}
				sum += e.Gross
				of[e.Order] += e.Gross
			}
			return len(entries), sum, of
		}
		n, sum, of := books(noon, noon.Add(2*time.Hour))
		want := 3*kept.Total - 2*1290 + paid.Total // two kept, some, paid
		if sum != want || of[gone.Number] != 0 || of[dropped.Number] != 0 || of[some.Number] != some.Total-2*1290 {
			t.Errorf("%d entries add up to %d, want %d: %v", n, sum, want, of)
		}

		// Any cut of the time has each entry once.
		first, early, _ := books(noon.Add(-time.Hour), noon.Add(time.Hour))
		second, late, _ := books(noon.Add(time.Hour), noon.Add(2*time.Hour))
		if first+second != n || early+late != sum || first == 0 || second == 0 {
			t.Errorf("%d and %d entries, not %d; %d and %d cents, not %d", first, second, n, early, late, sum)
		}
		if none, _, _ := books(noon.Add(2*time.Hour), noon.Add(3*time.Hour)); none != 0 {
			t.Errorf("%d entries of a time when nothing happened", none)
		}
	})
}
