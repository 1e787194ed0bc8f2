package dialogue_test

import (
	"testing"
	"time"

	"tiski/bot/dialogue"
)

// TestWishComesTrue: the customer hears once of what is back in stock, and
// nothing of what was wished for too long ago.
func TestWishComesTrue(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	const sku = "K-PYRY-KOIRA-50-TSIN"
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		pieces             int
		until              time.Time
		says, timers, left int
	}{
		"still out": {0, now.Add(time.Hour), 0, 1, 1},
		"back":      {3, now.Add(time.Hour), 1, 0, 0},
		"too late":  {3, now.Add(-time.Hour), 0, 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := shelves[0].world(now, 1, map[string]int{sku: test.pieces})
			s := dialogue.State{Lang: "fi", Greeted: true, Wishes: []dialogue.Wish{{SKU: sku, Until: test.until}}}
			s, effects := dialogue.Step(s, dialogue.Rang{Timer: "wishes"}, w)
			says, timers := 0, 0
			for _, e := range effects {
				switch e.(type) {
				case dialogue.Say:
					says++
				case dialogue.SetTimer:
					timers++
				}
			}
			if says != test.says || timers != test.timers || len(s.Wishes) != test.left {
				t.Errorf("%d said, %d timers, %d wishes left", says, timers, len(s.Wishes))
			}
		})
	}
}
