package letters

import (
	"context"
	"errors"
	"log/slog"
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

func (l *ledger) ClaimLetters(context.Context, time.Time, time.Time, int) ([]Notice, error) {
	return l.due, nil
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
