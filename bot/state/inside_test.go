package state

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
)

func TestInsideForgetsTheIdlest(t *testing.T) {
	t.Parallel()
	s := opening("")(t, Options{Partitions: maxPartitions}) // so a partition has room for one
	first := "telegram:0"
	second := ""
	for i := 1; second == ""; i++ {
		if c := fmt.Sprint("telegram:", i); s.partition(c) == s.partition(first) {
			second = c
		}
	}
	speak := func(conversation string, at time.Time) {
		turn(t, s, conversation, at.String(), func(c *bot.Commit) {
			c.At = at
			c.Desk.Waiting = at
			tell(c, "bot", "moi")
		})
	}
	speak(first, noon)
	sent(t, s, next(t, s, noon), noon)
	speak(first, noon.Add(time.Second))
	if loaded(t, s, first, "-").State == nil {
		t.Fatal("forgotten while there is room")
	}
	speak(second, noon.Add(time.Minute))
	if loaded(t, s, first, "-").State != nil || loaded(t, s, second, "-").State == nil {
		t.Error("the one that was idle longest is not the one forgotten")
	}
	same(t, "still to send", drain(t, s), []string{"moi"})
	list, err := s.Desks(t.Context(), 9)
	if err != nil || len(list) != 1 {
		t.Errorf("desks: %v, %v", list, err)
	}
	same(t, "to archive", changed(t, s), []string{second})
	for _, key := range s.inside.server.Keys() {
		for _, kind := range []string{"talk:", "log:", "out:", "claim:"} {
			if key == s.home(first)+kind+first {
				t.Errorf("%s is left", key)
			}
		}
	}
	// It may come back as a new one.
	speak(first, noon.Add(time.Hour))
}

func TestInsideForgetsInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, err := Open(t.Context(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		turn(t, s, "web:a", "1", nil)
		time.Sleep(life - time.Second)
		if loaded(t, s, "web:a", "1").State == nil {
			t.Error("forgotten too early")
		}
		time.Sleep(2 * time.Second)
		if loaded(t, s, "web:a", "1").State != nil {
			t.Error("remembered too long")
		}
	})
}

func TestWatchLooksAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, err := Open(t.Context(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		same(t, "partitions", s.partitions, 1)
		watcher := s.Watch(t.Context(), "web:a")
		synctest.Wait()
		<-watcher
		select {
		case <-watcher:
			t.Fatal("a signal without news")
		default:
		}
		for i := range 3 {
			began := time.Now()
			<-watcher
			// The first time comes with its part of the watchers.
			if waited := time.Since(began); waited > lookAgain || i > 0 && waited != lookAgain {
				t.Errorf("looked again after %v", waited)
			}
		}
	})
}
