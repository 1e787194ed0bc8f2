package state

import (
	"testing"
	"time"
)

// Whoever asks in whatever portions: within any second there are never more than
// ten turns, and never fewer than can be had.
func paces(t *testing.T, open opener) {
	now := noon
	s := open(t, Options{Clock: func() time.Time { return now }})
	var turns []time.Time
	for i := range 60 {
		n := 1 + i%3
		wait, ok, err := s.Pace(t.Context(), "a", n, 10, time.Second, 2*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		at := now.Add(wait)
		if want := wait <= 2*time.Second; ok != want {
			t.Fatalf("a wait of %v: %v", wait, ok)
		}
		if !ok {
			now = now.Add(wait - 2*time.Second)
			continue
		}
		for range n {
			turns = append(turns, at)
		}
		if k := len(turns) - 11; k >= 0 && at.Sub(turns[k]) < time.Second {
			t.Fatalf("turns %d and %d are %v apart", k, k+10, at.Sub(turns[k]))
		}
		if k := len(turns) - 14; k >= 0 && at.Sub(turns[k]) > 2*time.Second {
			t.Fatalf("turns %d and %d are %v apart", k, k+13, at.Sub(turns[k]))
		}
	}
	wait, ok, err := s.Pace(t.Context(), "b", 11, 10, time.Second, 0)
	if wait != 0 || !ok || err != nil {
		t.Errorf("more than ever at once: %v %v %v", wait, ok, err)
	}
	now = now.Add(time.Minute)
	wait, ok, err = s.Pace(t.Context(), "a", 10, 10, time.Second, 0)
	if wait != 0 || !ok || err != nil {
		t.Errorf("after a silence: %v %v %v", wait, ok, err)
	}
}
