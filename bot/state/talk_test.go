package state

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot"
)

func newConversation(t *testing.T, open opener) {
	s := open(t, Options{})
	same(t, "unknown", loaded(t, s, "web:a", "1"), bot.Snapshot{Version: noon.UnixMilli(), Seq: noon.UnixMilli()})

	c := turn(t, s, "web:a", "1", func(c *bot.Commit) { c.State = []byte("\x00{\"n\":1}\xff"); say(c, "bot", "Hei") })
	got := loaded(t, s, "web:a", "2")
	want := bot.Snapshot{State: c.State, Version: c.Version + 1, Seq: c.Seq + 1, Replies: []bot.Message{}}
	same(t, "known", got, want)

	turn(t, s, "web:empty", "1", func(c *bot.Commit) { c.State = nil })
	if loaded(t, s, "web:empty", "2").State == nil {
		t.Error("a conversation with an empty state counts as new")
	}
}

func conflict(t *testing.T, open opener) {
	s := open(t, Options{})
	slow, alsoNew := begin(t, s, "web:a", "slow"), begin(t, s, "web:a", "other")
	turn(t, s, "web:a", "1", nil)
	for what, c := range map[string]bot.Commit{"new, but known by now": alsoNew, "an old version": {
		Conversation: "web:a", Channel: "web", Input: "slow", Version: slow.Version, Seq: slow.Seq,
	}, "a version that never was": {
		Conversation: "web:b", Channel: "web", Input: "slow", Version: slow.Version, Seq: slow.Seq,
	}} {
		say(&c, "bot", "Ei tätä")
		c.Timers = []bot.Timer{{Name: "x", At: noon}}
		if err := s.Commit(t.Context(), c); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
	got, err := s.Messages(t.Context(), "web:a", 0)
	if err != nil || len(got) != 0 {
		t.Errorf("a refused turn left %v in the log, %v", got, err)
	}
	if due := claimed(t, s, noon); len(due) != 0 {
		t.Errorf("a refused turn left %v", due)
	}
	// Loaded again it goes through.
	turn(t, s, "web:a", "slow", nil)
}

func repeated(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "web:a", "1", func(c *bot.Commit) { say(c, "customer", "moi"); say(c, "bot", "Hei"); say(c, "system", "Ilmoitus") })
	turn(t, s, "web:a", "quiet", nil)
	turn(t, s, "web:a", "2", func(c *bot.Commit) { say(c, "customer", "kengät"); say(c, "bot", "Nämä") })

	for input, want := range map[string][]string{"1": {"Hei", "Ilmoitus"}, "2": {"Nämä"}, "quiet": {}} {
		got := loaded(t, s, "web:a", input)
		if !got.Seen || !slices.Equal(texts(got.Replies), want) {
			t.Errorf("input %s again: seen %v, replies %v, want %v", input, got.Seen, texts(got.Replies), want)
		}
	}
	if got := loaded(t, s, "web:a", "3"); got.Seen || len(got.Replies) != 0 {
		t.Errorf("an input that is new was seen: %+v", got)
	}
	if loaded(t, s, "web:b", "1").Seen {
		t.Error("an id is of one conversation, but another knows it")
	}
	if err := s.Commit(t.Context(), begin(t, s, "web:a", "1")); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("a handled input with the present version: %v", err)
	}
}

func inputsKept(t *testing.T, open opener) {
	s := open(t, Options{})
	c := begin(t, s, "web:a", "-")
	at := func(input string, when time.Time) {
		c.Input, c.At, c.Log = input, when, nil
		say(&c, "bot", input)
		if err := s.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		c.New, c.Version, c.Seq = false, c.Version+1, c.Seq+1
	}
	for i := range 2*leastInputs - 1 {
		at(fmt.Sprint("old ", i), noon)
	}
	at("a day later", noon.Add(remember))
	if !loaded(t, s, "web:a", "old 0").Seen {
		t.Error("an input was forgotten within 25 hours")
	}
	for i := range leastInputs - 1 {
		at(fmt.Sprint("later ", i), noon.Add(remember))
	}
	at("too late", noon.Add(2*remember+time.Second))
	if loaded(t, s, "web:a", "old 0").Seen || loaded(t, s, "web:a", "a day later").Seen {
		t.Error("inputs are older than 25 hours and not of the last 64, but remembered")
	}
	oldest := loaded(t, s, "web:a", "later 0")
	same(t, "replies of the 64th from the end", texts(oldest.Replies), []string{"later 0"})
}

func inputsMany(t *testing.T, open opener) {
	s := open(t, Options{})
	c := begin(t, s, "web:a", "-")
	for i := range mostInputs + 1 {
		c.Input = fmt.Sprint(i)
		if err := s.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		c.New, c.Version = false, c.Version+1
	}
	if loaded(t, s, "web:a", "0").Seen {
		t.Error("more inputs are remembered than the most")
	}
	for _, kept := range []string{"1", fmt.Sprint(mostInputs)} {
		if !loaded(t, s, "web:a", kept).Seen {
			t.Errorf("input %s is forgotten", kept)
		}
	}
}

func lifetimes(t *testing.T, open opener) {
	s := open(t, Options{Partitions: 1})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "moi") })
	next(t, s, noon)
	for _, kind := range []string{"talk:", "log:", "out:", "claim:"} {
		ttl := s.client.PTTL(t.Context(), s.home("telegram:1")+kind+"telegram:1").Val()
		if ttl <= life-time.Hour || ttl > life {
			t.Errorf("%s lives %v", kind, ttl)
		}
	}
	// A turn renews lifetimes that are a day shorter by then.
	for lives, want := range map[time.Duration]time.Duration{life - renewed/2: life - renewed/2, life - 2*renewed: life} {
		kinds := []string{"talk:", "log:"}
		for _, kind := range kinds {
			s.client.PExpire(t.Context(), s.home("telegram:1")+kind+"telegram:1", lives)
		}
		turn(t, s, "telegram:1", lives.String(), nil)
		for _, kind := range kinds {
			ttl := s.client.PTTL(t.Context(), s.home("telegram:1")+kind+"telegram:1").Val()
			if ttl <= want-time.Hour || ttl > want {
				t.Errorf("%s lived %v and lives %v after a turn", kind, lives, ttl)
			}
		}
	}
	// The lists of a partition forget what has expired.
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { c.Desk = bot.Desk{Last: noon, Waiting: noon} })
	turn(t, s, "telegram:2", "1", func(c *bot.Commit) {
		c.At = noon.Add(life + time.Millisecond)
		c.Desk.Last = c.At
	})
	for _, list := range []string{"desks", "waiting"} {
		if s.client.ZScore(t.Context(), s.base(0)+list, "telegram:1").Err() == nil {
			t.Errorf("%s still has an expired conversation", list)
		}
	}
}

func fifty(t *testing.T, open opener) {
	s := open(t, Options{})
	start := loaded(t, s, "web:a", "-").Version
	var done sync.WaitGroup
	var conflicts atomic.Int64
	for i := range 50 {
		done.Go(func() {
			for {
				input := fmt.Sprint(i)
				snapshot, err := s.Load(t.Context(), "web:a", input)
				if err != nil || snapshot.Seen {
					t.Errorf("load: seen %v, %v", snapshot.Seen, err)
					return
				}
				c := bot.Commit{
					Conversation: "web:a", Channel: "web", Input: input, At: noon,
					Version: snapshot.Version, Seq: snapshot.Seq, New: snapshot.State == nil,
					State: append(snapshot.State, byte(i)),
				}
				say(&c, "customer", input)
				err = s.Commit(t.Context(), c)
				if err == nil {
					return
				}
				if !errors.Is(err, bot.ErrConflict) {
					t.Error(err)
					return
				}
				conflicts.Add(1)
			}
		})
	}
	done.Wait()
	end := loaded(t, s, "web:a", "-")
	same(t, "version", end.Version, start+50)
	same(t, "number of the last message", end.Seq, start+50)
	log, err := s.Messages(t.Context(), "web:a", 0)
	if err != nil || len(log) != 50 {
		t.Fatalf("%d messages, %v", len(log), err)
	}
	for i, m := range log {
		if m.Seq != start+int64(i)+1 || m.Text != fmt.Sprint(end.State[i]) {
			t.Errorf("message %d is %+v, and the state's turn %d", i, m, end.State[i])
		}
	}
	t.Logf("%d conflicts", conflicts.Load())
}
