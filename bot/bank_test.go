package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// bank is a payment provider. A charge asked twice by one ID is an error of its
// own, as it is at Paytrail.
type bank struct {
	name string
	t    testing.TB

	mu       sync.Mutex
	fail     error // of the next calls, when set
	refuse   error // of refunds
	payments map[string]catalog.Payment
	charges  map[string]bool
	refunded map[string]catalog.Cents // by refund
	last     string
	looks    int
}

func newBank(t testing.TB, name string) *bank {
	return &bank{name: name, t: t, payments: map[string]catalog.Payment{}, charges: map[string]bool{}, refunded: map[string]catalog.Cents{}}
}

func (b *bank) Name() string { return b.name }

func (b *bank) Ask(_ context.Context, c catalog.Charge) (catalog.Payment, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return catalog.Payment{}, b.fail
	}
	if b.charges[c.ID] {
		b.t.Errorf("%s is charged again", c.ID)
	}
	var sum catalog.Cents
	for _, l := range c.Lines {
		sum += l.Unit * catalog.Cents(l.Qty)
	}
	if sum != c.Total || !strings.HasPrefix(c.Paid, "https://tiski.example/payments/"+b.name) {
		b.t.Errorf("a charge of %d cents, %+v", sum, c)
	}
	b.charges[c.ID] = true
	b.last = fmt.Sprintf("%s-%d", b.name, len(b.payments)+1)
	b.payments[b.last] = catalog.Payment{
		Provider: b.name, ID: b.last, Charge: c.ID, State: catalog.PaymentOpen, Amount: c.Total, Currency: c.Currency, Link: "https://bank.example/" + b.last,
	}
	return b.payments[b.last], nil
}

func (b *bank) Look(_ context.Context, id string) (catalog.Payment, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looks++
	return b.payments[id], b.fail
}

func (b *bank) Refund(_ context.Context, r catalog.Refund) (catalog.PaymentState, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil || b.refuse != nil {
		return "", cmpError(b.fail, b.refuse)
	}
	b.refunded[r.ID] = r.Amount
	return catalog.PaymentRefunded, nil
}

func cmpError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// become lets a payment become what is told, "" the one asked last, and returns it.
func (b *bank) become(id string, state catalog.PaymentState) catalog.Payment {
	b.mu.Lock()
	defer b.mu.Unlock()
	if id == "" {
		id = b.last
	}
	p := b.payments[id]
	p.State = state
	b.payments[id] = p
	return p
}

func (b *bank) away(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail = err
}

// payShop is a shop whose bank takes payments, and a customer with a summary.
type payShop struct {
	*shop
	bank    *bank
	cashier *bot.Cashier
	c       *customer
	sku     string
}

// method is the way of paying through the bank.
const method = "bank"

func openPaying(t testing.TB) *payShop {
	t.Helper()
	s := &payShop{shop: open(t), bank: newBank(t, "paytrail")}
	s.seat(s.state, s.store, s.store, s.bank)
	s.sku = s.goods(1)[0]
	s.stock(s.sku, 5, s.bot)
	s.c = s.customer("web:1")
	return s
}

// seat puts a bot over these memories behind the counter.
func (s *payShop) seat(c bot.Conversations, o bot.Orders, p bot.Payments, providers ...bot.Provider) *bot.Bot {
	till := &bot.Till{Providers: providers, Payments: p, Public: "https://tiski.example", Clock: s.clock, Log: slog.New(slog.DiscardHandler)}
	s.bot = s.node(c, o)
	s.bot.Till = till
	s.cashier = &bot.Cashier{Till: till, Drawer: s.store, Bot: s.bot, Clock: s.clock, Log: slog.New(slog.DiscardHandler)}
	return s.bot
}

// toButton goes to the summary with the bank as the way of paying.
func (s *payShop) toButton() string {
	s.t.Helper()
	s.c.bot = s.bot
	s.c.summary(s.sku)
	s.c.tap("edit:payment")
	tap := orderTap(s.c.tap("pay:" + method))
	if tap == "" {
		s.t.Fatal("no summary")
	}
	return tap
}

// order orders, and returns what is said.
func (s *payShop) order() bot.Turn {
	s.t.Helper()
	return s.c.tap(s.toButton())
}

// told hands in what the bank tells, as its door does.
func (s *payShop) told(p catalog.Payment) bot.Turn {
	s.t.Helper()
	turn, err := s.bot.Handle(s.t.Context(), s.c.name, tolds(p))
	if err != nil {
		s.t.Fatal(err)
	}
	return turn
}

func tolds(p catalog.Payment) bot.Input {
	return bot.Input{ID: "payment/" + p.Provider + "/" + p.ID + "/" + string(p.State), What: dialogue.PaymentTold{Payment: p}}
}

func (s *payShop) work() {
	s.t.Helper()
	if err := s.cashier.Once(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *payShop) status() catalog.Status {
	s.t.Helper()
	orders := s.orders(s.c.name)
	if len(orders) != 1 {
		s.t.Fatalf("%d orders", len(orders))
	}
	return orders[0].Status
}

// links are the addresses of the buttons of a turn.
func links(turn bot.Turn) (all []string) {
	for _, m := range turn.Messages {
		for _, b := range m.Buttons {
			if b.URL != "" {
				all = append(all, b.Label+" "+b.URL)
			}
		}
	}
	return all
}

// balance: what the bank has got and not given back is what the orders are worth.
func (s *payShop) balance() {
	s.t.Helper()
	entries, err := s.store.Books(s.t.Context(), opening.AddDate(0, 0, -1), s.clock().Add(time.Hour))
	if err != nil {
		s.t.Fatal(err)
	}
	var books, cash catalog.Cents
	for _, e := range entries {
		books += e.Gross
	}
	s.bank.mu.Lock()
	defer s.bank.mu.Unlock()
	for _, p := range s.bank.payments {
		if p.State == catalog.PaymentPaid {
			cash += p.Amount
		}
	}
	for _, back := range s.bank.refunded {
		cash -= back
	}
	if books != cash {
		s.t.Errorf("the books say %d cents, the bank has %d", books, cash)
	}
}
