package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"tiski/bot/letters"
	"tiski/catalog"
)

// Two nodes share the letters of an order's life: each is claimed once, a delayed
// one comes again in its time, an ended one never.
func TestLettersAreClaimedOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		ctx, s := t.Context(), open(t, url)
		o := anOrder("letters:1/1/0", "A")
		placed, err := s.Place(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range []catalog.Status{catalog.Handed, catalog.Shipped} {
			if _, err := s.Advance(ctx, placed.Number, to, "test", placed.Placed); err != nil {
				t.Fatal(err)
			}
		}
		now := placed.Placed.Add(time.Second)
		var mu sync.Mutex
		seen := map[string]int{}
		var nodes sync.WaitGroup
		for range 4 {
			nodes.Go(func() {
				got, err := s.ClaimLetters(ctx, now, now.Add(time.Minute), 10)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, n := range got {
					seen[n.ID]++
					if n.Order.Number != placed.Number || n.Tries != 0 {
						t.Errorf("%s: order %s, %d tries", n.ID, n.Order.Number, n.Tries)
					}
				}
			})
		}
		nodes.Wait()
		for _, to := range []string{"placed", "handed", "shipped"} {
			if n := seen["order/"+o.ID+"/"+to]; n != 1 {
				t.Errorf("%s is claimed %d times: %v", to, n, seen)
			}
		}
		if err := s.EndLetter(ctx, "order/"+o.ID+"/placed", now); err != nil {
			t.Fatal(err)
		}
		if err := s.DelayLetter(ctx, "order/"+o.ID+"/shipped", now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		again := claim(ctx, t, s, now.Add(2*time.Minute))
		if len(again) != 1 || again[0].Status != catalog.Handed || again[0].Tries != 1 {
			t.Errorf("after a claim ran out: %+v", again)
		}
		if late := claim(ctx, t, s, now.Add(2*time.Hour)); len(late) != 2 {
			t.Errorf("after the delay: %d letters", len(late))
		}
	})
}

func TestALetterThatCannotBeReadKeepsNoOtherBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		if _, err := s.db.ExecContext(t.Context(), `INSERT INTO letters (id, due) VALUES ('order/lost/placed', 1)`); err != nil {
			t.Fatal(err)
		}
		place(t, s, anOrder("1", "A"))
		due, err := s.ClaimLetters(t.Context(), noon, noon.Add(time.Minute), 10)
		if err == nil || len(due) != 1 {
			t.Errorf("%d letters, error %v", len(due), err)
		}
		if due, err := s.ClaimLetters(t.Context(), noon, noon.Add(time.Minute), 10); err != nil || len(due) != 0 {
			t.Errorf("at once again: %d letters, error %v", len(due), err)
		}
	})
}

func claim(ctx context.Context, t *testing.T, s *Store, now time.Time) []letters.Notice {
	t.Helper()
	got, err := s.ClaimLetters(ctx, now, now.Add(time.Minute), 10)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// A confirmation is being sent while the way of paying changes: the new one goes all
// the same.
func TestAConfirmationThatIsOldWhenItIsSent(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		sent := claim(t.Context(), t, s.Store, s.now)
		if _, err := s.ChangePayment(t.Context(), "widget:1/9/0", s.order.Number, catalog.Invoice); err != nil {
			t.Fatal(err)
		}
		for _, n := range sent {
			if err := s.DelayLetter(t.Context(), n.ID, s.now.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			if err := s.EndLetter(t.Context(), n.ID, s.now); err != nil {
				t.Fatal(err)
			}
		}
		if again := claim(t.Context(), t, s.Store, s.now); len(again) != 1 || again[0].Order.Payment != catalog.Invoice {
			t.Errorf("%+v", again)
		}
	})
}
