package telegram

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot"
	"tiski/webhooks/telegram/telegramtest"
)

// shop remembers what it was handed, and fails when it is told to.
type shop struct {
	mu      sync.Mutex
	heard   []heard
	faults  map[string][]error                   // by conversation and input id
	handled func(ctx context.Context, id string) // runs before the answer; nil: nothing
}

type heard struct {
	conversation string
	in           bot.Input
}

func (s *shop) Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error) {
	if s.handled != nil {
		s.handled(ctx, in.ID)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if faults := s.faults[in.ID]; len(faults) > 0 {
		s.faults[in.ID] = faults[1:]
		return bot.Turn{}, faults[0]
	}
	for _, h := range s.heard {
		if h.conversation == conversation && h.in.ID == in.ID {
			return bot.Turn{Repeated: true}, nil
		}
	}
	s.heard = append(s.heard, heard{conversation, in})
	return bot.Turn{}, nil
}

// ids are the inputs of a conversation, in the order they were handled.
func (s *shop) ids(conversation string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for _, h := range s.heard {
		if h.conversation == conversation {
			ids = append(ids, h.in.ID)
		}
	}
	return strings.Join(ids, " ")
}

// shelf is a bookmark in memory.
type shelf struct {
	mu     sync.Mutex
	holder string
	offset int64
	asked  chan string // told who asks for its turn; nil: nobody listens
}

func (b *shelf) Lease(ctx context.Context, _, holder string, _ time.Duration) (bool, error) {
	if b.asked != nil {
		select {
		case b.asked <- holder:
		case <-ctx.Done():
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holder == "" {
		b.holder = holder
	}
	return b.holder == holder, nil
}

func (b *shelf) Release(_ context.Context, _, holder string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holder == holder {
		b.holder = ""
	}
	return nil
}

func (b *shelf) Offset(context.Context, string) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.offset, nil
}

func (b *shelf) SetOffset(_ context.Context, _ string, offset int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.offset = offset
	return nil
}

const secret = "s3cret_-S"

// pictures draws everything but /images/puuttuu.svg.
func pictures(image string) ([]byte, string, error) {
	if image == "/images/puuttuu.svg" {
		return nil, "", fs.ErrNotExist
	}
	return []byte("PNG of " + image), "kuva.png", nil
}

// open returns a door to a Bot API of the test's own.
func open(t testing.TB, o Options) (*Door, *telegramtest.API) {
	t.Helper()
	api := telegramtest.Start(t)
	o.Token, o.APIURL, o.Pictures, o.Log = telegramtest.Token, api.URL, pictures, slog.New(slog.DiscardHandler)
	if o.PublicURL != "" {
		o.WebhookSecret = secret
	}
	d, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	d.backoff, d.look = time.Millisecond, time.Millisecond
	return d, api
}

// run runs a door until the test ends.
func run(t testing.TB, d *Door) (stop func()) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		end()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{
		"no token":                 {},
		"a token with a slash":     {Token: "42:a/b"},
		"an address that is none":  {Token: "42:ab", APIURL: "http://[::1"},
		"a webhook without secret": {Token: "42:ab", PublicURL: "https://shop.example"},
		"a secret with a space":    {Token: "42:ab", PublicURL: "https://shop.example", WebhookSecret: "a b"},
		"a secret of 257":          {Token: "42:ab", PublicURL: "https://shop.example", WebhookSecret: strings.Repeat("a", 257)},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: no error", name)
		} else if o.Token != "" && strings.Contains(err.Error(), o.Token) {
			t.Errorf("%s: the token is told: %v", name, err)
		}
	}
	if _, err := New(Options{Token: "42:ab", PublicURL: "https://shop.example", WebhookSecret: strings.Repeat("a", 256)}); err != nil {
		t.Error(err)
	}
}

func TestRunSetsTheWebhook(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{PublicURL: "https://shop.example/", Handler: &shop{}})
	api.Fail("setWebhook", telegramtest.Fault{Status: 502, Description: "Bad Gateway"})
	run(t, d)
	tries := 0
	hook := api.Await("the second setWebhook", func(r telegramtest.Request) bool {
		if r.Method == "setWebhook" {
			tries++
		}
		return tries == 2
	})
	if hook.Fields["url"] != "https://shop.example/webhooks/telegram" || hook.Fields["secret_token"] != secret ||
		hook.Fields["allowed_updates"] != `["message","edited_message","callback_query"]` {
		t.Errorf("%v", hook.Fields)
	}
	menus := map[string]string{}
	for _, r := range api.Requests("setMyCommands") {
		menus[r.Fields["language_code"]] = r.Fields["commands"]
	}
	if len(menus) != 4 || !strings.Contains(menus["fi"], `"kori"`) || !strings.Contains(menus["sv"], "varukorgen") || menus[""] != menus["en"] {
		t.Errorf("commands: %v", menus)
	}
}

var errAway = errors.New("redis is away")
