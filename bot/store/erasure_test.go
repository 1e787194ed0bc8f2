package store

import (
	"database/sql"
	"errors"
	"testing"

	"tiski/bot"
	"tiski/catalog"
)

// erase erases whose the order is.
func (s *till) erase() bot.Erased {
	s.t.Helper()
	b, err := s.Belongings(s.t.Context(), s.order.Conversation)
	if err != nil {
		s.t.Fatal(err)
	}
	erased, err := s.Erase(s.t.Context(), b, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	return erased
}

// Nobody knows any more where the goods would go.
func TestALatePaymentOfAnErasedOrder(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p := s.ask("e", "paytrail", "tx-1")
		expire(t, s.Store, noon.Add(hold))
		s.erase()
		if got := s.settle(told(p, catalog.PaymentPaid)); got.Reason != "closed" || got.Refund != 1290 || got.Order.Status != catalog.Expired {
			t.Errorf("%+v", got)
		}
		wantStock(t, s.Store, map[string]int{"A": 1})
	})
}

// A late payment revives an order while its customer is erased: what the payment
// has made of it stays, and it loses its customer when it is over.
func TestErasedWhileItIsPaid(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		expire(t, s.Store, noon.Add(hold))
		b, err := s.Belongings(t.Context(), s.order.Conversation)
		if err != nil {
			t.Fatal(err)
		}
		erased := make(chan error, 1)
		err = s.within(t.Context(), func(tx *sql.Tx) error {
			o, err := s.hold(t.Context(), tx, s.order.Number)
			if err != nil {
				return err
			}
			go func() {
				_, err := s.Erase(t.Context(), b, s.now)
				erased <- err
			}()
			anotherWaits(t, s.Store)
			return s.change(t.Context(), tx, &o, step{catalog.Paid, s.now, "paytrail/tx-1"})
		})
		if err = errors.Join(err, <-erased); err != nil {
			t.Fatal(err)
		}
		o, err := order(t.Context(), s.db, "id = $1", s.order.ID)
		if err != nil || o.Status != catalog.Paid || o.Contact != s.order.Contact {
			t.Errorf("%+v, %v", o, err)
		}
		if n := number1(t, s.Store, `SELECT COUNT(*) FROM erasures`); n != 1 {
			t.Errorf("%d orders are to lose their customer", n)
		}
	})
}

// Staff who give money back need to know whose it is.
func TestARefundLeftToStaffKeepsItsCustomer(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		r := s.refunded(bot.RefundGivenUp, "no")
		if err := s.EndRefund(t.Context(), r.ID, bot.RefundGivenUp); err != nil {
			t.Fatal(err)
		}
		if erased := s.erase(); erased.Kept != 0 || len(erased.Open) != 1 {
			t.Errorf("erased at once: %+v", erased)
		}
		if err := s.Settle(t.Context(), ofRefund+r.ID, "pomo", s.now); err != nil {
			t.Fatal(err)
		}
		if err := s.EndRefund(t.Context(), r.ID, bot.RefundMade); err != nil {
			t.Fatal(err)
		}
		if removed := sweep(t, s.Store, s.now); removed["erasures"] != 1 {
			t.Errorf("when the money is back: %v", removed)
		}
	})
}
