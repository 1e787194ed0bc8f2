package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/letters"
	"tiski/catalog"
)

// What the jobs of a process speak to, until it dies.
type (
	dyingDrawer struct {
		bot.Drawer
		*fuse
	}
	dyingPushes struct {
		bot.Pushes
		*fuse
	}
	dyingSystem struct {
		bot.System
		*fuse
	}
	dyingLedger struct {
		letters.Ledger
		*fuse
	}
	dyingPost struct {
		letters.Post
		*fuse
	}
)

// lived does something, unless the process is dead; it may die when it is done
// and before anybody knows. What it does next finds the world so.
func lived[T any](f *fuse, what string, do func() (T, error)) (T, error) {
	var none T
	if f.dead() {
		return none, errAway
	}
	got, err := do()
	if dead := f.pass("after " + what); dead != nil {
		return none, dead
	}
	return got, err
}

func (f *fuse) dead() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.blown != ""
}

func (d dyingBank) Refund(ctx context.Context, r catalog.Refund) (catalog.PaymentState, error) {
	return lived(d.fuse, "refund", func() (catalog.PaymentState, error) { return d.Provider.Refund(ctx, r) })
}

func (d dyingDrawer) ClaimRefunds(ctx context.Context, until time.Time, most int) ([]bot.RefundDue, error) {
	return lived(d.fuse, "claim a refund", func() ([]bot.RefundDue, error) { return d.Drawer.ClaimRefunds(ctx, until, most) })
}

func (d dyingDrawer) NoteRefund(ctx context.Context, id string, to bot.RefundState, again time.Time, why string) error {
	_, err := lived(d.fuse, "note a refund", func() (any, error) { return nil, d.Drawer.NoteRefund(ctx, id, to, again, why) })
	return err
}

func (d dyingDrawer) EndRefund(ctx context.Context, id string, told bot.RefundState) error {
	_, err := lived(d.fuse, "end a refund", func() (any, error) { return nil, d.Drawer.EndRefund(ctx, id, told) })
	return err
}

func (d dyingPushes) ClaimPushes(ctx context.Context, now, until time.Time, most int) ([]bot.Push, error) {
	return lived(d.fuse, "claim a push", func() ([]bot.Push, error) { return d.Pushes.ClaimPushes(ctx, now, until, most) })
}

func (d dyingPushes) EndPush(ctx context.Context, order, outside string, at time.Time) error {
	_, err := lived(d.fuse, "end a push", func() (any, error) { return nil, d.Pushes.EndPush(ctx, order, outside, at) })
	return err
}

func (d dyingPushes) DelayPush(ctx context.Context, order string, until time.Time) error {
	_, err := lived(d.fuse, "delay a push", func() (any, error) { return nil, d.Pushes.DelayPush(ctx, order, until) })
	return err
}

func (d dyingSystem) Push(ctx context.Context, o catalog.Order) (string, error) {
	return lived(d.fuse, "push", func() (string, error) { return d.System.Push(ctx, o) })
}

func (d dyingLedger) ClaimLetters(ctx context.Context, now, until time.Time, most int) ([]letters.Notice, error) {
	return lived(d.fuse, "claim letters", func() ([]letters.Notice, error) { return d.Ledger.ClaimLetters(ctx, now, until, most) })
}

func (d dyingLedger) EndLetter(ctx context.Context, id string, at time.Time) error {
	_, err := lived(d.fuse, "end a letter", func() (any, error) { return nil, d.Ledger.EndLetter(ctx, id, at) })
	return err
}

func (d dyingLedger) DelayLetter(ctx context.Context, id string, until time.Time) error {
	_, err := lived(d.fuse, "delay a letter", func() (any, error) { return nil, d.Ledger.DelayLetter(ctx, id, until) })
	return err
}

func (d dyingPost) Send(ctx context.Context, l letters.Letter) error {
	_, err := lived(d.fuse, "send", func() (any, error) { return nil, d.Post.Send(ctx, l) })
	return err
}

// warehouse is the shop's own system, which takes each order once, and box where
// letters arrive.
type (
	warehouse struct{ taken map[string]int }
	box       struct{ sent map[string]int }
)

func (w warehouse) Push(_ context.Context, o catalog.Order) (string, error) {
	w.taken[o.ID]++
	return "W-" + o.Number, nil
}

func (b box) Send(_ context.Context, l letters.Letter) error {
	b.sent[l.ID]++
	return nil
}

// jobs are what a process does beside talking: it hands orders over, gives money
// back and writes letters.
type jobs struct {
	handover *bot.Handover
	cashier  *bot.Cashier
	mailer   *letters.Mailer
}

func (j jobs) once(ctx context.Context) error {
	return errors.Join(j.handover.Once(ctx), j.cashier.Once(ctx), j.mailer.Send(ctx))
}

// TestKilledAtEveryMomentAfterThePayment kills the process at each moment of
// what follows a payment: the order goes on, letters are written, and when the
// customer cancels, the money goes back. Another process does what is left. The
// warehouse gets the order under one name, the money goes back once, and the
// customer is told once; a letter comes again only when nobody could know that
// it had been sent.
func TestKilledAtEveryMomentAfterThePayment(t *testing.T) {
	t.Parallel()
	for left := 0; ; left++ {
		s := openPaying(t)
		s.store.HandOn = true
		s.order()
		s.told(s.bank.become("", catalog.PaymentPaid))
		number := s.orders(s.c.name)[0].Number

		f, w, b := &fuse{left: left}, warehouse{map[string]int{}}, box{map[string]int{}}
		log := slog.New(slog.DiscardHandler)
		writer := func() letters.Writer {
			return letters.Writer{Shop: s.shelf.Shop, Words: s.shelf.Voice, Base: "https://tiski.example"}
		}
		alive := jobs{
			&bot.Handover{Pushes: s.store, System: w, Clock: s.clock, Log: log}, s.cashier,
			&letters.Mailer{Ledger: s.store, Writer: writer, Post: b, Clock: s.clock, Log: log},
		}
		healthy := s.bot
		s.seat(dyingTalks{s.state, f}, dyingOrders{s.store, f}, dyingPayments{s.store, f}, dyingBank{s.bank, f})
		s.cashier.Drawer = dyingDrawer{s.store, f}
		dying := jobs{
			&bot.Handover{Pushes: dyingPushes{s.store, f}, System: dyingSystem{w, f}, Clock: s.clock, Log: log}, s.cashier,
			&letters.Mailer{Ledger: dyingLedger{s.store, f}, Writer: writer, Post: dyingPost{b, f}, Clock: s.clock, Log: log},
		}
		s.bot, s.cashier = healthy, alive.cashier
		work := func() {
			t.Helper()
			if !f.dead() {
				_ = dying.once(t.Context()) // it dies, or not
			}
			for range 2 {
				if f.dead() {
					s.wait(5 * time.Minute) // what was claimed is free again
					if err := alive.once(t.Context()); err != nil {
						t.Fatalf("killed %s: %v", f.blown, err)
					}
				}
			}
		}
		work()
		if s.status() != catalog.Handed {
			t.Fatalf("killed %s: %s", f.blown, s.status())
		}
		s.c.tap("withdraw!:" + number)
		work()

		order := s.orders(s.c.name)[0]
		said := texts(s.log(s.c.name))
		if order.Status != catalog.Refunded || len(s.bank.refunded) != 1 || strings.Count(said, "Palautimme") != 1 {
			t.Errorf("killed %s: %s, refunds %v, said\n%s", f.blown, order.Status, s.bank.refunded, said)
		}
		if n := w.taken[order.ID]; len(w.taken) != 1 || n > 1 && f.blown != "after push" {
			t.Errorf("killed %s: pushed %v", f.blown, w.taken)
		}
		for _, kind := range []string{"confirmation", "paid", "receipt", "cancelled", "refunded"} {
			n := 0
			for id, times := range b.sent {
				if strings.HasSuffix(id, "/"+kind) {
					n += times
				}
			}
			if n != 1 && (n != 2 || f.blown != "after send") {
				t.Errorf("killed %s: %d letters of %s: %v", f.blown, n, kind, b.sent)
			}
		}
		s.balance()
		if f.blown == "" {
			if left < 20 {
				t.Errorf("there are only %d moments", left)
			}
			return
		}
	}
}
