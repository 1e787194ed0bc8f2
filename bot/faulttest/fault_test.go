//go:build linux

package faulttest

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var (
	faults   = flag.Bool("faults", false, "try every fault, not only a few kills of the program")
	messages = flag.Int("messages", 3000, "with -faults: how many messages customers send in all, at least")
	kills    = flag.Int("kills", 5, "with -faults: how often the program is killed; other faults happen in proportion")
)

// fault is something that happens to a shop while customers talk with it.
type fault struct {
	name     string
	nodes    int
	postgres bool // else SQLite
	disk     int  // bytes of the disk that Redis and SQLite write to; 0: that of the machine
	times    int
	prepare  func() error // before the shop opens; nil: nothing
	once     func(s *site) error
}

// row is a line of the table.
type row struct {
	fault
	verdict
	took time.Duration
}

func TestFaults(t *testing.T) {
	t.Parallel()
	all := []fault{{name: "kill -9 of the program", nodes: 1, times: 3, once: func(s *site) error { return killNode(s, time.Second) }}}
	wanted, share, patience := 50, 1.0, time.Second
	if *faults {
		wanted, patience = *messages, 45*time.Second
		all = everyFault(*kills)
		share = 1 / float64(len(all))
	}
	var mu sync.Mutex
	var rows []row
	t.Run("faults", func(t *testing.T) {
		for _, f := range all {
			t.Run(strings.ReplaceAll(f.name, " ", "_"), func(t *testing.T) {
				t.Parallel()
				start := time.Now()
				v := suffer(t, f, int(share*float64(wanted)), patience)
				mu.Lock()
				defer mu.Unlock()
				rows = append(rows, row{f, v, time.Since(start)})
			})
		}
	})
	t.Log(table(rows))
}

// everyFault are all faults, when the program is to be killed so many times.
func everyFault(kills int) []fault {
	return []fault{
		{name: "kill -9 of the program", nodes: 1, times: kills, once: kill},
		{name: "kill -9 of one of three nodes", nodes: 3, postgres: true, times: max(3, kills/2), once: kill},
		{name: "kill -9 of Redis", nodes: 2, times: max(3, kills/4), once: killRedis},
		{name: "kill -9 of PostgreSQL", nodes: 2, postgres: true, times: max(3, kills/4), once: killDatabase},
		{name: "a node stands still for 10 s", nodes: 2, times: max(1, kills/12), once: pauseNode},
		{name: "the doors are crowded", nodes: 2, times: max(1, kills/8), once: crowdDoors},
		{name: "the disk is full", nodes: 1, disk: 24 << 20, times: max(1, kills/12), once: fillDisk},
		{name: "links are cut and slow", nodes: 3, postgres: true, times: max(3, kills/4), once: cutLinks},
		{name: "a newer program, node by node", nodes: 3, postgres: true, times: 1, once: upgrade, prepare: func() error {
			_, err := newer()
			return err
		}},
	}
}

// suffer lets customers talk while a fault happens again and again, and tells
// what became of it.
func suffer(t *testing.T, f fault, wanted int, patience time.Duration) verdict {
	if f.prepare != nil {
		if err := f.prepare(); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	var fill, empty func() error
	if f.disk > 0 {
		dir, fill, empty = disk(t, f.disk)
	}
	s := openSite(t, dir, f.nodes, f.postgres)
	s.fill, s.empty = fill, empty
	c := &crowd{site: s}
	c.left.Store(int64(wanted))
	c.open.Store(true)
	done := make(chan struct{})
	go func() {
		defer close(done)
		crowd := min(max(4, wanted/40), 40)
		c.talkAll(crowd, crowd/2)
	}()
	for range f.times {
		if err := f.once(s); err != nil {
			t.Error(err)
		}
	}
	for _, n := range s.nodes {
		n.ready(t)
	}
	c.open.Store(false)
	<-done
	s.redis.ready(t)
	if s.database != nil {
		s.database.ready(t)
	}
	settled(t, s, patience)
	v := check(t, s, c.talks)
	if v.worst > f.times {
		t.Errorf("%d replies were doubled to one chat by %d faults", v.worst, f.times)
	}
	for _, c := range v.complaints[:min(20, len(v.complaints))] {
		t.Error(c)
	}
	s.grumbles()
	return v
}

// within is a moment after a node or server is ready.
func within(least, most time.Duration) { time.Sleep(least + rand.N(most-least)) }

func (s *site) any() *node { return s.nodes[rand.IntN(len(s.nodes))] }

// most is how long after it is ready a process is killed, at the latest.
const most = 3 * time.Second

func kill(s *site) error { return killNode(s, most) }

func killNode(s *site, most time.Duration) error {
	n := s.any()
	n.ready(s.t)
	within(500*time.Millisecond, most)
	n.kill()
	return nil
}

func killRedis(s *site) error {
	s.redis.ready(s.t)
	within(500*time.Millisecond, most)
	s.redis.kill()
	return nil
}

func killDatabase(s *site) error {
	s.database.ready(s.t)
	within(500*time.Millisecond, most)
	s.database.kill()
	return nil
}

func pauseNode(s *site) error {
	n := s.any()
	n.ready(s.t)
	within(500*time.Millisecond, time.Second)
	n.stopAndGo(10 * time.Second)
	return nil
}

func fillDisk(s *site) error {
	within(time.Second, 2*time.Second)
	if err := s.fill(); err != nil {
		return fmt.Errorf("fill the disk: %w", err)
	}
	time.Sleep(3 * time.Second)
	return s.empty()
}

func cutLinks(s *site) error {
	n := s.any()
	line := n.redis
	if rand.IntN(2) == 0 {
		line = n.db
	}
	line.set(true, 0)
	within(500*time.Millisecond, 2*time.Second)
	line.set(false, rand.N(50*time.Millisecond))
	within(500*time.Millisecond, 2*time.Second)
	line.set(false, 0)
	return nil
}

// upgrade stops each node and starts a newer program in its place, which writes
// states that the older ones cannot read.
func upgrade(s *site) error {
	binary, err := newer()
	if err != nil {
		return err
	}
	for _, n := range s.nodes {
		n.ready(s.t)
		within(time.Second, 3*time.Second)
		n.binary.Store(&binary)
		was := n.base.Load()
		n.signal(syscall.SIGTERM)
		eventually(s.t, "the older program's end", func() bool { return n.base.Load() != was })
	}
	return nil
}

func table(rows []row) string {
	var b strings.Builder
	b.WriteString("\n| fault | times | messages | lost | twice | out of order | replies lost | said twice | doubled sends (most to a chat) | orders | wrong | drift | s |\n|" + strings.Repeat(" --- |", 13) + "\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %.0f |\n", r.name, r.times, r.messages, r.row(), r.took.Seconds())
	}
	return b.String()
}

// row is a verdict in the columns of the table.
func (v verdict) row() string {
	return fmt.Sprintf("%d | %d | %d | %d | %d | %d (%d) | %d | %d | %d", v.lost, v.twice, v.misordered+v.jumbled, v.silent, v.repeated,
		v.doubled, v.worst, v.orders, v.wrong+v.carts, v.drift)
}
