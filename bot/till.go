package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// How providers are asked.
const (
	providerTime = 4 * time.Second  // for one answer of a provider, less than workTime
	faultsDown   = 2                // faults in a row after which a provider is not offered …
	faultsPause  = 2 * time.Minute  // … for this long
	lookGrace    = 10 * time.Minute // how long an order outlives its reservation while a provider cannot tell whether it is paid
	pendingGrace = 24 * time.Hour   // how long while it is pending: settling reserves its goods for longer, if they may be
)

// Till takes payments through providers. Its methods may be called from any
// number of goroutines.
type Till struct {
	Providers []Provider
	Payments  Payments
	Public    string // https address of this program: where customers and providers come back to
	Clock     func() time.Time
	Log       *slog.Logger

	mu     sync.Mutex
	faults map[string]fault // by provider
}

// fault is how often a provider did not answer in a row, and when it last did not.
type fault struct {
	times int
	last  time.Time
}

// provider is the provider of a name, nil when there is none.
func (t *Till) provider(name string) Provider {
	for _, p := range t.Providers {
		if p.Name() == name {
			return p
		}
	}
	return nil
}

// works reports for each provider that serves a channel whether it answers.
func (t *Till) works(channel string) map[string]bool {
	if t == nil {
		return nil
	}
	works := map[string]bool{}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range t.Providers {
		if p.Name() == dialogue.TelegramPayments && channel != dialogue.TelegramPayments {
			continue
		}
		f := t.faults[p.Name()]
		works[p.Name()] = f.times < faultsDown || t.Clock().Sub(f.last) >= faultsPause
	}
	return works
}

// answered notes whether a provider did.
func (t *Till) answered(p Provider, err error) {
	var refused *catalog.PaymentRefused
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.faults == nil {
		t.faults = map[string]fault{}
	}
	if err == nil || errors.As(err, &refused) {
		delete(t.faults, p.Name())
		return
	}
	t.faults[p.Name()] = fault{t.faults[p.Name()].times + 1, t.Clock()}
}

// call asks a provider something, and waits for it no longer than providerTime.
// When ctx itself ends the error is its own.
func (t *Till) call(ctx context.Context, p Provider, ask func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, providerTime)
	defer cancel()
	err := ask(limited)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	t.answered(p, err)
	return err
}

// ask asks the provider of a way of paying for the price of an order. What it
// was about to do stands in SQL before it is asked: after a crash, or an answer
// that never came, it is asked anew with another charge. A provider that does
// not answer, or refuses, is the reason "provider".
func (t *Till) ask(ctx context.Context, id string, e dialogue.AskPayment, shop *catalog.Shop) (dialogue.Done, error) {
	done := dialogue.Done{Effect: id, Work: dialogue.AskingPayment}
	method := shop.PaymentMethod(e.Method)
	var p Provider
	if method != nil {
		p = t.provider(method.Provider)
	}
	if p == nil {
		done.Reason = "provider"
		return done, nil
	}
	begun, order, err := t.Payments.BeginPayment(ctx, id, e.Order, method.ID, p.Name())
	done.Order, done.Payment = order, begun
	if err != nil {
		return result(done, err)
	}
	switch begun.State {
	case catalog.PaymentAsked:
	case catalog.PaymentFailed:
		done.Reason = "provider"
		return done, nil
	default:
		return done, nil // it was answered before
	}
	var asked catalog.Payment
	err = t.call(ctx, p, func(ctx context.Context) (err error) {
		asked, err = p.Ask(ctx, t.charge(begun, order))
		return err
	})
	var refused *catalog.PaymentRefused
	switch {
	case ctx.Err() != nil:
		return done, fmt.Errorf("ask %s for a payment of order %s: %w", p.Name(), e.Order, ctx.Err())
	case errors.As(err, &refused):
		asked = begun
		asked.State = catalog.PaymentFailed
	case err != nil: // it stays asked: perhaps there is such a payment, of which nobody knows the page
		t.Log.Warn("a payment cannot be asked", "provider", p.Name(), "order", e.Order, "charge", begun.Charge, "err", err)
		done.Reason = "provider"
		return done, nil
	}
	if err != nil {
		t.Log.Error("a payment is refused", "provider", p.Name(), "order", e.Order, "charge", begun.Charge, "err", err)
		done.Reason = "provider"
	}
	done.Payment = asked
	return done, t.Payments.NotePayment(ctx, asked)
}

// charge is what a provider is asked for.
func (t *Till) charge(p catalog.Payment, o catalog.Order) catalog.Charge {
	base := t.Public + "/payments/" + p.Provider
	back := base + "/return/" + o.Token
	return catalog.Charge{
		ID: p.Charge, Reference: o.Number, Lines: o.ChargeLines(), Total: o.Total, Currency: o.Currency, Lang: o.Lang,
		Contact: o.Contact, Address: o.Address, Paid: back, Left: back, Callback: base + "/callback",
		Made: t.Clock(), Expires: o.ReservedUntil,
	}
}

// check asks the providers whether an order has been paid. What brings money, or
// has ended, is told; else an order whose reservation has run out expires. While
// a provider does not answer, or its payment is pending, it outlives its
// reservation a little.
func (t *Till) check(ctx context.Context, id string, e dialogue.CheckPayment) (dialogue.Done, error) {
	done := dialogue.Done{Effect: id, Work: dialogue.CheckingPayment}
	limit := t.Clock()
	is, sure, err := t.look(ctx, e.Order)
	if err != nil {
		return done, err
	}
	done.Payment = is
	switch {
	case is.State == catalog.PaymentPaid:
		limit = time.Time{} // it is not let go now
	case is.State == catalog.PaymentPending:
		limit = limit.Add(-pendingGrace)
	case !sure:
		done.Reason, limit = "provider", limit.Add(-lookGrace)
	}
	done.Order, err = t.Payments.ExpireOrder(ctx, e.Order, limit)
	return done, err
}

// look asks the providers of an order's payments what is new: a payment that
// brings money, else one that has ended, else none. It is not sure when one of
// them does not answer.
func (t *Till) look(ctx context.Context, order string) (news catalog.Payment, sure bool, err error) {
	open, err := t.Payments.Unsettled(ctx, order)
	if err != nil {
		return news, false, err
	}
	sure = true
	for _, was := range open {
		p := t.provider(was.Provider)
		if p == nil || was.ID == "" {
			continue
		}
		var is catalog.Payment
		err := t.call(ctx, p, func(ctx context.Context) (err error) {
			is, err = p.Look(ctx, was.ID)
			return err
		})
		switch {
		case ctx.Err() != nil:
			return news, false, fmt.Errorf("look at payment %s: %w", was.Charge, ctx.Err())
		case err != nil:
			t.Log.Warn("a payment cannot be looked at", "provider", was.Provider, "order", order, "charge", was.Charge, "err", err)
			sure = false
		case is.State != was.State || is.State == catalog.PaymentPending:
			is.Charge = was.Charge
			if is.State == catalog.PaymentPaid || news.State != catalog.PaymentPaid && news.State != catalog.PaymentPending {
				news = is
			}
		}
	}
	return news, sure, nil
}

// change lets an order be paid in a way that the shop keeps itself, unless its
// money is found to be on its way: then that is the Payment, and the reason
// "pending". Money that comes all the same goes back.
func (t *Till) change(ctx context.Context, id string, e dialogue.ChangePayment, shop *catalog.Shop) (dialogue.Done, error) {
	done := dialogue.Done{Effect: id, Work: dialogue.ChangingPayment}
	method := shop.PaymentMethod(e.Method)
	if method == nil || method.First() {
		done.Reason = "failed"
		return done, nil
	}
	is, _, err := t.look(ctx, e.Order)
	if err != nil {
		return done, err
	}
	if is.State == catalog.PaymentPaid || is.State == catalog.PaymentPending {
		done.Payment, done.Reason = is, "pending"
		return done, nil
	}
	done.Order, err = t.Payments.ChangePayment(ctx, id, e.Order, method.ID)
	return result(done, err)
}

// WaysToPay are the ways in which an order that awaits payment can be paid on
// its page now, for the price that it has.
func (b *Bot) WaysToPay(o catalog.Order) []*catalog.PaymentMethod {
	works := b.Till.works("")
	return slices.DeleteFunc(b.shelf.Load().Shop.PaymentsFor(o.Delivery.Kind), func(p *catalog.PaymentMethod) bool {
		return o.Status != catalog.Awaiting || !works[p.Provider] || p.Fee != o.PaymentFee
	})
}

// settle takes what a provider told.
func (t *Till) settle(ctx context.Context, id string, e dialogue.SettlePayment) (dialogue.Done, error) {
	done := dialogue.Done{Effect: id, Work: dialogue.SettlingPayment, Payment: e.Payment}
	settled, err := t.Payments.SettlePayment(ctx, id, e.Payment)
	if err != nil {
		return result(done, err)
	}
	if settled.Reason != "" && !settled.Again {
		t.Log.Error("money came that the order cannot take", "order", settled.Order.Number, "charge", e.Payment.Charge, "reason", settled.Reason)
	}
	done.Order, done.Payment, done.Again = settled.Order, settled.Payment, settled.Again
	done.Reason, done.Refund = settled.Reason, settled.Refund
	return done, nil
}

// channelOf is what stands before ":" in a conversation.
func channelOf(conversation string) string {
	channel, _, _ := strings.Cut(conversation, ":")
	return channel
}
