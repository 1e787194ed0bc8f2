package telegram

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/webhooks/telegram/telegramtest"
)

// bring delivers a body to the webhook as Telegram does.
func bring(d *Door, given, body string) *httptest.ResponseRecorder {
	e := echo.New()
	d.Mount(e)
	r := httptest.NewRequest(http.MethodPost, "/webhooks/telegram", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if given != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", given)
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	good := telegramtest.Update(9, telegramtest.Said(77, "moi"))
	full := func(size int) string { // an update of a size
		empty := telegramtest.Update(9, telegramtest.Said(77, ""))
		return telegramtest.Update(9, telegramtest.Said(77, strings.Repeat("a", size-len(empty))))
	}
	for name, c := range map[string]struct {
		secret, body string
		fault        error
		status       int
		heard        bool
	}{
		"good":                   {secret, good, nil, 200, true},
		"another's chat":         {secret, strings.ReplaceAll(good, "private", "group"), nil, 200, false},
		"no secret":              {"", good, nil, 401, false},
		"wrong secret":           {secret + "x", good, nil, 401, false},
		"half the secret":        {secret[:4], good, nil, 401, false},
		"wrong secret, rubbish":  {"x", "rubbish", nil, 401, false},
		"empty":                  {secret, "", nil, 400, false},
		"malformed":              {secret, good[:len(good)-1], nil, 400, false},
		"binary":                 {secret, "\x00\x01\xff\xfe", nil, 400, false},
		"unreadable":             {secret, `{"update_id":9,"message":{"text":[]}}`, nil, 200, false},
		"as large as may be":     {secret, full(1 << 20), nil, 200, true},
		"too large":              {secret, full(1<<20 + 1), nil, 413, false},
		"handling fails":         {secret, good, errAway, 503, false},
		"handling will not ever": {secret, good, fmt.Errorf("commit: %w", bot.ErrUnfit), 200, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &shop{}
			if c.fault != nil {
				s.faults = map[string][]error{"update:9": {c.fault}}
			}
			d, _ := open(t, Options{PublicURL: "https://shop.example", Handler: s})
			w := bring(d, c.secret, c.body)
			if w.Code != c.status || (s.ids("telegram:77") == "update:9") != c.heard {
				t.Errorf("status %d, want %d; handled %q", w.Code, c.status, s.ids("telegram:77"))
			}
			if again := w.Header().Get("Retry-After"); (again != "") != (c.status == 503) {
				t.Errorf("Retry-After %q", again)
			}
		})
	}
}

func TestNoWebhookIsServedWhilePolling(t *testing.T) {
	t.Parallel()
	d, _ := open(t, Options{Handler: &shop{}})
	if w := bring(d, "", telegramtest.Update(9, telegramtest.Said(77, "moi"))); w.Code != 404 {
		t.Errorf("status %d", w.Code)
	}
}

func TestATapIsAcknowledgedOnceHandled(t *testing.T) {
	t.Parallel()
	tap := telegramtest.Update(9, telegramtest.Tapped(77, telegramtest.Request{Result: `{"message_id":4,"date":5,"chat":{"id":77,"type":"private"}}`}, ""))
	s := &shop{faults: map[string][]error{"update:9": {errAway}}}
	d, api := open(t, Options{PublicURL: "https://shop.example", Handler: s})
	if w := bring(d, secret, tap); w.Code != 503 || len(api.Requests()) > 0 {
		t.Errorf("status %d, sent %v", w.Code, api.Requests())
	}
	api.Fail("answerCallbackQuery", telegramtest.Fault{Status: 400, Description: "Bad Request: query is too old"})
	for range 2 { // the first acknowledgement fails, which is no fault of the update
		if w := bring(d, secret, tap); w.Code != 200 {
			t.Errorf("status %d", w.Code)
		}
	}
	sent := api.Requests("answerCallbackQuery")
	if len(sent) != 2 || sent[1].Fields["callback_query_id"] != "q77" {
		t.Errorf("sent %v", sent)
	}
}

func TestTypingIsShownWhileHandlingIsSlow(t *testing.T) {
	t.Parallel()
	s := &shop{}
	d, api := open(t, Options{PublicURL: "https://shop.example", Handler: s})
	s.handled = func(context.Context, string) {
		r := api.Await("typing", func(r telegramtest.Request) bool { return r.Method == "sendChatAction" })
		if r.Chat() != 77 || r.Fields["action"] != "typing" {
			t.Errorf("%v", r.Fields)
		}
	}
	if w := bring(d, secret, telegramtest.Update(9, telegramtest.Said(77, "moi"))); w.Code != 200 {
		t.Errorf("status %d", w.Code)
	}
}

func TestAFloodIsTakenAsHurried(t *testing.T) {
	t.Parallel()
	s := &shop{}
	used := 0
	d, _ := open(t, Options{PublicURL: "https://shop.example", WebhookSecret: "s", Handler: s,
		Allow: func(_ context.Context, _ string, limit int, per time.Duration) (bool, time.Duration, error) {
			used++
			return used <= limit, per, nil
		}})
	for i := range messageLimit + 1 {
		u, err := decode([]byte(telegramtest.Update(int64(i+1), telegramtest.Said(77, "moi"))))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Update(t.Context(), u); err != nil {
			t.Fatal(err)
		}
	}
	for i, h := range s.heard {
		said, ok := h.in.What.(dialogue.Said)
		if want := i >= messageLimit; !ok || said.Hurried != want {
			t.Errorf("message %d: hurried %v, want %v", i+1, said.Hurried, want)
		}
	}
}
