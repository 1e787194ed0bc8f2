package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

// system is a shop's system that fails as it is told and takes an order once.
type system struct {
	sync.Mutex
	taken map[string]int // how often by the order's ID
	fails []error        // of the next calls
	while func()         // done while an order is being taken
}

func (s *system) Push(_ context.Context, o catalog.Order) (string, error) {
	s.Lock()
	defer s.Unlock()
	if s.while != nil {
		s.while()
	}
	if len(s.fails) > 0 {
		err := s.fails[0]
		s.fails = s.fails[1:]
		return "", err
	}
	if s.taken == nil {
		s.taken = map[string]int{}
	}
	s.taken[o.ID]++
	return "ulko-" + o.ID, nil
}

// handing opens a database whose orders go on to a system.
func handing(t *testing.T, url string) (*Store, *system, *bot.Handover, *time.Time) {
	s := open(t, url)
	s.HandOn = true
	now := noon.Add(time.Minute)
	sys := &system{}
	return s, sys, &bot.Handover{Pushes: s, System: sys, Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}, &now
}

func handOver(t *testing.T, h *bot.Handover) {
	t.Helper()
	if err := h.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func snags(t *testing.T, s *Store) []staff.Snag {
	t.Helper()
	all, err := s.Snags(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// wantSnag wants one snag, for a reason.
func wantSnag(t *testing.T, s *Store, why string) staff.Snag {
	t.Helper()
	all := snags(t, s)
	if len(all) != 1 || all[0].Why != why {
		t.Fatalf("%+v need a hand, want one for %s", all, why)
	}
	return all[0]
}

func TestWhatIsSoldIsHandedOver(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, _ := handing(t, url)
		sold, awaiting, paid, expired := place(t, s, anOrder("sold", "A")), place(t, s, reserved("awaiting", "A")), place(t, s, reserved("paid", "A")), place(t, s, reserved("expired", "A"))
		pay(t, s, paid.Number, "paytrail/1")
		pay(t, s, sold.Number, "invoice/1") // sold already: it goes once
		handOver(t, h)
		wantStatus(t, s, sold, catalog.Handed)
		wantStatus(t, s, paid, catalog.Handed)
		wantStatus(t, s, awaiting, catalog.Awaiting)
		expire(t, s, noon.Add(hold))
		pay(t, s, expired.Number, "paytrail/2")
		handOver(t, h)
		wantStatus(t, s, expired, catalog.Handed)
		if want := map[string]int{"sold": 1, "paid": 1, "expired": 1}; len(sys.taken) != 3 || sys.taken["sold"] != want["sold"] || sys.taken["paid"] != 1 || sys.taken["expired"] != 1 {
			t.Errorf("the system has %v", sys.taken)
		}
		if all := snags(t, s); all != nil {
			t.Errorf("%+v need a hand", all)
		}
	})
}

func TestWithoutASystemNothingWaits(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, _ := handing(t, url)
		s.HandOn = false
		place(t, s, anOrder("1", "A"))
		s.HandOn = true
		handOver(t, h)
		if sys.taken != nil {
			t.Errorf("the system has %v", sys.taken)
		}
	})
}

func TestAPushIsTriedAgain(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := handing(t, url)
		o := place(t, s, anOrder("1", "A"))
		busy := errors.New("busy")
		sys.fails = []error{busy, busy, &catalog.Later{After: 10 * time.Minute, Err: busy}}
		for _, wait := range []time.Duration{30 * time.Second, time.Minute, 10 * time.Minute} {
			left := len(sys.fails)
			handOver(t, h)
			*now = now.Add(wait - time.Millisecond)
			handOver(t, h)
			if len(sys.fails) != left-1 || sys.taken != nil {
				t.Fatalf("tried again before %v", wait)
			}
			*now = now.Add(time.Millisecond)
		}
		wantStatus(t, s, o, catalog.Placed)
		handOver(t, h)
		wantStatus(t, s, o, catalog.Handed)
	})
}

func TestAPushThatFailsForLongWaitsForStaff(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := handing(t, url)
		o := place(t, s, anOrder("1", "A"))
		for range 12 {
			if all := snags(t, s); all != nil {
				t.Fatalf("%+v need a hand too early", all)
			}
			sys.fails = []error{errors.New("away")}
			handOver(t, h)
			*now = now.Add(time.Hour)
		}
		snag := wantSnag(t, s, bot.HeldUnreachable)
		handOver(t, h)
		if sys.taken != nil || !snag.Again || snag.Order != o.Number {
			t.Errorf("%+v, and the system has %v", snag, sys.taken)
		}
		if err := s.TryAgain(t.Context(), snag.ID, *now); err != nil {
			t.Fatal(err)
		}
		if err := s.TryAgain(t.Context(), snag.ID, *now); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("tried again twice: %v", err)
		}
		sys.fails = []error{errors.New("away")} // the tries are counted from the start
		handOver(t, h)
		*now = now.Add(time.Hour)
		handOver(t, h)
		wantStatus(t, s, o, catalog.Handed)
		if all := snags(t, s); all != nil {
			t.Errorf("%+v need a hand", all)
		}
	})
}

func TestAnotherTotalWaitsForStaff(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := handing(t, url)
		o := place(t, s, anOrder("1", "A"))
		sys.fails = []error{&catalog.Rejected{Why: catalog.RejectedTotal, Outside: "727", Told: 1300}}
		handOver(t, h)
		*now = now.Add(24 * time.Hour)
		handOver(t, h)
		snag := wantSnag(t, s, catalog.RejectedTotal)
		if snag.Told != 1300 || snag.Total != o.Total || snag.Outside != "727" || sys.taken != nil {
			t.Errorf("%+v", snag)
		}
		if err := s.Settle(t.Context(), snag.ID, "aino", *now); err != nil {
			t.Fatal(err)
		}
		if err := s.Settle(t.Context(), snag.ID, "aino", *now); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("settled twice: %v", err)
		}
		wantStatus(t, s, o, catalog.Handed)
		handOver(t, h)
		if sys.taken != nil {
			t.Error("what staff settled was pushed")
		}
	})
}

func TestWhatIsCancelledIsNotHandedOver(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := handing(t, url)
		before := place(t, s, anOrder("before", "A"))
		advance(t, s, before.Number, catalog.Cancelled)
		handOver(t, h)
		if sys.taken != nil {
			t.Errorf("the system has %v", sys.taken)
		}

		meanwhile := place(t, s, anOrder("meanwhile", "A"))
		sys.while = func() { advance(t, s, meanwhile.Number, catalog.Cancelled) }
		handOver(t, h)
		sys.while = nil
		snag := wantSnag(t, s, staff.RecallCancel+staff.RecallByHand)
		if snag.Again || snag.Outside != "ulko-meanwhile" {
			t.Errorf("%+v", snag)
		}
		if err := s.TryAgain(t.Context(), snag.ID, *now); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("a cancelled order is pushed again: %v", err)
		}
		if err := s.Settle(t.Context(), snag.ID, "aino", *now); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, s, meanwhile, catalog.Cancelled)

		after := place(t, s, anOrder("after", "A"))
		handOver(t, h)
		advance(t, s, after.Number, catalog.Cancelled)
		if snag := wantSnag(t, s, staff.RecallCancel+staff.RecallByHand); snag.Order != after.Number {
			t.Errorf("%+v", snag)
		}
		if err := s.Settle(t.Context(), snags(t, s)[0].ID, "aino", *now); err != nil {
			t.Fatal(err)
		}

		theirs := place(t, s, anOrder("theirs", "A"))
		handOver(t, h)
		if _, err := s.Advance(t.Context(), theirs.Number, catalog.Cancelled, System, noon); err != nil {
			t.Fatal(err)
		}
		if all := snags(t, s); all != nil {
			t.Errorf("what the system cancelled itself needs a hand: %+v", all)
		}
	})
}

// Four nodes, of which each push is claimed by one.
// What the system was told of, and answered badly or not at all, it may have.
func TestWhatIsCancelledBetweenTwoTriesMayBeThere(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := handing(t, url)
		for id, spoil := range map[string]func(){
			"failed": func() { sys.fails = []error{errors.New("accepted, and answered with an error")}; handOver(t, h) },
			"killed": func() {
				if _, err := s.ClaimPushes(t.Context(), *now, now.Add(time.Minute), 1); err != nil {
					t.Fatal(err)
				}
			},
		} {
			o := place(t, s, anOrder(id, "A"))
			spoil()
			advance(t, s, o.Number, catalog.Cancelled)
			snag := wantSnag(t, s, bot.HeldPerhaps)
			if snag.Again || snag.Order != o.Number {
				t.Errorf("%s: %+v", id, snag)
			}
			if err := s.Settle(t.Context(), snag.ID, "aino", *now); err != nil {
				t.Fatal(err)
			}
			wantStatus(t, s, o, catalog.Cancelled)
		}
		refused := place(t, s, anOrder("refused", "A"))
		sys.fails = []error{&catalog.Rejected{Why: catalog.RejectedGoods}}
		handOver(t, h)
		advance(t, s, refused.Number, catalog.Cancelled)
		if all := snags(t, s); all != nil {
			t.Errorf("what the system refused needs a hand: %+v", all)
		}
	})
}

func TestPushesAreClaimedOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, _ := handing(t, url)
		for _, id := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
			place(t, s, anOrder(id, "A"))
		}
		each(4, func(int) {
			if err := h.Once(t.Context()); err != nil {
				t.Error(err)
			}
		})
		handOver(t, h)
		for id, n := range sys.taken {
			if n != 1 {
				t.Errorf("%s was pushed %d times", id, n)
			}
		}
		if len(sys.taken) != 8 {
			t.Errorf("the system has %v", sys.taken)
		}
	})
}

// A node that dies after the push, or before it, leaves it to the next claim.
func TestAClaimRunsOut(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := handing(t, url)
		place(t, s, anOrder("1", "A"))
		if got, err := s.ClaimPushes(t.Context(), *now, now.Add(time.Minute), 10); err != nil || len(got) != 1 {
			t.Fatalf("%+v, %v", got, err)
		}
		handOver(t, h)
		if sys.taken != nil {
			t.Error("a claimed order was pushed by another")
		}
		*now = now.Add(time.Minute)
		handOver(t, h)
		if sys.taken["1"] != 1 {
			t.Errorf("the system has %v", sys.taken)
		}
	})
}

// The system does not know of what was sold here until it is handed over.
func TestTheSystemTellsItsStock(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, _, h, now := handing(t, url)
		setStock(t, s, map[string]int{"A": 10})
		place(t, s, anOrder("1", "A"))
		place(t, s, reserved("2", "A"))
		setStock(t, s, map[string]int{"A": 10})
		wantStock(t, s, map[string]int{"A": 8})
		setStock(t, s, map[string]int{"A": 7}) // three were sold there
		wantStock(t, s, map[string]int{"A": 5})
		handOver(t, h)
		after := now.Add(time.Second)
		if err := s.SetStock(t.Context(), map[string]int{"A": 6}, after); err != nil { // the first one is there now
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 5})
		if err := s.SetStock(t.Context(), map[string]int{"A": 0}, after.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 0})
	})
}

func TestAnOrderThatCannotBeReadKeepsNoOtherBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, _, _, now := handing(t, url)
		broken, whole := place(t, s, anOrder("1", "A")), place(t, s, anOrder("2", "A"))
		if _, err := s.db.ExecContext(t.Context(), `UPDATE orders SET document = '{' WHERE id = $1`, broken.ID); err != nil {
			t.Fatal(err)
		}
		pushes, err := s.ClaimPushes(t.Context(), *now, now.Add(time.Minute), 10)
		if err == nil || len(pushes) != 1 || pushes[0].Order.ID != whole.ID {
			t.Errorf("%d pushes, error %v", len(pushes), err)
		}
		for _, o := range []catalog.Order{broken, whole} {
			if _, err := s.db.ExecContext(t.Context(), `INSERT INTO parcels (order_id, code, due) VALUES ($1, $1, 1)`, o.ID); err != nil {
				t.Fatal(err)
			}
		}
		parcels, err := s.ClaimParcels(t.Context(), *now, now.Add(time.Minute), 10)
		if err == nil || len(parcels) != 1 || parcels[0].ID != whole.ID {
			t.Errorf("%d parcels, error %v", len(parcels), err)
		}
	})
}
