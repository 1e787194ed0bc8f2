package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"tiski/bot/staff"
	"tiski/catalog"
)

// sent is an order on its way with a code.
func sent(t *testing.T, s *Store, id, code string) catalog.Order {
	t.Helper()
	o := place(t, s, anOrder(id, "A"))
	if _, err := s.Track(t.Context(), o.Number, code); err != nil {
		t.Fatal(err)
	}
	o, err := s.Advance(t.Context(), o.Number, catalog.Shipped, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func claimParcels(t *testing.T, s *Store, now time.Time, want ...string) {
	t.Helper()
	claimed, err := s.ClaimParcels(t.Context(), now, now.Add(time.Hour), 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range claimed {
		got = append(got, o.ID)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("at %s: %v are claimed, want %v", now.Format(time.TimeOnly), got, want)
	}
}

func TestParcelsAreFollowedWhileUnderWay(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		ctx, s := t.Context(), open(t, url)
		place(t, s, anOrder("0", "A")) // has no parcel
		o := sent(t, s, "1", "jjfi 6457-4900000137203")
		claimParcels(t, s, noon, "1")
		claimParcels(t, s, noon.Add(time.Minute)) // somebody has it
		claimParcels(t, s, noon.Add(time.Hour), "1")
		if err := s.DelayParcel(ctx, "1", noon.Add(5*time.Hour)); err != nil {
			t.Fatal(err)
		}
		claimParcels(t, s, noon.Add(5*time.Hour-time.Millisecond))
		if _, err := s.Advance(ctx, o.Number, catalog.Ready, "carrier", noon); err != nil {
			t.Fatal(err)
		}
		claimParcels(t, s, noon.Add(5*time.Hour), "1")
		for code, want := range map[string]int{"JJFI64574900000137203": 1, "jjfi 6457 4900000137203": 1, "JJFI1": 0} {
			if found, err := s.OfParcel(ctx, code); err != nil || len(found) != want {
				t.Errorf("%s: %d orders, %v", code, len(found), err)
			}
		}
		if _, err := s.Track(ctx, o.Number, "MH12345678"); err != nil { // another parcel
			t.Fatal(err)
		}
		claimParcels(t, s, noon, "1")
		if _, err := s.Advance(ctx, o.Number, catalog.Delivered, "carrier", noon); err != nil {
			t.Fatal(err)
		}
		if err := s.DelayParcel(ctx, "1", noon); err != nil {
			t.Fatal(err)
		}
		claimParcels(t, s, noon.Add(24*time.Hour))
		if found, err := s.OfParcel(ctx, "MH12345678"); err != nil || len(found) != 0 {
			t.Errorf("delivered, and still followed: %v, %v", found, err)
		}
	})
}

func TestParcelsAreClaimedOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		for i := range 5 {
			sent(t, s, fmt.Sprint(i), fmt.Sprintf("MH0000000%d", i))
		}
		var mu sync.Mutex
		seen := map[string]int{}
		var nodes sync.WaitGroup
		for range 4 {
			nodes.Go(func() {
				claimed, err := s.ClaimParcels(t.Context(), noon, noon.Add(time.Hour), 3)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, o := range claimed {
					seen[o.ID]++
				}
			})
		}
		nodes.Wait()
		for id, n := range seen {
			if n != 1 {
				t.Errorf("%s is claimed %d times", id, n)
			}
		}
		if len(seen) < 3 {
			t.Errorf("only %d are claimed", len(seen))
		}
	})
}

func TestNoParcelIsFollowedForEver(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		sent(t, s, "1", "MH12345678")
		if _, err := s.db.ExecContext(t.Context(), `UPDATE parcels SET asked = $1`, mostAsked-1); err != nil {
			t.Fatal(err)
		}
		claimParcels(t, s, noon, "1")
		claimParcels(t, s, noon.Add(24*time.Hour))
	})
}

func TestAParcelOnItsWayBackNeedsAHand(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		ctx, s := t.Context(), open(t, url)
		o := sent(t, s, "1", "MH12345678")
		if err := s.HoldParcel(ctx, o.ID, noon); err != nil {
			t.Fatal(err)
		}
		claimParcels(t, s, noon.Add(24*time.Hour))
		snags, err := s.Snags(ctx, 10)
		if err != nil || len(snags) != 1 || snags[0].Kind != staff.SnagParcel || snags[0].Order != o.Number || snags[0].Outside != "MH12345678" || snags[0].Why != "returning" || !snags[0].Since.Equal(noon) || snags[0].Again {
			t.Fatalf("%+v, %v", snags, err)
		}
		if err := s.TryAgain(ctx, snags[0].ID, noon); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("tried again: %v", err)
		}
		if err := s.Settle(ctx, snags[0].ID, "aino", noon); err != nil {
			t.Fatal(err)
		}
		if err := s.Settle(ctx, snags[0].ID, "aino", noon); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("settled twice: %v", err)
		}
		if snags, err := s.Snags(ctx, 10); err != nil || len(snags) != 0 {
			t.Errorf("settled: %+v, %v", snags, err)
		}
	})
}

func TestGivenOrdersAreFollowed(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := anOrder("1", "A")
		o.Number, o.Status, o.Tracking = "T-100001", catalog.Shipped, "MH12345678"
		if err := s.Put(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		claimParcels(t, s, noon, "1")
	})
}
