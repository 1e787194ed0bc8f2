// Package mydata is the door at which customers fetch a copy of everything that
// is kept of them, by a link that the bot gave in their own conversation.
package mydata

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"tiski/bot"
)

// Options are what the door needs, all of them.
type Options struct {
	// Open tells whose a pass is; ok is false for one that does not hold.
	Open func(pass string) (conversation string, ok bool)
	// Copy is everything that is kept of whom a conversation is with.
	Copy func(ctx context.Context, conversation string) (bot.Copy, error)
	Log  *slog.Logger
}

// Door is the door.
type Door struct{ Options }

// New returns the door.
func New(o Options) *Door { return &Door{o} }

// Mount adds the address of the links.
func (d *Door) Mount(e *echo.Echo) { e.GET("/data/:pass", d.give) }

// give answers the copy as a file. The link works until it runs out: a browser
// may ask twice.
func (d *Door) give(c echo.Context) error {
	h := c.Response().Header()
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
	conversation, ok := d.Open(c.Param("pass"))
	if !ok {
		return echo.NewHTTPError(http.StatusNotFound, "this link does not work any more; ask for a new one in the chat")
	}
	all, err := d.Copy(c.Request().Context(), conversation)
	if err != nil {
		d.Log.Error("a copy cannot be given", "conversation", conversation, "err", err)
		return echo.NewHTTPError(http.StatusServiceUnavailable, "not available just now").WithInternal(err)
	}
	h.Set(echo.HeaderContentDisposition, `attachment; filename="tiedot.json"`)
	return c.JSONPretty(http.StatusOK, all, "  ")
}
