package widget

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
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

// Limits of streams.
const (
	maxStreams     = 12_000 // of this process
	maxOwnStreams  = 6      // of one conversation
	maxHostStreams = 600    // of one address, which many customers of one network may share
	pingTime       = 20 * time.Second
	writeTime      = 10 * time.Second // for one write; then the reader is gone
	leaveTime      = 2 * time.Second  // for all streams, when the program stops
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
	leave, ok := d.streams.enter(conversation, addressKey(c.RealIP()))
	if !ok {
		return later(c, http.StatusTooManyRequests, pingTime, "too many streams are open")
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set(echo.HeaderCacheControl, "no-cache, no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	s := &stream{door: d, conversation: conversation, after: after}
	own, err := takeOver(c)
	if err == nil {
		s.out = own
		go func() {
			defer leave()
			defer own.Close()
			s.keep(own)
		}()
		return nil // the request ends here, and what the server keeps for it is let go
	}
	defer leave()
	if !errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	c.Response().WriteHeader(http.StatusOK)
	out := events{http.NewResponseController(c.Response().Writer), c.Response()}
	// A stream outlives the time that the server gives to reading a request.
	if err := out.SetReadDeadline(time.Time{}); err != nil {
		return fmt.Errorf("open a stream: %w", err)
	}
	s.out = out
	s.run(c.Request().Context())
	return nil
}

// stream is what one reader is told of a conversation.
type stream struct {
	door         *Door
	conversation string
	after        int64     // number of the last message told
	heard        time.Time // when staff last said something, or were told to write
	wrote        time.Time // when anything was written last
	out          interface {
		write(text string) error
		Close() error
	}

	mu      sync.Mutex
	news    bool // since the last look
	telling bool // somebody does, or the stream has ended
}

// keep tells over a connection of the stream's own until that ends. The one goroutine
// of the stream, of which there are ten thousand, does nothing but wait for the
// reader to go, so that its stack stays small; what is told is told in others.
func (s *stream) keep(own ownConn) {
	defer s.door.streams.drop(s)
	if !s.door.streams.keep(s, s.door.Stop) {
		s.part()
		return
	}
	stop := s.door.Talks.Notify(s.conversation, s.wake)
	defer stop()
	s.wake()
	own.awaitEnd()
}

// wake has told what is new, unless somebody is about it.
func (s *stream) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.news = true; s.telling {
		return
	}
	s.telling = true
	go func() {
		for s.hasNews() {
			if !s.tellOrEnd(context.Background()) {
				s.out.Close()
				return
			}
		}
	}()
}

func (s *stream) hasNews() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.telling, s.news = s.news, false
	return s.telling
}

// run tells over a connection that others share, until the reader is gone, ctx ends or
// the program stops.
func (s *stream) run(ctx context.Context) {
	ctx, end := context.WithCancel(ctx)
	defer end()
	changed := s.door.Talks.Watch(ctx, s.conversation)
	for s.tellOrEnd(ctx) {
		select {
		case <-changed:
		case <-s.door.Stop:
			s.part()
			return
		case <-ctx.Done():
			return
		}
	}
}

// part tells the reader when to come back, as the program stops: all would come at
// once otherwise, to the next node.
func (s *stream) part() {
	s.out.write(fmt.Sprintf("retry: %d\n\n", 500+rand.IntN(2500)))
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
	return time.Since(s.wrote) < pingTime || s.write(":\n\n") == nil
}

func (s *stream) write(text string) error {
	s.wrote = time.Now()
	return s.out.write(text)
}

// typing tells that a member of staff writes. Its number is before that of every
// message, so that nobody takes it for one.
type typing struct {
	Seq  int64  `json:"seq"`
	Name string `json:"typing"`
}

// events is the way to a reader over a connection that others share, which goes on.
type events struct {
	*http.ResponseController
	to *echo.Response
}

func (events) Close() error { return nil }

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

// Run waits, after ctx has ended, for the streams that then take their leave, but
// not for readers who do not read.
func (d *Door) Run(ctx context.Context) error {
	<-ctx.Done()
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

// streams counts the open streams of this process.
type streams struct {
	open sync.WaitGroup
	mu   sync.Mutex
	all  int
	own  map[string]int       // by conversation
	host map[string]int       // by address, of those that are known
	kept map[*stream]struct{} // those with a connection of their own
	stop bool                 // they have been sent away
}

// keep has a stream sent away when the program stops; false means that it does so now.
func (s *streams) keep(one *stream, stop <-chan struct{}) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[*stream]struct{}{}
		go func() {
			<-stop
			s.sendAway()
		}()
	}
	s.kept[one] = struct{}{}
	return !s.stop
}

func (s *streams) drop(one *stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, one)
}

func (s *streams) sendAway() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop = true
	for one := range s.kept {
		go func() {
			one.part()
			one.out.Close()
		}()
	}
}

// enter counts one more, unless that is one too many.
func (s *streams) enter(conversation, address string) (leave func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= maxStreams || s.own[conversation] >= maxOwnStreams || address != "" && s.host[address] >= maxHostStreams {
		return nil, false
	}
	if s.own == nil {
		s.own, s.host = map[string]int{}, map[string]int{}
	}
	s.all++
	s.own[conversation]++
	s.host[address]++
	s.open.Add(1)
	return func() {
		defer s.open.Done()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.all--
		if s.own[conversation]--; s.own[conversation] == 0 {
			delete(s.own, conversation)
		}
		if s.host[address]--; s.host[address] == 0 {
			delete(s.host, address)
		}
	}, true
}
