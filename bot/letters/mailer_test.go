package letters

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"tiski/catalog"
)

// ledger keeps notices as the store does.
type ledger struct {
	due   []Notice
	ended []string
	until map[string]time.Time
}

func (l *ledger) ClaimLetters(_ context.Context, _, _ time.Time, most int) (claimed []Notice, err error) {
	most = min(most, len(l.due))
	claimed, l.due = l.due[:most], l.due[most:]
	return claimed, nil
}
func (l *ledger) EndLetter(_ context.Context, id string, _ time.Time) error {
	l.ended = append(l.ended, id)
	return nil
}
func (l *ledger) DelayLetter(_ context.Context, id string, until time.Time) error {
	l.until[id] = until
	return nil
}

// posted answers each address as told.
type posted struct {
	answers map[string]error
	sent    []Letter
}

func (p *posted) Send(_ context.Context, l Letter) error {
	p.sent = append(p.sent, l)
	return p.answers[l.To]
}

func TestMailer(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	w := writer(t)
	notice := func(id, to string, status catalog.Status, tries int) Notice {
		o := order("fi")
		o.Contact.Email = to
		return Notice{ID: id, Order: o, Status: status, Tries: tries}
	}
	book := &ledger{until: map[string]time.Time{}, due: []Notice{
		{ID: "unwritable", Order: catalog.Order{Number: "T-1", Contact: order("fi").Contact}, Case: withdrawal(), State: catalog.CaseOpen, Tries: 1},
		notice("good", "a@example.fi", catalog.Placed, 0),
		notice("untold", "a@example.fi", catalog.Packed, 0),
		notice("nobody", "", catalog.Placed, 0),
		notice("later", "b@example.fi", catalog.Shipped, 0),
		notice("much later", "b@example.fi", catalog.Shipped, 30),
		notice("never", "c@example.fi", catalog.Ready, 3),
		{ID: "case", Order: order("fi"), Case: withdrawal(), State: catalog.CaseOpen},
		{ID: "case back", Order: order("fi"), Case: withdrawal(), State: catalog.CaseRefunded},
		{ID: "case on way", Order: order("fi"), Case: withdrawal(), State: catalog.CaseOnWay},
	}}
	post := &posted{answers: map[string]error{"b@example.fi": errors.New("the server sleeps"), "c@example.fi": &Undeliverable{errors.New("550")}}}
	m := &Mailer{Ledger: book, Post: post, Writer: func() Writer { return w }, Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
	if err := m.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(post.sent) != 6 {
		t.Errorf("%d letters were given to the post", len(post.sent))
	}
	want := []string{"good", "untold", "nobody", "never", "case", "case back", "case on way"}
	if len(book.ended) != len(want) {
		t.Errorf("ended %q, want %q", book.ended, want)
	}
	for id, wait := range map[string]time.Duration{"unwritable": 2 * firstTry, "later": firstTry, "much later": longest} {
		if got := book.until[id].Sub(now); got != wait {
			t.Errorf("%s waits %s, want %s", id, got, wait)
		}
	}
}

// TestALetterSentAgainHasAnotherID: else mail programs show it only once.
func TestALetterSentAgainHasAnotherID(t *testing.T) {
	t.Parallel()
	w := writer(t)
	first, _, err := w.Letter(Notice{ID: "1", Order: order("fi"), Status: catalog.Placed})
	if err != nil {
		t.Fatal(err)
	}
	again, told, err := w.Letter(Notice{ID: "2", Order: order("fi"), Status: catalog.Placed, Again: "1"})
	if err != nil || !told || again.ID != first.ID+"/1" || again.Text != first.Text {
		t.Errorf("%q after %q, %v", again.ID, first.ID, err)
	}
}

// claims are letters of which each claim is over at a moment.
type claims struct {
	clock func() time.Time
	order catalog.Order
	until [12]time.Time
}

func (c *claims) ClaimLetters(_ context.Context, now, until time.Time, most int) (all []Notice, err error) {
	for i := range c.until {
		if len(all) < most && !now.Before(c.until[i]) {
			c.until[i] = until
			all = append(all, Notice{ID: fmt.Sprint(i), Order: c.order, Status: catalog.Shipped})
		}
	}
	return all, nil
}

func (c *claims) EndLetter(_ context.Context, id string, _ time.Time) error {
	i, err := strconv.Atoi(id)
	c.until[i] = c.clock().AddDate(1, 0, 0)
	return err
}

func (c *claims) DelayLetter(context.Context, string, time.Time) error { return nil }

// slow is a mail server that takes its time, while another node looks.
type slow struct {
	sent int
	wait func()
}

func (s *slow) Send(context.Context, Letter) error {
	s.sent++
	s.wait()
	return nil
}

// A mail server that is slow has no letter sent twice by two nodes.
func TestASlowServerGetsEachLetterOnce(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	w := writer(t)
	book, post := &claims{clock: clock, order: order("fi")}, &slow{}
	node := func() *Mailer {
		return &Mailer{Ledger: book, Post: post, Writer: func() Writer { return w }, Clock: clock, Log: slog.New(slog.DiscardHandler)}
	}
	looking := false
	post.wait = func() {
		if looking {
			return
		}
		now, looking = now.Add(sendTime), true
		if err := node().Send(t.Context()); err != nil {
			t.Error(err)
		}
		looking = false
	}
	if err := node().Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if post.sent != len(book.until) {
		t.Errorf("%d letters were sent %d times", len(book.until), post.sent)
	}
}
