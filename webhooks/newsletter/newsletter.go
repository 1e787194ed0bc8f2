// Package newsletter is the page to which the letters about the newsletter lead:
// there it is confirmed, and left again. Opening a link does nothing yet: mail
// programs open links by themselves.
package newsletter

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Subscribers are who wants the newsletter (package store keeps them).
type Subscribers interface {
	// Subscription tells of a link; found is false for one that nobody has.
	Subscription(ctx context.Context, token string) (lang string, confirmed, found bool, err error)
	Confirm(ctx context.Context, token string) error
	Leave(ctx context.Context, token string) error
}

// Options are what the page works with, all of them.
type Options struct {
	Subscribers Subscribers
	Shop        func() string                 // the name of the shop
	Say         func(lang, key string) string // a sentence of the replies' files
	Log         *slog.Logger
}

// Door serves the pages under /newsletter.
type Door struct{ Options }

// New returns the door.
func New(o Options) *Door { return &Door{o} }

// Mount adds the page's routes.
func (d *Door) Mount(e *echo.Echo) {
	e.GET("/newsletter/:token", d.show)
	e.POST("/newsletter/:token", d.act(func(ctx context.Context, token string) error { return d.Subscribers.Confirm(ctx, token) }))
	e.POST("/newsletter/:token/leave", d.act(func(ctx context.Context, token string) error { return d.Subscribers.Leave(ctx, token) }))
}

//go:embed newsletter.html
var page string

var sheet = template.Must(template.New("newsletter").Parse(page))

// policy lets the page load nothing.
const policy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// show tells how the newsletter of a link stands, with buttons to change it. A
// link that is nobody's looks as one that was left.
func (d *Door) show(c echo.Context) error {
	token := c.Param("token")
	lang, confirmed, found, err := d.Subscribers.Subscription(c.Request().Context(), token)
	if err != nil {
		return d.away(err)
	}
	if !found {
		lang = "fi"
	}
	say := func(key string) string { return d.Say(lang, "newsletter.page."+key) }
	content := map[string]any{"Lang": lang, "Shop": d.Shop(), "Token": token}
	switch {
	case !found:
		content["Text"] = say("none")
	case confirmed:
		content["Text"], content["Leave"] = say("on"), say("leave")
	default:
		content["Text"], content["Confirm"], content["Leave"] = say("ask"), say("confirm"), say("decline")
	}
	var html bytes.Buffer
	if err := sheet.Execute(&html, content); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex")
	return c.HTMLBlob(http.StatusOK, html.Bytes())
}

// act changes something and shows how it stands then.
func (d *Door) act(do func(ctx context.Context, token string) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := do(c.Request().Context(), c.Param("token")); err != nil {
			return d.away(err)
		}
		return c.Redirect(http.StatusSeeOther, "/newsletter/"+c.Param("token"))
	}
}

func (d *Door) away(err error) error {
	d.Log.Error("a newsletter cannot be changed", "err", err)
	return echo.NewHTTPError(http.StatusServiceUnavailable, "not available just now").WithInternal(err)
}
