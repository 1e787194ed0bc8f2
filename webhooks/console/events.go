package console

import (
	"net/http"
	"time"
)

// How the stream of events goes.
const (
	eventPause = 500 * time.Millisecond // between two events, however much happens
	eventPing  = 20 * time.Second       // proxies cut a stream that is silent for longer
	eventWrite = 10 * time.Second       // how long a write may take
)

// events says "changed" whenever any conversation has changed; the page then
// fetches what it shows. It ends when the browser leaves or Run does.
func (c *Console) events(v *visit) error {
	if c.streams.Add(1) > MaxStreams {
		c.streams.Add(-1)
		return &trouble{http.StatusServiceUnavailable, "trouble.streams"}
	}
	defer c.streams.Add(-1)

	h := v.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(v.Response())
	send := func(line string) bool {
		if out.SetWriteDeadline(time.Now().Add(eventWrite)) != nil {
			return false
		}
		if _, err := v.Response().Write([]byte(line + "\n\n")); err != nil {
			return false
		}
		return out.Flush() == nil
	}
	changed := c.Conversations.Watch(v.ctx(), "")
	ping := time.NewTicker(eventPing)
	defer ping.Stop()
	for going := send("retry: 3000\n: open"); going; {
		select {
		case <-c.ending:
			return nil
		case <-v.ctx().Done():
			return nil
		case <-ping.C:
			going = send(": ping")
		case _, open := <-changed:
			if !open {
				return nil
			}
			going = send("event: changed\ndata: {}")
			select {
			case <-time.After(eventPause):
			case <-c.ending:
			case <-v.ctx().Done():
			}
		}
	}
	return nil
}
