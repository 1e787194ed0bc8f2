package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

func isClosed(err error) bool {
	var refused *bot.Refused
	return errors.As(err, &refused) && refused.Reason == "closed"
}

func TestTheRoadOfAnOrder(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	all := append([]catalog.Status{catalog.Cancelled, "return_received"}, road...)
	may := map[catalog.Status]string{
		catalog.Placed:    "placed paid packed shipped ready delivered cancelled",
		catalog.Paid:      "paid packed shipped ready delivered cancelled",
		catalog.Packed:    "packed shipped ready delivered",
		catalog.Shipped:   "shipped ready delivered",
		catalog.Ready:     "ready delivered",
		catalog.Delivered: "delivered",
	}
	for i, from := range all {
		got := ""
		for j, to := range append(road[:len(road):len(road)], catalog.Cancelled) {
			o := anOrder("", "A")
			o.Number, o.Status = fmt.Sprintf("T-%d", 100100+100*i+j), from
			if err := s.Put(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			switch now, err := s.SetStatus(t.Context(), o.Number, Change{To: to}); {
			case err == nil && now.Status == to:
				got += " " + string(to)
			case !isClosed(err):
				t.Fatalf("%s to %s: %v, %v", from, to, now.Status, err)
			}
		}
		if want := may[from]; got != "" && got[1:] != want || got == "" && want != "" {
			t.Errorf("from %s:\ngot %s\nwant %s", from, got, want)
		}
	}
}

func TestStatusesThatAreNone(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := place(t, s, anOrder("1", "A"))
		if _, err := s.SetStatus(t.Context(), o.Number, Change{To: "lost"}); err == nil || isClosed(err) {
			t.Errorf("an unknown status: %v", err)
		}
		if _, err := s.SetStatus(t.Context(), "T-1", Change{To: catalog.Paid}); !errors.Is(err, ErrNoOrder) {
			t.Errorf("an unknown number: %v", err)
		}
		if _, err := s.Cancel(t.Context(), "2", "T-1"); !isClosed(err) {
			t.Errorf("cancelling an unknown number: %v", err)
		}
		if _, err := s.Cancel(t.Context(), "2", "\x00'; --"); !isClosed(err) {
			t.Errorf("cancelling no number: %v", err)
		}
	})
}

func TestEveryStepIsKept(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.Now = func() time.Time { return noon.Add(3 * time.Hour) }
		o := place(t, s, anOrder("widget:1/7/0", "A"))
		for _, c := range []Change{
			{To: catalog.Packed, At: noon.Add(time.Hour), Cause: "aino"},
			{To: catalog.Shipped, At: noon.Add(2 * time.Hour), Cause: "carrier", Tracking: "JJFI1"},
			{To: catalog.Shipped, Tracking: "JJFI2"},
			{To: catalog.Delivered, Cause: "carrier"},
			{To: catalog.Delivered, At: noon.Add(9 * time.Hour), Cause: "carrier"},
		} {
			if _, err := s.SetStatus(t.Context(), o.Number, c); err != nil {
				t.Fatal(err)
			}
		}
		now, err := s.ByNumber(t.Context(), o.Number, o.Contact.Email, "")
		if err != nil || len(now) != 1 {
			t.Fatal(now, err)
		}
		if now[0].Status != catalog.Delivered || now[0].Tracking != "JJFI2" || !now[0].Delivered.Equal(noon.Add(3*time.Hour)) {
			t.Errorf("got %+v", now[0])
		}
		rows, err := s.db.QueryContext(t.Context(), `SELECT n, from_status, to_status, at, cause FROM order_events ORDER BY n`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		got := ""
		for rows.Next() {
			var n int
			var from, to, cause string
			var at int64
			if err := rows.Scan(&n, &from, &to, &at, &cause); err != nil {
				t.Fatal(err)
			}
			got += fmt.Sprintf("%d %s>%s +%s %s\n", n, from, to, time.UnixMilli(at).Sub(noon), cause)
		}
		want := "1 >placed +0s widget:1/7/0\n2 placed>packed +1h0m0s aino\n3 packed>shipped +2h0m0s carrier\n4 shipped>delivered +3h0m0s carrier\n"
		if got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	})
}

func TestCancelGivesStockBackOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5, "B": 5, "C": 5})
		place(t, s, anOrder("1", "A", "C"))
		mine := anOrder("2", "A", "B", "A")
		mine.Lines[1].Qty = 3
		o := place(t, s, mine)
		wantStock(t, s, map[string]int{"A": 2, "B": 2, "C": 4})
		cancelled := make([]bool, 10)
		each(10, func(i int) {
			got, err := s.Cancel(t.Context(), fmt.Sprint("cancel/", i), o.Number)
			cancelled[i] = err == nil && got.Status == catalog.Cancelled
			if err != nil && !isClosed(err) {
				t.Error(err)
			}
		})
		first := -1
		for i, yes := range cancelled {
			if yes && first >= 0 {
				t.Errorf("%d and %d both cancelled it", first, i)
			}
			if yes {
				first = i
			}
		}
		wantStock(t, s, map[string]int{"A": 4, "B": 5, "C": 4})
		again, err := s.Cancel(t.Context(), fmt.Sprint("cancel/", first), o.Number)
		if err != nil || again.Status != catalog.Cancelled {
			t.Errorf("the same id again: %+v, %v", again, err)
		}
		wantStock(t, s, map[string]int{"A": 4, "B": 5, "C": 4})
	})
}

func TestWhatHasLeftIsNotCancelled(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A"))
		if _, err := s.SetStatus(t.Context(), o.Number, Change{To: catalog.Packed}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Cancel(t.Context(), "2", o.Number); !isClosed(err) {
			t.Errorf("got %v", err)
		}
		wantStock(t, s, map[string]int{"A": 4})
	})
}

func TestStaffCancelAndGiveStockBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A"))
		if _, err := s.SetStatus(t.Context(), o.Number, Change{To: catalog.Cancelled, Cause: "aino"}); err != nil {
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 5})
	})
}

func TestOnlyWhatWasTakenIsGivenBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := place(t, s, anOrder("1", "A"))
		setStock(t, s, map[string]int{"A": 5})
		if _, err := s.Cancel(t.Context(), "2", o.Number); err != nil {
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 5})
	})
}
