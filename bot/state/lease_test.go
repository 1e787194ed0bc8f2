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
	for end := time.Now().Add(5 * time.Second); !lease("a", time.Hour); {
		if time.Now().After(end) {
			t.Fatal("a lease outlives its time")
		}
	}
	release("a")
	release("a")
}

func rates(t *testing.T, open opener) {
	now := noon.Truncate(time.Minute).Add(40 * time.Second)
	s := open(t, Options{Clock: func() time.Time { return now }})
	use := func(key string) (bool, time.Duration) {
		t.Helper()
		ok, wait, err := s.Allow(t.Context(), key, 3, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return ok, wait
	}
	for i := range 3 {
		if ok, _ := use("a"); !ok {
			t.Fatalf("use %d of 3 is refused", i+1)
		}
	}
	ok, wait := use("a")
	same(t, "a fourth use", ok, false)
	same(t, "wait", wait, 20*time.Second)
	ok, _ = use("b")
	same(t, "another's first use", ok, true)
	now = now.Add(wait)
	ok, _ = use("a")
	same(t, "after the wait", ok, true)
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
