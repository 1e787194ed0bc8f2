// Package telegram is the door for customers in Telegram: it takes updates, by
// webhook or by long polling, and sends what is to be said.
package telegram

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"

	"tiski/bot"
)

// Channel is the name of this channel: a conversation is "telegram:<chat id>".
const Channel = "telegram"

// How long a call of the Bot API may take, and a message of several calls in all.
const (
	callTime = 15 * time.Second
	sendTime = 25 * time.Second
)

// Handler takes what customers do; *bot.Bot is one.
type Handler interface {
	Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
}

// Bookmark is what nodes share about polling: whose turn it is, and the id of
// the first update that is not handled yet; package state keeps it in Redis.
type Bookmark interface {
	Lease(ctx context.Context, name, holder string, ttl time.Duration) (bool, error)
	Release(ctx context.Context, name, holder string) error
	Offset(ctx context.Context, name string) (int64, error)
	SetOffset(ctx context.Context, name string, offset int64) error
}

// Options say how to reach Telegram and the shop.
type Options struct {
	Token         string // from @BotFather
	APIURL        string // "": https://api.telegram.org
	PublicURL     string // where Telegram finds this program; "": it is polled instead
	WebhookSecret string // 1–256 of A–Z a–z 0–9 _ -; needed with PublicURL
	Handler       Handler
	// PaymentToken, from @BotFather, lets customers pay in the chat; "": they
	// cannot. Charges, Say and Clock are needed with it.
	PaymentToken string
	Charges      Charges
	Say          func(lang, key string) string // words a reply
	Clock        func() time.Time
	Bookmark     Bookmark // needed without PublicURL
	// Pictures draws an image of a card that is under /images/ as a PNG, and
	// names the file.
	Pictures func(image string) (png []byte, name string, err error)
	// Allow counts one more use of key and says whether it is among the first
	// limit of the present window of time; nil allows everything.
	Allow func(ctx context.Context, key string, limit int, per time.Duration) (ok bool, retryAfter time.Duration, err error)
	// Limits are kept to by Pace, which gives n turns of limit within any span, in
	// common with the other nodes, and tells how long to wait for them; when that
	// is longer than patience, ok is false and they are not given. The zero Limits
	// need none.
	Limits Limits
	Pace   func(ctx context.Context, key string, n, limit int, span, patience time.Duration) (wait time.Duration, ok bool, err error)
	// Photos keeps pictures that customers send, fetched by Files; Allow and Clock
	// are needed with it. nil: they stay in Telegram.
	Photos Photos
	Files  *http.Client
	Group  *Group // in which staff answer; nil: there is none
	Log    *slog.Logger
}

// Door is the door for one bot of Telegram. Its methods may be called from any
// number of goroutines.
type Door struct {
	Options
	api     *tg.Bot
	client  *http.Client
	holder  string        // this node, among those that may poll
	backoff time.Duration // the first wait after a fault; it doubles up to mostBackoff
	look    time.Duration // between two looks at whose turn it is to poll
	files   files
	sent    progress

	gather    time.Duration // in which lines for the group come together
	notices   notices
	unremoved time.Time // when a topic that could not be removed is tried again
}

var (
	tokenShape  = regexp.MustCompile(`^[0-9A-Za-z:_-]+$`)
	secretShape = regexp.MustCompile(`^[0-9A-Za-z_-]{1,256}$`)
)

// New returns a door that does nothing until it is called or run.
func New(o Options) (*Door, error) {
	if o.APIURL == "" {
		o.APIURL = "https://api.telegram.org"
	}
	o.APIURL, o.PublicURL = strings.TrimSuffix(o.APIURL, "/"), strings.TrimSuffix(o.PublicURL, "/")
	if _, err := url.Parse(o.APIURL); err != nil {
		return nil, fmt.Errorf("address of the Bot API: %w", err)
	}
	if !tokenShape.MatchString(o.Token) {
		return nil, fmt.Errorf("the bot token has other characters than A–Z a–z 0–9 : _ -")
	}
	if o.PublicURL != "" && !secretShape.MatchString(o.WebhookSecret) {
		return nil, fmt.Errorf("the webhook secret must be 1–256 of A–Z a–z 0–9 _ -")
	}
	d := &Door{
		Options: o, client: &http.Client{}, holder: rand.Text(), backoff: time.Second, look: 5 * time.Second,
		gather: gather, notices: notices{texts: map[int]string{}, wake: make(chan struct{}, 1)},
	}
	api, err := tg.New(o.Token, tg.WithSkipGetMe(), tg.WithServerURL(o.APIURL),
		tg.WithHTTPClient(callTime, whole{&http.Client{Timeout: callTime, Transport: pooled()}}),
		tg.WithErrorsHandler(func(err error) { d.Log.Debug("Bot API", "channel", Channel, "err", err) }))
	if err != nil {
		return nil, fmt.Errorf("open the Bot API: %w", err)
	}
	d.api = api
	return d, nil
}

// kept is how many connections to the Bot API are kept while nothing is sent:
// with fewer than there are senders most calls would begin with a handshake.
const kept = 100

// whole sends every call in one piece. The library writes a form bit by bit, and
// each bit would be a packet of its own.
type whole struct{ *http.Client }

func (w whole) Do(r *http.Request) (*http.Response, error) {
	form, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("write a form: %w", err)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(form)), int64(len(form))
	return w.Client.Do(r)
}

func pooled() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = kept, kept
	return t
}

// Mount adds the webhook to the server, when there is to be one.
func (d *Door) Mount(e *echo.Echo) {
	if d.PublicURL != "" {
		e.POST(webhookPath, d.webhook)
	}
}

// Run tells Telegram the commands and how updates reach us, polls when there is
// no webhook, and shows the staff's group what happens. It blocks until ctx ends.
func (d *Door) Run(ctx context.Context) error {
	var g errgroup.Group
	g.Go(func() error { return d.receive(ctx) })
	if d.Group != nil {
		g.Go(func() error { return d.watchGroup(ctx) })
	}
	return g.Wait()
}

func (d *Door) receive(ctx context.Context) error {
	d.insist(ctx, "tell the commands", d.tellCommands)
	if d.PublicURL == "" {
		return d.poll(ctx)
	}
	d.insist(ctx, "set the webhook", d.setWebhook)
	<-ctx.Done()
	return nil
}

const mostBackoff = 30 * time.Second

// insist does something again until it succeeds or ctx ends.
func (d *Door) insist(ctx context.Context, what string, do func(context.Context) error) {
	for wait := d.backoff; ctx.Err() == nil; wait = min(2*wait, mostBackoff) {
		err := do(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		d.Log.Error("cannot "+what, "channel", Channel, "err", err)
		pause(ctx, wait)
	}
}

// pause waits, but not longer than ctx lives.
func pause(ctx context.Context, wait time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(wait):
	}
}
