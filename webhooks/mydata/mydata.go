// Package mydata is the door at which customers see a copy of everything that is
// kept of them, to read and as a file, by a link that the bot gave in their own
// conversation.
package mydata

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/catalog"
)

// Options are what the door needs, all of them.
type Options struct {
	// Open tells whose a pass is; ok is false for one that does not hold.
	Open func(pass string) (conversation string, ok bool)
	// Copy is everything that is kept of whom a conversation is with.
	Copy func(ctx context.Context, conversation string) (bot.Copy, error)
	// Shop is the shop of this moment, Persona the name of one of its personas.
	Shop    func() *catalog.Shop
	Persona func(id string) catalog.Text
	Log     *slog.Logger
}

// Door is the door.
type Door struct{ Options }

// New returns the door.
func New(o Options) *Door { return &Door{o} }

// Mount adds the addresses of the links.
func (d *Door) Mount(e *echo.Echo) {
	e.GET("/data/:pass", d.given(d.show))
	e.GET("/data/:pass/tiedot.json", d.given(d.give))
}

// policy lets the page load nothing but its own style.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

// given answers by the copy of whose a pass is. The link works until it runs out:
// a browser may ask twice.
func (d *Door) given(answer func(echo.Context, bot.Copy) error) echo.HandlerFunc {
	return func(c echo.Context) error {
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
		return answer(c, all)
	}
}

// show answers the copy as a page.
func (d *Door) show(c echo.Context, all bot.Copy) error {
	var html bytes.Buffer
	page := Page{Lang: c.QueryParam("lang"), Shop: d.Shop(), Persona: d.Persona, File: "/data/" + c.Param("pass") + "/tiedot.json"}
	if err := page.Write(&html, all); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentSecurityPolicy, policy)
	return c.HTMLBlob(http.StatusOK, html.Bytes())
}

// give answers the copy as a file.
func (d *Door) give(c echo.Context, all bot.Copy) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="tiedot.json"`)
	return c.JSONPretty(http.StatusOK, all, "  ")
}
