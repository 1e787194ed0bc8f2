package dialogue_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/intents"
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

// TestWishesAreKeptOrRefused: what the customer is promised to hear of is remembered;
// beyond the limit none of it is, and that is said.
func TestWishesAreKeptOrRefused(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	p, _ := shelves[0].shop.Variant("K-PYRY-KOIRA-50-TSIN")
	none := map[string]int{}
	for _, v := range p.Variants {
		none[v.SKU] = 0
	}
	if len(none) < 2 {
		t.Fatal("the demo shop has changed")
	}
	room := dialogue.MaxWishes - len(none)
	for had, kept := range map[int]bool{room: true, room + 1: false} {
		s := dialogue.State{Lang: "fi", Greeted: true, Focus: p.ID}
		for i := range had {
			s.Wishes = append(s.Wishes, dialogue.Wish{SKU: strconv.Itoa(i), Until: now.AddDate(0, 0, 9)})
		}
		w := shelves[0].world(now, 1, none)
		w.Reading = intents.Reading{Text: "ilmoita kun tulee", Lang: "fi"}
		next, effects := dialogue.Step(s, dialogue.Said{Text: w.Reading.Text}, w)
		full := slices.ContainsFunc(effects, func(e dialogue.Effect) bool {
			say, ok := e.(dialogue.Say)
			return ok && say.Parts[0].Key == "wish.full"
		})
		want := had
		if kept {
			want = dialogue.MaxWishes
		}
		if len(next.Wishes) != want || full == kept {
			t.Errorf("%d wishes before: %d after, refused: %v", had, len(next.Wishes), full)
		}
	}
}
