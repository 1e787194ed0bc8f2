package store

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

const hold = 30 * time.Minute

// reserved is an order of one piece of each SKU that awaits its payment.
func reserved(id string, skus ...string) catalog.Order {
	o := anOrder(id, skus...)
	o.ReservedUntil = noon.Add(hold)
	return o
}

func refusedFor(err error) string {
	var refused *bot.Refused
	if errors.As(err, &refused) {
		return refused.Reason
	}
	return fmt.Sprint(err)
}

// expire lets the orders expire whose reservation has run out, and returns them.
func expire(t testing.TB, s *Store, now time.Time) []catalog.Order {
	t.Helper()
	overdue, err := s.Overdue(t.Context(), now, 1000)
	if err != nil {
		t.Error(err)
	}
	var expired []catalog.Order
	for _, o := range overdue {
		o, err := s.ExpireOrder(t.Context(), o.Number, now)
		if err != nil {
			t.Error(err)
		}
		expired = append(expired, o)
	}
	return expired
}

func pay(t testing.TB, s *Store, number, cause string) catalog.Order {
	t.Helper()
	o, err := s.Pay(t.Context(), number, cause, noon)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAReservationRunsOut(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 1})
		o := place(t, s, reserved("1", "A"))
		if o.Status != catalog.Awaiting {
			t.Fatalf("placed as %s", o.Status)
		}
		if _, err := s.Place(t.Context(), anOrder("2", "A")); refusedFor(err) != "stock" {
			t.Errorf("a reserved piece was sold: %v", err)
		}
		if early := expire(t, s, noon.Add(hold-time.Millisecond)); early != nil {
			t.Errorf("expired early: %+v", early)
		}
		late := expire(t, s, noon.Add(hold))
		if len(late) != 1 || late[0].Number != o.Number || late[0].Status != catalog.Expired || !late[0].ReservedUntil.IsZero() {
			t.Errorf("expired %+v", late)
		}
		if again := expire(t, s, noon.Add(2*hold)); again != nil {
			t.Errorf("expired twice: %+v", again)
		}
		wantStock(t, s, map[string]int{"A": 1})
		place(t, s, anOrder("2", "A"))
	})
}

func TestWhatIsPaidDoesNotExpire(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 3})
		paid, sold, dropped := place(t, s, reserved("1", "A")), place(t, s, anOrder("2", "A")), place(t, s, reserved("3", "A"))
		// A payment that comes after the time, but before anybody looked, is in time.
		if o := pay(t, s, paid.Number, "paytrail/1"); o.Status != catalog.Paid || !o.Paid.Equal(noon) || !o.ReservedUntil.IsZero() {
			t.Errorf("paid %+v", o)
		}
		advance(t, s, dropped.Number, catalog.Cancelled)
		if expired := expire(t, s, noon.Add(2*hold)); expired != nil {
			t.Errorf("expired %+v", expired)
		}
		wantStock(t, s, map[string]int{"A": 1})
		if sold.Status != catalog.Placed {
			t.Errorf("sold at once as %s", sold.Status)
		}
	})
}

func TestALatePayment(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 1})
		o := place(t, s, reserved("1", "A"))
		expire(t, s, noon.Add(hold))
		if now := pay(t, s, o.Number, "paytrail/1"); now.Status != catalog.Paid {
			t.Errorf("the piece is there, but the order is %s", now.Status)
		}
		wantStock(t, s, map[string]int{"A": 0})

		setStock(t, s, map[string]int{"A": 2})
		gone := place(t, s, reserved("2", "A", "A"))
		expire(t, s, noon.Add(hold))
		place(t, s, anOrder("3", "A"))
		_, err := s.Pay(t.Context(), gone.Number, "paytrail/2", noon)
		if refusedFor(err) != "stock" {
			t.Errorf("a payment for goods that are gone: %v", err)
		}
		wantStock(t, s, map[string]int{"A": 1})
		if o := advance(t, s, gone.Number, catalog.Refunded); o.Status != catalog.Refunded {
			t.Errorf("refunded: %s", o.Status)
		}
	})
}

func TestPayments(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := place(t, s, reserved("1", "A"))
		first := pay(t, s, o.Number, "paytrail/1")
		if again := pay(t, s, o.Number, "paytrail/1"); again.Paid != first.Paid {
			t.Errorf("the same payment again: %+v", again)
		}
		if _, err := s.Pay(t.Context(), o.Number, "stripe/1", noon); refusedFor(err) != "paid" {
			t.Errorf("another payment: %v", err)
		}
		advance(t, s, o.Number, catalog.Packed)
		if again := pay(t, s, o.Number, "paytrail/1"); again.Status != catalog.Packed {
			t.Errorf("the same payment when packed: %s", again.Status)
		}

		bill := place(t, s, anOrder("2", "A"))
		advance(t, s, bill.Number, catalog.Shipped)
		for range 2 {
			if now := pay(t, s, bill.Number, "bank/1"); now.Status != catalog.Shipped || now.Paid.IsZero() {
				t.Errorf("an invoice paid after the goods have left: %+v", now)
			}
		}
		if _, err := s.Pay(t.Context(), bill.Number, "bank/2", noon); refusedFor(err) != "paid" {
			t.Errorf("an invoice paid twice: %v", err)
		}

		atStore := anOrder("store", "A")
		atStore.Payment = catalog.AtStore
		atStore = place(t, s, atStore)
		advance(t, s, atStore.Number, catalog.Ready)
		if got := advance(t, s, atStore.Number, catalog.Delivered); got.Paid.IsZero() {
			t.Error("goods were handed over at the store, and are not paid")
		}

		for i, to := range []catalog.Status{catalog.Cancelled, catalog.Refused} {
			over := place(t, s, reserved(fmt.Sprint("over/", i), "A"))
			advance(t, s, over.Number, to)
			if _, err := s.Pay(t.Context(), over.Number, "paytrail/3", noon); refusedFor(err) != "closed" {
				t.Errorf("a payment when %s: %v", to, err)
			}
		}
	})
}

// TestTwoHundredCustomersReserveTwentyPieces: on two nodes 200 customers want
// one of 20 pieces; half of those who get one pay, the others' pieces are sold
// to who asks again. No piece is sold twice.
func TestTwoHundredCustomersReserveTwentyPieces(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		nodes := []*Store{open(t, url), open(t, url)}
		setStock(t, nodes[0], map[string]int{"A": 20})
		var sold atomic.Int64
		want := func(round int) (held []string) {
			orders := make([]catalog.Order, 200)
			each(200, func(i int) {
				var err error
				orders[i], err = nodes[i%2].Place(t.Context(), reserved(fmt.Sprintf("widget:%d/%d/0", i, round), "A"))
				if err != nil && refusedFor(err) != "stock" {
					t.Error(err)
				}
			})
			for _, o := range orders {
				if o.Number != "" {
					held = append(held, o.Number)
				}
			}
			return held
		}
		lost := 0
		for round, pieces := range []int{20, 10} {
			held := want(round)
			if len(held) != pieces {
				t.Fatalf("round %d: %d reservations, want %d", round, len(held), pieces)
			}
			each(len(held), func(i int) {
				if i%2 == 0 || round == 1 {
					if _, err := nodes[i%2].Pay(t.Context(), held[i], fmt.Sprint("paytrail/", held[i]), noon); err != nil {
						t.Error(err)
					}
					sold.Add(1)
				}
			})
			each(4, func(i int) { expire(t, nodes[i%2], noon.Add(hold)) })
			lost += pieces - pieces/(2-round)
			if n := number1(t, nodes[0], `SELECT COUNT(*) FROM order_events WHERE to_status = 'expired'`); n != lost {
				t.Errorf("round %d: orders have expired %d times, want %d", round, n, lost)
			}
		}
		wantStock(t, nodes[0], map[string]int{"A": 0})
		if sold.Load() != 20 {
			t.Errorf("%d sold, want 20", sold.Load())
		}
	})
}

func TestManyReservationsRunOut(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	setStock(t, s, map[string]int{"A": 3})
	for i := range 3 {
		place(t, s, reserved(fmt.Sprint(i), "A"))
	}
	if some, err := s.Overdue(t.Context(), noon.Add(hold), 2); err != nil || len(some) != 2 {
		t.Errorf("%d are overdue of at most 2: %v", len(some), err)
	}
	if expired := expire(t, s, noon.Add(hold)); len(expired) != 3 {
		t.Errorf("%d expired", len(expired))
	}
	wantStock(t, s, map[string]int{"A": 3})
}
