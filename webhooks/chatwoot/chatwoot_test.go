package chatwoot_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/webhooks/chatwoot"
)

const secret = "the secret of an agent bot"

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// ear notes what conversations hear, and calls a person when it hears "ihminen".
type ear struct {
	heard []bot.Input
	names []string
	fail  error
}

func (e *ear) Handle(_ context.Context, conversation string, in bot.Input) (turn bot.Turn, err error) {
	if e.fail != nil {
		return turn, e.fail
	}
	e.heard, e.names = append(e.heard, bot.Input{ID: in.ID, What: in.What}), append(e.names, conversation)
	if said, ok := in.What.(dialogue.Said); ok && said.Text == "ihminen" {
		turn.State.Handoff.Stage = dialogue.Requested
	}
	return turn, nil
}

// server is a Chatwoot that notes what its API is told.
type server struct {
	mu   sync.Mutex
	told []string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, r.URL.Path+" "+string(body))
}

// open opens a door to a Chatwoot.
func open(t testing.TB) (*ear, *server, *chatwoot.Door, http.Handler) {
	t.Helper()
	e, s := &ear{}, &server{}
	api := httptest.NewServer(s)
	t.Cleanup(api.Close)
	door := chatwoot.New(chatwoot.Options{
		Handler: e, Account: 3, Secret: []byte(secret), Clock: func() time.Time { return now },
		Allow: func(context.Context, string, int, time.Duration) (bool, time.Duration, error) { return true, 0, nil },
		Call: func(ctx context.Context, path string, value any) error {
			body, err := json.Marshal(value)
			if err != nil {
				return err
			}
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, api.URL+path, bytes.NewReader(body))
			if err != nil {
				return err
			}
			answer, err := api.Client().Do(r)
			if err != nil {
				return err
			}
			return answer.Body.Close()
		},
	})
	web := echo.New()
	door.Mount(web)
	return e, s, door, web
}

// post sends an event as Chatwoot does, signed with a key at a time.
func post(web http.Handler, key, body string, at time.Time) int {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(key))
	fmt.Fprintf(mac, "%s.%s", stamp, body)
	r := httptest.NewRequest(http.MethodPost, "/webhooks/chatwoot", strings.NewReader(body))
	r.Header.Set("X-Chatwoot-Timestamp", stamp)
	r.Header.Set("X-Chatwoot-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	w := httptest.NewRecorder()
	web.ServeHTTP(w, r)
	return w.Code
}

// said is an event of a message.
func said(fields string) string {
	return `{"event":"message_created","id":9,"message_type":"incoming","content":"moi","account":{"id":3,"name":"Kauppa"},"conversation":{"id":12,"status":"pending","messages":[{"id":9,"message_type":0}]},"sender":{"id":1}` + fields + `}`
}

func TestEvents(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want []bot.Input
	}{
		"a message":                 {said(""), []bot.Input{{ID: "message/9", What: dialogue.Said{Text: "moi"}}}},
		"a picture":                 {said(`,"content":""`), []bot.Input{{ID: "message/9", What: dialogue.Sent{Kind: "file"}}}},
		"a choice":                  {said(`,"event":"message_updated","message_type":"outgoing","content_attributes":{"submitted_values":[{"title":"Kori","value":"cart"}]}`), []bot.Input{{ID: "choice/9/cart", What: dialogue.Tapped{Tap: "cart", Label: "Kori"}}}},
		"a rating":                  {said(`,"event":"message_updated","content_attributes":{"submitted_values":{"csat_survey_response":{"rating":5}}}`), nil},
		"an edit":                   {said(`,"event":"message_updated"`), nil},
		"an agent's or bot's words": {said(`,"message_type":"outgoing"`), nil},
		"a note":                    {said(`,"private":true`), nil},
		"with the agents":           {said(`,"conversation":{"id":12,"status":"open"}`), nil},
		"of another account":        {said(`,"account":{"id":4}`), nil},
		"of no conversation":        {said(`,"conversation":{"id":0,"status":"pending"}`), nil},
		"typing":                    {said(`,"event":"conversation_typing_on"`), nil},
		"resolved": {`{"event":"conversation_resolved","id":12,"status":"resolved"}`, []bot.Input{
			{ID: "resolved/dialogue.Taken/1795435200", What: dialogue.Taken{Staff: "chatwoot", Name: "Chatwoot"}},
			{ID: "resolved/dialogue.HandedBack/1795435200", What: dialogue.HandedBack{Staff: "chatwoot"}}}},
	} {
		ear, server, _, web := open(t)
		if status := post(web, secret, c.body, now); status != http.StatusOK {
			t.Errorf("%s: %d", name, status)
		}
		if !reflect.DeepEqual(ear.heard, c.want) {
			t.Errorf("%s is heard as %+v", name, ear.heard)
		}
		for _, conversation := range ear.names {
			if conversation != "chatwoot:12" {
				t.Errorf("%s is heard in %s", name, conversation)
			}
		}
		if len(server.told) > 0 {
			t.Errorf("%s: Chatwoot is told %q", name, server.told)
		}
	}
}

func TestAPersonIsCalled(t *testing.T) {
	t.Parallel()
	_, server, _, web := open(t)
	if status := post(web, secret, said(`,"content":"ihminen"`), now); status != http.StatusOK {
		t.Errorf("%d", status)
	}
	if want := []string{`/api/v1/accounts/3/conversations/12/toggle_status {"status":"open"}`}; !reflect.DeepEqual(server.told, want) {
		t.Errorf("Chatwoot is told %q", server.told)
	}
}

func TestForgedEvents(t *testing.T) {
	t.Parallel()
	ear, _, _, web := open(t)
	for name, status := range map[string]int{
		"of another key": post(web, "another key", said(""), now),
		"old":            post(web, secret, said(""), now.Add(-5*time.Minute-time.Second)),
		"of tomorrow":    post(web, secret, said(""), now.Add(5*time.Minute+time.Second)),
	} {
		if status != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status := post(web, secret, `[]`, now); status != http.StatusBadRequest {
		t.Errorf("no event: %d", status)
	}
	if status := post(web, secret, said(`,"more":"`+strings.Repeat("x", 512<<10)+`"`), now); status != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", status)
	}
	ear.fail = errors.New("away")
	if status := post(web, secret, said(""), now); status != http.StatusServiceUnavailable {
		t.Errorf("while the bot is away: %d", status)
	}
	ear.fail = fmt.Errorf("too much: %w", bot.ErrUnfit)
	if status := post(web, secret, said(""), now); status != http.StatusOK {
		t.Errorf("what will never fit: %d", status)
	}
	if len(ear.heard) > 0 {
		t.Errorf("heard are %+v", ear.heard)
	}
}

func TestReplies(t *testing.T) {
	t.Parallel()
	_, server, door, _ := open(t)
	m := bot.Message{
		Seq: 1, Text: "Tässä", Cards: []bot.Card{{Title: "Takki", Price: "10,00 €", Buttons: []bot.Button{{Tap: "add:takki", Label: "Lisää koriin"}}}},
		Buttons: []bot.Button{{Tap: "cart", Label: "Kori"}, {URL: "https://kauppa.example/o/1", Label: "Tilaus"}},
	}
	if err := door.Send(t.Context(), "chatwoot:12", m); err != nil {
		t.Fatal(err)
	}
	if err := door.Send(t.Context(), "chatwoot:12", bot.Message{Seq: 2, Text: strings.Repeat("ä", 4001)}); err != nil {
		t.Fatal(err)
	}
	if err := door.Send(t.Context(), "chatwoot:12", bot.Message{Seq: 3}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`/api/v1/accounts/3/conversations/12/messages {"content":"Tässä\n- Takki, 10,00 €\nTilaus: https://kauppa.example/o/1","message_type":"outgoing","content_type":"input_select","content_attributes":{"items":[{"title":"Lisää koriin: Takki","value":"add:takki"},{"title":"Kori","value":"cart"}]}}`,
		`/api/v1/accounts/3/conversations/12/messages {"content":"` + strings.Repeat("ä", 4000) + ` …","message_type":"outgoing"}`,
	}
	if !reflect.DeepEqual(server.told, want) {
		t.Errorf("Chatwoot is told\n%s", strings.Join(server.told, "\n"))
	}
	for _, other := range []string{"telegram:12", "chatwoot:1/../2", "chatwoot:"} {
		var refused *bot.SendError
		if err := door.Send(t.Context(), other, m); !errors.As(err, &refused) || !refused.Refused {
			t.Errorf("%s: %v", other, err)
		}
	}
}

// Whatever Chatwoot signs is taken or refused for what it is; only customers of
// conversations that wait for a bot are heard, and nothing that is not signed.
func FuzzEvent(f *testing.F) {
	for _, seed := range []string{
		`{"event":"message_created","id":7,"content":"hei","message_type":"incoming","account":{"id":3},"conversation":{"id":5,"status":"pending"}}`,
		`{"event":"message_created","id":8,"content":"ihminen","message_type":"incoming","account":{"id":3},"conversation":{"id":5,"status":"pending"}}`,
		`{"event":"message_updated","id":9,"account":{"id":3},"conversation":{"id":5,"status":"pending"},"content_attributes":{"submitted_values":[{"title":"Kori","value":"cart"}]}}`,
		`{"event":"message_updated","id":9,"account":{"id":3},"conversation":{"id":5,"status":"pending"},"content_attributes":{"submitted_values":{"csat":5}}}`,
		`{"event":"conversation_resolved","id":5,"status":"resolved"}`, `{"event":"message_created","id":-1}`, `{"id":1e30}`, `null`, `[]`, ``, "\x00",
	} {
		f.Add([]byte(seed))
	}
	e, _, _, web := open(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		*e = ear{}
		if got := post(web, "another secret", string(body), now); got != http.StatusUnauthorized || len(e.heard) > 0 {
			t.Errorf("unsigned, %q is answered %d and heard as %+v", body, got, e.heard)
		}
		if got := post(web, secret, string(body), now); got != http.StatusOK && (got != http.StatusBadRequest || len(e.heard) > 0) {
			t.Errorf("%q is answered %d and heard as %+v", body, got, e.heard)
		}
		for i, in := range e.heard {
			id, ok := strings.CutPrefix(e.names[i], chatwoot.Channel+":")
			if n, err := strconv.ParseInt(id, 10, 64); !ok || err != nil || n <= 0 || in.ID == "" {
				t.Errorf("%q is heard in %q as %+v", body, e.names[i], in)
			}
		}
	})
}
