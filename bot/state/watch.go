package state

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// lookAgain is how often a watcher is woken without news, should one get lost:
// they are woken in so many parts, so that not all read at once.
const (
	lookAgain = 5 * time.Second
	parts     = 10
)

// hub passes the news of Redis on to those who watch in this process. It
// listens only while somebody does.
type hub struct {
	mu       sync.Mutex
	watchers map[string]map[*watcher]int // by conversation, "" hears of all; in which of the parts each is woken
	joined   int                         // watchers so far
	stop     context.CancelFunc          // ends the listening; nil when nobody watches
}

type watcher struct{ wake func() }

// news names the channel on which a conversation's changes are published.
func (s *Conversations) news(conversation string) string { return s.home(conversation) + "news" }

// Watch wakes its reader soon after each change, and every five seconds anyway:
// read the log with the last number seen after each signal, and before the first.
func (s *Conversations) Watch(ctx context.Context, conversation string) <-chan struct{} {
	news := make(chan struct{}, 1)
	stop := s.Notify(conversation, func() {
		select {
		case news <- struct{}{}:
		default: // a signal that is not read yet stands for this one too
		}
	})
	context.AfterFunc(ctx, func() {
		stop()
		close(news)
	})
	return news
}

// Notify is Watch for many who watch and have no goroutine to wait in: it calls
// wake, which must return at once, until stop has returned.
func (s *Conversations) Notify(conversation string, wake func()) (stop func()) {
	w := &watcher{wake}
	s.hub.join(conversation, w, s.listen)
	return func() { s.hub.leave(conversation, w) }
}

func (h *hub) join(conversation string, w *watcher, listen func(context.Context)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watchers == nil {
		h.watchers = map[string]map[*watcher]int{}
	}
	if h.watchers[conversation] == nil {
		h.watchers[conversation] = map[*watcher]int{}
	}
	h.watchers[conversation][w] = h.joined % parts
	h.joined++
	if h.stop == nil {
		var ctx context.Context
		ctx, h.stop = context.WithCancel(context.Background())
		go listen(ctx)
		go h.beat(ctx)
	}
}

func (h *hub) leave(conversation string, w *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watchers[conversation], w)
	if len(h.watchers[conversation]) == 0 {
		delete(h.watchers, conversation)
	}
	if len(h.watchers) == 0 && h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

// beat wakes one part of the watchers after the other until ctx ends.
func (h *hub) beat(ctx context.Context) {
	again := time.NewTicker(lookAgain / parts)
	defer again.Stop()
	for part := 0; ; part = (part + 1) % parts {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
		h.mu.Lock()
		for _, watchers := range h.watchers {
			for w, its := range watchers {
				if its == part {
					w.wake()
				}
			}
		}
		h.mu.Unlock()
	}
}

// close ends the listening; nobody is woken any more.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stop != nil {
		h.stop()
	}
}

func (h *hub) changed(conversation string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.watchers[conversation] {
		w.wake()
	}
	for w := range h.watchers[""] {
		w.wake()
	}
}

func (h *hub) changedAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, watchers := range h.watchers {
		for w := range watchers {
			w.wake()
		}
	}
}

// listen passes news on until ctx ends. The client connects again by itself;
// what was published meanwhile is unknown, so everybody looks then.
func (s *Conversations) listen(ctx context.Context) {
	channels := make([]string, s.partitions)
	for i := range channels {
		channels[i] = s.base(i) + "news"
	}
	subscription := s.client.Subscribe(ctx, channels...)
	defer subscription.Close()
	heard := subscription.ChannelWithSubscriptions()
	for {
		select {
		case <-ctx.Done():
			return
		case m, open := <-heard:
			if !open {
				return
			}
			switch m := m.(type) {
			case *redis.Message:
				s.hub.changed(m.Payload)
			case *redis.Subscription:
				s.hub.changedAll()
			}
		}
	}
}
