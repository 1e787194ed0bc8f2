// Package widget is the door of the chat on a shop's page: the API that
// browsers talk to, the widget itself, pictures of products, and a page of the
// shop to try it on.
package widget

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/catalog"
)

// Handler is the way into a conversation.
type Handler interface {
	Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
}

// Log is what has been said in a conversation: [bot.Log] without the staff's list.
type Log interface {
	Messages(ctx context.Context, conversation string, after int64) ([]bot.Message, error)
	// Notify calls wake, which returns at once, soon after each change and every few
	// seconds anyway, until stop has returned.
	Notify(conversation string, wake func()) (stop func())
}

// Writers knows who writes in a conversation just now (package state keeps it).
type Writers interface {
	See(ctx context.Context, p bot.Presence) error
	Present(ctx context.Context, doing bot.Doing, conversation string) ([]bot.Presence, error)
}

// Options are what the widget needs. All but Origins, Identity and Public are required.
type Options struct {
	Handler  Handler
	Talks    Log
	Writers  Writers
	Photos   Photos
	Secret   []byte        // signs tokens; at least 32 bytes, the same on all nodes
	Origins  []string      // pages of other origins that may use the API: "https://shop.example"
	Identity []IdentityKey // prove who visitors are, the present one and the one before; none: nobody is identified
	Public   string        // PUBLIC_URL, begins the addresses of pictures; "" leaves them relative
	// Allow counts one more use of key and says whether it is among the first
	// limit of the present window of time, and if not, when to try again.
	Allow func(ctx context.Context, key string, limit int, per time.Duration) (ok bool, retryAfter time.Duration, err error)
	// Picture is one of the shop, a drawing painted, with its content type. The error
	// wraps fs.ErrInvalid or fs.ErrNotExist when there is no such picture.
	Picture func(image, color string) (data []byte, kind string, err error)
	// Mail has a conversation sent to an address, once for each id. A language
	// that the shop does not speak becomes its first.
	Mail  func(ctx context.Context, conversation, id, email, lang string) error
	Shop  func() *catalog.Shop // the shop of this moment
	Clock func() time.Time
	Trace *slog.Logger
}

// Door is the widget's door.
type Door struct {
	Options
	streams streams
}

// minSecret is the least length of a secret, in bytes.
const minSecret = 32

// New returns the door. It fails when the secret is too short to sign with.
func New(o Options) (*Door, error) {
	if len(o.Secret) < minSecret {
		return nil, errors.New("the widget's secret has less than 32 bytes")
	}
	return &Door{Options: o}, nil
}

// Mount adds the API, the widget, the pictures and the page.
func (d *Door) Mount(e *echo.Echo) {
	api := e.Group("/widget/v1", d.origin)
	api.POST("/session", d.open)
	api.POST("/messages", d.receive, d.signedIn)
	api.POST("/photos", d.takePhoto, d.signedIn)
	api.POST("/transcript", d.mailTranscript, d.signedIn)
	api.POST("/context", d.look, d.signedIn)
	api.POST("/typing", d.typing, d.signedIn)
	api.GET("/messages", d.list, d.signedIn)
	api.POST("/identify", d.identify, d.signedIn)
	api.GET("/events", d.stream, d.signedIn)
	for _, path := range []string{"/session", "/messages", "/photos", "/transcript", "/context", "/typing", "/identify", "/events"} {
		api.OPTIONS(path, preflight)
	}
	e.GET("/images/:name", d.picture)
	e.GET("/widget/photos/:conversation/:id/:until/:signature", d.showPhoto)
	e.GET("/widget.js", asset(built, "built/widget.js", "text/javascript"))
	e.GET("/widget/panel.js", asset(built, "built/panel.js", "text/javascript"))
	e.GET("/page.css", asset(files, "page.css", "text/css"))
	e.GET("/", d.page)
}

// origin lets in requests from this server's own pages, from the allowed
// origins, and those of programs, which name none.
func (d *Door) origin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Add(echo.HeaderVary, echo.HeaderOrigin)
		h.Set(echo.HeaderCacheControl, "no-store")
		origin := c.Request().Header.Get(echo.HeaderOrigin)
		switch _, host, _ := strings.Cut(origin, "://"); {
		case origin == "" || host == c.Request().Host:
		case origin == d.Public || slices.Contains(d.Origins, origin):
		default:
			return echo.NewHTTPError(http.StatusForbidden, "this origin is not allowed")
		}
		if origin != "" {
			h.Set(echo.HeaderAccessControlAllowOrigin, origin)
			h.Set(echo.HeaderAccessControlExposeHeaders, "Retry-After, X-Request-Id")
		}
		return next(c)
	}
}

// preflight answers what a browser asks before it sends to another origin.
func preflight(c echo.Context) error {
	h := c.Response().Header()
	h.Set(echo.HeaderAccessControlAllowMethods, "GET, POST")
	h.Set(echo.HeaderAccessControlAllowHeaders, "Authorization, Content-Type, Last-Event-ID")
	h.Set(echo.HeaderAccessControlMaxAge, "600")
	return c.NoContent(http.StatusNoContent)
}
