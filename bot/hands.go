package bot

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

// hands handle what is due: many conversations at once, each in the order in
// which its own was given.
type hands struct {
	handle func(Due)
	busy   errgroup.Group

	mu    sync.Mutex
	lines map[string][]Due // by conversation: what is given and not handled yet
}

// newHands returns so many hands.
func newHands(most int, handle func(Due)) *hands {
	h := &hands{handle: handle, lines: map[string][]Due{}}
	h.busy.SetLimit(most)
	return h
}

// give returns when a hand has the conversation, and waits for one when all are
// full.
func (h *hands) give(due Due) {
	h.mu.Lock()
	line, held := h.lines[due.Conversation]
	h.lines[due.Conversation] = append(line, due)
	h.mu.Unlock()
	if held {
		return
	}
	h.busy.Go(func() error {
		for next, more := due, true; more; next, more = h.after(next) {
			h.handle(next)
		}
		return nil
	})
}

// after is what comes in a conversation after what is handled now.
func (h *hands) after(done Due) (next Due, more bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	line := h.lines[done.Conversation][1:]
	if len(line) == 0 {
		delete(h.lines, done.Conversation)
		return Due{}, false
	}
	h.lines[done.Conversation] = line
	return line[0], true
}

// wait returns when all that was given is handled.
func (h *hands) wait() { _ = h.busy.Wait() }
