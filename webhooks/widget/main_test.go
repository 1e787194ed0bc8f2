package widget_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/bot/voice"
	"tiski/catalog/demo"
	"tiski/catalog/picture"
	"tiski/webhooks"
	"tiski/webhooks/widget"
)

var secret = []byte("a secret of at least thirty-two bytes")

// shop is a door with a parrot behind it, on a real server and a real memory.
type shop struct {
	*httptest.Server
	talks  *state.Conversations
	parrot *parrot
	stop   func() // ends the streams, as the program does
}

// openShop opens a shop; change may alter the options before.
func openShop(t testing.TB, change func(*widget.Options)) *shop {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	talks, err := state.Open(t.Context(), state.Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{talks: talks, parrot: &parrot{talks: talks}}
	kept, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	o := widget.Options{
		Handler: s.parrot, Talks: talks, Writers: talks, Photos: kept, Secret: secret, Allow: talks.Allow, Clock: time.Now, Trace: log,
		Picture: func(image, color string) ([]byte, string, error) { return picture.Of(demo.FS, image, color) },
	}
	if change != nil {
		change(&o)
	}
	door, err := widget.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	go door.Run(ctx)
	server := webhooks.New(webhooks.Options{Log: log})
	server.Mount(door)
	s.Server = httptest.NewServer(server)
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
		talks.Close()
	})
	return s
}

// parrot repeats what it hears, with a button and a card. It commits as the bot does.
type parrot struct {
	talks *state.Conversations
	away  atomic.Pointer[error] // what Handle fails with, if anything
	heard atomic.Int64

	viewed atomic.Pointer[string] // the product looked at
}

func (p *parrot) fail(err error) { p.away.Store(&err) }

func (p *parrot) Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error) {
	if err := p.away.Load(); err != nil {
		return bot.Turn{}, *err
	}
	for {
		s, err := p.talks.Load(ctx, conversation, in.ID)
		if err != nil || s.Seen {
			return bot.Turn{Messages: s.Replies, Repeated: true}, err
		}
		var log []bot.Message
		say := func(m bot.Message) {
			m.Seq, m.At = s.Seq+int64(len(log))+1, in.At
			log = append(log, m)
		}
		switch what := in.What.(type) {
		case dialogue.Opened:
			say(bot.Message{From: dialogue.ByBot, Text: "hei " + what.Lang})
		case dialogue.Said:
			say(bot.Message{From: dialogue.ByCustomer, Text: what.Text[:min(len(what.Text), 4000)]})
			say(bot.Message{From: dialogue.ByBot, Text: what.Text[:min(len(what.Text), 100)]})
		case dialogue.Sent:
			say(bot.Message{From: dialogue.ByCustomer, Text: "[" + what.Kind + "]", Photo: what.Photo})
			say(bot.Message{From: dialogue.ByBot, Text: "kiitos"})
		case dialogue.Viewed:
			p.viewed.Store(&what.Product)
		case dialogue.Tapped:
			say(bot.Message{From: dialogue.ByCustomer, Text: what.Label})
			say(bot.Message{From: dialogue.ByBot, Text: what.Tap, Buttons: []voice.Button{{Tap: "cart", Label: "Kori"}},
				Cards: []voice.Card{{Product: "takki", Title: "Takki", Price: "10,00 €", Image: "/images/takki.svg"}, {Image: "https://kuva.example/a.jpg"}}})
		}
		err = p.talks.Commit(ctx, bot.Commit{
			Conversation: conversation, Channel: "widget", Input: in.ID, Version: s.Version, Seq: s.Seq, New: s.State == nil,
			State: []byte("{}"), Log: log, At: in.At, Desk: bot.Desk{Conversation: conversation, Last: in.At},
		})
		if errors.Is(err, bot.ErrConflict) {
			continue
		}
		p.heard.Add(1)
		var turn bot.Turn
		for _, m := range log {
			if m.From != dialogue.ByCustomer {
				turn.Messages = append(turn.Messages, m)
			}
		}
		return turn, err
	}
}

// reply is an answer of the API.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends a request; headers are pairs of names and values.
func (s *shop) ask(t testing.TB, method, path, body string, headers ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(b)}
}

// session opens a conversation.
func (s *shop) session(t testing.TB) (conversation, token string) {
	t.Helper()
	got := s.ask(t, "POST", "/widget/v1/session", `{"lang":"fi"}`)
	var body struct{ Conversation, Token string }
	if err := json.Unmarshal([]byte(got.body), &body); err != nil || got.status != http.StatusOK {
		t.Fatalf("open a session: %d %s %v", got.status, got.body, err)
	}
	return body.Conversation, body.Token
}

// send sends a body of /messages with a token.
func (s *shop) send(t testing.TB, token, body string, headers ...string) reply {
	t.Helper()
	return s.ask(t, "POST", "/widget/v1/messages", body, append(headers, "Authorization", "Bearer "+token)...)
}

type line struct {
	Seq    int64
	From   string
	Text   string
	Photo  string
	Typing string
	Cards  []struct{ Image string }
}

func lines(t *testing.T, body string) []line {
	t.Helper()
	var list struct{ Messages []line }
	decoder := json.NewDecoder(bytes.NewReader([]byte(body)))
	if err := decoder.Decode(&list); err != nil {
		t.Fatalf("read %s: %v", body, err)
	}
	return list.Messages
}

func texts(all []line) string {
	var b strings.Builder
	for _, l := range all {
		b.WriteString(l.From + " " + cmp.Or(l.Text, "–") + "; ")
	}
	return b.String()
}
