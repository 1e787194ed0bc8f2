package widget

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// Limits of the API.
const (
	maxBody  = 64 << 10 // bytes
	maxTap   = 64       // bytes
	maxLabel = 200      // bytes
	maxName  = 200      // bytes of the id of a product
	maxLines = 50       // of a page's cart

	messageLimit = 60 // of one conversation
	messageTime  = 10 * time.Second
	sessionLimit = 120 // of one address
	sessionTime  = time.Minute
	dayLimit     = 3000 // sessions of one address in a day: a large network's, and no flood's
	typingLimit  = 20   // of one conversation
	typingTime   = time.Minute

	retryAfter = 2 * time.Second // when we are to blame
)

// isInputID tells what the id of a message may look like.
func isInputID(id string) bool {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-"
	return 1 <= len(id) && len(id) <= 64 && strings.Trim(id, letters) == ""
}

var (
	errID    = echo.NewHTTPError(http.StatusBadRequest, "id must be 1 to 64 of A-Z a-z 0-9 _ . : -")
	errEmpty = echo.NewHTTPError(http.StatusBadRequest, "the body is empty")
)

// sessionInput is the id of the input that opens a conversation; no message can
// have it.
const sessionInput = "session/"

// open begins a conversation, with the greeting already in it.
func (d *Door) open(c echo.Context) error {
	var body struct {
		Lang string `json:"lang"`
	}
	if err := decode(c, &body); err != nil && !errors.Is(err, errEmpty) {
		return err
	}
	if address := addressKey(c.RealIP()); address != "" {
		if err := d.allow(c, "session:"+address, sessionLimit, sessionTime); err != nil {
			return err
		}
		if err := d.allow(c, "sessions:"+address, dayLimit, 24*time.Hour); err != nil {
			return err
		}
	}
	conversation := newConversation()
	lang, _, _ := strings.Cut(strings.ToLower(body.Lang), "-")
	if _, err := d.handle(c, conversation, sessionInput, dialogue.Opened{Lang: lang}); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]string{
		"conversation": conversation,
		"token":        d.token(conversation, d.Clock().Add(tokenLife)),
	})
}

// receive takes a message or a tap, and answers what is said to it.
func (d *Door) receive(c echo.Context) error {
	var body struct {
		ID    string  `json:"id"`
		Text  *string `json:"text"`
		Tap   *string `json:"tap"`
		Label string  `json:"label"`
	}
	if err := decode(c, &body); err != nil {
		return err
	}
	var what dialogue.Input
	switch {
	case !isInputID(body.ID):
		return errID
	case (body.Text == nil) == (body.Tap == nil):
		return echo.NewHTTPError(http.StatusBadRequest, "exactly one of text and tap is needed")
	case body.Text != nil && body.Label != "":
		return echo.NewHTTPError(http.StatusBadRequest, "label goes with tap")
	case body.Text != nil:
		what = dialogue.Said{Text: *body.Text}
	case *body.Tap == "" || len(*body.Tap) > maxTap:
		return echo.NewHTTPError(http.StatusBadRequest, "tap must be 1 to 64 bytes")
	case len(body.Label) > maxLabel:
		return echo.NewHTTPError(http.StatusBadRequest, "label must be at most 200 bytes")
	default:
		what = dialogue.Tapped{Tap: *body.Tap, Label: body.Label}
	}
	return d.hear(c, body.ID, what)
}

// look takes which product the visitor's page shows, and what it has in its cart.
func (d *Door) look(c echo.Context) error {
	var body struct {
		ID      string          `json:"id"`
		Product string          `json:"product"`
		Cart    []dialogue.Line `json:"cart"`
	}
	if err := decode(c, &body); err != nil {
		return err
	}
	switch {
	case !isInputID(body.ID):
		return errID
	case body.Product == "" && body.Cart == nil || len(body.Product) > maxName:
		return echo.NewHTTPError(http.StatusBadRequest, "product must be 1 to 200 bytes")
	case len(body.Cart) > maxLines:
		return echo.NewHTTPError(http.StatusBadRequest, "cart must have at most 50 lines")
	}
	return d.hear(c, body.ID, dialogue.Viewed{Product: body.Product, Cart: body.Cart})
}

// typing takes that the customer writes: no word of it.
func (d *Door) typing(c echo.Context) error {
	conversation := c.Get(conversationKey).(string)
	if err := d.allow(c, "typing:"+conversation, typingLimit, typingTime); err != nil {
		return err
	}
	if err := d.Writers.See(c.Request().Context(), bot.Presence{Conversation: conversation, Doing: bot.Typing, At: d.Clock()}); err != nil {
		return unavailable(c, err)
	}
	return c.NoContent(http.StatusNoContent)
}

// list answers what has been said after a message, the customer's own words
// included.
func (d *Door) list(c echo.Context) error {
	after, err := number(c.QueryParam("after"))
	if err != nil {
		return err
	}
	conversation := c.Get(conversationKey).(string)
	said, err := d.Talks.Messages(c.Request().Context(), conversation, after)
	if err != nil {
		return unavailable(c, err)
	}
	return c.JSON(http.StatusOK, answer{d.messages(conversation, said)})
}

// hear takes what a customer does, and answers what is said to it.
func (d *Door) hear(c echo.Context, id string, what dialogue.Input) error {
	conversation := c.Get(conversationKey).(string)
	if err := d.allow(c, conversation, messageLimit, messageTime); err != nil {
		return err
	}
	turn, err := d.handle(c, conversation, id, what)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer{d.messages(conversation, turn.Messages)})
}

func (d *Door) handle(c echo.Context, conversation, id string, what dialogue.Input) (bot.Turn, error) {
	turn, err := d.Handler.Handle(c.Request().Context(), conversation, bot.Input{ID: id, At: d.Clock(), What: what})
	if errors.Is(err, bot.ErrUnfit) {
		return turn, echo.NewHTTPError(http.StatusUnprocessableEntity, "this does not fit the limits").WithInternal(err)
	}
	if err != nil {
		return turn, unavailable(c, err)
	}
	return turn, nil
}

// allow refuses what comes too often.
func (d *Door) allow(c echo.Context, key string, limit int, per time.Duration) error {
	ok, wait, err := d.Allow(c.Request().Context(), key, limit, per)
	if err != nil {
		return unavailable(c, err)
	}
	if !ok {
		return later(c, http.StatusTooManyRequests, wait, "too many requests")
	}
	return nil
}

// unavailable is the answer while Redis or the database is away: nothing was
// committed, and the same again will do.
func unavailable(c echo.Context, err error) error {
	return later(c, http.StatusServiceUnavailable, retryAfter, "not available just now").WithInternal(err)
}

func later(c echo.Context, status int, wait time.Duration, message string) *echo.HTTPError {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
	return echo.NewHTTPError(status, message)
}

// decode reads one JSON object and nothing after it. An empty body is errEmpty.
func decode(c echo.Context, into any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == io.EOF {
		return errEmpty
	}
	if err == nil {
		if _, err = decoder.Token(); err == io.EOF {
			return nil
		}
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge, "the body is over 64 KiB")
	}
	return echo.NewHTTPError(http.StatusBadRequest, "the body must be one JSON object of known fields")
}

// number reads the number of a message; "" is the one before the first.
func number(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, echo.NewHTTPError(http.StatusBadRequest, "after must be the number of a message")
	}
	return n, nil
}

// addressKey is what sessions are counted by: an IPv4 address, or the network
// of an IPv6 one, which a customer has whole. It is "" for our own network: a proxy
// there that does not say whom it speaks for would speak for everybody.
func addressKey(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	switch address = address.Unmap().WithZone(""); {
	case address.IsLoopback() || address.IsPrivate() || address.IsLinkLocalUnicast():
		return ""
	case address.Is4():
		return address.String()
	}
	network, _ := address.Prefix(64)
	return network.String()
}
