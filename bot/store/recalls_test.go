package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

// recaller is a system that also takes orders back.
type recaller struct {
	system
	recalled []catalog.Recall
}

func (s *recaller) Recall(_ context.Context, _ catalog.Order, r catalog.Recall) error {
	s.Lock()
	defer s.Unlock()
	if len(s.fails) > 0 {
		err := s.fails[0]
		s.fails = s.fails[1:]
		return err
	}
	s.recalled = append(s.recalled, r)
	return nil
}

func recalling(t *testing.T, url string) (*Store, *recaller, *bot.Handover, *time.Time) {
	s, _, h, now := handing(t, url)
	s.Recall = true
	sys := &recaller{}
	h.System, h.Recalls = sys, s
	return s, sys, h, now
}

func TestWhatIsCancelledIsCancelledInTheSystem(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := recalling(t, url)
		before := place(t, s, anOrder("before", "A"))
		advance(t, s, before.Number, catalog.Cancelled)
		o := place(t, s, anOrder("1", "A"))
		handOver(t, h)
		advance(t, s, o.Number, catalog.Cancelled)
		*now = time.Now().Add(time.Minute) // advance takes the clock of the wall
		sys.fails = []error{errors.New("away")}
		handOver(t, h)
		if sys.recalled != nil {
			t.Fatalf("recalled %+v", sys.recalled)
		}
		*now = now.Add(time.Minute)
		for range 3 {
			handOver(t, h)
		}
		if len(sys.recalled) != 1 || sys.recalled[0].Outside != "ulko-1" || sys.recalled[0].Amount != 0 {
			t.Errorf("recalled %+v", sys.recalled)
		}
		if all := snags(t, s); len(all) != 0 {
			t.Errorf("%+v wait", all)
		}

		theirs := place(t, s, anOrder("theirs", "A"))
		handOver(t, h)
		if _, err := s.Advance(t.Context(), theirs.Number, catalog.Cancelled, System, noon); err != nil {
			t.Fatal(err)
		}
		meanwhile := place(t, s, anOrder("meanwhile", "A"))
		sys.while = func() { advance(t, s, meanwhile.Number, catalog.Cancelled) }
		handOver(t, h)
		sys.while = nil
		*now = time.Now().Add(time.Hour)
		handOver(t, h)
		if len(sys.recalled) != 2 || sys.recalled[1].Outside != "ulko-meanwhile" {
			t.Errorf("recalled %+v", sys.recalled)
		}
	})
}

func TestARecallThatTheSystemRefusesWaitsForStaff(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := recalling(t, url)
		o := place(t, s, anOrder("1", "A"))
		handOver(t, h)
		advance(t, s, o.Number, catalog.Cancelled)
		*now = time.Now().Add(time.Minute)
		refusal := &catalog.Rejected{Why: catalog.RejectedOther}
		sys.fails = []error{refusal, refusal}
		handOver(t, h)
		all := snags(t, s)
		if len(all) != 1 || all[0].Kind != staff.SnagRecall || all[0].Why != staff.RecallCancel || all[0].Outside != "ulko-1" || !all[0].Again {
			t.Fatalf("%+v wait", all)
		}
		if err := s.TryAgain(t.Context(), all[0].ID, *now); err != nil {
			t.Fatal(err)
		}
		handOver(t, h)
		if err := s.Settle(t.Context(), all[0].ID, "aino", *now); err != nil {
			t.Fatal(err)
		}
		if err := s.Settle(t.Context(), all[0].ID, "aino", *now); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("settled twice: %v", err)
		}
		handOver(t, h)
		if sys.recalled != nil || len(snags(t, s)) != 0 {
			t.Errorf("recalled %+v", sys.recalled)
		}
	})
}

func TestWhatTheSystemDoesNotGiveBackStaffDo(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, _, h, now := handing(t, url)
		o := aSale(t, s, "1")
		handOver(t, h)
		c := openCase(t, s, "case", o.Number, begin(aShop(t), catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
		advanceCase(t, s, c.Number, catalog.CaseInstructed, catalog.CaseOnWay, catalog.CaseReceived, catalog.CaseRefunded)
		snag := wantSnag(t, s, staff.RecallRefund+staff.RecallByHand)
		if snag.Again || snag.Told != c.Refund.Total || snag.Order != o.Number {
			t.Errorf("%+v waits for a refund of %d cents", snag, c.Refund.Total)
		}
		if err := s.Settle(t.Context(), snag.ID, "aino", *now); err != nil || len(snags(t, s)) != 0 {
			t.Errorf("settled with %v: %+v", err, snags(t, s))
		}
	})
}

func TestWhatIsGivenBackIsTold(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, sys, h, now := recalling(t, url)
		o := aSale(t, s, "1")
		handOver(t, h)
		c := openCase(t, s, "case", o.Number, begin(aShop(t), catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
		advanceCase(t, s, c.Number, catalog.CaseInstructed, catalog.CaseOnWay, catalog.CaseReceived, catalog.CaseRefunded)
		*now = time.Now().Add(time.Minute)
		for range 2 {
			handOver(t, h)
		}
		if len(sys.recalled) != 1 || sys.recalled[0].Amount != c.Refund.Total || c.Refund.Total == 0 {
			t.Errorf("recalled %+v of %d cents", sys.recalled, c.Refund.Total)
		}
	})
}
