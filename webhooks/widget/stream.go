package widget

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// Times of streams.
const (
	pingTime  = 20 * time.Second
	writeTime = 10 * time.Second // for one write; then the reader is gone
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
	s := &stream{door: d, conversation: c.Get(conversationKey).(string), address: addressKey(c.RealIP()), after: after}
	if !d.streams.enter(s) && !(d.streams.dropGone(s.conversation) && d.streams.enter(s)) {
		return later(c, http.StatusTooManyRequests, pingTime, "too many streams are open")
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set(echo.HeaderCacheControl, "no-cache, no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	own, err := takeOver(c)
	if err != nil {
		d.streams.leave(s)
		if c.Response().Committed {
			return nil // the reader has gone
		}
		return fmt.Errorf("open a stream: %w", err)
	}
	s.begin(own)
	return nil
}

// stream is what one reader is told of a conversation, over a connection of its own. It
// has no goroutine but while something is told: ten thousand of them would take more
// than all the rest of a stream.
type stream struct {
	door         *Door
	conversation string
	address      string    // of the reader, as addressKey has it
	after        int64     // number of the last message told
	heard        time.Time // when staff last said something, or were told to write
	wrote        time.Time // when anything was written last

	mu      sync.Mutex
	conn    ownConn // empty before the stream has begun
	unwatch func()
	news    bool // since the last look
	telling bool // somebody does, or the stream has ended
	ended   bool
}

// begin tells over the connection until the reader goes or the program stops.
func (s *stream) begin(conn ownConn) {
	unwatch := s.door.Talks.Notify(s.conversation, s.wake)
	s.mu.Lock()
	s.conn, s.unwatch = conn, unwatch
	s.mu.Unlock()
	s.wake()
	if s.door.streams.stopped() {
		s.part()
	}
}

// wake has told what is new, unless somebody is about it.
func (s *stream) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.news = true; s.telling || s.conn.Conn == nil {
		return
	}
	s.telling = true
	go func() {
		for s.hasNews() {
			if !s.tellOrEnd(context.Background()) {
				s.end()
				return
			}
		}
	}()
}

func (s *stream) hasNews() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.telling, s.news = s.news && !s.ended, false
	return s.telling
}

// part tells the reader when to come back, as the program stops, and ends the stream:
// all would come at once otherwise, to the next node.
func (s *stream) part() {
	if s.begun() { // otherwise begin finds that the program stops
		s.conn.write(fmt.Sprintf("retry: %d\n\n", 500+rand.IntN(2500)))
		s.end()
	}
}

func (s *stream) begun() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conn.Conn != nil
}

// end ends a stream that has begun.
func (s *stream) end() {
	s.mu.Lock()
	ended := s.ended
	s.ended = true
	s.mu.Unlock()
	if !ended {
		s.unwatch()
		s.conn.Close()
		s.door.streams.leave(s)
	}
}

// tellOrEnd tells; a panic ends this stream and nothing else.
func (s *stream) tellOrEnd(ctx context.Context) (goesOn bool) {
	defer func() {
		if cause := recover(); cause != nil {
			s.door.Trace.Error("a stream failed", "conversation", s.conversation, "err", fmt.Errorf("panic: %T\n%s", cause, debug.Stack()))
		}
	}()
	return s.tell(ctx)
}

// tell writes what has been said since the last time, or that the stream is still
// there; false ends it.
func (s *stream) tell(ctx context.Context) bool {
	if s.wrote.IsZero() && s.write(padding) != nil {
		return false
	}
	said, err := s.door.Talks.Messages(ctx, s.conversation, s.after)
	if err != nil {
		if ctx.Err() == nil {
			s.door.Trace.Warn("a stream broke off", "conversation", s.conversation, "err", err)
		}
		return false
	}
	for _, m := range said {
		line, err := json.Marshal(s.door.message(s.conversation, m))
		if err != nil {
			s.door.Trace.Error("a message cannot be written", "conversation", s.conversation, "seq", m.Seq, "err", err)
			return false
		}
		if s.write(fmt.Sprintf("id: %d\ndata: %s\n\n", m.Seq, line)) != nil {
			return false
		}
		s.after = m.Seq
		if m.From == dialogue.ByStaff {
			s.heard = m.At
		}
	}
	return s.tellWriting(ctx)
}

// tellWriting writes who of the staff has begun to write.
func (s *stream) tellWriting(ctx context.Context) bool {
	writing, err := s.door.Writers.Present(ctx, bot.Typing, s.conversation)
	if err != nil {
		return false // the reader asks again
	}
	for _, w := range writing {
		if w.Staff == "" || !w.At.After(s.heard) {
			continue
		}
		s.heard = w.At
		line, err := json.Marshal(typing{Name: w.Name})
		if err != nil {
			s.door.Trace.Error("who writes cannot be told", "conversation", s.conversation, "err", err)
			return false
		}
		if s.write(fmt.Sprintf("event: typing\ndata: %s\n\n", line)) != nil {
			return false
		}
	}
	if time.Since(s.wrote) < pingTime {
		return !s.conn.gone()
	}
	return s.write(":\n\n") == nil
}

func (s *stream) write(text string) error {
	s.wrote = time.Now()
	return s.conn.write(text)
}

// typing tells that a member of staff writes. Its number is before that of every
// message, so that nobody takes it for one.
type typing struct {
	Seq  int64  `json:"seq"`
	Name string `json:"typing"`
}
