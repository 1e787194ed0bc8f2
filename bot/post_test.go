package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// round is a channel that notes what it is given to send.
type round struct {
	mu   sync.Mutex
	sent []string // "conversation text"
	err  func(conversation string) error
}

func (r *round) Send(_ context.Context, conversation string, m bot.Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		if err := r.err(conversation); err != nil {
			return err
		}
	}
	r.sent = append(r.sent, conversation+" "+m.Text)
	return nil
}

func (s *shop) post(r *round) *bot.Post {
	return &bot.Post{
		Outbox: s.state, Channel: r, Name: pushed, Pause: time.Second, Workers: 2, Bot: s.bot, Clock: s.clock, Log: slog.New(slog.DiscardHandler),
	}
}

// queue puts words of the system into the outbox of a conversation.
func (s *shop) queue(conversation string, texts ...string) {
	s.t.Helper()
	at := s.load(conversation)
	c := bot.Commit{
		Conversation: conversation, Channel: pushed, Input: texts[0], Version: at.Version, Seq: at.Seq, New: at.State == nil, State: []byte("{}"),
	}
	for i, text := range texts {
		c.Log = append(c.Log, bot.Message{Seq: at.Seq + int64(i) + 1, From: dialogue.BySystem, Text: text})
	}
	c.Outbox = c.Log
	if err := s.state.Commit(s.t.Context(), c); err != nil {
		s.t.Fatal(err)
	}
}

// drain delivers what is due now.
func drain(t *testing.T, p *bot.Post) (attempts int) {
	t.Helper()
	for {
		sent, err := p.Once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !sent {
			return attempts
		}
		attempts++
	}
}

func TestPostKeepsOrderAndPause(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := &round{}
	p := s.post(r)
	s.queue("push:a", "a1", "a2", "a3")
	s.queue("push:b", "b1")
	var sent [][]string
	for range 4 {
		before := len(r.sent)
		drain(t, p)
		sent = append(sent, slices.Sorted(slices.Values(r.sent[before:])))
		s.wait(p.Pause)
	}
	if want := "[[push:a a1 push:b b1] [push:a a2] [push:a a3] []]"; fmt.Sprint(sent) != want {
		t.Errorf("second by second went out %v, want %v", sent, want)
	}
	s.queue("push:a", "a4")
	s.queue("push:b", "b2")
	if drain(t, p); len(r.sent) != 6 {
		t.Errorf("after a silence %d of 2 went out at once", len(r.sent)-4)
	}
}

func TestPostIsToldWhenToTryAgain(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := &round{}
	p := s.post(r)
	s.queue("push:a", "a1", "a2")
	s.queue("push:b", "b1")
	r.err = func(conversation string) error {
		if conversation == "push:a" {
			return fmt.Errorf("send: %w", &bot.SendError{After: 35 * time.Second, Err: errors.New("too many requests")})
		}
		return nil
	}
	drain(t, p)
	r.err = nil
	s.wait(35*time.Second - time.Millisecond)
	if n := drain(t, p); n != 0 || !slices.Equal(r.sent, []string{"push:b b1"}) {
		t.Errorf("%d attempts before the time; sent %v", n, r.sent)
	}
	s.wait(time.Millisecond)
	drain(t, p)
	s.wait(p.Pause)
	drain(t, p)
	if want := []string{"push:b b1", "push:a a1", "push:a a2"}; !slices.Equal(r.sent, want) {
		t.Errorf("sent %v, want %v", r.sent, want)
	}
}

// However often it was too early: a message is given up for its faults alone.
func TestPostThatCameTooEarlyHasNotFailed(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := &round{}
	p := s.post(r)
	s.queue("push:a", "a1")
	r.err = func(string) error { return &bot.SendError{After: time.Second, Err: errors.New("too many requests")} }
	for range 20 {
		drain(t, p)
		s.wait(time.Second)
	}
	r.err = func(string) error { return errors.New("the link broke") }
	drain(t, p)
	r.err = nil
	s.wait(time.Second)
	if drain(t, p); !slices.Equal(r.sent, []string{"push:a a1"}) {
		t.Errorf("sent %v", r.sent)
	}
}

func TestPostForgetsWhoCannotBeReached(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := &round{}
	p := s.post(r)
	s.queue("push:a", "a1", "a2")
	r.err = func(string) error { return &bot.SendError{Gone: true, Err: errors.New("blocked by the user")} }
	drain(t, p)
	r.err = nil
	s.wait(time.Hour)
	if drain(t, p); len(r.sent) != 0 {
		t.Errorf("sent %v to somebody who cannot be reached", r.sent)
	}
	s.queue("push:a", "a3") // who comes back is answered
	if drain(t, p); !slices.Equal(r.sent, []string{"push:a a3"}) {
		t.Errorf("sent %v", r.sent)
	}
}

func TestPostGivesUpWhatIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := &round{}
	p := s.post(r)
	s.queue("push:a", "a1", "a2")
	first := true
	r.err = func(string) error {
		if first {
			first = false
			return &bot.SendError{Refused: true, Err: errors.New("message is too long")}
		}
		return nil
	}
	if drain(t, p); !slices.Equal(r.sent, []string{"push:a a2"}) {
		t.Errorf("sent %v, want what came after the refused one", r.sent)
	}
}

func TestPostWaitsLongerAndLonger(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := &round{}
	p := s.post(r)
	s.queue("push:a", "a1", "a2")
	attempts := 0
	r.err = func(string) error {
		if attempts++; attempts <= 12 {
			return errors.New("no route")
		}
		return nil
	}
	drain(t, p)
	var waited []time.Duration
	for attempts < 12 {
		was, began := attempts, s.clock()
		for attempts == was {
			s.wait(time.Second)
			drain(t, p)
		}
		waited = append(waited, s.clock().Sub(began))
	}
	want := []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}
	for i := range want {
		want[i] *= time.Second
	}
	if !slices.Equal(waited, want) {
		t.Errorf("waited %v, want %v", waited, want)
	}
	if s.wait(p.Pause); drain(t, p) == 0 && len(r.sent) == 0 || !slices.Equal(r.sent, []string{"push:a a2"}) {
		t.Errorf("after the last try of the first message went out %v, want the second", r.sent)
	}
}

// downOutbox is an outbox whose Redis is away.
type downOutbox struct {
	bot.Outbox
	asked int
}

func (o *downOutbox) ClaimDelivery(context.Context, string, time.Time, time.Duration) (bot.Delivery, bool, error) {
	o.asked++
	return bot.Delivery{}, false, errAway
}

func TestPostOutlivesItsOutbox(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := &downOutbox{}
		p := &bot.Post{Outbox: o, Name: pushed, Workers: 1, Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
		ctx, stop := context.WithTimeout(t.Context(), time.Second+time.Millisecond)
		defer stop()
		if err := p.Run(ctx); err != nil {
			t.Error(err)
		}
		if o.asked != 11 {
			t.Errorf("asked %d times in a second", o.asked)
		}
	})
}

// blindOutbox finds nothing when it is looked through.
type blindOutbox struct{ bot.Outbox }

func (blindOutbox) ClaimDelivery(context.Context, string, time.Time, time.Duration) (bot.Delivery, bool, error) {
	return bot.Delivery{}, false, nil
}

// What a turn says is sent at once, whole and in order, and nobody has to look
// for it.
func TestPostIsWoken(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, stop := context.WithCancel(t.Context())
	arrived := make(chan string, 10)
	p := s.post(nil)
	p.Outbox, p.Pause = blindOutbox{s.state}, 0
	p.Channel = sender(func(m bot.Message) { arrived <- m.Text })
	ended := make(chan error)
	go func() { ended <- p.Run(ctx) }()
	s.bot.Pushed = func(channel, conversation string) {
		if channel == pushed {
			p.Wake(conversation)
		}
	}
	turn := s.customer("push:a").say("paljonko toimitus maksaa")
	for _, m := range turn.Messages {
		if got := <-arrived; got != m.Text {
			t.Errorf("%q was sent, want %q", got, m.Text)
		}
	}
	s.queue("push:b", "b1", "b2")
	p.Wake("push:none")
	p.Wake("push:b")
	for _, want := range []string{"b1", "b2"} {
		if got := <-arrived; got != want {
			t.Errorf("%q was sent, want %q", got, want)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestPostRuns(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, stop := context.WithCancel(t.Context())
	arrived := make(chan string, 10)
	p := s.post(nil)
	p.Channel, p.Pause = sender(func(m bot.Message) { arrived <- m.Text }), 0
	s.queue("push:a", "a1", "a2", "a3")
	ended := make(chan error)
	go func() { ended <- p.Run(ctx) }()
	for _, want := range []string{"a1", "a2", "a3"} {
		if got := <-arrived; got != want {
			t.Errorf("%s arrived, want %s", got, want)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

type sender func(bot.Message)

func (s sender) Send(_ context.Context, _ string, m bot.Message) error {
	s(m)
	return nil
}

// TestStaffHearOfWhatIsGivenUp: who holds the conversation is told which of their
// messages the customer will never get, the last of them, and of no other's.
func TestStaffHearOfWhatIsGivenUp(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := &round{}
	p, c := s.post(r), s.customer("push:a")
	c.do(dialogue.Taken{Staff: "maija", Name: "Maija"})
	drain(t, p)
	var said []int64
	for i, fault := range []bot.SendError{{Gone: true}, {Refused: true}, {Refused: true}, {Refused: true}, {Refused: true}, {Refused: true}} {
		r.err = func(string) error { return &fault }
		fault.Err = errAway
		turn := c.do(dialogue.StaffSaid{Staff: "maija", Name: "Maija", Text: fmt.Sprint("rivi ", i)})
		said = append(said, turn.Messages[0].Seq)
		s.wait(time.Second)
		if drain(t, p) != 1 {
			t.Errorf("line %d is not given up at once", i)
		}
		if got := c.do(dialogue.Viewed{}).State.Handoff.Unsent; !slices.Equal(got, said[max(0, len(said)-5):]) {
			t.Errorf("after line %d: %v of %v", i, got, said)
		}
	}
	c.do(dialogue.HandedBack{Staff: "maija"})
	s.wait(time.Second)
	if drain(t, p) != 1 || len(c.do(dialogue.Viewed{}).State.Handoff.Unsent) != 0 {
		t.Error("what the bot could not say is told to staff")
	}
}
