package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/campaign"
	"tiski/bot/dialogue"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/catalog"
)

// counter is one conversation with the whole bot behind it, in memory, on a
// clock of its own: what `tiski chat` and the stories talk with.
type counter struct {
	conversation  string
	conversations *state.Conversations
	store         *store.Store
	bot           *bot.Bot
	providers     []*practice
	cashier       *bot.Cashier
	reader        *bot.Reader
	bookkeeper    *bot.Bookkeeper
	campaigner    *bot.Campaigner
	campaigns     []campaign.Campaign // of stories
	now           time.Time
	fixed         bool // the clock stands still but for wait
	inputs        int
	seen          int64 // sequence number of the last message shown
}

// The person of `!staff`.
const (
	chatStaff = "maija"
	chatName  = "Maija"
)

// openCounter opens a counter at a time; zero means the wall clock. providers
// are those that practise taking payments.
func openCounter(ctx context.Context, shelf *bot.Shelf, conversation string, at time.Time, providers ...string) (*counter, error) {
	c := &counter{conversation: conversation, now: at, fixed: !at.IsZero()}
	log := slog.New(slog.DiscardHandler)
	var err error
	if c.conversations, err = state.Open(ctx, state.Options{Clock: c.clock, Log: log}); err != nil {
		return nil, err
	}
	if c.store, err = store.Open(ctx, store.Memory); err != nil {
		return nil, err
	}
	c.store.Now = c.clock
	if err := c.store.SetStock(ctx, toldStock(shelf.Shop), c.clock()); err != nil {
		return nil, err
	}
	for _, name := range providers {
		c.providers = append(c.providers, newPractice(name))
	}
	return c, c.seat(ctx, shelf, log)
}

// practiceKey signs the passes of a counter, which no other program takes.
const practiceKey = "the counter of a chat keeps no secrets"

// seat puts a bot behind the counter.
func (c *counter) seat(ctx context.Context, shelf *bot.Shelf, log *slog.Logger) error {
	public := ""
	if c.bot != nil {
		public = c.bot.Public
	}
	till := &bot.Till{Payments: c.store, Clock: c.clock, Log: log}
	for _, p := range c.providers {
		till.Providers = append(till.Providers, p)
	}
	c.bot = bot.New(c.conversations, c.store, shelf, nil, c.clock, log)
	c.bot.Public, c.bot.Till, c.bot.Customers, c.bot.Sendings = public, till, c.store, c.store
	c.bot.Subscribers, c.bot.Reviews, c.bot.Purses = c.store, c.store, c.store
	c.bookkeeper = &bot.Bookkeeper{Points: c.store, Rules: func() *catalog.Loyalty { return c.bot.Shelf().Shop.Loyalty }, Clock: c.clock, Log: log}
	c.campaigner = &bot.Campaigner{
		Audience: c.store, Handle: c.bot.Handle, Clock: c.clock, Log: log,
		Running: func(ctx context.Context) ([]bot.Campaign, error) {
			return allRunning(ctx, c.store, c.campaigns, c.bot.Shelf().Shop, c.clock())
		},
	}
	c.reader = &bot.Reader{Reviewed: c.store, Bot: c.bot, Log: log}
	c.bot.Passes = &bot.Passes{Key: []byte(practiceKey), Clock: c.clock}
	c.cashier = &bot.Cashier{Till: till, Drawer: c.store, Bot: c.bot, Clock: c.clock, Log: log}
	return c.bot.RefreshStock(ctx)
}

func (c *counter) close() {
	c.conversations.Close()
	c.store.Close()
}

func (c *counter) clock() time.Time {
	if c.fixed {
		return c.now
	}
	return time.Now()
}

// toldStock is the stock that the shop's files tell; catalog.StockUnknown,
// which is negative, ends the counting of a variant.
func toldStock(shop *catalog.Shop) map[string]int {
	told := map[string]int{}
	for i := range shop.Products {
		for _, v := range shop.Products[i].Variants {
			told[v.SKU] = v.Stock
		}
	}
	return told
}

// line does what one line of a chat says: a message, or a command that begins
// with "!". It returns what was said to the customer since the last line.
func (c *counter) line(ctx context.Context, text string) (bot.Turn, error) {
	verb, rest, _ := strings.Cut(text, " ")
	switch verb {
	case "!tap":
		return c.handle(ctx, dialogue.Tapped{Tap: rest})
	case "!wait":
		return c.wait(ctx, rest)
	case "!staff":
		return c.staff(ctx, rest)
	case "!edit":
		return c.handle(ctx, dialogue.Said{Text: rest, Edited: true})
	case "!photo":
		return c.handle(ctx, dialogue.Sent{Kind: "photo"})
	case "!page":
		return c.handle(ctx, pageOf(rest))
	case "!new":
		return c.newGoods(ctx, strings.Fields(rest))
	case "!publish":
		return c.publish(ctx)
	case "!start":
		return c.handle(ctx, dialogue.Opened{Lang: rest})
	case "!paid":
		return c.payment(ctx, string(catalog.PaymentPaid))
	case "!payment":
		return c.payment(ctx, rest)
	case "!shop":
		return c.shop(ctx, rest)
	case "!lapse":
		return c.lapse(ctx)
	case "!restart":
		if err := c.seat(ctx, c.bot.Shelf(), slog.New(slog.DiscardHandler)); err != nil {
			return bot.Turn{}, err
		}
		return c.catchUp(ctx, bot.Turn{})
	}
	if len(verb) > 1 && verb[0] == '!' && strings.Trim(verb[1:], "abcdefghijklmnopqrstuvwxyz") == "" {
		return bot.Turn{}, fmt.Errorf("no such command: %s", verb)
	}
	return c.handle(ctx, dialogue.Said{Text: text})
}

// pageOf reads the page that a customer looks at: its product, and what it has in
// its cart, "-" for no product.
func pageOf(line string) dialogue.Viewed {
	product, rest, _ := strings.Cut(line, " ")
	in := dialogue.Viewed{Product: strings.TrimPrefix(product, "-")}
	for _, sku := range strings.Fields(rest) {
		in.Cart = append(in.Cart, dialogue.Line{SKU: sku, Qty: 1})
	}
	return in
}

func (c *counter) handle(ctx context.Context, in dialogue.Input) (bot.Turn, error) {
	c.inputs++
	return c.handleAs(ctx, strconv.Itoa(c.inputs), in)
}

func (c *counter) handleAs(ctx context.Context, id string, in dialogue.Input) (bot.Turn, error) {
	turn, err := c.bot.Handle(ctx, c.conversation, bot.Input{ID: id, At: c.clock(), What: in})
	if err != nil {
		return bot.Turn{}, err
	}
	if err := c.cashier.Once(ctx); err != nil {
		return bot.Turn{}, err
	}
	return c.catchUp(ctx, turn)
}

// catchUp takes from the log what was said since the last line, whoever caused it.
func (c *counter) catchUp(ctx context.Context, turn bot.Turn) (bot.Turn, error) {
	s, err := c.conversations.Load(ctx, c.conversation, "look")
	if err != nil {
		return bot.Turn{}, err
	}
	if s.Seq < c.seen { // it was erased and has begun anew
		c.seen = 0
	}
	log, err := c.conversations.Messages(ctx, c.conversation, c.seen)
	if err != nil {
		return bot.Turn{}, err
	}
	turn.Messages = nil
	for _, m := range log {
		c.seen = m.Seq
		if m.From != dialogue.ByCustomer {
			turn.Messages = append(turn.Messages, m)
		}
	}
	turn.State, err = dialogue.Decode(s.State)
	return turn, err
}

// wait lets time pass, ringing the timers that come due on the way.
func (c *counter) wait(ctx context.Context, span string) (bot.Turn, error) {
	d, err := time.ParseDuration(span)
	if err != nil || d < 0 {
		return bot.Turn{}, fmt.Errorf("!wait needs a time such as 26h or 90m, not %q", span)
	}
	c.now = c.clock().Add(d)
	c.fixed = true
	for _, once := range []func(context.Context) error{c.cashier.Once, c.bot.TakeUp, c.bookkeeper.Once, c.campaigner.Once} {
		if err := once(ctx); err != nil {
			return bot.Turn{}, err
		}
	}
	return c.catchUp(ctx, bot.Turn{})
}

// lapse lets so much time pass that the conversation is forgotten.
func (c *counter) lapse(ctx context.Context) (bot.Turn, error) {
	c.now, c.fixed = c.clock().AddDate(0, 0, lapsed), true
	if err := c.conversations.Erase(ctx, c.conversation, ""); err != nil {
		return bot.Turn{}, err
	}
	return c.catchUp(ctx, bot.Turn{})
}

// lapsed is more days than a conversation lives.
const lapsed = 91

func (c *counter) staff(ctx context.Context, act string) (bot.Turn, error) {
	verb, rest, _ := strings.Cut(act, " ")
	switch verb {
	case "take":
		return c.handle(ctx, dialogue.Taken{Staff: chatStaff, Name: chatName})
	case "say":
		return c.handle(ctx, dialogue.StaffSaid{Staff: chatStaff, Name: chatName, Text: rest})
	case "back":
		return c.handle(ctx, dialogue.HandedBack{Staff: chatStaff, Note: rest})
	}
	if verb == "away" || verb == "here" {
		c.bot.Staffed = func(context.Context) (bool, error) { return verb == "here", nil }
		if err := c.bot.RefreshStaff(ctx); err != nil {
			return bot.Turn{}, err
		}
		return c.catchUp(ctx, bot.Turn{})
	}
	return bot.Turn{}, fmt.Errorf("!staff take, !staff say TEXT, !staff back, !staff away or !staff here, not %q", act)
}

// shop lets the shop's own system tell of the last order: its status, and perhaps
// the code of its parcel.
func (c *counter) shop(ctx context.Context, told string) (bot.Turn, error) {
	orders, err := c.store.OfConversation(ctx, c.conversation)
	if err != nil {
		return bot.Turn{}, err
	}
	if len(orders) == 0 {
		return bot.Turn{}, fmt.Errorf("!shop needs an order made in this conversation")
	}
	status, code, _ := strings.Cut(told, " ")
	news := catalog.News{Order: orders[0].Number, Status: catalog.Status(status), Tracking: code}
	o, _, err := c.store.Told(ctx, news, c.clock())
	if err != nil || o.Status != news.Status {
		return bot.Turn{}, err
	}
	id := "order/" + o.Number + "/" + status
	turn, err := c.bot.Handle(ctx, c.conversation, bot.Input{ID: id, At: c.clock(), What: dialogue.Moved{Order: o}})
	if err != nil {
		return bot.Turn{}, err
	}
	return c.catchUp(ctx, turn)
}

// newGoods lets products have just come to the shop, by their ids; all others
// were there before.
func (c *counter) newGoods(ctx context.Context, ids []string) (bot.Turn, error) {
	all := c.bot.Shelf().Shop.Products
	old := slices.DeleteFunc(slices.Clone(all), func(p catalog.Product) bool { return slices.Contains(ids, p.ID) })
	for _, some := range [][]catalog.Product{old, all} {
		if err := noteArrivals(ctx, c.store, some, c.clock()); err != nil {
			return bot.Turn{}, err
		}
	}
	return c.catchUp(ctx, bot.Turn{})
}

// publish lets staff show all reviews that wait to be read.
func (c *counter) publish(ctx context.Context) (bot.Turn, error) {
	waiting, err := c.store.WrittenReviews(ctx, false, 100)
	if err != nil {
		return bot.Turn{}, err
	}
	for _, r := range waiting {
		if err := c.store.JudgeReview(ctx, r.ID, "", c.clock()); err != nil {
			return bot.Turn{}, err
		}
	}
	if err := c.reader.Once(ctx); err != nil {
		return bot.Turn{}, err
	}
	return c.catchUp(ctx, bot.Turn{})
}

// given are orders, codes and pick-up points that a chat begins with.
type given struct {
	Orders []struct {
		Number    string    `json:"order_no"`
		Email     string    `json:"email"`
		Phone     string    `json:"phone"`
		Status    string    `json:"status"`
		Placed    timestamp `json:"placed"`
		Delivered timestamp `json:"delivered"`
		Tracking  string    `json:"tracking"`
		Lines     []struct {
			Product string            `json:"product"` // SKU or product id
			Qty     int               `json:"qty"`
			Options map[string]string `json:"options"`
		} `json:"lines"`
	} `json:"orders"`
	Codes []struct {
		Code    string        `json:"code"`
		Percent int           `json:"percent"`
		Amount  catalog.Cents `json:"amount"`
		Minimum catalog.Cents `json:"min"`
		Until   timestamp     `json:"until"` // the last day
	} `json:"codes"`
	Parcels givenParcels `json:"parcels"`
	Points  givenPoints  `json:"points"` // pick-up points near every postal code; an empty list: nobody answers
}

// timestamp reads a date or a date with a time.
type timestamp struct{ time.Time }

func (t *timestamp) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if text == "" || text == "null" {
		return nil
	}
	at, err := parseTime(text)
	t.Time = at
	return err
}

// parseTime understands RFC 3339, and a date with or without a time of day in
// Helsinki.
func parseTime(text string) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.In(catalog.Helsinki), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, text, catalog.Helsinki); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time; write 2026-11-23T10:00", text)
}

// give puts orders into the store as if they had been made before, codes into
// the shop, and pick-up points on the map.
func (c *counter) give(ctx context.Context, file string) error {
	document, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read orders: %w", err)
	}
	var g given
	if err := json.Unmarshal(document, &g); err != nil {
		return fmt.Errorf("read orders from %s: %w", file, err)
	}
	c.bot.Parcels = &bot.Parcels{Clock: c.clock, Log: slog.New(slog.DiscardHandler)}
	if g.Points != nil {
		c.bot.Parcels.Finders = []bot.PointFinder{g.Points}
	}
	if g.Parcels != nil {
		c.bot.Parcels.Trackers = []bot.Tracker{g.Parcels}
	}
	shop, err := c.giveCodes(g)
	if err != nil {
		return fmt.Errorf("read codes from %s: %w", file, err)
	}
	for i, o := range g.Orders {
		order := catalog.Order{
			ID: "given/" + strconv.Itoa(i), Number: o.Number, Status: catalog.Status(o.Status), Lang: "fi", Currency: shop.Currency,
			Placed: o.Placed.Time, Delivered: o.Delivered.Time, Tracking: o.Tracking, Contact: catalog.Contact{Email: o.Email, Phone: o.Phone},
		}
		for _, l := range o.Lines {
			p, v := variant(shop, l.Product, l.Options)
			if v == nil {
				return fmt.Errorf("order %s in %s: the shop has no product %q", o.Number, file, l.Product)
			}
			line := catalog.OrderLine{
				SKU: v.SKU, Product: p.ID, Title: p.Name.In("fi"), Options: v.Options, Qty: max(1, l.Qty),
				Unit: p.PriceOf(v), VAT: shop.VATRate(p.VAT, c.clock()),
			}
			order.Lines = append(order.Lines, line)
			order.Total += line.Unit * catalog.Cents(line.Qty)
		}
		if err := c.store.Put(ctx, order); err != nil {
			return err
		}
	}
	return nil
}

// giveCodes puts a shelf in place whose shop gives these codes too.
func (c *counter) giveCodes(g given) (*catalog.Shop, error) {
	shelf := *c.bot.Shelf()
	shop := *shelf.Shop
	shop.Discounts = slices.Clone(shop.Discounts)
	for i, code := range g.Codes {
		d := catalog.Discount{
			ID: fmt.Sprint("given-", i), Code: code.Code, Name: catalog.Text{"fi": code.Code},
			Percent: code.Percent, Amount: code.Amount, Minimum: code.Minimum,
		}
		if (d.Percent > 0) == (d.Amount > 0) || d.Percent > 100 || d.Percent < 0 || d.Amount < 0 {
			return nil, fmt.Errorf("code %q needs a percent from 1 to 100 or an amount in cents", d.Code)
		}
		if !code.Until.IsZero() {
			d.Until = code.Until.AddDate(0, 0, 1)
		}
		shop.Discounts = append(shop.Discounts, d)
	}
	shelf.Shop = &shop
	c.bot.Swap(&shelf)
	return &shop, nil
}

// variant finds a variant by its SKU, or by its product and options.
func variant(shop *catalog.Shop, code string, options map[string]string) (*catalog.Product, *catalog.Variant) {
	if p, v := shop.Variant(code); v != nil {
		return p, v
	}
	p := shop.Product(code)
	if p == nil {
		return nil, nil
	}
	for i := range p.Variants {
		fits := true
		for name, value := range options {
			fits = fits && strings.EqualFold(p.Variants[i].Options[name], value)
		}
		if fits {
			return p, &p.Variants[i]
		}
	}
	return p, &p.Variants[0]
}
