package store

import (
	"fmt"
	"testing"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// till is a store whose clock stands still, and an order that awaits payment.
type till struct {
	*Store
	t       *testing.T
	now     time.Time
	order   catalog.Order
	effects int // that settled something
}

func openTill(t *testing.T, url string) *till {
	t.Helper()
	s := &till{Store: open(t, url), t: t, now: noon}
	s.Store.Now = func() time.Time { return s.now }
	setStock(t, s.Store, map[string]int{"A": 1})
	o := reserved("widget:1/5/0", "A")
	o.Total, o.Currency, o.Payment = 1290, "EUR", "bank"
	s.order = place(t, s.Store, o)
	return s
}

// ask begins a payment and notes the provider's answer.
func (s *till) ask(effect, provider, id string) catalog.Payment {
	s.t.Helper()
	p, _, err := s.BeginPayment(s.t.Context(), effect, s.order.Number, "bank", provider)
	if err != nil {
		s.t.Fatal(err)
	}
	p.ID, p.State, p.Link = id, catalog.PaymentOpen, "https://pay.example/"+id
	if err := s.NotePayment(s.t.Context(), p); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// told is the payment as the provider tells it.
func told(p catalog.Payment, state catalog.PaymentState) catalog.Payment {
	p.State, p.Link = state, ""
	return p
}

func (s *till) settle(p catalog.Payment) bot.Settled {
	s.t.Helper()
	s.effects++
	done, err := s.SettlePayment(s.t.Context(), fmt.Sprint("told/", s.effects), p)
	if err != nil {
		s.t.Fatal(err)
	}
	return done
}

func (s *till) refunds() []bot.RefundDue {
	s.t.Helper()
	due, err := s.ClaimRefunds(s.t.Context(), s.now.Add(time.Minute), 100)
	if err != nil {
		s.t.Fatal(err)
	}
	return due
}

// refunded is the refund of the order, which was paid and cancelled, with what came
// of a try to make it.
func (s *till) refunded(to bot.RefundState, why string) bot.RefundDue {
	s.t.Helper()
	s.settle(told(s.ask("e", "paytrail", "tx-1"), catalog.PaymentPaid))
	advance(s.t, s.Store, s.order.Number, catalog.Cancelled)
	r := s.refunds()[0]
	if err := s.NoteRefund(s.t.Context(), r.ID, to, time.Time{}, why); err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *till) is(status catalog.Status) {
	s.t.Helper()
	orders, err := s.OfConversation(s.t.Context(), s.order.Conversation)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, o := range orders {
		if o.ID == s.order.ID && o.Status != status {
			s.t.Errorf("the order is %s, want %s", o.Status, status)
		}
	}
}

func TestAChargeIsAskedOnceByEachID(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		begin := func() (catalog.Payment, error) {
			p, _, err := s.BeginPayment(t.Context(), "e", s.order.Number, "bank", "paytrail")
			return p, err
		}
		for _, want := range []string{"e", "e#2", "e#3"} { // nobody knows what became of those before
			if p, err := begin(); err != nil || p.Charge != want || p.State != catalog.PaymentAsked || p.Amount != 1290 {
				t.Fatalf("%+v, %v", p, err)
			}
		}
		if err := s.NotePayment(t.Context(), catalog.Payment{Charge: "e#3", ID: "1", State: catalog.PaymentOpen, Link: "https://pay.example/1"}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if p, err := begin(); err != nil || p.Charge != "e#3" || p.Link != "https://pay.example/1" || p.ID != "1" {
				t.Errorf("answered, it is asked again: %+v, %v", p, err)
			}
		}
		open, err := s.Unsettled(t.Context(), s.order.Number)
		if err != nil || len(open) != 3 || open[0].Charge != "e#3" {
			t.Errorf("%+v, %v", open, err)
		}
		for i := range maxCharges - 3 {
			s.ask(fmt.Sprint("more", i), "paytrail", fmt.Sprint("more", i))
		}
		if _, _, err := s.BeginPayment(t.Context(), "beyond", s.order.Number, "bank", "paytrail"); refusedFor(err) != "tries" {
			t.Errorf("a charge too many: %v", err)
		}
	})
}

func TestWhatCannotBeCharged(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		refused := func(want string) {
			t.Helper()
			if _, _, err := s.BeginPayment(t.Context(), fmt.Sprint("e", want), s.order.Number, "bank", "paytrail"); refusedFor(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		s.now = noon.Add(hold)
		refused("late")
		s.now = noon
		advance(t, s.Store, s.order.Number, catalog.Cancelled)
		refused("closed")
		setStock(t, s.Store, map[string]int{"A": 2})
		o := reserved("paid", "A")
		s.order = place(t, s.Store, o)
		pay(t, s.Store, s.order.Number, "bank/1")
		refused("paid")
		if _, _, err := s.BeginPayment(t.Context(), "e", "T-999999", "bank", "paytrail"); err == nil {
			t.Error("an order that nobody made is charged")
		}
	})
}

func TestAPaymentSettles(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p := s.ask("e", "paytrail", "tx-1")
		for _, c := range []struct {
			state catalog.PaymentState
			again bool
			order catalog.Status
		}{
			{catalog.PaymentOpen, true, catalog.Awaiting},
			{catalog.PaymentFailed, false, catalog.Awaiting},
			{catalog.PaymentFailed, true, catalog.Awaiting},
			{catalog.PaymentPending, false, catalog.Awaiting},
			{catalog.PaymentPending, true, catalog.Awaiting},
			{catalog.PaymentPaid, false, catalog.Paid},
			{catalog.PaymentPaid, true, catalog.Paid},
			{catalog.PaymentFailed, true, catalog.Paid}, // told late
			{catalog.PaymentPending, true, catalog.Paid},
		} {
			got := s.settle(told(p, c.state))
			if got.Again != c.again || got.Order.Status != c.order || got.Reason != "" || got.Refund != 0 {
				t.Errorf("%s: %+v", c.state, got)
			}
		}
		if due := s.refunds(); due != nil {
			t.Errorf("money goes back: %+v", due)
		}
		if n := number1(t, s.Store, `SELECT COUNT(*) FROM order_events WHERE to_status = 'paid' AND cause = 'paytrail/tx-1'`); n != 1 {
			t.Errorf("paid %d times", n)
		}
		if o, found, err := s.OfCharge(t.Context(), "paytrail", "e"); err != nil || !found || o.Number != s.order.Number {
			t.Errorf("%v, %v, %v", o.Number, found, err)
		}
		if _, found, err := s.OfCharge(t.Context(), "stripe", "e"); err != nil || found {
			t.Errorf("the charge of another provider: %v, %v", found, err)
		}
	})
}

// Callbacks may come before the answer to the question that made them.
func TestACallbackBeforeTheAnswer(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p, _, err := s.BeginPayment(t.Context(), "e", s.order.Number, "bank", "paytrail")
		if err != nil {
			t.Fatal(err)
		}
		p.ID = "tx-1"
		if got := s.settle(told(p, catalog.PaymentPaid)); got.Order.Status != catalog.Paid {
			t.Errorf("%+v", got)
		}
		p.State, p.Link = catalog.PaymentOpen, "https://pay.example/1"
		if err := s.NotePayment(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		if all, err := s.PaymentsOf(t.Context(), s.order.Number); err != nil || len(all) != 1 || all[0].State != catalog.PaymentPaid {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

func TestMoneyThatAnOrderCannotTake(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before func(s *till, p *catalog.Payment)
		reason string
		amount catalog.Cents
		status catalog.Status // then, and when the refund is made
		then   catalog.Status
	}{
		"another sum": {func(_ *till, p *catalog.Payment) { p.Amount-- }, "amount", 1289, catalog.Awaiting, catalog.Awaiting},
		"another sum of what was cancelled": {func(s *till, p *catalog.Payment) {
			p.Amount--
			advance(s.t, s.Store, s.order.Number, catalog.Cancelled)
		}, "amount", 1289, catalog.Cancelled, catalog.Cancelled},
		"another currency": {func(_ *till, p *catalog.Payment) { p.Currency = "SEK" }, "amount", 1290, catalog.Awaiting, catalog.Awaiting},
		"cancelled":        {func(s *till, _ *catalog.Payment) { advance(s.t, s.Store, s.order.Number, catalog.Cancelled) }, "closed", 1290, catalog.Cancelled, catalog.Refunded},
		"paid twice": {func(s *till, _ *catalog.Payment) {
			s.settle(told(s.ask("other", "stripe", "cs_1"), catalog.PaymentPaid))
		},
			"paid", 1290, catalog.Paid, catalog.Paid},
		"paid twice, and cancelled": {func(s *till, _ *catalog.Payment) {
			s.settle(told(s.ask("other", "stripe", "cs_1"), catalog.PaymentPaid))
			advance(s.t, s.Store, s.order.Number, catalog.Cancelled)
			back := s.refunds()
			if err := s.NoteRefund(s.t.Context(), back[0].ID, bot.RefundGivenUp, s.now, "the provider is away"); err != nil {
				s.t.Fatal(err)
			}
			if err := s.EndRefund(s.t.Context(), back[0].ID, bot.RefundGivenUp); err != nil {
				s.t.Fatal(err)
			}
		},
			"paid", 1290, catalog.Cancelled, catalog.Cancelled},
		"late, and the goods are gone": {func(s *till, _ *catalog.Payment) {
			expire(s.t, s.Store, noon.Add(hold))
			place(s.t, s.Store, anOrder("other", "A"))
		}, "stock", 1290, catalog.Expired, catalog.Refunded},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, url string) {
				s := openTill(t, url)
				p := s.ask("e", "paytrail", "tx-1")
				c.before(s, &p)
				for i := range 2 {
					got := s.settle(told(p, catalog.PaymentPaid))
					if i == 0 && (got.Reason != c.reason || got.Refund != c.amount) || got.Again != (i == 1) {
						t.Errorf("%+v", got)
					}
				}
				again, err := s.SettlePayment(t.Context(), "told/"+fmt.Sprint(s.effects-1), told(p, catalog.PaymentPaid))
				if err != nil || again.Again || again.Reason != c.reason || again.Refund != c.amount {
					t.Errorf("the same effect again: %+v, %v", again, err)
				}
				s.is(c.status)
				due := s.refunds()
				if len(due) != 1 || due[0].Amount != c.amount || due[0].Payment != "tx-1" || due[0].Provider != "paytrail" ||
					due[0].Order != s.order.Number || due[0].Email != "aino@example.fi" || due[0].State != bot.RefundWaits {
					t.Fatalf("refunds %+v", due)
				}
				for range 2 { // a crash in between repeats it
					if err := s.NoteRefund(t.Context(), due[0].ID, bot.RefundMade, time.Time{}, ""); err != nil {
						t.Fatal(err)
					}
				}
				s.is(c.then)
				if n := number1(t, s.Store, `SELECT COUNT(*) FROM letters WHERE id LIKE 'refund/%/made' OR id LIKE 'order/%/refunded'`); n != 1 {
					t.Errorf("%d letters", n)
				}
				s.now = s.now.Add(time.Second)
				if due := s.refunds(); len(due) != 1 || due[0].State != bot.RefundMade {
					t.Fatalf("the end of it is not to be told: %+v", due)
				}
				if err := s.EndRefund(t.Context(), due[0].ID, bot.RefundMade); err != nil {
					t.Fatal(err)
				}
				s.now = s.now.Add(time.Hour)
				if due := s.refunds(); due != nil {
					t.Errorf("after the end: %+v", due)
				}
			})
		})
	}
}

func TestALatePaymentOfGoodsThatAreThere(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p := s.ask("e", "paytrail", "tx-1")
		expire(t, s.Store, noon.Add(hold))
		if left, err := s.Leftover(t.Context(), 10); err != nil || len(left) != 1 || left[0].Charge != "e" {
			t.Errorf("left over: %+v, %v", left, err)
		}
		s.settle(told(p, catalog.PaymentExpired)) // the page was closed
		if left, err := s.Leftover(t.Context(), 10); err != nil || len(left) != 0 {
			t.Errorf("left over: %+v, %v", left, err)
		}
		if got := s.settle(told(p, catalog.PaymentPaid)); got.Order.Status != catalog.Paid || got.Reason != "" {
			t.Errorf("%+v", got)
		}
		wantStock(t, s.Store, map[string]int{"A": 0})
	})
}

// Two customers may pay one invoice: the second payment of a charge goes back.
func TestTwoPaymentsOfOneCharge(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p := s.ask("e", "telegram", "")
		first, second := told(p, catalog.PaymentPaid), told(p, catalog.PaymentPaid)
		first.ID, second.ID = "tg-1", "tg-2"
		if got := s.settle(first); got.Reason != "" || got.Order.Status != catalog.Paid {
			t.Errorf("%+v", got)
		}
		for i := range 2 {
			if got := s.settle(second); got.Again != (i == 1) || i == 0 && (got.Reason != "paid" || got.Refund != 1290) {
				t.Errorf("%+v", got)
			}
		}
		if due := s.refunds(); len(due) != 1 || due[0].Payment != "tg-2" {
			t.Errorf("%+v", due)
		}
	})
}

func TestPendingKeepsTheGoods(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p := s.ask("e", "paytrail", "tx-1")
		s.now = noon.Add(hold - time.Minute)
		if got := s.settle(told(p, catalog.PaymentPending)); !got.Order.ReservedUntil.Equal(s.now.Add(pendingHold)) {
			t.Errorf("reserved until %v", got.Order.ReservedUntil)
		}
		if expired := expire(t, s.Store, noon.Add(hold)); expired != nil {
			t.Errorf("expired: %+v", expired)
		}
		for range 24 * 8 {
			s.now = s.now.Add(time.Hour)
			s.settle(told(p, catalog.PaymentPending))
		}
		if expired := expire(t, s.Store, noon.Add(pendingMost-time.Second)); expired != nil {
			t.Errorf("expired while pending: %+v", expired)
		}
		if expired := expire(t, s.Store, noon.Add(pendingMost)); len(expired) != 1 {
			t.Error("the goods are kept for ever")
		}
	})
}

func TestChargesOfNobody(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		p := s.ask("e", "paytrail", "tx-1")
		strange, foreign := told(p, catalog.PaymentPaid), told(p, catalog.PaymentPaid)
		strange.Charge, foreign.Provider = "nobody's", "stripe"
		for _, p := range []catalog.Payment{strange, foreign} {
			if _, err := s.SettlePayment(t.Context(), "e", p); refusedFor(err) != "unknown" {
				t.Errorf("%+v: %v", p, err)
			}
		}
		s.is(catalog.Awaiting)
	})
}

// Two nodes hear of two payments of one order at the same moment: one pays it,
// the other goes back.
func TestTwoNodesSettleAtOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openTill(t, url)
		other := open(t, url)
		other.Now = func() time.Time { return noon }
		var payments []catalog.Payment
		for i := range 6 {
			payments = append(payments, told(s.ask(fmt.Sprint("e", i), "paytrail", fmt.Sprint("tx-", i)), catalog.PaymentPaid))
		}
		each(24, func(i int) { // each is told four times, on both nodes
			node := []*Store{s.Store, other}[i%2]
			if _, err := node.SettlePayment(t.Context(), fmt.Sprint("told/", i), payments[i%6]); err != nil {
				t.Error(err)
			}
		})
		s.is(catalog.Paid)
		if due := s.refunds(); len(due) != 5 {
			t.Errorf("%d of six payments go back", len(due))
		}
		if n := number1(t, s.Store, `SELECT COUNT(*) FROM payments WHERE taken = 1`); n != 1 {
			t.Errorf("paid by %d payments", n)
		}
	})
}

func TestChangingTheWayOfPaying(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.HandOn, s.Now = true, func() time.Time { return noon }
		setStock(t, s, map[string]int{"A": 3})
		o := place(t, s, reserved("1", "A"))
		for range 2 { // the same effect again
			changed, err := s.ChangePayment(t.Context(), "widget:1/9/0", o.Number, catalog.Invoice)
			if err != nil || changed.Status != catalog.Placed || changed.Payment != catalog.Invoice || !changed.ReservedUntil.IsZero() {
				t.Fatalf("%+v, %v", changed, err)
			}
		}
		if _, err := s.ChangePayment(t.Context(), "widget:1/10/0", o.Number, catalog.AtStore); refusedFor(err) != "closed" {
			t.Errorf("an order that waits no more: %v", err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM pushes`); n != 1 {
			t.Errorf("%d orders go on", n)
		}
		if expired := expire(t, s, noon.Add(2*hold)); expired != nil {
			t.Errorf("expired %+v", expired)
		}
		wantStock(t, s, map[string]int{"A": 2})
		entries, err := s.Books(t.Context(), noon.Add(-hold), noon.Add(hold))
		if err != nil || len(entries) != 1 || entries[0].Kind != catalog.EntrySale {
			t.Errorf("the books say %+v, %v", entries, err)
		}

		late := place(t, s, reserved("2", "A"))
		s.Now = func() time.Time { return noon.Add(hold) }
		if _, err := s.ChangePayment(t.Context(), "widget:1/11/0", late.Number, catalog.Invoice); refusedFor(err) != "late" {
			t.Errorf("when the time is over: %v", err)
		}
	})
}
