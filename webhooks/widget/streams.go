package widget

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Limits of streams.
const (
	maxStreams     = 12_000          // of this process
	maxOwnStreams  = 6               // of one conversation
	maxHostStreams = 600             // of one address, which many customers of one network may share
	leaveTime      = 2 * time.Second // for all of them, when the program stops
)

// streams are the open streams of this process.
type streams struct {
	open sync.WaitGroup
	mu   sync.Mutex
	all  int
	own  map[string][]*stream // by conversation
	host map[string]int       // how many, by address, of those that are known
	stop bool                 // they have been sent away
}

// enter adds one more, unless that is one too many.
func (s *streams) enter(one *stream) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= maxStreams || len(s.own[one.conversation]) >= maxOwnStreams || one.address != "" && s.host[one.address] >= maxHostStreams {
		return false
	}
	if s.own == nil {
		s.own, s.host = map[string][]*stream{}, map[string]int{}
	}
	s.all++
	s.own[one.conversation] = append(s.own[one.conversation], one)
	s.host[one.address]++
	s.open.Add(1)
	return true
}

func (s *streams) leave(one *stream) {
	defer s.open.Done()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	rest := slices.DeleteFunc(s.own[one.conversation], func(o *stream) bool { return o == one })
	if s.own[one.conversation] = rest; len(rest) == 0 {
		delete(s.own, one.conversation)
	}
	if s.host[one.address]--; s.host[one.address] == 0 {
		delete(s.host, one.address)
	}
}

// dropGone ends the streams of a conversation whose readers have gone since they were
// looked at last, and tells whether there were any.
func (s *streams) dropGone(conversation string) (any bool) {
	s.mu.Lock()
	own := slices.Clone(s.own[conversation])
	s.mu.Unlock()
	for _, one := range own {
		if one.begun() && one.conn.gone() {
			one.end()
			any = true
		}
	}
	return any
}

func (s *streams) stopped() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stop
}

func (s *streams) sendAway() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop = true
	for _, own := range s.own {
		for _, one := range own {
			go one.part()
		}
	}
}

// Run sends the streams away when ctx ends, and waits for them, but not for readers
// who do not read.
func (d *Door) Run(ctx context.Context) error {
	<-ctx.Done()
	d.streams.sendAway()
	left := make(chan struct{})
	go func() {
		d.streams.open.Wait()
		close(left)
	}()
	select {
	case <-left:
	case <-time.After(leaveTime):
	}
	return nil
}
