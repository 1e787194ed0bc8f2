// Package orderpage is the page of an order: its status, its receipt and the
// buttons to pay it and to withdraw from it. Who has the link of the order's letters needs
// neither a chat nor a script to use it.
package orderpage

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/catalog"
)

// Orders is where orders are kept (package store keeps them).
type Orders interface {
	// ByToken returns the order whose page a token names, if there is one.
	ByToken(ctx context.Context, token string) (o catalog.Order, found bool, err error)
	// Events returns the steps of an order, oldest first.
	Events(ctx context.Context, number string) ([]catalog.OrderEvent, error)
	// CasesOf returns the cases of an order, oldest first.
	CasesOf(ctx context.Context, number string) ([]catalog.Case, error)
	// PaymentsOf returns the payments of an order, newest first.
	PaymentsOf(ctx context.Context, number string) ([]catalog.Payment, error)
	// OpenCase opens a case once by its id, as bot.Cases says.
	OpenCase(ctx context.Context, id, number string, begin func(catalog.Order, []catalog.Case) (catalog.Case, error)) (catalog.Case, error)
}

// Bot takes what is asked on the page into the order's conversation.
type Bot interface {
	Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
	// WaysToPay are the ways in which an order can be paid on its page now.
	WaysToPay(o catalog.Order) []*catalog.PaymentMethod
}

// Options are what the page works with. All are needed.
type Options struct {
	Orders Orders
	Bot    Bot
	Shop   func() *catalog.Shop // the shop of this moment
	Clock  func() time.Time
	Log    *slog.Logger
}

// Door serves the pages under /o.
type Door struct{ Options }

// New returns a door that serves nothing yet.
func New(o Options) *Door { return &Door{o} }

// Mount adds the page's routes.
func (d *Door) Mount(e *echo.Echo) {
	e.GET("/o/order.css", style)
	e.GET("/o/:token", d.of(d.show))
	e.POST("/o/:token/pay", d.of(d.pay))
	e.GET("/o/:token/withdraw", d.of(d.askWithdrawal))
	e.POST("/o/:token/withdraw", d.of(d.checkWithdrawal))
	e.POST("/o/:token/withdraw/confirm", d.of(d.withdraw))
}

// policy lets the page load its style sheet and nothing else; paying leads on to
// the page of a provider.
const policy = "default-src 'none'; style-src 'self'; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'"

//go:embed pages
var pages embed.FS

// layouts are the pages by name, each with the frame around it, read when the first
// is shown.
var layouts = sync.OnceValue(func() map[string]*template.Template {
	frame := template.Must(template.ParseFS(pages, "pages/frame.html"))
	all := map[string]*template.Template{}
	for _, name := range []string{"order", "withdraw", "confirm", "missing"} {
		all[name] = template.Must(template.Must(frame.Clone()).ParseFS(pages, "pages/"+name+".html"))
	}
	return all
})

// visit is a request about one order.
type visit struct {
	echo.Context
	words
	shop  *catalog.Shop
	order catalog.Order
	cases []catalog.Case
	now   time.Time
}

// of opens the order that the address names. One that does not exist is
// answered as any other token, and nothing of the page is kept or told on.
func (d *Door) of(handle func(*visit) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set(echo.HeaderContentSecurityPolicy, policy)
		h.Set(echo.HeaderReferrerPolicy, "no-referrer") // the address is the key
		h.Set(echo.HeaderCacheControl, "no-store")
		h.Set("X-Robots-Tag", "noindex")
		ctx := c.Request().Context()
		o, found, err := d.Orders.ByToken(ctx, c.Param("token"))
		if err != nil {
			return err
		}
		shop := d.Shop()
		if !found {
			v := &visit{Context: c, words: wordsFor(shop, c.QueryParam("lang"), c.Request().Header.Get("Accept-Language")), shop: shop}
			return v.render(http.StatusNotFound, "missing", nil)
		}
		v := &visit{Context: c, words: wordsFor(shop, c.QueryParam("lang"), o.Lang), shop: shop, order: o, now: d.Clock()}
		if v.cases, err = d.Orders.CasesOf(ctx, o.Number); err != nil {
			return err
		}
		return handle(v)
	}
}

// page is what every layout shows.
type page struct {
	*visit
	Body any
}

// Shop, Order, Path and Languages are for the frame.
func (p page) Shop() *catalog.Shop   { return p.shop }
func (p page) Order() catalog.Order  { return p.order }
func (p page) Languages() []language { return languages(p.shop, p.Lang) }

// Path is an address under the order's, in the language of the page.
func (p page) Path(under string) string {
	return "/o/" + p.order.Token + under + "?lang=" + p.Lang
}

func (v *visit) render(status int, layout string, body any) error {
	var b bytes.Buffer
	if err := layouts()[layout].ExecuteTemplate(&b, "frame", page{v, body}); err != nil {
		return fmt.Errorf("write the %s page: %w", layout, err)
	}
	return v.HTMLBlob(status, b.Bytes())
}

func style(c echo.Context) error {
	b, err := pages.ReadFile("pages/order.css")
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "max-age=3600")
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", b)
}
