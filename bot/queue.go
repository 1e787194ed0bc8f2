package bot

import (
	"context"
	"errors"
	"sync"
)

// maxQueue is how many inputs of one conversation may be inside this process,
// waiting for each other.
const maxQueue = 100

// ErrCrowded means that too many inputs of a conversation wait already: the
// sender must try again.
var ErrCrowded = errors.New("too much waits in this conversation")

// queues lets the inputs of one conversation that meet inside this process
// pass one by one, in the order of their arrival.
type queues struct {
	mu    sync.Mutex
	lines map[string]*line
}

// line is the queue of one conversation.
type line struct {
	inside int
	last   chan struct{} // closed when the last in the queue has left
}

// enter waits for those who came before and returns how to leave.
func (q *queues) enter(ctx context.Context, conversation string) (func(), error) {
	mine := make(chan struct{})
	q.mu.Lock()
	if q.lines == nil {
		q.lines = map[string]*line{}
	}
	l := q.lines[conversation]
	if l == nil {
		l = &line{}
		q.lines[conversation] = l
	}
	if l.inside == maxQueue {
		q.mu.Unlock()
		return nil, ErrCrowded
	}
	before := l.last
	l.inside, l.last = l.inside+1, mine
	q.mu.Unlock()

	leave := func() {
		q.mu.Lock()
		if l.inside--; l.inside == 0 {
			delete(q.lines, conversation)
		}
		q.mu.Unlock()
		close(mine)
	}
	if before == nil {
		return leave, nil
	}
	select {
	case <-before:
		return leave, nil
	case <-ctx.Done():
		go func() { <-before; leave() }()
		return nil, ctx.Err()
	}
}
