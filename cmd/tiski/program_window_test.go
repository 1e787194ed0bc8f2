package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/catalog/webhook"
)

const windowSecret = "a secret of a shop with a chat window"

// window is a shop that has a chat window of its own: it sends what its
// customer says, and takes what is said later.
type window struct {
	t    *testing.T
	base string // of the bot
	mu   sync.Mutex
	told []string // texts that came later
	away int      // so many of them are not taken
}

// ServeHTTP takes what is said later.
func (w *window) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || !webhook.Genuine(windowSecret, r.Header.Get(webhook.Signature), body, time.Now()) {
		to.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away > 0 {
		w.away--
		to.WriteHeader(http.StatusBadGateway)
		return
	}
	var news struct {
		Conversation string
		Message      struct{ Text string }
	}
	if err := json.Unmarshal(body, &news); err != nil || news.Conversation != "asiakas-1" {
		to.WriteHeader(http.StatusBadRequest)
		return
	}
	w.told = append(w.told, news.Message.Text)
}

func (w *window) later() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.told, "\n")
}

// send sends a call signed at a time, and answers the texts it gets.
func (w *window) send(body string, at time.Time) (said string, status int) {
	w.t.Helper()
	r, err := http.NewRequest(http.MethodPost, w.base+"/webhooks/chat", strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set(webhook.Signature, webhook.Sign(windowSecret, at, []byte(body)))
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ Messages []struct{ Text string } }
	if response.StatusCode == http.StatusOK {
		if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
			w.t.Fatal(err)
		}
	}
	var texts []string
	for _, m := range answer.Messages {
		texts = append(texts, m.Text)
	}
	return strings.Join(texts, "\n"), response.StatusCode
}

// TestShopsOwnWindow: the shop's window is answered at once, and hears the
// person who takes over, in order, though it is away for a moment.
func TestShopsOwnWindow(t *testing.T) {
	t.Parallel()
	w := &window{t: t}
	shop := httptest.NewServer(w)
	t.Cleanup(shop.Close)
	p := launch(t, t.TempDir(), []string{"CHAT_WEBHOOK_URL=" + shop.URL, "CHAT_WEBHOOK_SECRET=" + windowSecret})
	w.base = p.base

	const asks = `{"conversation":"asiakas-1","id":"1","text":"onko tätä koossa 42","page":"askelniemi-kilometri-juoksukengat","customer":"77"}`
	said, status := w.send(asks, time.Now())
	if status != http.StatusOK || !strings.Contains(said, "Kyllä löytyy: Askelniemi Kilometri") {
		t.Fatalf("%d %q", status, said)
	}
	if again, _ := w.send(asks, time.Now()); again != said {
		t.Errorf("the same call again is answered %q", again)
	}
	for name, at := range map[string]time.Time{"old": time.Now().Add(-6 * time.Minute), "early": time.Now().Add(6 * time.Minute)} {
		if _, status := w.send(asks, at); status != http.StatusUnauthorized {
			t.Errorf("a call with an %s signature: %d", name, status)
		}
	}
	w.send(`{"conversation":"asiakas-1","id":"2","text":"haluan puhua ihmiselle"}`, time.Now())

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &colleague{t: t, base: p.base, client: &http.Client{Jar: jar}}
	link := strings.TrimPrefix(p.link, p.base)
	c.submit(link, link, url.Values{})
	talk := "/console/talk/" + url.PathEscape("chat:asiakas-1")
	c.submit(talk, talk+"/take", url.Values{})
	w.mu.Lock()
	w.away = 1
	w.mu.Unlock()
	for _, text := range []string{"Katson heti.", "Löytyi."} {
		if _, status := c.submit(talk, talk+"/reply", url.Values{"text": {text}}); status != http.StatusOK {
			t.Fatalf("reply: %d", status)
		}
	}
	eventually(t, "what the person says to come", func() bool { return strings.HasSuffix(w.later(), "Katson heti.\nLöytyi.") })
	if strings.Contains(w.later(), "Kyllä löytyy") {
		t.Errorf("what was answered came again: %q", w.later())
	}
}
