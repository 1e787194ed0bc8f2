// Package chat is the door of shops that have a chat window of their own. The
// shop's server sends what its customer says, signed, and is answered with what
// is said to it; what is said later it is sent at an address of its own. The
// README has an example of both.
package chat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// Channel begins the names of conversations.
const Channel = "chat"

// Limits of a call.
const (
	maxBody  = 64 << 10 // bytes
	maxTap   = 64       // bytes
	maxLabel = 200      // bytes
	maxName  = 200      // bytes of a product's and a customer's

	messageLimit = 60 // of one conversation
	messageTime  = 10 * time.Second

	retryAfter = 2 * time.Second // when we are to blame
)

// named is what the shop may call a conversation and a message.
var named = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)

// Handler is the way into a conversation.
type Handler interface {
	Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
}

// Options are what the door works with. All but Public are needed.
type Options struct {
	Handler Handler
	// Genuine reports whether the shop has signed a body, just now.
	Genuine func(header http.Header, body []byte) bool
	// Call sends the shop a value, signed. A *bot.SendError says what is to be
	// done about a fault.
	Call   func(ctx context.Context, value any) error
	Allow  func(ctx context.Context, key string, limit int, per time.Duration) (ok bool, retryAfter time.Duration, err error)
	Public string // PUBLIC_URL, begins the addresses of pictures
	Clock  func() time.Time
}

// Door takes calls at /webhooks/chat, and sends what is said later.
type Door struct{ Options }

// New returns a door that takes no calls yet.
func New(o Options) *Door { return &Door{o} }

// Mount adds the door's route.
func (d *Door) Mount(e *echo.Echo) { e.POST("/webhooks/chat", d.take) }

// call is what the shop sends: words, a tap, or neither, which opens the
// conversation with a greeting.
type call struct {
	Conversation string  `json:"conversation"`
	ID           string  `json:"id"` // the same again is answered the same, and handled once
	Text         *string `json:"text"`
	Tap          *string `json:"tap"`
	Label        string  `json:"label"`    // what stood on the button
	Lang         string  `json:"lang"`     // to open in
	Page         string  `json:"page"`     // id or SKU of the product that the customer's page shows
	Customer     string  `json:"customer"` // by which name the shop knows who is signed in
}

// take answers 200 with what is said, 401 when the shop has not signed the
// call, 400 and 413 when it cannot be read, 422 when it does not fit the bot's
// limits, 429 and 503 with Retry-After when it must come again.
func (d *Door) take(c echo.Context) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return echo.ErrStatusRequestEntityTooLarge
	case err != nil:
		return echo.ErrBadRequest.WithInternal(fmt.Errorf("read a call: %w", err))
	case !d.Genuine(c.Request().Header, body):
		return echo.NewHTTPError(http.StatusUnauthorized, "the signature is not the shop's, or too old")
	}
	said, err := read(body)
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest, err.Error())
	}
	conversation := Channel + ":" + said.Conversation
	ok, wait, err := d.Allow(c.Request().Context(), conversation, messageLimit, messageTime)
	if err != nil {
		return later(c, http.StatusServiceUnavailable, retryAfter).WithInternal(err)
	}
	if !ok {
		return later(c, http.StatusTooManyRequests, wait)
	}
	messages := []bot.Message{}
	for _, in := range said.inputs() {
		in.At, in.Answered = d.Clock(), true
		turn, err := d.Handler.Handle(c.Request().Context(), conversation, in)
		if errors.Is(err, bot.ErrUnfit) {
			return echo.NewHTTPError(http.StatusUnprocessableEntity, "this does not fit the limits").WithInternal(err)
		}
		if err != nil {
			return later(c, http.StatusServiceUnavailable, retryAfter).WithInternal(err)
		}
		for _, m := range turn.Messages {
			messages = append(messages, d.shown(m))
		}
	}
	return c.JSON(http.StatusOK, map[string][]bot.Message{"messages": messages})
}

// read reads a call. The error is for who wrote the shop's side.
func read(body []byte) (call, error) {
	var said call
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&said); err != nil {
		return said, errors.New("the body must be one JSON object of known fields")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return said, errors.New("the body must be one JSON object and nothing after it")
	}
	switch {
	case !named.MatchString(said.Conversation):
		return said, errors.New("conversation must be 1 to 64 of A-Z a-z 0-9 _ . -")
	case !named.MatchString(said.ID):
		return said, errors.New("id must be 1 to 64 of A-Z a-z 0-9 _ . -")
	case said.Text != nil && said.Tap != nil:
		return said, errors.New("text and tap do not go together")
	case said.Tap != nil && (*said.Tap == "" || len(*said.Tap) > maxTap):
		return said, errors.New("tap must be 1 to 64 bytes")
	case said.Label != "" && said.Tap == nil || len(said.Label) > maxLabel:
		return said, errors.New("label goes with tap and has at most 200 bytes")
	case len(said.Page) > maxName || len(said.Customer) > maxName:
		return said, errors.New("page and customer must be at most 200 bytes")
	}
	return said, nil
}

// inputs are what a call means, in order. Ids with "/" cannot be the shop's.
func (c call) inputs() []bot.Input {
	var all []bot.Input
	if c.Customer != "" {
		all = append(all, bot.Input{ID: "customer/" + c.Customer, What: dialogue.Identified{Subject: c.Customer}})
	}
	if c.Page != "" {
		all = append(all, bot.Input{ID: c.ID + "/page", What: dialogue.Viewed{Product: c.Page}})
	}
	said := bot.Input{ID: c.ID}
	switch {
	case c.Text != nil:
		said.What = dialogue.Said{Text: *c.Text}
	case c.Tap != nil:
		said.What = dialogue.Tapped{Tap: *c.Tap, Label: c.Label}
	default:
		lang, _, _ := strings.Cut(strings.ToLower(c.Lang), "-")
		said.What = dialogue.Opened{Lang: lang}
	}
	return append(all, said)
}

// later asks the shop to come again.
func later(c echo.Context, status int, wait time.Duration) *echo.HTTPError {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
	return echo.NewHTTPError(status)
}

// news is what the shop is sent.
type news struct {
	Conversation string      `json:"conversation"`
	Message      bot.Message `json:"message"`
}

// Send sends the shop one message of a conversation: a person's, a notice.
func (d *Door) Send(ctx context.Context, conversation string, m bot.Message) error {
	name, ok := strings.CutPrefix(conversation, Channel+":")
	if !ok {
		return &bot.SendError{Refused: true, Err: fmt.Errorf("send: %q is no conversation of a shop's chat", conversation)}
	}
	if err := d.Call(ctx, news{name, d.shown(m)}); err != nil {
		return fmt.Errorf("send message %d of %s: %w", m.Seq, conversation, err)
	}
	return nil
}

// shown is a message whose pictures have an address that is good anywhere, without
// what only staff care for.
func (d *Door) shown(m bot.Message) bot.Message {
	cards := make([]bot.Card, len(m.Cards))
	for i, c := range m.Cards {
		if strings.HasPrefix(c.Image, "/") {
			c.Image = d.Public + c.Image
		}
		cards[i] = c
	}
	m.Cards, m.Via = cards, ""
	return m
}
