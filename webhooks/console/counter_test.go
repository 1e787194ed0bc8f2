package console_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/bottest"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
	"tiski/intents/finnish"
	"tiski/webhooks"
	"tiski/webhooks/console"
)

const (
	password = "kahvia ja pullaa"
	customer = "widget:6f2c9a"
)

// friday is an hour when the shop's customer service is open.
var friday = time.Date(2026, 11, 20, 12, 0, 0, 0, catalog.Helsinki)

// counter is a whole shop with its console on a port, and a clock to turn.
type counter struct {
	bot      *bot.Bot
	talks    *state.Conversations
	store    *store.Store
	accounts *staff.Accounts
	push     *console.Push
	console  *console.Console
	url      string
	trace    *trace
	stop     context.CancelFunc // ends the console's Run
	passed   atomic.Int64       // nanoseconds since friday
	inputs   atomic.Int64
	taught   atomic.Int64 // times that the bot was to learn
}

// trace is the log, to be looked through.
type trace struct {
	mu   sync.Mutex
	text strings.Builder
}

func (t *trace) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(b)
}

func (t *trace) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

func (c *counter) now() time.Time { return friday.Add(time.Duration(c.passed.Load())) }

// pass lets time go on.
func (c *counter) pass(d time.Duration) { c.passed.Add(int64(d)) }

func openCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{trace: &trace{}}
	log := slog.New(slog.NewTextHandler(c.trace, nil))
	shop := bottest.Open(t, nil, c.now, log)
	c.talks, c.store, c.bot = shop.Talks, shop.Store, shop.Bot
	c.accounts = staff.NewAccounts(c.store, c.store)
	c.accounts.Now = c.now
	c.bot.Tally = &bot.Tally{Tallies: c.store, Log: log}
	var err error
	if c.push, err = console.NewPush([]byte(password), "https://shop.example", http.DefaultClient); err != nil {
		t.Fatal(err)
	}
	c.console = console.New(console.Options{
		Bot: c.bot, Conversations: c.talks, Accounts: c.accounts, Snags: c.store, Cases: c.store, Figures: c.store, Notes: c.store, Marks: c.store, Orders: c.store, Customers: c.store, Photos: c.store, Examples: c.store, Lookers: c.talks, Allow: c.talks.Allow, Teach: func(context.Context) error { c.taught.Add(1); return nil }, Clock: c.now, Log: log,
		Once: func(ctx context.Context, key string, within time.Duration) (bool, error) {
			return c.talks.Lease(ctx, key, rand.Text(), within)
		},
		Push: c.push, Finder: c.store, Kept: c.store, Reviews: c.store, Answers: c.store, TelegramGroup: true,
		Seek:   func(text string) intents.Sought { return intents.Seek(finnish.Base(), text) },
		Topics: func(lang, text string) []string { return intents.Topics(finnish.Base(), lang, text) },
	})
	house := webhooks.New(webhooks.Options{Log: log})
	house.Mount(drawings{}, c.console)
	server := httptest.NewServer(house)
	t.Cleanup(server.Close)
	var ctx context.Context
	ctx, c.stop = context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.console.Run(ctx) }()
	t.Cleanup(func() {
		c.stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	c.url = server.URL
	return c
}

// drawings are those of the demo shop.
type drawings struct{}

func (drawings) Mount(e *echo.Echo) { e.StaticFS("/images", echo.MustSubFS(demo.FS, "images")) }

// hear is an input from the customer.
func (c *counter) hear(t *testing.T, in dialogue.Input) bot.Turn {
	t.Helper()
	return c.hearFrom(t, customer, "", in)
}

func (c *counter) hearFrom(t *testing.T, conversation, name string, in dialogue.Input) bot.Turn {
	t.Helper()
	id := strconv.FormatInt(c.inputs.Add(1), 10)
	turn, err := c.bot.Handle(t.Context(), conversation, bot.Input{ID: id, At: c.now(), Name: name, What: in})
	if err != nil {
		t.Fatal(err)
	}
	return turn
}

// said is the whole transcript as "speaker: text" lines.
func (c *counter) said(t *testing.T) string {
	t.Helper()
	all, err := c.talks.Messages(t.Context(), customer, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, m := range all {
		b.WriteString(string(m.From) + ": " + m.Text + "\n")
	}
	return b.String()
}

// acts are what is written down, oldest first: "aino take widget:6f2c9a".
func (c *counter) acts(t *testing.T) string {
	t.Helper()
	acts, err := c.store.Acts(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, a := range acts {
		all = append([]string{strings.TrimSpace(a.Staff + " " + a.Act + " " + a.Subject)}, all...)
	}
	return strings.Join(all, "; ")
}

// hire adds a member of staff.
func (c *counter) hire(t *testing.T, name, display string) {
	t.Helper()
	if err := c.accounts.Add(t.Context(), staff.Account{Name: name, Display: display, Role: staff.Agent}, password); err != nil {
		t.Fatal(err)
	}
}

// browser is one person's, without scripts. It does not follow redirects.
type browser struct {
	url    string
	client *http.Client
	lang   string // Accept-Language
	from   string // its address, when a proxy tells it
	page   string // the last page
	status int
	header http.Header
}

func (c *counter) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &browser{url: c.url, client: client, lang: "fi"}
}

// at is the browser of somebody who is signed in.
func (c *counter) at(t *testing.T, name string) *browser {
	t.Helper()
	b := c.browser(t)
	b.get(t, "/console/sign-in")
	b.submit(t, "/console/sign-in", url.Values{"name": {name}, "password": {password}})
	if b.status != http.StatusSeeOther {
		t.Fatalf("%s cannot sign in: %d %s", name, b.status, b.alert())
	}
	return b
}

func (b *browser) get(t *testing.T, path string) {
	t.Helper()
	b.send(t, http.MethodGet, path, nil)
}

var (
	hiddenForm = regexp.MustCompile(`name="form" value="([^"]*)"`)
	alerts     = regexp.MustCompile(`(?s)<p data-part="alert"[^>]*>(.*?)</p>`)
)

// submit sends a form of the page shown: its hidden fields and what is filled in.
func (b *browser) submit(t *testing.T, path string, fields url.Values) {
	t.Helper()
	filled := url.Values{}
	if found := hiddenForm.FindStringSubmatch(b.page); found != nil {
		filled.Set("form", found[1])
	}
	id := regexp.MustCompile(`(?s)action="` + regexp.QuoteMeta(path) + `".*?name="id" value="([^"]*)"`)
	if found := id.FindStringSubmatch(b.page); found != nil {
		filled.Set("id", found[1])
	}
	for name, values := range fields {
		filled[name] = values
	}
	b.send(t, http.MethodPost, path, filled)
}

func (b *browser) send(t *testing.T, method, path string, form url.Values) {
	t.Helper()
	b.sendBody(t, method, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (b *browser) sendBody(t *testing.T, method, path, kind string, body io.Reader) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, b.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Language", b.lang)
	if b.from != "" {
		r.Header.Set("X-Forwarded-For", b.from)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := b.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	b.status, b.header = answer.StatusCode, answer.Header
	if len(text) > 0 {
		b.page = string(text)
	}
}

// alert is what the page says went wrong.
func (b *browser) alert() string {
	if found := alerts.FindStringSubmatch(b.page); found != nil {
		return found[1]
	}
	return ""
}

// act opens the customer's conversation and sends one of its forms.
func (b *browser) act(t *testing.T, act string, fields url.Values) {
	t.Helper()
	b.get(t, talkPath)
	b.submit(t, talkPath+"/"+act, fields)
}

const talkPath = "/console/talk/" + customer

func (b *browser) expect(t *testing.T, status int, alert string) {
	t.Helper()
	if b.status != status || !strings.Contains(b.alert(), alert) {
		t.Errorf("%d %q, want %d %q", b.status, b.alert(), status, alert)
	}
}
