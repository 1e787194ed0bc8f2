package state

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// MaxInside is about how many conversations the Redis inside the process
// keeps, some 50 KB each: 200 MB. Those idle longest are forgotten first.
const MaxInside = 4000

// inside is a Redis in this process, reached through memory: it opens no port.
type inside struct {
	server *miniredis.Miniredis

	mu     sync.Mutex
	ticked time.Time
}

func startInside() *inside {
	return &inside{server: miniredis.NewMiniRedis(), ticked: time.Now()}
}

func (in *inside) client() redis.UniversalClient {
	return redis.NewClient(&redis.Options{
		Dialer:                   in.dial,
		ContextTimeoutEnabled:    true,
		DisableIdentity:          true,
		MaintNotificationsConfig: quiet,
	})
}

func (in *inside) dial(context.Context, string, string) (net.Conn, error) {
	c, err := in.server.Dial()
	if err != nil {
		return nil, err
	}
	p := &pipe{Conn: c, written: make(chan []byte, 1024), closed: make(chan struct{})}
	go p.pass()
	return p, nil
}

// pipe is a connection whose Write does not wait for the reader. The server
// answers each command before it reads the next, so that a client which first
// writes many of them and then reads would wait for ever.
type pipe struct {
	net.Conn
	written chan []byte
	closed  chan struct{}
	once    sync.Once
}

func (p *pipe) Write(b []byte) (int, error) {
	select {
	case <-p.closed:
		return 0, net.ErrClosed
	case p.written <- bytes.Clone(b):
		return len(b), nil
	}
}

func (p *pipe) Close() error {
	p.once.Do(func() { close(p.closed) })
	return p.Conn.Close()
}

func (p *pipe) pass() {
	for {
		select {
		case <-p.closed:
			return
		case b := <-p.written:
			if _, err := p.Conn.Write(b); err != nil {
				p.Close()
				return
			}
		}
	}
}

// tick lets keys age, at most once a second: the server's own ClockTTL walks
// through all keys at every command, dozens of times in one script.
func (in *inside) tick() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if passed := time.Since(in.ticked); passed >= time.Second {
		in.server.FastForward(passed)
		in.ticked = in.ticked.Add(passed)
	}
}

var forget = script("forget")

// makeRoom forgets conversations of a partition that has more than its share.
func (s *Conversations) makeRoom(ctx context.Context, partition int) error {
	base := s.base(partition)
	keys := []string{base + "desks", base + "waiting", base + "changed"}
	forgotten, err := s.run(ctx, forget, keys, base, max(MaxInside/s.partitions, 1)).Int()
	if err != nil {
		return fmt.Errorf("forget idle conversations: %w", err)
	}
	if forgotten > 0 {
		s.log.WarnContext(ctx, "conversations forgotten for want of memory; a Redis outside the process keeps them", "count", forgotten)
	}
	return nil
}
