package bot_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// fuse lets so many moments pass; then the process that it is in is dead:
// nothing that it does succeeds any more.
type fuse struct {
	mu    sync.Mutex
	left  int
	blown string // at which moment
}

func (f *fuse) pass(moment string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.blown == "" && f.left > 0 {
		f.left--
		return nil
	}
	if f.blown == "" {
		f.blown = moment
	}
	return errAway
}

// fused does something between two moments: the process may die before it is
// done, or when it is done and before anybody knows.
func fused[T any](f *fuse, what string, do func() (T, error)) (T, error) {
	var none T
	if err := f.pass("before " + what); err != nil {
		return none, err
	}
	got, err := do()
	if dead := f.pass("after " + what); dead != nil {
		return none, dead
	}
	return got, err
}

// What a process speaks to, until it dies.
type (
	dyingTalks struct {
		bot.Conversations
		*fuse
	}
	dyingOrders struct {
		bot.Orders
		*fuse
	}
	dyingPayments struct {
		bot.Payments
		*fuse
	}
	dyingBank struct {
		bot.Provider
		*fuse
	}
)

func (d dyingTalks) Load(ctx context.Context, conversation, input string) (bot.Snapshot, error) {
	return fused(d.fuse, "load", func() (bot.Snapshot, error) { return d.Conversations.Load(ctx, conversation, input) })
}

func (d dyingTalks) Commit(ctx context.Context, c bot.Commit) error {
	_, err := fused(d.fuse, "commit", func() (any, error) { return nil, d.Conversations.Commit(ctx, c) })
	return err
}

func (d dyingOrders) Place(ctx context.Context, o catalog.Order) (catalog.Order, error) {
	return fused(d.fuse, "place", func() (catalog.Order, error) { return d.Orders.Place(ctx, o) })
}

func (d dyingPayments) BeginPayment(ctx context.Context, effect, order, kind, provider string) (catalog.Payment, catalog.Order, error) {
	var o catalog.Order
	p, err := fused(d.fuse, "begin", func() (p catalog.Payment, err error) {
		p, o, err = d.Payments.BeginPayment(ctx, effect, order, kind, provider)
		return p, err
	})
	return p, o, err
}

func (d dyingPayments) NotePayment(ctx context.Context, p catalog.Payment) error {
	_, err := fused(d.fuse, "note", func() (any, error) { return nil, d.Payments.NotePayment(ctx, p) })
	return err
}

func (d dyingPayments) SettlePayment(ctx context.Context, effect string, p catalog.Payment) (bot.Settled, error) {
	return fused(d.fuse, "settle", func() (bot.Settled, error) { return d.Payments.SettlePayment(ctx, effect, p) })
}

func (d dyingBank) Ask(ctx context.Context, c catalog.Charge) (catalog.Payment, error) {
	return fused(d.fuse, "ask", func() (catalog.Payment, error) { return d.Provider.Ask(ctx, c) })
}

// TestKilledAtEveryMoment kills the process at each moment between the tap that
// orders and the word that the order is paid. Another goes on; customer and bank
// repeat what was not answered. The order is placed once and paid once, and the
// customer hears each once.
func TestKilledAtEveryMoment(t *testing.T) {
	t.Parallel()
	for left := 0; ; left++ {
		s := openPaying(t)
		tap := s.toButton()
		f := &fuse{left: left}
		healthy := s.bot
		dead := s.seat(dyingTalks{s.state, f}, dyingOrders{s.store, f}, dyingPayments{s.store, f}, dyingBank{s.bank, f})
		if err := dead.RefreshStock(t.Context()); err != nil {
			t.Fatal(err)
		}
		deliver := func(b *bot.Bot, in bot.Input) error {
			_, err := b.Handle(t.Context(), s.c.name, in)
			return err
		}
		order := s.c.input(dialogue.Tapped{Tap: tap})
		resume := func(in bot.Input) {
			t.Helper()
			s.wait(afterWork)
			if err := deliver(healthy, in); err != nil {
				t.Fatalf("killed %s: %v", f.blown, err)
			}
			for range 3 {
				s.wait(20 * time.Second)
				takeUp(t, healthy)
			}
		}
		if deliver(dead, order) != nil || f.blown != "" {
			resume(order)
		}
		if s.bank.last == "" {
			t.Fatalf("killed %s: nobody asks for the payment:\n%s", f.blown, texts(s.log(s.c.name)))
		}
		callback := tolds(s.bank.become("", catalog.PaymentPaid))
		if deliver(dead, callback) != nil || f.blown != "" {
			resume(callback)
		}
		said := texts(s.log(s.c.name))
		if strings.Count(said, "Kiitos tilauksesta!") != 1 || strings.Count(said, "on saatu") != 1 || s.status() != catalog.Paid || s.pieces(s.sku) != 4 {
			t.Errorf("killed %s: %s, %d pieces left, said\n%s", f.blown, s.status(), s.pieces(s.sku), said)
		}
		s.bot, s.cashier.Bot, s.cashier.Till = healthy, healthy, healthy.Till
		s.work()
		s.balance()
		if len(s.bank.refunded) != 0 {
			t.Errorf("killed %s: money goes back: %v", f.blown, s.bank.refunded)
		}
		if f.blown == "" {
			if left < 20 {
				t.Errorf("there are only %d moments", left)
			}
			return
		}
	}
}
