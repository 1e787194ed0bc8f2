package letters

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"tiski/catalog"
)

// Notice is something that a customer is to be told by letter.
type Notice struct {
	ID                 string // of the event
	Tries              int    // earlier ones
	Order              catalog.Order
	Status             catalog.Status // that the order came to; "" for a case
	Case               catalog.Case
	State              catalog.CaseState // that the case came to
	Again              string            // which time it is sent again; "" the first time
	Email, Lang, Token string            // of who asked for the newsletter and is to confirm it, or, without Token, for a transcript; "" for an order or a case
	Reminder           string            // what a reminder or an offer says; "" for all else
	Said               []Said            // the transcript; none for all else
	Refund             catalog.Cents     // given back of a payment that the order did not need; 0 for an order or a case
}

// Ledger knows of what customers have not been told yet. A notice that is
// claimed is nobody else's until a moment; ended, it is over.
type Ledger interface {
	// ClaimLetters returns those it could read even when it fails for others.
	ClaimLetters(ctx context.Context, now, until time.Time, most int) ([]Notice, error)
	EndLetter(ctx context.Context, id string, at time.Time) error
	DelayLetter(ctx context.Context, id string, until time.Time) error
}

// How letters are sent.
const (
	pause    = 2 * time.Second // between looks
	hold     = 2 * time.Minute // how long a claim lasts
	batch    = 20
	firstTry = 30 * time.Second // to the second try; doubled with every further one
	longest  = 2 * time.Hour    // between two tries
)

// Mailer sends the letters that are due. Any number of nodes may: each letter
// is sent by one of them, and again with the same Message-ID only when that one
// was stopped in the middle.
type Mailer struct {
	Ledger Ledger
	Writer func() Writer // of the shop as it is now
	Post   Post
	Clock  func() time.Time
	Log    *slog.Logger
}

// Run sends what is due until ctx ends.
func (m *Mailer) Run(ctx context.Context) error {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := m.Send(ctx); err != nil && ctx.Err() == nil {
				m.Log.Error("letters cannot be sent", "err", err)
			}
		}
	}
}

// Send sends what is due now, once. A letter that cannot be read, written or
// sent does not keep the others from it.
func (m *Mailer) Send(ctx context.Context) error {
	var faults []error
	for range batch { // each is claimed for itself, so that a slow mail server lets no claim run out
		now := m.Clock()
		due, err := m.Ledger.ClaimLetters(ctx, now, now.Add(hold), 1)
		if err == nil && len(due) == 0 {
			break
		}
		faults = append(faults, err)
		for _, n := range due {
			if err := m.send(ctx, n); err != nil {
				faults = append(faults, fmt.Errorf("letter %s: %w", n.ID, err))
			}
		}
	}
	return errors.Join(faults...)
}

func (m *Mailer) send(ctx context.Context, n Notice) error {
	l, told, err := m.Writer().Letter(n)
	if err == nil && told {
		err = m.Post.Send(ctx, l)
	}
	var never *Undeliverable
	switch {
	case errors.As(err, &never):
		m.Log.Error("a letter cannot be delivered; the customer has to be reached otherwise", "letter", n.ID, "order", n.Order.Number)
	case err != nil:
		m.Log.Warn("a letter is tried again", "provider", "mail", "letter", n.ID, "tries", n.Tries+1, "err", err)
		return m.Ledger.DelayLetter(ctx, n.ID, m.Clock().Add(min(longest, firstTry<<min(n.Tries, 10))))
	}
	return m.Ledger.EndLetter(ctx, n.ID, m.Clock())
}

// Letter writes what a notice tells; told is false when customers need not know.
func (w Writer) Letter(n Notice) (l Letter, told bool, err error) {
	if n.Again != "" { // mail programs hide a letter whose id they have seen
		defer func() { l.ID += "/" + n.Again }()
	}
	switch {
	case len(n.Said) > 0:
		l, err = w.Transcript(n)
	case n.Reminder != "" && n.Email == "": // not wanted any more
		return Letter{}, false, nil
	case n.Reminder != "":
		l, err = w.Reminder(n)
	case n.Token != "":
		l, err = w.Newsletter(n)
	case n.Order.Contact.Email == "":
		return Letter{}, false, nil
	case n.Refund > 0:
		l, err = w.Surplus(n.Order, n.ID, n.Refund)
	case n.Status == catalog.Placed:
		l, err = w.Confirmation(n.Order)
	case n.Status != "":
		l, told, err = w.Update(n.Order, n.Status)
		return l, told, err
	case n.State == catalog.CaseOpen: // the receipt tells also that the order was cancelled with it
		l, err = w.Receipt(n.Order, n.Case)
	case n.State == catalog.CaseRefunded:
		l, err = w.Refund(n.Order, n.Case)
	default:
		return Letter{}, false, nil
	}
	return l, err == nil, err
}
