package bot_test

import (
	"context"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// panicking are orders that nobody can place.
type panicking struct{ bot.Orders }

func (panicking) Place(context.Context, catalog.Order) (catalog.Order, error) { panic("no such case") }

// openPanicking is a customer of a shop, with goods, whose orders cannot be placed.
func openPanicking(t *testing.T) (s *shop, c *customer, sku string) {
	t.Helper()
	s = open(t)
	c = s.customer("web:1")
	c.bot = s.node(s.state, panicking{s.store})
	sku = s.goods(1)[0]
	s.stock(sku, 5, c.bot)
	return s, c, sku
}

// Work whose carrying out panics ends neither the program nor other work.
func TestWorkThatPanics(t *testing.T) {
	t.Parallel()
	s, c, sku := openPanicking(t)
	if turn := c.tap(c.summary(sku)); turn.State.Working == "" {
		t.Fatalf("nothing is waited for; said %q", words(turn))
	}
	s.wait(afterWork)
	takeUp(t, c.bot)
	s.wait(time.Minute)
	takeUp(t, s.node(s.state, s.store)) // one that can
	if n := len(s.orders(c.name)); n != 1 {
		t.Errorf("%d orders", n)
	}
}

// An order that can never be placed keeps nobody waiting: staff are called.
func TestWorkThatPanicsForEver(t *testing.T) {
	t.Parallel()
	s, c, sku := openPanicking(t)
	c.tap(c.summary(sku))
	for range 2 {
		if s.talk(c.name).Working == "" {
			t.Fatal("it is given up too soon")
		}
		s.wait(time.Minute)
		takeUp(t, c.bot)
	}
	if state := s.talk(c.name); state.Working != "" || state.Handoff.Stage != dialogue.Requested || len(state.Cart) != 1 {
		t.Errorf("waits for %q, the handoff is %+v, the cart %v", state.Working, state.Handoff, state.Cart)
	}
	s.wait(time.Minute)
	takeUp(t, s.node(s.state, s.store))
	if n := len(s.orders(c.name)); n != 0 {
		t.Errorf("%d orders after it was told that none could be made", n)
	}
}
