package widget

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// tokenLife is how long a visitor can come back to a conversation.
const tokenLife = 30 * 24 * time.Hour

// channel begins the names of conversations.
const channel = "widget:"

// newConversation names a conversation by 128 bits of chance.
func newConversation() string {
	var b [16]byte
	rand.Read(b[:])
	return channel + base64.RawURLEncoding.EncodeToString(b[:])
}

// token is "<name>.<expiry>.<signature>": the conversation without its channel,
// Unix seconds, and the HMAC-SHA256 of both.
func (d *Door) token(conversation string, expires time.Time) string {
	signed := strings.TrimPrefix(conversation, channel) + "." + strconv.FormatInt(expires.Unix(), 10)
	return signed + "." + d.sign("token", signed)
}

// sign signs a text of a kind; of another kind the signature is none.
func (d *Door) sign(kind, text string) string {
	mac := hmac.New(sha256.New, d.Secret)
	mac.Write([]byte("widget " + kind + " " + text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (d *Door) genuine(kind, text, signature string) bool {
	return hmac.Equal([]byte(signature), []byte(d.sign(kind, text)))
}

// conversation is whose token this is; ok is false for one that this shop did
// not sign or that has expired.
func (d *Door) conversation(token string) (name string, ok bool) {
	end := strings.LastIndexByte(token, '.')
	if end < 0 || !d.genuine("token", token[:end], token[end+1:]) {
		return "", false
	}
	name, expiry, _ := strings.Cut(token[:end], ".")
	expires, err := strconv.ParseInt(expiry, 10, 64)
	return channel + name, err == nil && d.Clock().Unix() < expires
}

// conversationKey is where signedIn leaves the conversation.
const conversationKey = "conversation"

// signedIn lets a request in to the conversation of its token.
func (d *Door) signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		scheme, token, _ := strings.Cut(c.Request().Header.Get(echo.HeaderAuthorization), " ")
		conversation, ok := d.conversation(token)
		if !ok || !strings.EqualFold(scheme, "Bearer") {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
			return echo.NewHTTPError(http.StatusUnauthorized, "a valid token is needed")
		}
		c.Set(conversationKey, conversation)
		return next(c)
	}
}
