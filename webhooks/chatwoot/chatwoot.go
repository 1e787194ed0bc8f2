// Package chatwoot is the door of shops whose chat is Chatwoot: the bot is an
// agent bot there. It hears what customers write in conversations that wait for a
// bot, answers by the API, and opens the conversation to the agents when a person
// is wanted; what agents and other bots say is theirs.
//
// What Chatwoot sends and takes is told at https://developers.chatwoot.com: "Toggle
// Status" and "Create New Message" of the application API, which the token of an
// agent bot may use, and the webhook events. Agent bots' events are signed from
// Chatwoot 4.13 on (chatwoot/chatwoot pull request 13892): X-Chatwoot-Signature is
// "sha256=" and the HMAC-SHA256 of "<X-Chatwoot-Timestamp>.<body>".
package chatwoot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// Channel begins the names of conversations.
const Channel = "chatwoot"

// Limits of an event.
const (
	maxBody   = 512 << 10 // bytes: an event tells much of its conversation
	tolerance = 5 * time.Minute
	longest   = 4000 // characters of a message that Chatwoot is sent

	messageLimit = 60 // of one conversation
	messageTime  = 10 * time.Second
)

// Handler is the way into a conversation.
type Handler interface {
	Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
}

// Options are what the door works with. All are needed.
type Options struct {
	Handler Handler
	Account int64  // of the shop at Chatwoot; events of others are ignored
	Secret  []byte // of the agent bot, signs its events
	// Call posts a value to a path of Chatwoot's API. A *bot.SendError says what is
	// to be done about a fault.
	Call  func(ctx context.Context, path string, value any) error
	Allow func(ctx context.Context, key string, limit int, per time.Duration) (ok bool, retryAfter time.Duration, err error)
	Clock func() time.Time
}

// Door takes the agent bot's events at /webhooks/chatwoot, and sends what is said.
type Door struct{ Options }

// New returns a door that takes no events yet.
func New(o Options) *Door { return &Door{o} }

// Mount adds the door's route.
func (d *Door) Mount(e *echo.Echo) { e.POST("/webhooks/chatwoot", d.take) }

// event is what the door needs of an agent bot's event. Of one that is about the
// conversation itself, ID and Status are the conversation's.
type event struct {
	Event   string `json:"event"`
	ID      int64  `json:"id"`
	Status  string `json:"status"`
	Content string `json:"content"`
	Type    string `json:"message_type"`
	Private bool   `json:"private"`
	Account struct {
		ID int64 `json:"id"`
	} `json:"account"`
	Conversation struct {
		ID     int64  `json:"id"`
		Status string `json:"status"`
	} `json:"conversation"`
	Attributes struct {
		Chosen json.RawMessage `json:"submitted_values"` // []item of a select; of other messages whatever they ask for
	} `json:"content_attributes"`
}

// item is a choice of a message.
type item struct {
	Title string `json:"title"`
	Value string `json:"value"`
}

// take answers 200 when an event is handled or is none of the bot's, 401 when it
// is not signed, 400 and 413 when it cannot be read, and 503 when it must come
// again.
func (d *Door) take(c echo.Context) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return echo.ErrStatusRequestEntityTooLarge
	case err != nil:
		return echo.ErrBadRequest.WithInternal(fmt.Errorf("read an event: %w", err))
	case !d.genuine(c.Request().Header, body):
		return echo.NewHTTPError(http.StatusUnauthorized, "the signature is not Chatwoot's, or too old")
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return echo.ErrBadRequest.WithInternal(fmt.Errorf("read an event: %w", err))
	}
	if err := d.handle(c.Request().Context(), e); err != nil {
		if errors.Is(err, bot.ErrUnfit) { // it would be unfit again
			return c.NoContent(http.StatusOK)
		}
		return echo.NewHTTPError(http.StatusServiceUnavailable).WithInternal(err)
	}
	return c.NoContent(http.StatusOK)
}

func (d *Door) genuine(h http.Header, body []byte) bool {
	at := h.Get("X-Chatwoot-Timestamp")
	seconds, err := strconv.ParseInt(at, 10, 64)
	given, badHex := hex.DecodeString(strings.TrimPrefix(h.Get("X-Chatwoot-Signature"), "sha256="))
	mac := hmac.New(sha256.New, d.Secret)
	mac.Write([]byte(at + "."))
	mac.Write(body)
	return err == nil && badHex == nil && len(d.Secret) > 0 && hmac.Equal(given, mac.Sum(nil)) && d.Clock().Sub(time.Unix(seconds, 0)).Abs() <= tolerance
}

// pending is the status of conversations that a bot answers.
const pending = "pending"

// handle lets the bot hear an event, and calls the agents when it wants them.
func (d *Door) handle(ctx context.Context, e event) error {
	if e.Event == "conversation_resolved" && e.ID > 0 { // tells no account
		return d.resolved(ctx, e.ID)
	}
	in, ok := e.input()
	if !ok || e.Account.ID != d.Account || e.Conversation.Status != pending {
		return nil
	}
	conversation := name(e.Conversation.ID)
	if allowed, _, err := d.Allow(ctx, conversation, messageLimit, messageTime); err != nil {
		return err
	} else if said, ok := in.What.(dialogue.Said); ok {
		said.Hurried = !allowed
		in.What = said
	}
	in.At = d.Clock()
	turn, err := d.Handler.Handle(ctx, conversation, in)
	if err != nil || turn.State.Handoff.Stage != dialogue.Requested {
		return err
	}
	return d.Call(ctx, d.path(e.Conversation.ID, "toggle_status"), map[string]string{"status": "open"})
}

// input is what a customer did: wrote, or chose of what was offered.
func (e event) input() (bot.Input, bool) {
	id := strconv.FormatInt(e.ID, 10)
	var chosen []item
	if json.Unmarshal(e.Attributes.Chosen, &chosen) != nil {
		chosen = nil
	}
	switch {
	case e.Conversation.ID <= 0 || e.ID <= 0 || e.Private:
		return bot.Input{}, false
	case e.Event == "message_created" && e.Type == "incoming" && e.Content == "":
		return bot.Input{ID: "message/" + id, What: dialogue.Sent{Kind: "file"}}, true
	case e.Event == "message_created" && e.Type == "incoming":
		return bot.Input{ID: "message/" + id, What: dialogue.Said{Text: e.Content}}, true
	case e.Event == "message_updated" && len(chosen) == 1 && chosen[0].Value != "":
		return bot.Input{ID: "choice/" + id + "/" + chosen[0].Value, What: dialogue.Tapped{Tap: chosen[0].Value, Label: chosen[0].Title}}, true
	}
	return bot.Input{}, false
}

// agents are who holds a conversation that was opened to them.
const agents = "chatwoot"

// resolved: the agents are done, and the next message is the bot's again.
func (d *Door) resolved(ctx context.Context, id int64) error {
	at := d.Clock()
	for _, what := range []dialogue.Input{dialogue.Taken{Staff: agents, Name: "Chatwoot"}, dialogue.HandedBack{Staff: agents}} {
		in := bot.Input{ID: fmt.Sprintf("resolved/%T/%d", what, at.Unix()), At: at, What: what, Answered: true}
		if _, err := d.Handler.Handle(ctx, name(id), in); err != nil {
			return err
		}
	}
	return nil
}

func name(conversation int64) string {
	return Channel + ":" + strconv.FormatInt(conversation, 10)
}

// path is that of something of a conversation in Chatwoot's API.
func (d *Door) path(conversation int64, of string) string {
	return fmt.Sprintf("/api/v1/accounts/%d/conversations/%d/%s", d.Account, conversation, of)
}

// message is what Chatwoot is sent.
type message struct {
	Content    string `json:"content"`
	Type       string `json:"message_type"`
	Kind       string `json:"content_type,omitempty"`
	Attributes any    `json:"content_attributes,omitempty"`
}

// Send sends one message of a conversation. Goods become lines of it, links too,
// and what can be pressed the choices of a select.
func (d *Door) Send(ctx context.Context, conversation string, m bot.Message) error {
	id, err := strconv.ParseInt(strings.TrimPrefix(conversation, Channel+":"), 10, 64)
	if err != nil || name(id) != conversation {
		return &bot.SendError{Refused: true, Err: fmt.Errorf("send: %q is no conversation of Chatwoot", conversation)}
	}
	out := written(m)
	if out.Content == "" {
		return nil
	}
	if err := d.Call(ctx, d.path(id, "messages"), out); err != nil {
		return fmt.Errorf("send message %d of %s: %w", m.Seq, conversation, err)
	}
	return nil
}

func written(m bot.Message) message {
	lines, choices := []string{m.Text}, []item{}
	add := func(buttons []bot.Button, of string) {
		for _, b := range buttons {
			switch {
			case b.URL != "":
				lines = append(lines, b.Label+": "+b.URL)
			case of != "":
				choices = append(choices, item{b.Label + ": " + of, b.Tap})
			default:
				choices = append(choices, item{b.Label, b.Tap})
			}
		}
	}
	for _, c := range m.Cards {
		lines = append(lines, "- "+strings.Join(strings.Fields(c.Title+", "+c.Price), " "))
		add(c.Buttons, c.Title)
	}
	add(m.Buttons, "")
	out := message{Content: strings.TrimSpace(strings.Join(lines, "\n")), Type: "outgoing"}
	if text := []rune(out.Content); len(text) > longest {
		out.Content = string(text[:longest]) + " …"
	}
	if len(choices) > 0 {
		out.Kind, out.Attributes = "input_select", map[string][]item{"items": choices}
	}
	return out
}
