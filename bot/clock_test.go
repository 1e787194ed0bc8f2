package bot_test

import (
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

// On the nights on which clocks are moved a reservation lasts as long as on any
// other, and until when is told by the clock on the wall.
func TestReservationsOverTheNightOfTheClocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, until string }{
		{"2026-03-29T00:45:00Z", "klo 4.15"}, // 2.45; the hour from three to four is left out
		{"2026-10-25T00:45:00Z", "klo 3.15"}, // 3.45; that hour comes twice
	} {
		s := openPaying(t)
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		s.now.Store(&at)
		if said := words(s.order()); !strings.Contains(said, c.until) {
			t.Errorf("until %s is not told: %q", c.until, said)
		}
		s.wait(s.shelf.Shop.Reserve - time.Second)
		s.work()
		if s.status() != catalog.Awaiting {
			t.Errorf("%s: %s before its time", c.at, s.status())
		}
		s.wait(time.Second)
		s.work()
		if s.status() != catalog.Expired || s.pieces(s.sku) != 5 {
			t.Errorf("%s: %s, %d pieces", c.at, s.status(), s.pieces(s.sku))
		}
	}
}

// The clock may be wrong for a while. Nobody pays twice, a reservation ends no
// earlier than the clock says, and none stays for ever.
func TestTheClockJumpsWhileAPaymentIsAwaited(t *testing.T) {
	t.Parallel()
	const jump = 5 * time.Hour
	for name, c := range map[string]struct {
		walk   func(s *payShop)
		want   catalog.Status
		pieces int
	}{
		"back, and nobody pays": {func(s *payShop) {
			s.wait(-jump)
			s.work()
			s.wait(jump + s.shelf.Shop.Reserve - time.Second)
			s.work()
			if s.status() != catalog.Awaiting {
				s.t.Errorf("%s before its time", s.status())
			}
			s.wait(time.Second)
		}, catalog.Expired, 5},
		"back, and paid by a new link too": {func(s *payShop) {
			first := s.bank.last
			s.wait(-jump)
			if turn := s.c.say("linkki ei toimi"); len(links(turn)) != 1 {
				s.t.Errorf("no new link: %q", words(turn))
			}
			s.told(s.bank.become("", catalog.PaymentPaid))
			s.told(s.bank.become(first, catalog.PaymentPaid))
			if len(s.bank.refunded) != 0 {
				s.t.Error("given back before the cashier looked")
			}
		}, catalog.Paid, 4},
		"forward, and nobody pays": {func(s *payShop) { s.wait(jump) }, catalog.Expired, 5},
		"forward, when it has been paid and nobody told": {func(s *payShop) {
			s.bank.become("", catalog.PaymentPaid)
			s.wait(jump)
		}, catalog.Paid, 4},
		"forward and back, and paid then": {func(s *payShop) {
			s.wait(jump)
			s.work()
			if s.status() != catalog.Expired {
				s.t.Errorf("%s after its time", s.status())
			}
			s.wait(-jump)
			s.told(s.bank.become("", catalog.PaymentPaid))
		}, catalog.Paid, 4},
		"forward and back, and sold to another meanwhile": {func(s *payShop) {
			s.wait(jump)
			s.work()
			s.stock(s.sku, 0, s.bot)
			s.wait(-jump)
			s.told(s.bank.become("", catalog.PaymentPaid))
		}, catalog.Refunded, 0},
		"back after it was cancelled": {func(s *payShop) {
			s.told(s.bank.become("", catalog.PaymentPaid))
			s.c.tap("withdraw!:" + s.orders(s.c.name)[0].Number)
			s.wait(-jump)
			s.work() // the refund is due when the clock says so
			s.wait(jump)
		}, catalog.Refunded, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openPaying(t)
			s.order()
			c.walk(s)
			for range 2 {
				s.work()
				s.wait(time.Minute)
			}
			if s.status() != c.want || s.pieces(s.sku) != c.pieces {
				t.Errorf("%s, want %s; %d pieces, want %d:\n%s", s.status(), c.want, s.pieces(s.sku), c.pieces, texts(s.log(s.c.name)))
			}
			if n := strings.Count(texts(s.log(s.c.name)), "on saatu"); n > 1 {
				t.Errorf("told %d times that it is paid", n)
			}
			s.now.Store(later(s.clock(), opening.Add(2*jump))) // the books are read up to now
			s.balance()
		})
	}
}

func later(a, b time.Time) *time.Time {
	if a.After(b) {
		return &a
	}
	return &b
}
