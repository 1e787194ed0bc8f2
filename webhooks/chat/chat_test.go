package chat_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/webhooks/chat"
)

// ear notes what conversations hear, and answers every one of them.
type ear struct {
	heard []bot.Input
	fail  error
}

func (e *ear) Handle(_ context.Context, conversation string, in bot.Input) (bot.Turn, error) {
	if e.fail != nil {
		return bot.Turn{}, e.fail
	}
	e.heard = append(e.heard, in)
	return bot.Turn{Messages: []bot.Message{{
		Seq: int64(len(e.heard)), Text: conversation, Cards: []bot.Card{{Image: "/images/a.svg"}, {Image: "https://b.example/b.jpg"}},
	}}}, nil
}

// open opens a door that believes what is marked as signed.
func open(change func(*chat.Options)) (*ear, http.Handler) {
	e := &ear{}
	o := chat.Options{
		Handler: e, Public: "https://tiski.example", Clock: time.Now,
		Genuine: func(header http.Header, _ []byte) bool { return header.Get("Signed") == "yes" },
		Allow: func(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
			return true, 0, nil
		},
	}
	if change != nil {
		change(&o)
	}
	server := echo.New()
	chat.New(o).Mount(server)
	return e, server
}

func post(door http.Handler, signed, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/webhooks/chat", strings.NewReader(body))
	r.Header.Set("Signed", signed)
	w := httptest.NewRecorder()
	door.ServeHTTP(w, r)
	return w
}

func TestCallsAreHeard(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]bot.Input{
		`{"conversation":"a","id":"1","text":"moi"}`:                            {{ID: "1", What: dialogue.Said{Text: "moi"}}},
		`{"conversation":"a","id":"1","text":""}`:                               {{ID: "1", What: dialogue.Said{}}},
		`{"conversation":"a","id":"1","tap":"cart","label":"Kori"}`:             {{ID: "1", What: dialogue.Tapped{Tap: "cart", Label: "Kori"}}},
		`{"conversation":"a","id":"1","lang":"SV-fi"}`:                          {{ID: "1", What: dialogue.Opened{Lang: "sv"}}},
		`{"conversation":"a","id":"1","text":"x","page":"P1","customer":"c:7"}`: {{ID: "customer/c:7", What: dialogue.Identified{Subject: "c:7"}}, {ID: "1/page", What: dialogue.Viewed{Product: "P1"}}, {ID: "1", What: dialogue.Said{Text: "x"}}},
	} {
		ear, door := open(nil)
		w := post(door, "yes", body)
		var answer struct{ Messages []bot.Message }
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 200 || len(answer.Messages) != len(want) {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
			continue
		}
		if first := answer.Messages[0]; first.Text != "chat:a" || first.Cards[0].Image != "https://tiski.example/images/a.svg" || first.Cards[1].Image != "https://b.example/b.jpg" {
			t.Errorf("%s is answered %+v", body, first)
		}
		for i, in := range ear.heard {
			if !in.Answered || in.At.IsZero() {
				t.Errorf("%s: %+v", body, in)
			}
			if ear.heard[i] = (bot.Input{ID: in.ID, What: in.What}); !reflect.DeepEqual(ear.heard[i], want[i]) {
				t.Errorf("%s is heard as %+v", body, in)
			}
		}
	}
}

func TestBadCalls(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("a", n) }
	for body, want := range map[string]int{
		``: 400, `[]`: 400, `{}`: 400, `{"conversation":"a"}`: 400, `{"id":"1"}`: 400, `{"conversation":"a","id":"1"} x`: 400,
		`{"conversation":"a","id":"1","text":"x","more":1}`:                   400,
		`{"conversation":"a b","id":"1"}`:                                     400,
		`{"conversation":"a","id":"1/page"}`:                                  400,
		`{"conversation":"a","id":"1","text":"x","tap":"y"}`:                  400,
		`{"conversation":"a","id":"1","text":"x","label":"y"}`:                400,
		`{"conversation":"a","id":"1","tap":""}`:                              400,
		`{"conversation":"` + long(64) + `","id":"1"}`:                        200,
		`{"conversation":"` + long(65) + `","id":"1"}`:                        400,
		`{"conversation":"a","id":"` + long(64) + `"}`:                        200,
		`{"conversation":"a","id":"` + long(65) + `"}`:                        400,
		`{"conversation":"a","id":"1","tap":"` + long(64) + `"}`:              200,
		`{"conversation":"a","id":"1","tap":"` + long(65) + `"}`:              400,
		`{"conversation":"a","id":"1","tap":"x","label":"` + long(200) + `"}`: 200,
		`{"conversation":"a","id":"1","tap":"x","label":"` + long(201) + `"}`: 400,
		`{"conversation":"a","id":"1","page":"` + long(200) + `"}`:            200,
		`{"conversation":"a","id":"1","page":"` + long(201) + `"}`:            400,
		`{"conversation":"a","id":"1","customer":"` + long(201) + `"}`:        400,
		`{"conversation":"a","id":"1","text":"` + long(64<<10) + `"}`:         413,
	} {
		ear, door := open(nil)
		if w := post(door, "yes", body); w.Code != want {
			t.Errorf("%.60s: %d, want %d: %s", body, w.Code, want, w.Body)
		}
		if want != 200 && len(ear.heard) > 0 {
			t.Errorf("%.60s is heard", body)
		}
	}
	ear, door := open(nil)
	if w := post(door, "no", `{"conversation":"a","id":"1","text":"moi"}`); w.Code != 401 || len(ear.heard) > 0 {
		t.Errorf("an unsigned call: %d", w.Code)
	}
}

func TestAway(t *testing.T) {
	t.Parallel()
	const moi = `{"conversation":"a","id":"1","text":"moi"}`
	for name, c := range map[string]struct {
		fail, allowFail error
		refused         bool
		status          int
		after           string
	}{
		"Redis away": {fail: errors.New("away"), status: 503, after: "2"}, "unfit": {fail: fmt.Errorf("x: %w", bot.ErrUnfit), status: 422},
		"too many": {refused: true, status: 429, after: "4"}, "limits away": {allowFail: errors.New("away"), status: 503, after: "2"},
	} {
		ear, door := open(func(o *chat.Options) {
			o.Allow = func(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
				return !c.refused, 3500 * time.Millisecond, c.allowFail
			}
		})
		ear.fail = c.fail
		if w := post(door, "yes", moi); w.Code != c.status || w.Header().Get("Retry-After") != c.after {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
}

func TestSend(t *testing.T) {
	t.Parallel()
	var sent []string
	fault := &bot.SendError{Gone: true, Err: errors.New("410")}
	door := chat.New(chat.Options{Public: "https://tiski.example", Call: func(_ context.Context, value any) error {
		b, err := json.Marshal(value)
		if sent = append(sent, string(b)); len(sent) > 1 {
			return fault
		}
		return err
	}})
	m := bot.Message{Seq: 7, From: dialogue.ByStaff, Staff: "Maija", Text: "Hei", At: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	if err := door.Send(t.Context(), "chat:a", m); err != nil {
		t.Fatal(err)
	}
	if want := `{"conversation":"a","message":{"seq":7,"from":"staff","text":"Hei","staff":"Maija","at":"2026-11-22T12:00:00Z"}}`; sent[0] != want {
		t.Errorf("sent %s, want %s", sent[0], want)
	}
	var got *bot.SendError
	if err := door.Send(t.Context(), "chat:a", m); !errors.As(err, &got) || !got.Gone {
		t.Errorf("a conversation that is over: %v", err)
	}
	if err := door.Send(t.Context(), "telegram:1", m); !errors.As(err, &got) || !got.Refused || len(sent) != 2 {
		t.Errorf("a conversation of another channel: %v, sent %d", err, len(sent))
	}
}
