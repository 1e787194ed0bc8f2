package state

import (
	"fmt"
	"testing"
	"time"
)

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

// A few uses cost no trip to Redis; who uses more is counted, those few too, in
// common with the other nodes.
func sharedRates(t *testing.T, open opener) {
	now := time.Unix(1000, 0)
	at := Options{Clock: func() time.Time { return now }, Prefix: fmt.Sprint("rates-", prefixes.Add(1))}
	first, second := open(t, at), open(t, at)
	var asked trips
	first.client.AddHook(&asked)
	if _, _, err := first.Allow(t.Context(), "b", 1, time.Minute); err != nil {
		t.Fatal(err)
	}
	asked.n = 0
	const limit = 40
	let := func(s *Conversations, n int) (through int) {
		for range n {
			ok, _, err := s.Allow(t.Context(), "a", limit, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				through++
			}
		}
		return through
	}
	same(t, "let through of the first quarter", let(first, limit/ownShare), limit/ownShare)
	same(t, "trips to Redis for them", asked.n, 0)
	same(t, "let through of half the limit", let(first, limit/4), limit/4)
	same(t, "trips to Redis for the second quarter", asked.n, limit/4)
	if first.inside != nil {
		return // it has no other nodes
	}
	// Of the second node's sixty the first quarter is its own; when it is counted,
	// half the limit is used already.
	same(t, "let through by the second node", let(second, limit), limit/2)
	same(t, "let through by the first node after that", let(first, 1), 0)
}
