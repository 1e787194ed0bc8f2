// Package shops is the door of the shop's own systems: what they tell of orders
// and products.
package shops

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// MaxBody is the largest call that is read, in bytes.
const MaxBody = 1 << 20

// retryAfter is when a system may call again with what could not be handled, in
// seconds.
const retryAfter = "5"

// Read proves that a call is a system's and understands it. A call that is not
// signed by the system is catalog.ErrForged.
type Read func(header http.Header, body []byte) (catalog.News, error)

// Orders is where orders are kept (package store keeps them).
type Orders interface {
	// Told takes down what a system tells of an order, and returns the order as it
	// is then, if there is one.
	Told(ctx context.Context, n catalog.News, at time.Time) (o catalog.Order, found bool, err error)
}

// Handler is the way into conversations.
type Handler interface {
	Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
}

// Options are what the door works with. All are needed.
type Options struct {
	Systems map[string]Read // by the last part of their addresses: "woocommerce"
	Orders  Orders
	Handler Handler
	Product func(ref string) // notes that a product of the system has changed; returns at once
	Clock   func() time.Time
	Log     *slog.Logger
}

// Door takes calls at /shops/….
type Door struct{ Options }

// New returns a door that takes no calls yet.
func New(o Options) *Door { return &Door{o} }

// Mount adds the door's routes, one for each system.
func (d *Door) Mount(e *echo.Echo) {
	for name, read := range d.Systems {
		e.POST("/shops/"+name, func(c echo.Context) error { return d.take(c, name, read) })
	}
}

// take answers 200 when what is told is kept and the customer is told, 503 when
// it must come again, 401 when it is not the system's, 413 when it is too large,
// 400 when it cannot be understood.
func (d *Door) take(c echo.Context, system string, read Read) error {
	r := c.Request()
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, MaxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return echo.ErrStatusRequestEntityTooLarge
	case err != nil:
		return echo.ErrBadRequest.WithInternal(fmt.Errorf("read a call of %s: %w", system, err))
	}
	news, err := read(r.Header, body)
	switch {
	case errors.Is(err, catalog.ErrForged):
		return echo.ErrUnauthorized
	case err != nil:
		d.Log.Warn("a call of the shop's system cannot be understood", "system", system, "err", err)
		return echo.ErrBadRequest
	}
	if err := d.tell(r.Context(), news); err != nil {
		d.Log.Warn("a call of the shop's system must come again", "system", system, "order", news.Order, "err", err)
		c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter)
		return echo.ErrServiceUnavailable
	}
	return c.NoContent(http.StatusOK)
}

// tell keeps the news, and tells the conversation in which the order was made.
// An order that is somebody else's is passed over.
func (d *Door) tell(ctx context.Context, n catalog.News) error {
	if n.Product != "" {
		d.Product(n.Product)
		return nil
	}
	if n.Order == "" {
		return nil
	}
	o, found, err := d.Orders.Told(ctx, n, d.Clock())
	if err != nil || !found || n.Status == "" || o.Conversation == "" {
		return err
	}
	if o.Status != o.Sent(n.Status) {
		d.Log.Info("what is told of an order comes too late, or too early", "order", o.Number, "told", n.Status, "is", o.Status)
		return nil
	}
	id := "order/" + o.Number + "/" + string(o.Status)
	_, err = d.Handler.Handle(ctx, o.Conversation, bot.Input{ID: id, What: dialogue.Moved{Order: o}})
	return err
}
