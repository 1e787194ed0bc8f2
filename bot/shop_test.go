package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/bottest"
	"tiski/bot/dialogue"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/catalog"
)

// shop is one shop's memory and its bots, on a clock that stands still.
type shop struct {
	t     testing.TB
	shelf *bot.Shelf
	state *state.Conversations
	store *store.Store
	bot   *bot.Bot
	now   atomic.Pointer[time.Time]
}

// The channel whose messages are pushed; those of any other are read.
const pushed = "push"

// opening is a Monday morning while customer service is open.
var opening = time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki)

func open(t testing.TB) *shop {
	t.Helper()
	s := &shop{t: t}
	s.now.Store(&opening)
	o := bottest.Open(t, []string{pushed}, s.clock, slog.New(slog.DiscardHandler))
	s.shelf, s.state, s.store, s.bot = o.Shelf, o.Talks, o.Store, o.Bot
	return s
}

func (s *shop) clock() time.Time { return *s.now.Load() }

func (s *shop) wait(d time.Duration) {
	later := s.clock().Add(d)
	s.now.Store(&later)
}

// node is one more bot over this memory or another.
func (s *shop) node(c bot.Conversations, o bot.Orders) *bot.Bot {
	return bot.New(c, o, s.shelf, []string{pushed}, s.clock, slog.New(slog.DiscardHandler))
}

// stock sets the pieces of a variant and shows them to the bots.
func (s *shop) stock(sku string, pieces int, nodes ...*bot.Bot) {
	s.t.Helper()
	if err := s.store.SetStock(s.t.Context(), map[string]int{sku: pieces}, s.clock()); err != nil {
		s.t.Fatal(err)
	}
	for _, b := range nodes {
		if err := b.RefreshStock(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
	}
}

// pieces is the stock left of a variant.
func (s *shop) pieces(sku string) int {
	s.t.Helper()
	stock, err := s.store.Stock(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return stock[sku]
}

func (s *shop) orders(conversation string) []catalog.Order {
	s.t.Helper()
	orders, err := s.store.OfConversation(s.t.Context(), conversation)
	if err != nil {
		s.t.Fatal(err)
	}
	return orders
}

// log is everything said in a conversation, by whomever.
func (s *shop) log(conversation string) []bot.Message {
	s.t.Helper()
	all, err := s.state.Messages(s.t.Context(), conversation, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// load is the conversation as it is kept.
func (s *shop) load(conversation string) bot.Snapshot {
	s.t.Helper()
	snapshot, err := s.state.Load(s.t.Context(), conversation, "none")
	if err != nil {
		s.t.Fatal(err)
	}
	return snapshot
}

func (s *shop) talk(conversation string) dialogue.State {
	s.t.Helper()
	state, err := dialogue.Decode(s.load(conversation).State)
	if err != nil {
		s.t.Fatal(err)
	}
	return state
}

func (s *shop) desk(conversation string) bot.Desk {
	s.t.Helper()
	desks, err := s.state.Desks(s.t.Context(), 100)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, d := range desks {
		if d.Conversation == conversation {
			return d
		}
	}
	s.t.Fatalf("%s is not on the staff's list", conversation)
	return bot.Desk{}
}

// goods are variants of the demo shop of different products, without a price
// of their own.
func (s *shop) goods(n int) []string {
	var skus []string
	for i := range s.shelf.Shop.Products {
		if v := s.shelf.Shop.Products[i].Variants[0]; len(skus) < n && v.Price == 0 && v.Stock > 3 {
			skus = append(skus, v.SKU)
		}
	}
	if len(skus) < n {
		s.t.Fatalf("the demo shop has only %d variants to test with", len(skus))
	}
	return skus
}

// customer is somebody who talks with a bot.
type customer struct {
	shop   *shop
	bot    *bot.Bot
	name   string // of the conversation
	inputs int
}

func (s *shop) customer(name string) *customer { return &customer{shop: s, bot: s.bot, name: name} }

func (c *customer) input(what dialogue.Input) bot.Input {
	c.inputs++
	return bot.Input{ID: strconv.Itoa(c.inputs), What: what}
}

func (c *customer) do(what dialogue.Input) bot.Turn {
	c.shop.t.Helper()
	turn, err := c.bot.Handle(c.shop.t.Context(), c.name, c.input(what))
	if err != nil {
		c.shop.t.Fatalf("%#v: %v", what, err)
	}
	return turn
}

func (c *customer) tap(tap string) bot.Turn {
	c.shop.t.Helper()
	return c.do(dialogue.Tapped{Tap: tap, Label: tap})
}

func (c *customer) say(text string) bot.Turn {
	c.shop.t.Helper()
	return c.do(dialogue.Said{Text: text})
}

// summary puts goods into the cart, goes through the checkout and returns what
// the order button says.
func (c *customer) summary(skus ...string) string {
	c.shop.t.Helper()
	for _, sku := range skus {
		c.tap("sku:" + sku)
	}
	c.tap("checkout")
	c.say("Maija Virtanen")
	c.say("maija@example.com")
	c.say("040 123 4567")
	c.tap("del:myymalanouto")
	turn := c.tap("pay:at_store")
	tap := orderTap(turn)
	if tap == "" {
		c.shop.t.Fatalf("no summary after the checkout: %s", words(turn))
	}
	return tap
}

// orderTap is what the order button of a turn says, "" without one.
func orderTap(turn bot.Turn) string {
	for _, m := range turn.Messages {
		for _, b := range m.Buttons {
			if strings.HasPrefix(b.Tap, "order:") {
				return b.Tap
			}
		}
	}
	return ""
}

func words(turn bot.Turn) string { return texts(turn.Messages) }

func texts(messages []bot.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n")
}

var errAway = errors.New("away")

// brokenMemory lets a test decide what Load and Commit do before or instead of
// the real ones.
type brokenMemory struct {
	bot.Conversations
	load   func(input string) error
	commit func(c bot.Commit) (written bool, err error) // written: the real one is asked, too
}

func (m *brokenMemory) Load(ctx context.Context, conversation, input string) (bot.Snapshot, error) {
	if m.load != nil {
		if err := m.load(input); err != nil {
			return bot.Snapshot{}, err
		}
	}
	return m.Conversations.Load(ctx, conversation, input)
}

func (m *brokenMemory) Commit(ctx context.Context, c bot.Commit) error {
	if m.commit == nil {
		return m.Conversations.Commit(ctx, c)
	}
	written, err := m.commit(c)
	if written {
		if err := m.Conversations.Commit(ctx, c); err != nil {
			return err
		}
	}
	return err
}

// awayOrders is a store that is away while down is set.
type awayOrders struct {
	bot.Orders
	down atomic.Bool
}

func (o *awayOrders) Place(ctx context.Context, order catalog.Order) (catalog.Order, error) {
	if o.down.Load() {
		return catalog.Order{}, fmt.Errorf("place: %w", errAway)
	}
	return o.Orders.Place(ctx, order)
}

func (o *awayOrders) OfConversation(ctx context.Context, conversation string) ([]catalog.Order, error) {
	if o.down.Load() {
		return nil, fmt.Errorf("orders: %w", errAway)
	}
	return o.Orders.OfConversation(ctx, conversation)
}
