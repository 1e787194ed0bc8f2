package store

import (
	"errors"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

func TestGivingUpAPaidOrderGivesTheMoneyBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		s.settle(told(s.ask("e", "paytrail", "tx-1"), catalog.PaymentPaid))
		advance(t, s.Store, s.order.Number, catalog.Cancelled)
		due := s.refunds()
		if len(due) != 1 || due[0].Amount != 1290 {
			t.Fatalf("%+v", due)
		}
		if err := s.NoteRefund(t.Context(), due[0].ID, bot.RefundWaits, s.now.Add(time.Hour), "it sleeps"); err != nil {
			t.Fatal(err)
		}
		if again := s.refunds(); again != nil {
			t.Errorf("tried again at once: %+v", again)
		}
		s.now = s.now.Add(time.Hour)
		if again := s.refunds(); len(again) != 1 || again[0].Tries != 1 {
			t.Errorf("%+v", again)
		}
		if err := s.NoteRefund(t.Context(), due[0].ID, bot.RefundGivenUp, time.Time{}, "no"); err != nil {
			t.Fatal(err)
		}
		s.is(catalog.Cancelled)
		snags, err := s.Snags(t.Context(), 10)
		if err != nil || len(snags) != 1 || snags[0].Kind != staff.SnagRefund || snags[0].Told != 1290 || !snags[0].Again || snags[0].Order != s.order.Number {
			t.Fatalf("needs a hand: %+v, %v", snags, err)
		}
		id := snags[0].ID
		if err := s.TryAgain(t.Context(), id, s.now); err != nil {
			t.Fatal(err)
		}
		if again := s.refunds(); len(again) != 1 || again[0].State != bot.RefundWaits || again[0].Tries != 0 {
			t.Errorf("tried again: %+v", again)
		}
		if err := s.TryAgain(t.Context(), id, s.now); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("twice: %v", err)
		}
		if err := s.NoteRefund(t.Context(), due[0].ID, bot.RefundGivenUp, time.Time{}, "no"); err != nil {
			t.Fatal(err)
		}
		if err := s.Settle(t.Context(), id, "pomo", s.now); err != nil { // staff gave it back
			t.Fatal(err)
		}
		s.is(catalog.Refunded)
		if err := s.Settle(t.Context(), id, "pomo", s.now); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("twice: %v", err)
		}
		s.now = s.now.Add(time.Hour)
		if end := s.refunds(); len(end) != 1 || end[0].State != bot.RefundMade {
			t.Errorf("to be told: %+v", end)
		}
	})
}

// Two nodes claim: a refund is one's.
func TestARefundIsClaimedByOne(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		s.settle(told(s.ask("e", "paytrail", "tx-1"), catalog.PaymentPaid))
		advance(t, s.Store, s.order.Number, catalog.Refused)
		found := make([]int, 8)
		each(8, func(i int) {
			due, err := s.ClaimRefunds(t.Context(), s.now.Add(time.Minute), 10)
			if err != nil {
				t.Error(err)
			}
			found[i] = len(due)
		})
		sum := 0
		for _, n := range found {
			sum += n
		}
		if sum != 1 {
			t.Errorf("claimed %d times", sum)
		}
	})
}

func TestACaseGivesMoneyBackBeforeItsLetter(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		s.settle(told(s.ask("e", "paytrail", "tx-1"), catalog.PaymentPaid))
		advance(t, s.Store, s.order.Number, catalog.Delivered)
		c := openCase(t, s.Store, "c", s.order.Number, begin(aShop(t), catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
		for _, to := range []catalog.CaseState{catalog.CaseReceived, catalog.CaseRefunded} {
			if _, err := s.AdvanceCase(t.Context(), c.Number, to, "maija", s.now); err != nil {
				t.Fatal(err)
			}
		}
		letters := func() int {
			return number1(t, s.Store, `SELECT COUNT(*) FROM letters WHERE id = 'case/c/refunded'`)
		}
		due := s.refunds()
		if len(due) != 1 || due[0].ID != "case/c" || due[0].Amount != c.Refund.Total || letters() != 0 {
			t.Fatalf("%+v, %d letters", due, letters())
		}
		if err := s.NoteRefund(t.Context(), due[0].ID, bot.RefundMade, time.Time{}, ""); err != nil {
			t.Fatal(err)
		}
		if letters() != 1 {
			t.Error("the money is back, and no letter tells it")
		}
		n, err := s.ClaimLetters(t.Context(), s.now, s.now.Add(time.Minute), 100)
		if err != nil || len(n) == 0 {
			t.Errorf("%d letters, %v", len(n), err)
		}
	})
}

// Money goes back once, whatever asks for it: never more than came in.
func TestNeverMoreGoesBackThanCameIn(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p := s.ask("e", "paytrail", "tx-1")
		p.Amount = 1300 // another sum: it goes back
		s.settle(told(p, catalog.PaymentPaid))
		q := s.ask("f", "paytrail", "tx-2")
		s.settle(told(q, catalog.PaymentPaid))
		advance(t, s.Store, s.order.Number, catalog.Cancelled)
		back := map[string]catalog.Cents{}
		for _, r := range s.refunds() {
			back[r.Payment] += r.Amount
		}
		if back["tx-1"] != 1300 || back["tx-2"] != 1290 {
			t.Errorf("%v", back)
		}
	})
}

// Staff try a refund again just as it is told that it was given up: that it was told
// does not end it.
func TestARefundTriedAgainIsNotEnded(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		r := s.refunded(bot.RefundGivenUp, "no")
		if err := s.TryAgain(t.Context(), ofRefund+r.ID, s.now); err != nil {
			t.Fatal(err)
		}
		if err := s.EndRefund(t.Context(), r.ID, bot.RefundGivenUp); err != nil {
			t.Fatal(err)
		}
		if again := s.refunds(); len(again) != 1 || again[0].State != bot.RefundWaits {
			t.Errorf("to be made: %+v", again)
		}
	})
}

// A provider tells again that a refund failed which staff have made by hand since.
func TestARefundMadeByHandFailsNoMore(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		r := s.refunded(bot.RefundMade, "")
		for i, want := range []int{1, 0} {
			if err := s.FailRefund(t.Context(), "paytrail", r.ID); err != nil {
				t.Fatal(err)
			}
			snags, err := s.Snags(t.Context(), 10)
			if err != nil || len(snags) != want {
				t.Errorf("told %d times: %+v, %v", i+1, snags, err)
			}
			if i == 0 {
				if err := s.Settle(t.Context(), ofRefund+r.ID, "pomo", s.now); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
