package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// closing is a bank that can close the page of a payment, but of none that is paid.
type closing struct{ *bank }

func (b closing) Close(_ context.Context, id string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return b.fail
	}
	p := b.payments[id]
	if p.State == catalog.PaymentPaid {
		return &catalog.PaymentRefused{Provider: b.name, Status: 400}
	}
	p.State = catalog.PaymentExpired
	b.payments[id] = p
	return nil
}

// What was paid before its page could be closed, and told by nobody, goes back.
func TestMoneyThatCameBeforeThePageWasClosed(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.seat(s.state, s.store, s.store, closing{s.bank})
	s.stock(s.sku, 5, s.bot)
	s.order()
	s.c.tap("payby:invoice")
	paid := s.bank.become("", catalog.PaymentPaid)
	s.work()
	s.work()
	var back catalog.Cents
	for _, sum := range s.bank.refunded {
		back += sum
	}
	if back != paid.Amount || s.status() != catalog.Placed {
		t.Errorf("%d cents of %d went back; the order is %s", back, paid.Amount, s.status())
	}
}

// leftovers are payments of which none leaves but those settled.
type leftovers struct {
	bot.Drawer
	bot.Payments
	left    []catalog.Payment
	settled map[string]catalog.PaymentState
}

func (l *leftovers) Overdue(context.Context, time.Time, int) ([]catalog.Order, error) {
	return nil, nil
}

func (l *leftovers) ClaimRefunds(context.Context, time.Time, int) ([]bot.RefundDue, error) {
	return nil, nil
}

func (l *leftovers) Leftover(_ context.Context, most int) (left []catalog.Payment, err error) {
	for _, p := range l.left {
		if l.settled[p.Charge] == "" && len(left) < most {
			left = append(left, p)
		}
	}
	return left, nil
}

func (l *leftovers) SettlePayment(_ context.Context, _ string, p catalog.Payment) (bot.Settled, error) {
	l.settled[p.Charge] = p.State
	return bot.Settled{}, nil
}

// A provider that does not answer keeps no page of another open, and is not asked
// for each of its own.
func TestPagesOfAProviderThatIsAway(t *testing.T) {
	t.Parallel()
	away, there := newBank(t, "away"), newBank(t, "there")
	away.fail = errAway
	l := &leftovers{settled: map[string]catalog.PaymentState{}}
	for i := range 45 {
		p := catalog.Payment{Provider: "away", ID: fmt.Sprint(i), Charge: fmt.Sprint(i), State: catalog.PaymentOpen}
		if i >= 40 {
			p.Provider = "there"
		}
		l.left = append(l.left, p)
	}
	asked := 0
	log := slog.New(slog.DiscardHandler)
	clock := func() time.Time { return opening }
	till := &bot.Till{Providers: []bot.Provider{tallied{closing{away}, &asked}, closing{there}}, Payments: l, Clock: clock, Log: log}
	cashier := &bot.Cashier{Till: till, Drawer: l, Clock: clock, Log: log}
	for range 4 {
		if err := cashier.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.settled) != 5 || l.settled["44"] != catalog.PaymentExpired || asked > 3 {
		t.Errorf("closed %v; the one away was asked %d times", l.settled, asked)
	}
}

// tallied counts how often pages are to be closed.
type tallied struct {
	closing
	n *int
}

func (c tallied) Close(ctx context.Context, id string) error {
	*c.n++
	return c.closing.Close(ctx, id)
}
