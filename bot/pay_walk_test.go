package bot_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

// TestMoneyBalancesWhateverHappens lets customers, the bank, the clock and staff
// do anything in any order. However it goes, the goods and the money agree: what
// the bank got and did not give back is what the books say, pieces on the shelf
// and in orders are as many as there were, and nothing that was told twice
// happened twice.
func TestMoneyBalancesWhateverHappens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(25) {
		w := payWalk{payShop: openPaying(t), chance: rand.New(rand.NewPCG(seed, 1))}
		w.order()
		for range 30 {
			w.step()
		}
		w.bank.away(nil)
		for range 4 { // what is left ends
			w.wait(time.Hour)
			w.work()
			takeUp(t, w.bot)
		}
		w.balance()
		if left, want := w.pieces(w.sku), 5-w.sold(); left != want {
			w.t.Errorf("seed %d: %d pieces left, want %d", seed, left, want)
		}
		said := texts(w.log(w.c.name))
		if n := strings.Count(said, "Palautimme"); n != len(w.bank.refunded) {
			t.Errorf("seed %d: %d refunds are told, %d were made", seed, n, len(w.bank.refunded))
		}
		if t.Failed() {
			t.Fatalf("seed %d: %s\n%s", seed, strings.Join(w.did, "\n"), said)
		}
	}
}

type payWalk struct {
	*payShop
	chance *rand.Rand
	did    []string
}

func (w *payWalk) step() {
	number := w.orders(w.c.name)[0].Number
	var id string
	if n := len(w.bank.payments); n > 0 {
		id = fmt.Sprintf("paytrail-%d", 1+w.chance.IntN(n))
	}
	acts := []struct {
		name string
		do   func()
	}{
		{"a new link", func() { w.c.tap("payby:" + method) }},
		{"says paid", func() { w.c.say("maksoin jo") }},
		{"pays", func() { w.tell(id, catalog.PaymentPaid) }},
		{"fails", func() { w.tell(id, catalog.PaymentFailed) }},
		{"is pending", func() { w.tell(id, catalog.PaymentPending) }},
		{"waits", func() { w.wait(time.Duration(w.chance.IntN(40)) * time.Minute) }},
		{"the cashier", w.work},
		{"the bank sleeps", func() { w.bank.away(errAway) }},
		{"the bank wakes", func() { w.bank.away(nil) }},
		{"cancels", func() { w.c.tap("withdraw!:" + number) }},
	}
	act := acts[w.chance.IntN(len(acts)-1)]
	if w.chance.IntN(60) == 0 {
		act = acts[len(acts)-1]
	}
	w.did = append(w.did, act.name+" "+id)
	act.do()
}

// sold is how many pieces the order has.
func (w *payWalk) sold() int {
	switch w.status() {
	case catalog.Awaiting, catalog.Paid:
		return 1
	}
	return 0
}

// tell lets the bank tell of a payment, twice. One that was paid stays so.
func (w *payWalk) tell(id string, state catalog.PaymentState) {
	w.bank.mu.Lock()
	was, known := w.bank.payments[id]
	w.bank.mu.Unlock()
	if !known || was.State == catalog.PaymentPaid {
		return
	}
	p := w.bank.become(id, state)
	for range 2 {
		w.told(p)
	}
}
