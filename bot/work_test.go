package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/catalog/search"
	"tiski/intents/finnish"
)

// afterWork is when work that its request did not finish is anybody's.
const afterWork = 11 * time.Second

func takeUp(t *testing.T, b *bot.Bot) {
	t.Helper()
	if err := b.TakeUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// confirmations counts how often a conversation was told that its order is placed.
func confirmations(s *shop, conversation string) int {
	return strings.Count(texts(s.log(conversation)), "Kiitos tilauksesta!")
}

func TestStoreAwayDuringOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	orders := &awayOrders{Orders: s.store}
	c := s.customer("web:1")
	c.bot = s.node(s.state, orders)
	sku := s.goods(1)[0]
	s.stock(sku, 5, c.bot)
	tap := c.summary(sku)
	orders.down.Store(true)
	if turn := c.tap(tap); turn.State.Working == "" {
		t.Fatalf("nothing is waited for; said %q", words(turn))
	}
	s.wait(afterWork)
	takeUp(t, c.bot)
	if n := confirmations(s, c.name); n != 0 || len(s.orders(c.name)) != 0 {
		t.Fatalf("%d confirmations while the store is away", n)
	}
	orders.down.Store(false)
	takeUp(t, c.bot) // still claimed by the attempt before
	if len(s.orders(c.name)) != 0 {
		t.Error("claimed work was taken up by another")
	}
	s.wait(20 * time.Second)
	for range 3 {
		takeUp(t, c.bot)
		s.wait(time.Minute)
	}
	if n := confirmations(s, c.name); n != 1 || len(s.orders(c.name)) != 1 || s.pieces(sku) != 4 {
		t.Errorf("%d confirmations, %d orders, %d pieces left", n, len(s.orders(c.name)), s.pieces(sku))
	}
}

// A node dies at some moment of an order; another takes its work up.
func TestCrash(t *testing.T) {
	t.Parallel()
	for name, crash := range map[string]func(s *shop) *bot.Bot{
		"before the order is placed": func(s *shop) *bot.Bot {
			orders := &awayOrders{Orders: s.store}
			orders.down.Store(true)
			return s.node(s.state, orders)
		},
		"between the order and its commit": func(s *shop) *bot.Bot {
			return s.node(&brokenMemory{Conversations: s.state, commit: func(c bot.Commit) (bool, error) {
				if len(c.Done) > 0 {
					return false, errAway
				}
				return true, nil
			}}, s.store)
		},
		"after the commit": func(s *shop) *bot.Bot {
			return s.node(&brokenMemory{Conversations: s.state, commit: func(c bot.Commit) (bool, error) {
				if len(c.Done) > 0 {
					return true, errAway
				}
				return true, nil
			}}, s.store)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			c := s.customer("web:1")
			sku := s.goods(1)[0]
			s.stock(sku, 5, s.bot)
			tap := c.summary(sku)
			c.bot = crash(s)
			s.stock(sku, 5, c.bot)
			c.tap(tap)
			s.wait(afterWork)
			takeUp(t, s.bot)
			s.wait(time.Minute)
			takeUp(t, s.bot)
			if n := confirmations(s, c.name); n != 1 || len(s.orders(c.name)) != 1 || s.pieces(sku) != 4 {
				t.Errorf("%d confirmations, %d orders, %d pieces left", n, len(s.orders(c.name)), s.pieces(sku))
			}
			c.bot = s.bot
			if turn := c.tap("cart"); turn.State.Working != "" || turn.State.Order == nil || len(turn.State.Cart) != 0 {
				t.Errorf("after the order: %+v", turn.State)
			}
		})
	}
}

// Work whose result cannot be taken ends all the same: it is not done again and
// again, and the conversation does not wait for it.
func TestResultThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	s := open(t)
	orders := &awayOrders{Orders: s.store}
	c := s.customer("web:1")
	c.bot = s.node(s.state, orders)
	tap := c.summary(s.goods(1)[0])
	orders.down.Store(true)
	c.tap(tap)
	before := s.load(c.name)
	if err := s.state.Commit(t.Context(), bot.Commit{
		Conversation: c.name, Channel: "web", Input: "torn", Version: before.Version, Seq: before.Seq, State: []byte("{"),
	}); err != nil {
		t.Fatal(err)
	}
	s.wait(afterWork)
	takeUp(t, s.bot)
	s.wait(time.Hour)
	if due, err := s.state.Claim(t.Context(), s.clock(), time.Second, 10); err != nil || slices.ContainsFunc(due, func(d bot.Due) bool { return d.Work != nil }) {
		t.Errorf("still to be done: %+v, %v", due, err)
	}
	if len(s.orders(c.name)) != 1 || s.desk(c.name).Reason != "failed" {
		t.Errorf("%d orders; staff: %+v", len(s.orders(c.name)), s.desk(c.name))
	}
}

// The last piece is sold to somebody else, by a node of whose sale this one
// does not know yet.
func TestSoldMeanwhile(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]bool{"all of the cart": false, "one of two": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			far := s.node(s.state, s.store)
			two := s.goods(2)
			s.stock(two[0], 1, s.bot, far)
			mine, theirs := s.customer("web:1"), s.customer("web:2")
			theirs.bot = far
			cart := two[:1]
			if other {
				cart = two
			}
			tap := mine.summary(cart...)
			theirs.tap(theirs.summary(two[0]))
			if len(s.orders(theirs.name)) != 1 {
				t.Fatal("the other customer has no order")
			}
			turn := mine.tap(tap)
			if len(s.orders(mine.name)) != 0 || s.pieces(two[0]) != 0 {
				t.Errorf("%d orders, %d pieces left", len(s.orders(mine.name)), s.pieces(two[0]))
			}
			if !strings.Contains(words(turn), "ehtivät loppua") || turn.State.Working != "" {
				t.Errorf("the reason is not told: %q", words(turn))
			}
			switch next := orderTap(turn); {
			case other && (next == "" || len(turn.State.Cart) != 1):
				t.Errorf("no new summary: %q", words(turn))
			case !other && (next != "" || len(turn.State.Cart) != 0 || turn.State.Stage() != "browse"):
				t.Errorf("the cart is not empty: %q, %+v", words(turn), turn.State.Cart)
			case other:
				mine.tap(next)
				if orders := s.orders(mine.name); len(orders) != 1 || orders[0].Lines[0].SKU != two[1] {
					t.Errorf("the rest cannot be ordered: %+v", orders)
				}
			}
		})
	}
}

// Fewer pieces are left than wanted: the number is lowered, and said once.
func TestFewerLeft(t *testing.T) {
	t.Parallel()
	s := open(t)
	far := s.node(s.state, s.store)
	sku := s.goods(1)[0]
	s.stock(sku, 3, s.bot, far)
	mine, theirs := s.customer("web:1"), s.customer("web:2")
	theirs.bot = far
	tap := mine.summary(sku, sku)
	theirs.tap(theirs.summary(sku, sku))
	turn := mine.tap(tap)
	if n := strings.Count(words(turn), "jäljellä on enää 1 kpl"); n != 1 || orderTap(turn) == "" || turn.State.Cart[0].Qty != 1 {
		t.Errorf("said %d times, %d in the cart: %q", n, turn.State.Cart[0].Qty, words(turn))
	}
	mine.tap(orderTap(turn))
	if orders := s.orders(mine.name); len(orders) != 1 || orders[0].Lines[0].Qty != 1 {
		t.Errorf("%+v", orders)
	}
}

// repriced is the shelf with products changed.
func repriced(t *testing.T, shelf *bot.Shelf, change func([]catalog.Product) []catalog.Product) *bot.Shelf {
	t.Helper()
	shop, err := shelf.Shop.WithProducts(change(slices.Clone(shelf.Shop.Products)), shelf.Shop.Categories)
	if err != nil {
		t.Fatal(err)
	}
	next := *shelf
	next.Shop, next.Index, next.Voice = shop, search.New(shop, finnish.Base()), shelf.Voice.With(shop)
	return &next
}

func TestPriceChanged(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	sku := s.goods(1)[0]
	tap := c.summary(sku)
	p, v := s.shelf.Shop.Variant(sku)
	was := p.PriceOf(v)
	s.bot.Swap(repriced(t, s.shelf, func(all []catalog.Product) []catalog.Product {
		for i := range all {
			if all[i].ID == p.ID {
				all[i].Price += 100
			}
		}
		return all
	}))
	turn := c.tap(tap)
	if len(s.orders(c.name)) != 0 || orderTap(turn) == "" || orderTap(turn) == tap || strings.Contains(words(turn), "jäljellä") {
		t.Fatalf("%d orders; said %q", len(s.orders(c.name)), words(turn))
	}
	c.tap(orderTap(turn))
	if orders := s.orders(c.name); len(orders) != 1 || orders[0].Total != was+100 {
		t.Errorf("%+v", orders)
	}
}

// The price changes while the order is on its way: after the tap was
// committed, before the order is placed.
func TestPriceChangedOnTheWay(t *testing.T) {
	t.Parallel()
	for _, gone := range []bool{false, true} {
		s := open(t)
		orders := &awayOrders{Orders: s.store}
		c := s.customer("web:1")
		c.bot = s.node(s.state, orders)
		sku := s.goods(1)[0]
		p, _ := s.shelf.Shop.Variant(sku)
		tap := c.summary(sku)
		orders.down.Store(true)
		c.tap(tap)
		s.bot.Swap(repriced(t, s.shelf, func(all []catalog.Product) []catalog.Product {
			i := slices.IndexFunc(all, func(one catalog.Product) bool { return one.ID == p.ID })
			if gone {
				return slices.Delete(all, i, i+1)
			}
			all[i].Price += 100
			return all
		}))
		s.wait(afterWork)
		takeUp(t, s.bot)
		log := s.log(c.name)
		last := log[len(log)-1]
		said := texts(log[len(log)-2:])
		if len(s.orders(c.name)) != 0 || strings.Contains(said, "Muutin määrän") {
			t.Errorf("gone %v: %d orders; said %q", gone, len(s.orders(c.name)), said)
		}
		if shown := orderTap(bot.Turn{Messages: []bot.Message{last}}) != ""; shown == gone {
			t.Errorf("gone %v: the last word is %q", gone, last.Text)
		}
	}
}

// An order that the store has already is never refused: not by a price that
// changed since.
func TestPlacedBeforeThePriceChanged(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	sku := s.goods(1)[0]
	tap := c.summary(sku)
	c.bot = s.node(&brokenMemory{Conversations: s.state, commit: func(commit bot.Commit) (bool, error) {
		if len(commit.Done) > 0 {
			return false, errAway
		}
		return true, nil
	}}, s.store)
	c.tap(tap)
	p, _ := s.shelf.Shop.Variant(sku)
	s.bot.Swap(repriced(t, s.shelf, func(all []catalog.Product) []catalog.Product {
		return slices.DeleteFunc(all, func(one catalog.Product) bool { return one.ID == p.ID })
	}))
	s.wait(afterWork)
	takeUp(t, s.bot)
	if n := confirmations(s, c.name); n != 1 || len(s.orders(c.name)) != 1 {
		t.Errorf("%d confirmations, %d orders", n, len(s.orders(c.name)))
	}
}

func TestCancelledOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	sku := s.goods(1)[0]
	s.stock(sku, 5, s.bot)
	c.tap(c.summary(sku))
	number := s.orders(c.name)[0].Number
	if turn := c.tap("withdraw:" + number); turn.State.Order.Status != catalog.Placed {
		t.Fatalf("one tap cancelled it: %q", words(turn))
	}
	turn := c.tap("withdraw!:" + number)
	if s.orders(c.name)[0].Status != catalog.Cancelled || s.pieces(sku) != 5 || !strings.Contains(words(turn), number) {
		t.Errorf("%s, %d pieces: %q", s.orders(c.name)[0].Status, s.pieces(sku), words(turn))
	}
}

func TestRunTakesUpWork(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	c.tap("human")
	s.wait(11 * time.Minute)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	changed := s.state.Watch(ctx, c.name)
	go func() { ended <- s.bot.Run(ctx) }()
	deadline := time.After(time.Minute)
	for !strings.Contains(texts(s.log(c.name)), "Odotus on venynyt") {
		select {
		case <-changed:
		case <-deadline:
			t.Fatal("the timer did not ring")
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A case is opened once, though its work is taken up twice.
func TestCaseIsOpenedOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	sku := s.goods(1)[0]
	c.tap(c.summary(sku))
	number := s.orders(c.name)[0].Number
	for i, lines := range []string{`[{"Line":0,"Qty":1}]`, `[{"Line":0,"Qty":1}]`, `[{"Line":7,"Qty":1}]`} {
		before := s.load(c.name)
		id := []string{"web:1/9/0", "web:1/9/0", "web:1/9/1"}[i]
		effect := `{"Case":{"Order":"` + number + `","Kind":"withdrawal","Lines":` + lines + `}}`
		if err := s.state.Commit(t.Context(), bot.Commit{
			Conversation: c.name, Channel: "web", Input: fmt.Sprint("asks/", i), Version: before.Version, Seq: before.Seq, State: before.State,
			Work: []bot.Work{{ID: id, Kind: "open_case", Cause: "asks", Effect: []byte(effect)}},
		}); err != nil {
			t.Fatal(err)
		}
		s.wait(afterWork)
		takeUp(t, s.bot)
		s.wait(time.Minute)
		takeUp(t, s.bot)
	}
	cases, err := s.store.CasesOf(t.Context(), number)
	if err != nil || len(cases) != 1 || cases[0].ID != "web:1/9/0" || cases[0].State != catalog.CaseCancelled {
		t.Errorf("%+v, %v", cases, err)
	}
	if told := strings.Count(texts(s.log(c.name)), cases[0].Number); told != 1 {
		t.Errorf("told %d times", told)
	}
}

// An order is refused when the shop would now sell it for another price, also
// when it is the discount that has changed.
func TestDiscountThatIsOver(t *testing.T) {
	t.Parallel()
	s := open(t)
	shop := *s.shelf.Shop
	shop.Discounts = []catalog.Discount{{ID: "etu", Name: catalog.Text{"fi": "Talvietu"}, Amount: 100}}
	shelf := *s.shelf
	shelf.Shop = &shop
	s.bot.Swap(&shelf)
	c := s.customer("web:1")
	sku := s.goods(1)[0]
	tap := c.summary(sku)
	if said := texts(s.log(c.name)); !strings.Contains(said, "Talvietu: −1,00 €") {
		t.Errorf("the summary does not tell the discount:\n%s", said)
	}
	other := s.customer("web:2")
	c.tap(tap)
	got := s.orders(c.name)
	if len(got) != 1 || len(got[0].Discounts) != 1 || got[0].Lines[0].Discount != 100 || got[0].Total != got[0].Lines[0].Unit+got[0].Delivery.Price-100 {
		t.Fatalf("%+v", got)
	}
	tap = other.summary(sku)
	before := shelf
	before.Shop = s.shelf.Shop
	s.bot.Swap(&before)
	other.tap(tap)
	if n := len(s.orders(other.name)); n != 0 {
		t.Errorf("%d orders for a price that is over", n)
	}
}

// Goods that are paid first are reserved for the time that the shop gives.
func TestOrderPaidFirst(t *testing.T) {
	t.Parallel()
	s := open(t)
	shop := *s.shelf.Shop
	shop.Payments = []catalog.PaymentMethod{{ID: "bank", Provider: "paytrail", Name: catalog.Text{"fi": "Verkkopankki"}}}
	shelf := *s.shelf
	shelf.Shop = &shop
	s.bot.Swap(&shelf)
	sku := s.goods(1)[0]
	s.stock(sku, 5, s.bot)
	order := catalog.Order{
		Conversation: "web:1", Placed: s.clock(), Payment: "bank", Delivery: catalog.OrderDelivery{Method: shop.Delivery[0].ID},
	}
	p, v := shop.Variant(sku)
	order.Lines = []catalog.OrderLine{{SKU: sku, Product: p.ID, Qty: 1, Unit: p.PriceOf(v), VAT: 255}}
	quote, err := shop.Quote(order.Lines, order.Delivery.Method, order.Payment, order.Placed)
	if err != nil {
		t.Fatal(err)
	}
	order.ID, order.Total = "web:1/5/0", quote.Total
	effect, err := json.Marshal(dialogue.PlaceOrder{Order: order})
	if err != nil {
		t.Fatal(err)
	}
	before := s.load("web:1")
	if err := s.state.Commit(t.Context(), bot.Commit{
		Conversation: "web:1", Channel: "web", Input: "tap", Version: before.Version, Seq: before.Seq, New: true, State: []byte(`{"schema":1}`),
		Work: []bot.Work{{ID: order.ID, Kind: "place_order", Cause: "tap", Effect: effect}},
	}); err != nil {
		t.Fatal(err)
	}
	s.wait(afterWork)
	placed := s.clock()
	takeUp(t, s.bot)
	got := s.orders("web:1")
	if len(got) != 1 || got[0].Status != catalog.Awaiting || !got[0].ReservedUntil.Equal(placed.Add(shop.Reserve)) || s.pieces(sku) != 4 {
		t.Errorf("%+v, %d pieces left", got, s.pieces(sku))
	}
}
