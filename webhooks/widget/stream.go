package widget

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot/dialogue"
)

// Limits of streams.
const (
	maxStreams    = 5000 // of this process
	maxOwnStreams = 6    // of one conversation
	pingTime      = 20 * time.Second
	writeTime     = 10 * time.Second // for one write; then the reader is gone
)

// padding follows the first line of a stream, so that proxies which collect
// the first 2 KiB let it through at once.
var padding = ":ok\n:" + strings.Repeat(" ", 2048) + "\n\n"

// stream sends what is said, as server-sent events: first what was missed,
// then each message as it comes, and that staff write. Last-Event-ID goes before ?after=.
func (d *Door) stream(c echo.Context) error {
	after, err := number(cmp.Or(c.Request().Header.Get("Last-Event-ID"), c.QueryParam("after")))
	if err != nil {
		return err
	}
	conversation := c.Get(conversationKey).(string)
	leave, ok := d.streams.enter(conversation)
	if !ok {
		return later(c, http.StatusTooManyRequests, pingTime, "too many streams are open")
	}
	defer leave()

	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set(echo.HeaderCacheControl, "no-cache, no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	out := events{http.NewResponseController(c.Response().Writer), c.Response()}
	// A stream outlives the time that the server gives to reading a request.
	if err := out.SetReadDeadline(time.Time{}); err != nil {
		return fmt.Errorf("open a stream: %w", err)
	}
	if out.write(padding) != nil {
		return nil
	}

	ctx := c.Request().Context()
	changed := d.Talks.Watch(ctx, conversation)
	ping := time.NewTicker(pingTime)
	defer ping.Stop()
	var heard time.Time // when staff last said something, or were told to write
	for {
		said, err := d.Talks.Messages(ctx, conversation, after)
		if err != nil {
			if ctx.Err() == nil {
				d.Trace.Warn("a stream broke off", "conversation", conversation, "err", err)
			}
			return nil
		}
		for _, m := range said {
			line, err := json.Marshal(d.message(conversation, m))
			if err != nil {
				return fmt.Errorf("write message %d of %s: %w", m.Seq, conversation, err)
			}
			if out.write(fmt.Sprintf("id: %d\ndata: %s\n\n", m.Seq, line)) != nil {
				return nil
			}
			after = m.Seq
			if m.From == dialogue.ByStaff {
				heard = m.At
			}
		}
		writing, err := d.Writers.Typing(ctx, conversation)
		if err != nil {
			return nil // the reader asks again
		}
		for _, w := range writing {
			if w.Staff == "" || !w.At.After(heard) {
				continue
			}
			heard = w.At
			line, err := json.Marshal(typing{Name: w.Name})
			if err != nil {
				return fmt.Errorf("write who writes in %s: %w", conversation, err)
			}
			if out.write(fmt.Sprintf("event: typing\ndata: %s\n\n", line)) != nil {
				return nil
			}
		}
		select {
		case <-changed:
		case <-ping.C:
			if out.write(":\n\n") != nil {
				return nil
			}
		case <-d.Stop:
			// All readers come back at once otherwise, to the next node.
			out.write(fmt.Sprintf("retry: %d\n\n", 500+rand.IntN(2500)))
			return nil
		case <-ctx.Done():
			return nil
		}
	}
}

// typing tells that a member of staff writes. Its number is before that of every
// message, so that nobody takes it for one.
type typing struct {
	Seq  int64  `json:"seq"`
	Name string `json:"typing"`
}

// events is the way of a stream to its reader.
type events struct {
	*http.ResponseController
	to *echo.Response
}

// write sends text at once. An error means that the reader is gone.
func (e events) write(text string) error {
	if err := e.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	if _, err := e.to.Write([]byte(text)); err != nil {
		return err
	}
	return e.Flush()
}

// streams counts the open streams of this process.
type streams struct {
	mu  sync.Mutex
	all int
	own map[string]int // by conversation
}

// enter counts one more, unless that is one too many.
func (s *streams) enter(conversation string) (leave func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= maxStreams || s.own[conversation] >= maxOwnStreams {
		return nil, false
	}
	if s.own == nil {
		s.own = map[string]int{}
	}
	s.all++
	s.own[conversation]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.own[conversation]--; s.own[conversation] == 0 {
			delete(s.own, conversation)
		}
	}, true
}
