package telegram

import (
	"context"
	"errors"
	"sync"

	"github.com/go-telegram/bot/models"

	"tiski/bot"
)

// notices are what is to be said to staff in the group, the latest of each topic.
type notices struct {
	mu    sync.Mutex
	texts map[int]string // by topic
	wake  chan struct{}  // receives when something is to be said
}

// add notes what is to be said where a message was written.
func (n *notices) add(m *models.Message, text string) {
	thread := 0
	if m.IsTopicMessage {
		thread = m.MessageThreadID
	}
	n.mu.Lock()
	n.texts[thread] = text
	n.mu.Unlock()
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// next takes something that is to be said.
func (n *notices) next() (thread int, text string, ok bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for thread, text := range n.texts {
		delete(n.texts, thread)
		return thread, text, true
	}
	return 0, "", false
}

// again puts back what could not be said, unless something newer is to be said there.
func (n *notices) again(thread int, text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, newer := n.texts[thread]; !newer {
		n.texts[thread] = text
	}
}

// sayNotices says what is to be said to staff. What Telegram refuses is given up.
func (d *Door) sayNotices(ctx context.Context) error {
	for {
		thread, text, ok := d.notices.next()
		if !ok {
			return nil
		}
		err := policy(d.put(ctx, d.Group.Chat, piece{text: text, thread: thread}))
		var fault *bot.SendError
		if errors.As(err, &fault) && (fault.Refused || fault.Gone) {
			d.Log.Warn("a notice to staff is given up", "channel", Channel, "err", err)
			continue
		}
		if err != nil {
			d.notices.again(thread, text)
			return err
		}
	}
}
