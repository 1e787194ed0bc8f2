// Package newsletter is the pages to which the letters of advertising lead: there
// the newsletter is confirmed, and left again, and reminders are stopped. Opening a link does nothing yet: mail
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

// Reminders are who gets reminders by letter (package store keeps them).
type Reminders interface {
	// Reminded tells of a link; found is false for one that nobody has.
	Reminded(ctx context.Context, token string) (lang string, wanted, found bool, err error)
	StopReminders(ctx context.Context, token string) error
}

// Options are what the page works with, all of them.
type Options struct {
	Subscribers Subscribers
	Reminders   Reminders
	Shop        func() string                 // the name of the shop
	Say         func(lang, key string) string // a sentence of the replies' files
	Log         *slog.Logger
}

// Door serves the pages under /newsletter and /reminders.
type Door struct{ Options }

// New returns the door.
func New(o Options) *Door { return &Door{o} }

// Mount adds the page's routes.
func (d *Door) Mount(e *echo.Echo) {
	e.GET("/newsletter/:token", d.show)
	e.POST("/newsletter/:token", d.act("/newsletter/", func(ctx context.Context, token string) error { return d.Subscribers.Confirm(ctx, token) }))
	e.POST("/newsletter/:token/leave", d.act("/newsletter/", func(ctx context.Context, token string) error { return d.Subscribers.Leave(ctx, token) }))
	stop := func(ctx context.Context, token string) error { return d.Reminders.StopReminders(ctx, token) }
	e.GET("/reminders/:token", d.showReminders)
	e.POST("/reminders/:token", d.oneClick(stop)) // from mail programs (RFC 8058)
	e.POST("/reminders/:token/leave", d.act("/reminders/", stop))
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
	content := map[string]any{"Lang": lang, "Shop": d.Shop(), "Path": "/newsletter/" + token}
	switch {
	case !found:
		content["Text"] = say("none")
	case confirmed:
		content["Text"], content["Leave"] = say("on"), say("leave")
	default:
		content["Text"], content["Confirm"], content["Leave"] = say("ask"), say("confirm"), say("decline")
	}
	return d.write(c, content)
}

// showReminders tells whether reminders are sent, with a button to stop them. A
// link that is nobody's looks as one of which they were stopped.
func (d *Door) showReminders(c echo.Context) error {
	token := c.Param("token")
	lang, wanted, found, err := d.Reminders.Reminded(c.Request().Context(), token)
	if err != nil {
		return d.away(err)
	}
	if !found {
		lang = "fi"
	}
	content := map[string]any{"Lang": lang, "Shop": d.Shop(), "Path": "/reminders/" + token, "Text": d.Say(lang, "reminders.page.off")}
	if wanted {
		content["Text"], content["Leave"] = d.Say(lang, "reminders.page.ask"), d.Say(lang, "reminders.page.leave")
	}
	return d.write(c, content)
}

func (d *Door) write(c echo.Context, content map[string]any) error {
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
func (d *Door) act(path string, do func(ctx context.Context, token string) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := do(c.Request().Context(), c.Param("token")); err != nil {
			return d.away(err)
		}
		return c.Redirect(http.StatusSeeOther, path+c.Param("token"))
	}
}

// oneClick does what a mail program asks for its reader.
func (d *Door) oneClick(do func(ctx context.Context, token string) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := do(c.Request().Context(), c.Param("token")); err != nil {
			return d.away(err)
		}
		return c.NoContent(http.StatusOK)
	}
}

func (d *Door) away(err error) error {
	d.Log.Error("a newsletter cannot be changed", "err", err)
	return echo.NewHTTPError(http.StatusServiceUnavailable, "not available just now").WithInternal(err)
}
