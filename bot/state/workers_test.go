package state

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"tiski/bot"
)

// workers let conversations go on, each turn at another of two nodes and again
// until it is committed, while something happens to Redis. Turn n of a
// conversation says "n".
type workers struct {
	t     testing.TB
	nodes []*Conversations

	mu    sync.Mutex
	acked map[string][]time.Time // of turns 1, 2, 3 …
	stop  chan struct{}
	done  sync.WaitGroup
}

const busy = 24 // conversations

func startWorkers(t testing.TB, open opener) *workers {
	t.Helper()
	o := Options{Prefix: fmt.Sprint("test-", prefixes.Add(1)), Partitions: 6, Clock: time.Now}
	w := &workers{t: t, nodes: []*Conversations{open(t, o), open(t, o)}, acked: map[string][]time.Time{}, stop: make(chan struct{})}
	for i := range busy {
		w.done.Go(func() { w.talk(fmt.Sprint("telegram:", i)) })
	}
	t.Cleanup(w.end)
	return w
}

func (w *workers) end() {
	w.mu.Lock()
	select {
	case <-w.stop:
	default:
		close(w.stop)
	}
	w.mu.Unlock()
	w.done.Wait()
}

func (w *workers) talk(conversation string) {
	for n := 1; ; n++ {
		for try := 0; !w.turn(w.nodes[(n+try)%2], conversation, n); try++ {
			select {
			case <-w.stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
		w.mu.Lock()
		w.acked[conversation] = append(w.acked[conversation], time.Now())
		w.mu.Unlock()
		select {
		case <-w.stop:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// turn commits turn n as bot does, and says whether it is committed now.
func (w *workers) turn(s *Conversations, conversation string, n int) bool {
	input := strconv.Itoa(n)
	ctx := w.t.Context()
	at, err := s.Load(ctx, conversation, input)
	if err != nil || at.Seen {
		return err == nil
	}
	c := bot.Commit{
		Conversation: conversation, Channel: "telegram", Input: input, At: time.Now(),
		Version: at.Version, Seq: at.Seq, New: at.State == nil, State: []byte(input), Unsay: n%3 == 0,
	}
	if n%4 == 0 {
		c.Timers = []bot.Timer{{Name: "soon", At: time.Now().Add(time.Hour)}}
	}
	tell(&c, "system", input)
	return s.Commit(ctx, c) == nil
}

// more waits until every conversation has had so many turns more.
func (w *workers) more(turns int) {
	w.t.Helper()
	w.mu.Lock()
	goal := map[string]int{}
	for i := range busy {
		name := fmt.Sprint("telegram:", i)
		goal[name] = len(w.acked[name]) + turns
	}
	w.mu.Unlock()
	for end := time.Now().Add(100 * time.Second); ; {
		w.mu.Lock()
		left := 0
		for name, n := range goal {
			left += max(0, n-len(w.acked[name]))
		}
		w.mu.Unlock()
		if left == 0 {
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("%d turns are not committed in time", left)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// check ends the work and reads the logs: turns that were committed before since
// are there, in order, and none is there twice.
func (w *workers) check(since time.Time) {
	w.t.Helper()
	w.end()
	lost := 0
	for conversation, acked := range w.acked {
		s := w.nodes[0]
		log, err := s.client.LRange(w.t.Context(), s.home(conversation)+"log:"+conversation, 0, -1).Result()
		if err != nil {
			w.t.Fatal(err)
		}
		said, err := messages([]any{int64(len(log)), anys(log)})
		if err != nil {
			w.t.Fatal(err)
		}
		next := 1
		for i, m := range said {
			n, err := strconv.Atoi(m.Text)
			if err != nil || n < next && i > 0 {
				w.t.Fatalf("%s: %q follows %d", conversation, m.Text, next-1)
			}
			if i == 0 && len(said) >= MaxLog {
				next = n
			}
			for ; next < n; next++ {
				if lost++; acked[next-1].Before(since) {
					w.t.Errorf("%s: turn %d was committed and is lost", conversation, next)
				}
			}
			next++
		}
		if next <= len(acked) {
			w.t.Errorf("%s: turns from %d to %d are lost", conversation, next, len(acked))
		}
	}
	w.t.Logf("%d turns, of which %d are lost", w.turns(), lost)
}

func (w *workers) turns() (n int) {
	for _, acked := range w.acked {
		n += len(acked)
	}
	return n
}

func anys(texts []string) (all []any) {
	for _, t := range texts {
		all = append(all, t)
	}
	return all
}
