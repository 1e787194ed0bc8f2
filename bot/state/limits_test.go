package state

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tiski/bot"
)

func limits(t *testing.T, open opener) {
	s := open(t, Options{})
	long := strings.Repeat("x", MaxID)
	many := func(n int) (ms []string) {
		for i := range n {
			ms = append(ms, fmt.Sprint(i))
		}
		return ms
	}
	for what, over := range map[string]func(c *bot.Commit, beyond int){
		"state": func(c *bot.Commit, beyond int) { c.State = make([]byte, MaxState+beyond) },
		"messages": func(c *bot.Commit, beyond int) {
			for range MaxMessages + beyond {
				say(c, "bot", "x")
			}
		},
		"message": func(c *bot.Commit, beyond int) {
			say(c, "bot", "")
			line, _ := lineOf(bot.Message{From: "bot"})
			c.Log[0].Text = strings.Repeat("x", MaxMessage-len(line)+beyond)
		},
		"desk": func(c *bot.Commit, beyond int) {
			c.Desk.Name = strings.Repeat("x", MaxDesk-len(`{"name":"","last":"0001-01-01T00:00:00Z"}`)+beyond)
		},
		"work": func(c *bot.Commit, beyond int) {
			for _, id := range many(MaxWork + beyond) {
				c.Work = append(c.Work, bot.Work{ID: id, Effect: []byte("0")})
			}
		},
		"effect": func(c *bot.Commit, beyond int) {
			c.Work = []bot.Work{{ID: "1", Effect: []byte(strings.Repeat("1", MaxEffect+beyond))}}
		},
		"timers": func(c *bot.Commit, beyond int) {
			for _, name := range many(MaxWork + beyond) {
				c.Timers = append(c.Timers, bot.Timer{Name: name, At: noon})
			}
		},
		"drop": func(c *bot.Commit, beyond int) { c.Drop = many(MaxWork + beyond) },
		"done": func(c *bot.Commit, beyond int) { c.Done = many(MaxWork + beyond) },
		"timer id": func(c *bot.Commit, beyond int) {
			c.Timers = []bot.Timer{{Name: long[beyond:] + strings.Repeat("xx", beyond)}}
		},
		"work id": func(c *bot.Commit, beyond int) {
			c.Work = []bot.Work{{ID: long + strings.Repeat("x", beyond), Effect: []byte("0")}}
		},
		"input":    func(c *bot.Commit, beyond int) { c.Input = long + strings.Repeat("x", beyond) },
		"line end": func(c *bot.Commit, beyond int) { c.Drop = []string{"a" + strings.Repeat("\n", beyond)} },
		"number":   func(c *bot.Commit, beyond int) { say(c, "bot", "x"); c.Log[0].Seq += int64(beyond) },
		"queue":    func(c *bot.Commit, beyond int) { tell(c, "bot", "x"); c.Outbox[0].Seq += int64(beyond) },
		"channel":  func(c *bot.Commit, beyond int) { c.Channel = strings.Repeat("x", 1-beyond) },
	} {
		for beyond := range 2 {
			conversation := fmt.Sprintf("web:%s-%d", what, beyond)
			c := begin(t, s, conversation, "1")
			over(&c, beyond)
			err := s.Commit(t.Context(), c)
			if beyond == 0 && err != nil {
				t.Errorf("%s at the limit: %v", what, err)
			}
			if beyond == 1 && !errors.Is(err, bot.ErrUnfit) {
				t.Errorf("%s just over the limit: %v", what, err)
			}
			if known := loaded(t, s, conversation, "2").State != nil; known != (err == nil) {
				t.Errorf("%s: known %v after %v", what, known, err)
			}
		}
	}
	for _, id := range []string{"", long + "x", "web:a\nb"} {
		if _, err := s.Load(t.Context(), id, "1"); !errors.Is(err, bot.ErrUnfit) {
			t.Errorf("load conversation %q: %v", id, err)
		}
		if _, err := s.Load(t.Context(), "web:a", id); !errors.Is(err, bot.ErrUnfit) {
			t.Errorf("load input %q: %v", id, err)
		}
	}
}
