package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/catalog"
	"tiski/catalog/payment/paytrail"
	"tiski/catalog/payment/stripe"
	"tiski/intents/finnish"
	chatdoor "tiski/webhooks/chat"
	"tiski/webhooks/chatwoot"
	"tiski/webhooks/telegram"
)

const defaultData = "./tiski-data"

// serve starts the shop and runs until it is told to stop.
func serve(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("serve")
	source := f.String("shop", "", "folder, feed file or feed address laid over the demo shop")
	data := dataFlag(f)
	addr := f.String("addr", ":8080", "address to listen at; port 0 picks a free one")
	metered := f.String("metrics", "", "address at which Prometheus reads /metrics, such as 127.0.0.1:9090; nowhere without it")
	var level slog.Level
	f.TextVar(&level, "log", slog.LevelInfo, "what is logged: debug (every message), info, warn or error")
	if len(args) > 0 && args[0] == "serve" {
		args = args[1:]
	}
	if err := parse(f, args); err != nil {
		return err
	}
	s, err := environ()
	if err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(busyGarbage)
	}
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	m := newMetrics()
	log := slog.New(faultCounter{Handler: slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}), faults: m.faults})
	redis.SetLogger(redisLog{log})
	h, err := open(ctx, s, *source, *data, log)
	if err != nil {
		return err
	}
	defer h.close()
	h.bot.Meter, h.hangup = m.handled, hangup
	if s.collector != "" {
		t, err := openTraces(ctx, log)
		if err != nil {
			return err
		}
		defer t.close()
		h.bot.Meter = func(handled bot.Handled) { m.handled(handled); t.handled(handled) }
	}
	doors, err := wire(ctx, h, *addr)
	if err != nil {
		return err
	}
	if *metered != "" {
		if err := h.serveMetrics(m, *metered, doors); err != nil {
			return err
		}
	}
	if err := h.announce(ctx, out, doors); err != nil {
		return err
	}
	return h.run(ctx, doors)
}

// redisLog lets the client of Redis log as the program does.
type redisLog struct{ *slog.Logger }

func (l redisLog) Printf(_ context.Context, format string, about ...any) {
	l.Warn("Redis", "err", fmt.Sprintf(format, about...))
}

// house is everything behind the doors.
type house struct {
	settings      settings
	named         string // what -shop says
	files         shopFiles
	base          *catalog.Shop    // as its files say, without goods of a source
	source        bot.Source       // of the goods; nil when the products are in files
	from          string           // what the source is called
	leftOut       map[string]bool  // what was told of the last reading of it
	pause         time.Duration    // between looks at the source
	stale         bool             // the goods are those of an earlier reading
	until         time.Time        // when a price of the first goods changes
	read          time.Time        // when the reading began of the goods that are sold
	changed       chan string      // products that the system tells of
	hangup        <-chan os.Signal // the shop's files are to be read again
	reviewed      chan struct{}    // other reviews have been fetched
	data          string
	lexicon       *finnish.Lexicon
	log           *slog.Logger
	conversations *state.Conversations
	store         *store.Store
	accounts      *staff.Accounts
	bot           *bot.Bot
	pushed        []string // channels that are pushed to
	parcels       *bot.Parcels
	cashier       *bot.Cashier
	paytrail      *paytrail.Provider // nil when it is not configured
	stripe        *stripe.Provider   // likewise
}

// open puts up everything that stands behind the doors.
func open(ctx context.Context, s settings, source, data string, log *slog.Logger) (_ *house, err error) {
	h := &house{settings: s, named: source, data: data, log: log, changed: make(chan string, mostWaiting), reviewed: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	var shelf *bot.Shelf
	var g errgroup.Group
	opened := make(chan struct{}) // closed when the store is open, or cannot be
	g.Go(func() (err error) {
		shelf, err = h.firstShelf(ctx, opened)
		return err
	})
	g.Go(func() (err error) {
		defer close(opened)
		if err := os.MkdirAll(data, 0o700); err != nil {
			return fmt.Errorf("make the data folder: %w", err)
		}
		if h.store, err = s.openDatabase(ctx, data); err == nil {
			h.store.HandOn = s.system() || s.orders.url != ""
			h.store.Recall = s.orders.url != "" || s.woo.url != ""
		}
		return err
	})
	g.Go(func() (err error) {
		h.conversations, err = state.Open(ctx, state.Options{URL: s.redis, Log: log})
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	h.accounts = staff.NewAccounts(h.store, h.store)
	if h.parcels, err = h.askCarriers(); err != nil {
		return nil, err
	}
	if err := h.store.SetStock(ctx, toldStock(shelf.Shop), h.read); err != nil {
		return nil, err
	}
	if s.telegramToken != "" {
		h.pushed = append(h.pushed, telegram.Channel)
	}
	if s.window.url != "" {
		h.pushed = append(h.pushed, chatdoor.Channel)
	}
	if s.chatwoot.url != "" {
		h.pushed = append(h.pushed, chatwoot.Channel)
	}
	h.bot = bot.New(h.conversations, h.store, shelf, h.pushed, time.Now, log)
	h.bot.Public, h.bot.Parcels, h.bot.Customers = s.public, h.parcels, h.store
	h.bot.Sendings, h.bot.Subscribers, h.bot.Reviews, h.bot.Purses, h.bot.Reminders = h.store, h.store, h.store, h.store, h.store
	h.bot.Staffed = h.accounts.Staffed
	h.bot.Tally = &bot.Tally{Tallies: h.store, Log: log}
	h.bot.Letters = letterFolder(data).RemoveTo
	if err := h.openTill(); err != nil {
		return nil, err
	}
	if err := h.bot.RefreshStaff(ctx); err != nil {
		return nil, err
	}
	return h, h.bot.RefreshStock(ctx)
}

// firstShelf reads the shop and its goods and puts them on a shelf, when the store
// has been opened. It is nil without an error when the store could not be: that
// says itself why.
func (h *house) firstShelf(ctx context.Context, opened <-chan struct{}) (*bot.Shelf, error) {
	var words errgroup.Group
	words.Go(func() (err error) {
		h.lexicon, err = keptLexicon(h.data)
		return err
	})
	var err error
	if h.files, err = openShop(h.named); err != nil {
		return nil, err
	}
	l, err := h.files.load(ctx, h.settings)
	if err != nil && h.settings.system() {
		if kept, none := h.files.loadKept(h.settings, h.data); none == nil {
			h.log.Warn("the goods cannot be read; those kept in the data folder are sold", "err", err)
			l, err, h.stale = kept, nil, true
		}
	}
	if err != nil {
		return nil, err
	}
	if err := h.remark(l.shop); err != nil {
		return nil, err
	}
	h.base, h.source, h.from, h.pause, h.until, h.read = l.base, l.source, l.named, l.pause, l.goods.Until, l.goods.Read
	h.tellLeftOut(l.goods)
	if h.settings.system() && !h.stale {
		if err := keepGoods(h.data, l.goods); err != nil {
			return nil, err
		}
	}
	if err := words.Wait(); err != nil {
		return nil, err
	}
	<-opened
	if h.store == nil {
		return nil, nil
	}
	if l.source != nil && !h.stale {
		if l.shop, err = h.sold(ctx, l.goods); err != nil {
			return nil, err
		}
	}
	return h.shelve(ctx, l.shop)
}

func (h *house) close() {
	if h.conversations != nil {
		h.conversations.Close()
	}
	if h.store != nil {
		h.store.Close()
	}
}

// run keeps the house going until ctx ends or a part of it fails.
func (h *house) run(ctx context.Context, d *doors) error {
	g, ctx := errgroup.WithContext(ctx)
	archivist := &bot.Archivist{Archive: h.conversations, Transcripts: h.store, Trace: h.log}
	g.Go(func() error { return clearUp(ctx, h.bot.Rest) })
	g.Go(func() error { return h.bot.Run(ctx) })
	g.Go(func() error { return archivist.Run(ctx) })
	g.Go(func() error { return h.follow(ctx) })
	reviews := &reviewFetcher{shop: func() *catalog.Shop { return h.bot.Shelf().Shop }, data: h.data, own: h.settings.feedHosts, changed: h.reviewed, log: h.log}
	g.Go(func() error { return reviews.Run(ctx) })
	custom := &bot.Custom{Baskets: h.store, Bot: h.bot, Clock: time.Now, Log: h.log}
	g.Go(func() error { return custom.Run(ctx) })
	bookkeeper := &bot.Bookkeeper{Points: h.store, Rules: func() *catalog.Loyalty { return h.bot.Shelf().Shop.Loyalty }, Clock: time.Now, Log: h.log}
	g.Go(func() error { return bookkeeper.Run(ctx) })
	reader := &bot.Reader{Reviewed: h.store, Bot: h.bot, Log: h.log}
	g.Go(func() error { return reader.Run(ctx) })
	g.Go(func() error { return h.cashier.Run(ctx) })
	retention := &bot.Retention{
		Records: h.store, Letters: letterFolder(h.data).RemoveBefore, Clock: time.Now, Log: h.log,
		Terms: func() catalog.Privacy { return h.bot.Shelf().Shop.Privacy },
	}
	g.Go(func() error { return retention.Run(ctx) })
	g.Go(func() error { return h.bot.Tally.Run(ctx) })
	for _, run := range d.run {
		g.Go(func() error { return run(ctx) })
	}
	return g.Wait()
}

// announce tells whoever started the program where everything is.
func (h *house) announce(ctx context.Context, out io.Writer, d *doors) error {
	link, err := h.accounts.OneTimeLink(ctx)
	if err != nil {
		return err
	}
	telegram := "off (set TELEGRAM_BOT_TOKEN to turn it on)"
	if h.settings.telegramToken != "" {
		telegram = "on, long polling"
		if h.settings.public != "" {
			telegram = "on, webhook at " + d.base + "/webhooks/telegram"
		}
	}
	orders := "SQLite, " + filepath.Join(h.data, databaseFile)
	if h.settings.database != "" {
		orders = "PostgreSQL"
	}
	talks := "in memory: they are forgotten at exit, until REDIS_URL is set"
	if h.settings.redis != "" {
		talks = "Redis"
	}
	mail := "written to " + letterFolder(h.data).Dir + " (set SMTP_URL to send them)"
	if h.settings.smtp != "" {
		mail = "sent by e-mail"
	}
	shop := h.bot.Shelf().Shop
	fmt.Fprintf(out, "%s: %d products\n", shop.Company.Name, len(shop.Products))
	fmt.Fprintf(out, "  shop page      %s/\n", d.base)
	if h.settings.public != "" {
		fmt.Fprintf(out, "  listens at     http://%s/\n", d.addr)
	}
	if d.metrics != "" {
		fmt.Fprintf(out, "  metrics        http://%s/metrics\n", d.metrics)
	}
	fmt.Fprintf(out, "  staff console  %s/console/link/%s  (once, within an hour)\n", d.base, link)
	fmt.Fprintf(out, "  Telegram       %s\n", telegram)
	h.announcePayments(out, shop)
	fmt.Fprintf(out, "  orders         %s\n", orders)
	fmt.Fprintf(out, "  conversations  %s\n", talks)
	fmt.Fprintf(out, "  letters        %s\n", mail)
	fmt.Fprintf(out, "  carriers       %s\n", h.settings.carriers.told())
	if host := h.settings.taker(); host != "" {
		fmt.Fprintf(out, "  sold orders    go on to %s\n", host)
	}
	if warning := h.files.madeUp(h.source != nil); warning != "" {
		fmt.Fprintln(out, warning)
	}
	return nil
}

// secret is WIDGET_SECRET, else one made at the first start and kept in the
// data folder.
func (h *house) secret() ([]byte, error) {
	if h.settings.widgetSecret != "" {
		return []byte(h.settings.widgetSecret), nil
	}
	path := filepath.Join(h.data, "widget.secret")
	kept, err := os.ReadFile(path)
	if err == nil && len(strings.TrimSpace(string(kept))) >= 32 {
		return []byte(strings.TrimSpace(string(kept))), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the widget's secret: %w", err)
	}
	fresh := make([]byte, 32)
	rand.Read(fresh)
	text := hex.EncodeToString(fresh)
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("keep the widget's secret: %w", err)
	}
	return []byte(text), nil
}
