package state

import (
	"testing"
	"time"
)

func leases(t *testing.T, open opener) {
	s := open(t, Options{})
	lease := func(holder string, ttl time.Duration) bool {
		t.Helper()
		ours, err := s.Lease(t.Context(), "polling", holder, ttl)
		if err != nil {
			t.Fatal(err)
		}
		return ours
	}
	release := func(holder string) {
		t.Helper()
		if err := s.Release(t.Context(), "polling", holder); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "a takes it", lease("a", time.Hour), true)
	same(t, "b", lease("b", time.Hour), false)
	same(t, "a renews it", lease("a", time.Hour), true)
	release("b")
	same(t, "b, having released what is not its own", lease("b", time.Hour), false)
	release("a")
	same(t, "b, after a", lease("b", 100*time.Millisecond), true)
	for end := time.Now().Add(time.Minute); !lease("a", time.Hour); {
		if time.Now().After(end) {
			t.Fatal("a lease outlives its time")
		}
	}
	release("a")
	release("a")
}

func offsets(t *testing.T, open opener) {
	s := open(t, Options{})
	for _, want := range []int64{0, 1 << 60, 7} {
		if want != 0 {
			if err := s.SetOffset(t.Context(), "telegram", want); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Offset(t.Context(), "telegram")
		if err != nil || got != want {
			t.Errorf("offset %d, %v; want %d", got, err, want)
		}
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
