package state

import (
	"fmt"
	"testing"
	"time"

	"tiski/bot"
)

// claimed claims all that is due for a minute and tells it in short.
func claimed(t testing.TB, s *Conversations, now time.Time) []string {
	t.Helper()
	due, err := s.Claim(t.Context(), now, time.Minute, 100)
	if err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for _, d := range due {
		what := d.Timer
		if d.Work != nil {
			what = d.Work.ID + " " + d.Work.Kind + " " + string(d.Work.Effect)
		}
		found = append(found, fmt.Sprintf("%s %s %v", d.Conversation, what, d.At.Sub(noon)))
	}
	return found
}

func timers(t *testing.T, open opener) {
	s := open(t, Options{})
	hour := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }
	turn(t, s, "web:a", "1", func(c *bot.Commit) {
		c.Timers = []bot.Timer{{Name: "dropped", At: hour(1)}, {Name: "moved", At: hour(1)}, {Name: "kept", At: hour(1)}}
	})
	turn(t, s, "web:b", "1", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "kept", At: hour(2)}} })
	turn(t, s, "web:a", "2", func(c *bot.Commit) {
		c.Drop = []string{"dropped", "never set"}
		c.Timers = []bot.Timer{{Name: "moved", At: hour(3)}}
	})
	same(t, "a moment before", claimed(t, s, hour(1).Add(-time.Millisecond)), []string{})
	same(t, "the first hour", claimed(t, s, hour(1)), []string{"web:a kept 1h0m0s"})
	same(t, "the first hour again", claimed(t, s, hour(1).Add(time.Minute-time.Millisecond)), []string{})
	same(t, "after the claim", claimed(t, s, hour(1).Add(time.Minute)), []string{"web:a kept 1h0m0s"})
	turn(t, s, "web:a", "rang", func(c *bot.Commit) { c.Done = []string{"kept"} })
	same(t, "all the rest, in order", claimed(t, s, hour(9)), []string{"web:b kept 2h0m0s", "web:a moved 3h0m0s"})
	turn(t, s, "web:a", "rang too", func(c *bot.Commit) {
		c.Done = []string{"moved"}
		c.Timers = []bot.Timer{{Name: "moved", At: hour(10)}} // and again
	})
	turn(t, s, "web:b", "rang", func(c *bot.Commit) { c.Done = []string{"kept"} })
	same(t, "set anew when it rang", claimed(t, s, hour(99)), []string{"web:a moved 10h0m0s"})
}

func timerMoved(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "web:a", "1", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "x", At: noon}} })
	same(t, "rings", claimed(t, s, noon), []string{"web:a x 0s"})
	turn(t, s, "web:a", "2", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "x", At: noon.Add(time.Hour)}} })
	turn(t, s, "web:a", "rang", func(c *bot.Commit) { c.Done = []string{"x"} })
	same(t, "rings at its new time", claimed(t, s, noon.Add(time.Hour)), []string{"web:a x 1h0m0s"})
	turn(t, s, "web:a", "3", func(c *bot.Commit) { c.Drop = []string{"x"} })
	same(t, "dropped after it rang", claimed(t, s, noon.Add(99*time.Hour)), []string{})
}

func work(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "web:a", "1", func(c *bot.Commit) {
		c.Work = []bot.Work{
			{ID: "web:a/7/0", Kind: "place_order", Effect: []byte(`{"n":1}`)},
			{ID: "web:a/7/1", Kind: "cancel_order", Effect: []byte(`{}`)},
		}
		c.Timers = []bot.Timer{{Name: "web:a/7/0", At: noon.Add(time.Hour)}} // shares a name, no more
	})
	both := []string{`web:a web:a/7/0 place_order {"n":1} 6s`, `web:a web:a/7/1 cancel_order {} 6s`}
	same(t, "while the request has it", claimed(t, s, noon.Add(workAfter-time.Millisecond)), []string{})
	same(t, "left behind", claimed(t, s, noon.Add(workAfter)), both)
	same(t, "taken", claimed(t, s, noon.Add(workAfter+time.Minute-time.Millisecond)), []string{})
	same(t, "left behind again", claimed(t, s, noon.Add(workAfter+time.Minute)), both)
	turn(t, s, "web:a", "web:a/7/0/done", func(c *bot.Commit) { c.Done = []string{"web:a/7/0"} })
	same(t, "the rest", claimed(t, s, noon.Add(time.Hour)), []string{both[1], "web:a web:a/7/0 1h0m0s"})
	turn(t, s, "web:a", "web:a/7/1/done", func(c *bot.Commit) { c.Done = []string{"web:a/7/1", "web:a/7/0"} })
	same(t, "done", claimed(t, s, noon.Add(99*time.Hour)), []string{})
	home := s.home("web:a")
	same(t, "left in Redis", s.client.Exists(t.Context(), home+"due").Val()+s.client.Exists(t.Context(), home+"work").Val()+
		s.client.Exists(t.Context(), home+"claimed").Val(), 0)
}

func portions(t *testing.T, open opener) {
	s := open(t, Options{})
	for i := range 10 {
		turn(t, s, fmt.Sprint("web:", i), "1", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "x", At: noon}, {Name: "y", At: noon}} })
	}
	seen := map[string]bool{}
	for range 7 {
		due, err := s.Claim(t.Context(), noon, time.Minute, 3)
		if err != nil || len(due) > 3 {
			t.Fatalf("%d claimed, %v", len(due), err)
		}
		for _, d := range due {
			seen[d.Conversation+d.Timer] = true
		}
	}
	same(t, "claimed in seven portions", len(seen), 20)
	if none, err := s.Claim(t.Context(), noon.Add(time.Hour), time.Minute, 0); err != nil || len(none) != 0 {
		t.Errorf("a portion of none: %v, %v", none, err)
	}
}
