package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// How the cashier works.
const (
	cashierPause = 5 * time.Second  // between looks
	cashierHold  = time.Minute      // how long a claimed refund is kept from others
	cashierBatch = 20               //
	overduePause = time.Minute      // between two looks at the same overdue order
	refundRetry  = 30 * time.Second // the first delay after a fault; it doubles
	refundMost   = time.Hour        // the longest delay
	refundTries  = 12               // then staff give the money back
)

// Closer is a provider that can end the page of a payment.
type Closer interface {
	Close(ctx context.Context, id string) error
}

// Cashier sees to money and time: reservations that run out, pages to pay at
// that nobody needs any more, and refunds. Any number of nodes may have one.
type Cashier struct {
	Till   *Till
	Drawer Drawer
	Bot    *Bot
	Clock  func() time.Time
	Log    *slog.Logger

	overdueLeft map[string]int // how often overdue orders could not be handled, by number
	openLeft    map[string]int // how often pages could not be closed, by charge
}

// Run works until ctx ends.
func (c *Cashier) Run(ctx context.Context) error {
	return repeat(ctx, cashierPause, c.Once, c.Log, "the cashier cannot work")
}

// Once does what is due now.
func (c *Cashier) Once(ctx context.Context) error {
	return errors.Join(c.overdue(ctx), c.close(ctx), c.refunds(ctx))
}

// overdue tells conversations whose time to pay has run out; what comes of it
// they decide, once in a while until the order waits no more. Those that cannot be
// handled keep none from it.
func (c *Cashier) overdue(ctx context.Context) error {
	now := c.Clock()
	orders, err := c.Drawer.Overdue(ctx, now, cashierBatch+len(c.overdueLeft))
	if err != nil {
		return err
	}
	c.overdueLeft, err = inTurn(c.overdueLeft, orders, func(o catalog.Order) string { return o.Number }, func(o catalog.Order) (bool, error) {
		in := Input{
			ID:   fmt.Sprintf("reservation/%s/%d", o.Number, now.Unix()/int64(overduePause/time.Second)),
			What: dialogue.ReservationOver{Order: o.Number},
		}
		if _, err := c.Bot.Handle(ctx, o.Conversation, in); err != nil {
			c.Log.Warn("an overdue order is left for later", "order", o.Number, "err", err)
			return false, nil
		}
		return true, nil
	})
	return err
}

// inTurn handles a batch of what is due, first what has been left least often, and
// counts how often each has been left; an error ends it.
func inTurn[T any](left map[string]int, due []T, name func(T) string, handle func(T) (done bool, err error)) (map[string]int, error) {
	slices.SortStableFunc(due, func(a, b T) int { return left[name(a)] - left[name(b)] })
	now := map[string]int{}
	for i, one := range due {
		n := left[name(one)]
		if i < cashierBatch { // the others the next time
			done, err := handle(one)
			switch {
			case err != nil:
				return left, err
			case done:
				continue
			}
			n++
		}
		if n > 0 {
			now[name(one)] = n
		}
	}
	return now, nil
}

// close ends the pages of payments whose order no longer awaits them. Money that
// comes all the same goes back. A provider that does not answer keeps no page of
// another open.
func (c *Cashier) close(ctx context.Context) error {
	left, err := c.Drawer.Leftover(ctx, cashierBatch+len(c.openLeft))
	if err != nil {
		return err
	}
	c.openLeft, err = inTurn(c.openLeft, left, func(p catalog.Payment) string { return p.Charge }, func(p catalog.Payment) (bool, error) {
		ended, err := c.ended(ctx, p)
		if err != nil {
			c.Log.Warn("a payment page stays open for now", "provider", p.Provider, "charge", p.Charge, "err", err)
			return false, ctx.Err()
		}
		_, err = c.Till.Payments.SettlePayment(ctx, "closed/"+p.Charge, ended)
		return err == nil, err
	})
	return err
}

// errAway is a provider that has not answered lately.
var errAway = errors.New("the provider does not answer")

// ended is a payment whose page can bring no more money: expired, or what became of
// it when its provider refuses to close it.
func (c *Cashier) ended(ctx context.Context, p catalog.Payment) (catalog.Payment, error) {
	ended := p
	ended.State = catalog.PaymentExpired
	provider := c.Till.provider(p.Provider)
	closer, ok := provider.(Closer)
	if !ok || p.ID == "" {
		return ended, nil
	}
	if !c.Till.works("")[p.Provider] {
		return p, errAway
	}
	var refused *catalog.PaymentRefused
	err := c.Till.call(ctx, provider, func(ctx context.Context) error { return closer.Close(ctx, p.ID) })
	if !errors.As(err, &refused) {
		return ended, err
	}
	err = c.Till.call(ctx, provider, func(ctx context.Context) (err error) {
		ended, err = provider.Look(ctx, p.ID)
		return err
	})
	ended.Charge = p.Charge
	if ended.State == catalog.PaymentOpen {
		ended.State = catalog.PaymentExpired
	}
	return ended, err
}

// refunds gives money back. A refund that was made, or was given up, is told to
// its conversation, again until that is committed.
func (c *Cashier) refunds(ctx context.Context) error {
	for range cashierBatch { // each is claimed for itself, so that a slow provider lets no claim run out
		due, err := c.Drawer.ClaimRefunds(ctx, c.Clock().Add(cashierHold), 1)
		if err != nil || len(due) == 0 {
			return err
		}
		if err := c.giveBack(ctx, due[0]); err != nil {
			return err
		}
	}
	return nil
}

// giveBack takes a refund one step on: the money, then the word of it.
func (c *Cashier) giveBack(ctx context.Context, r RefundDue) (err error) {
	if r.State == RefundWaits {
		if r.State, err = c.refund(ctx, r); err != nil || r.State == RefundWaits {
			return err
		}
	}
	in := Input{
		ID:   "refund/" + r.ID + "/" + string(r.State),
		What: dialogue.Refunded{Order: r.Order, Sum: r.Amount, Failed: r.State == RefundGivenUp},
	}
	if _, err := c.Bot.Handle(ctx, r.Conversation, in); err != nil {
		c.Log.Warn("the end of a refund is told later", "order", r.Order, "refund", r.ID, "err", err)
		return nil
	}
	return c.Drawer.EndRefund(ctx, r.ID, r.State)
}

// refund tries to give money back, and notes what came of it.
func (c *Cashier) refund(ctx context.Context, r RefundDue) (RefundState, error) {
	p := c.Till.provider(r.Provider)
	if p == nil {
		return c.giveUp(ctx, r, errors.New("the provider is not configured"))
	}
	r.Done = c.Till.Public + "/payments/" + r.Provider + "/refund"
	var got catalog.PaymentState
	err := c.Till.call(ctx, p, func(ctx context.Context) (err error) {
		got, err = p.Refund(ctx, r.Refund)
		return err
	})
	if err == nil && got == catalog.PaymentFailed {
		err = &catalog.PaymentRefused{Provider: r.Provider, Message: "the refund failed"}
	}
	var refused *catalog.PaymentRefused
	switch {
	case ctx.Err() != nil:
		return r.State, ctx.Err()
	case errors.As(err, &refused), err != nil && r.Tries+1 >= refundTries:
		return c.giveUp(ctx, r, err)
	case err != nil:
		again := c.Clock().Add(min(refundRetry<<min(r.Tries, 10), refundMost))
		c.Log.Warn("a refund is tried again", "provider", r.Provider, "order", r.Order, "refund", r.ID, "tries", r.Tries+1, "err", err)
		return RefundWaits, c.Drawer.NoteRefund(ctx, r.ID, RefundWaits, again, err.Error())
	}
	return RefundMade, c.Drawer.NoteRefund(ctx, r.ID, RefundMade, time.Time{}, "")
}

// giveUp leaves a refund to staff.
func (c *Cashier) giveUp(ctx context.Context, r RefundDue, why error) (RefundState, error) {
	c.Log.Error("a refund is left to staff", "provider", r.Provider, "order", r.Order, "refund", r.ID, "err", why)
	return RefundGivenUp, c.Drawer.NoteRefund(ctx, r.ID, RefundGivenUp, time.Time{}, why.Error())
}
