package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tiski/catalog"
)

func isIllegal(err error) bool {
	var illegal *catalog.IllegalStep
	return errors.As(err, &illegal)
}

func advance(t testing.TB, s *Store, number string, to catalog.Status) catalog.Order {
	t.Helper()
	o, err := s.Advance(t.Context(), number, to, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestStepsThatAreNotInTheLifeOfAnOrder(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A"))
		advance(t, s, o.Number, catalog.Shipped)
		for _, to := range []catalog.Status{catalog.Placed, catalog.Paid, catalog.Packed, catalog.Cancelled, catalog.Expired, catalog.Refunded, "lost"} {
			if _, err := s.Advance(t.Context(), o.Number, to, "test", noon); !isIllegal(err) {
				t.Errorf("shipped to %s: %v", to, err)
			}
		}
		advance(t, s, o.Number, catalog.Delivered)
		if _, err := s.Advance(t.Context(), o.Number, catalog.Refunded, "test", noon); !isIllegal(err) {
			t.Errorf("delivered goods refunded without a case: %v", err)
		}
		wantStock(t, s, map[string]int{"A": 4})
		if n := number1(t, s, `SELECT COUNT(*) FROM order_events`); n != 3 {
			t.Errorf("%d events, want those of placed, shipped, delivered", n)
		}
	})
}

func TestNumbersThatAreNone(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		place(t, s, anOrder("1", "A"))
		if _, err := s.Advance(t.Context(), "T-1", catalog.Paid, "test", noon); !errors.Is(err, ErrNoOrder) {
			t.Errorf("an unknown number: %v", err)
		}
		if _, err := s.Pay(t.Context(), "T-1", "test", noon); !errors.Is(err, ErrNoOrder) {
			t.Errorf("a payment of an unknown number: %v", err)
		}
		if _, err := s.Advance(t.Context(), "\x00'; --", catalog.Cancelled, "test", noon); !errors.Is(err, ErrNoOrder) {
			t.Errorf("cancelling no number: %v", err)
		}
	})
}

func TestEveryStepIsKept(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.Now = func() time.Time { return noon.Add(3 * time.Hour) }
		o := place(t, s, anOrder("widget:1/7/0", "A"))
		for _, do := range []step{
			{catalog.Packed, noon.Add(time.Hour), "aino"},
			{catalog.Shipped, noon.Add(2 * time.Hour), "carrier"},
			{catalog.Shipped, time.Time{}, "carrier"},
			{catalog.Delivered, time.Time{}, "carrier"},
			{catalog.Delivered, noon.Add(9 * time.Hour), "carrier"},
		} {
			if _, err := s.Advance(t.Context(), o.Number, do.to, do.cause, do.at); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Track(t.Context(), o.Number, "JJFI2"); err != nil {
			t.Fatal(err)
		}
		now, err := s.ByNumber(t.Context(), o.Number, o.Contact.Email, "")
		if err != nil || len(now) != 1 {
			t.Fatal(now, err)
		}
		if now[0].Status != catalog.Delivered || now[0].Tracking != "JJFI2" || !now[0].Delivered.Equal(noon.Add(3*time.Hour)) {
			t.Errorf("got %+v", now[0])
		}
		events, err := s.Events(t.Context(), o.Number)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i, e := range events {
			got += fmt.Sprintf("%d %s>%s +%s %s\n", i+1, e.From, e.To, e.At.Sub(noon), e.Cause)
		}
		want := "1 summary_shown>placed +0s widget:1/7/0\n2 placed>packed +1h0m0s aino\n3 packed>shipped +2h0m0s carrier\n4 shipped>delivered +3h0m0s carrier\n"
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
		each(10, func(i int) {
			if _, err := s.Advance(t.Context(), o.Number, catalog.Cancelled, fmt.Sprint("cancel/", i), noon); err != nil {
				t.Error(err)
			}
		})
		wantStock(t, s, map[string]int{"A": 4, "B": 5, "C": 4})
		if n := number1(t, s, `SELECT COUNT(*) FROM order_events WHERE to_status = 'cancelled'`); n != 1 {
			t.Errorf("%d events of cancelling, want 1", n)
		}
	})
}

func TestWhatHasLeftIsNotCancelled(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A"))
		advance(t, s, o.Number, catalog.Packed)
		if _, err := s.Advance(t.Context(), o.Number, catalog.Cancelled, "test", noon); !isIllegal(err) {
			t.Errorf("got %v", err)
		}
		wantStock(t, s, map[string]int{"A": 4})
	})
}

func TestOnlyWhatWasTakenIsGivenBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := place(t, s, anOrder("1", "A"))
		setStock(t, s, map[string]int{"A": 5})
		advance(t, s, o.Number, catalog.Cancelled)
		wantStock(t, s, map[string]int{"A": 5})
	})
}
