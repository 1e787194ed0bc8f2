package bot

import (
	"context"
	"sync"
)

// queues lets the inputs of one conversation that meet inside this process
// pass one by one, in the order of their arrival.
type queues struct {
	mu    sync.Mutex
	tails map[string]chan struct{} // closed when the last in the queue has left
}

// enter waits for those who came before and returns how to leave.
func (q *queues) enter(ctx context.Context, conversation string) (func(), error) {
	mine := make(chan struct{})
	q.mu.Lock()
	if q.tails == nil {
		q.tails = map[string]chan struct{}{}
	}
	before := q.tails[conversation]
	q.tails[conversation] = mine
	q.mu.Unlock()

	leave := func() {
		q.mu.Lock()
		if q.tails[conversation] == mine {
			delete(q.tails, conversation)
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
