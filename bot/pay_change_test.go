package bot_test

import (
	"strings"
	"testing"

	"tiski/catalog"
)

func TestAnotherWayOfPaying(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	late := s.bank.become("", catalog.PaymentOpen)
	turn := s.c.tap("payby:invoice")
	if s.status() != catalog.Placed || turn.State.Paying != nil || !strings.Contains(words(turn), "Lasku") {
		t.Fatalf("%s, %q", s.status(), words(turn))
	}
	if o := s.orders(s.c.name)[0]; o.Payment != catalog.Invoice || !o.ReservedUntil.IsZero() {
		t.Errorf("the order is %+v", o)
	}
	s.work()
	if left, err := s.store.Leftover(t.Context(), 10); err != nil || len(left) != 0 {
		t.Errorf("a page to pay at is left: %+v, %v", left, err)
	}
	late.State = catalog.PaymentPaid
	s.bank.become(late.ID, catalog.PaymentPaid)
	if turn := s.told(late); !strings.Contains(words(turn), "jo valittu toinen maksutapa") || s.status() != catalog.Placed {
		t.Errorf("late money: %s, %q", s.status(), words(turn))
	}
	s.work()
	var back catalog.Cents
	for _, sum := range s.bank.refunded {
		back += sum
	}
	if back != late.Amount {
		t.Errorf("%d cents of %d went back", back, late.Amount)
	}
	if turn := s.c.tap("payby:invoice"); s.status() != catalog.Placed {
		t.Errorf("once more: %s, %q", s.status(), words(turn))
	}
}

// TestAnotherWayOfPayingTooLate chooses one when the money is on its way already.
func TestAnotherWayOfPayingTooLate(t *testing.T) {
	t.Parallel()
	for state, want := range map[catalog.PaymentState]catalog.Status{
		catalog.PaymentPaid: catalog.Paid, catalog.PaymentPending: catalog.Awaiting,
	} {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			s := openPaying(t)
			s.order()
			s.bank.become("", state) // and nobody told
			turn := s.c.tap("payby:invoice")
			if s.status() != want {
				t.Errorf("%s, %q", s.status(), words(turn))
			}
			s.work()
			s.c.tap("payby:invoice")
			if s.status() != want || len(s.bank.refunded) != 0 {
				t.Errorf("then %s", s.status())
			}
		})
	}
	t.Run("the time is over", func(t *testing.T) {
		t.Parallel()
		s := openPaying(t)
		s.order()
		s.wait(s.shelf.Shop.Reserve)
		if turn := s.c.tap("payby:invoice"); s.status() != catalog.Expired {
			t.Errorf("%s, %q", s.status(), words(turn))
		}
	})
}
