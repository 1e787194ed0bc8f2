// Package payments is the door of payment providers: what they tell of
// payments, and customers whom they send back.
package payments

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// Handler takes what providers tell; *bot.Bot is one.
type Handler interface {
	Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
}

// Names of providers in payments.
const (
	trail = "paytrail"
	card  = "stripe"
)

// Charges knows whose a charge is (package store does).
type Charges interface {
	// OfCharge returns the order of a charge of a provider; found is false when
	// nobody made it.
	OfCharge(ctx context.Context, provider, charge string) (o catalog.Order, found bool, err error)
	// FailRefund notes that a refund failed that a provider had made.
	FailRefund(ctx context.Context, provider, id string) error
}

// Options are what the door works with.
type Options struct {
	Handler Handler
	Charges Charges
	// Paytrail reads a callback that Paytrail signed, and Stripe an event that
	// Stripe signed; ok is false for events of other things. A signature that is
	// not theirs is an error. nil: the provider is not configured.
	Paytrail Paytrail
	Stripe   Stripe
	Log      *slog.Logger
}

// Paytrail is *paytrail.Provider.
type Paytrail interface {
	Callback(query url.Values) (catalog.Payment, error)
	// RefundCallback reads one of a refund.
	RefundCallback(query url.Values) (refund string, got catalog.PaymentState, err error)
}

// Stripe is *stripe.Provider.
type Stripe interface {
	Event(body []byte, signature string) (got catalog.Payment, ok bool, err error)
	// FailedRefund reads one of a refund that failed; "" for others.
	FailedRefund(body []byte, signature string) (refund string, err error)
}

// Door serves the addresses under /payments.
type Door struct{ Options }

// New returns a door that serves nothing yet.
func New(o Options) *Door { return &Door{o} }

// Mount adds the routes of the providers that are configured.
func (d *Door) Mount(e *echo.Echo) {
	if d.Paytrail != nil {
		e.GET("/payments/paytrail/callback", d.paytrail(taken))
		e.GET("/payments/paytrail/refund", d.paytrailRefund)
		e.GET("/payments/paytrail/return/:token", d.paytrail(back))
	}
	if d.Stripe != nil {
		e.POST("/payments/stripe", d.stripe)
		e.GET("/payments/stripe/return/:token", back)
	}
}

// paytrail takes a callback, and what a customer's browser brings back, which is
// signed in the same way. Then it answers so.
func (d *Door) paytrail(answer echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		p, err := d.Paytrail.Callback(c.QueryParams())
		if err != nil {
			return echo.ErrUnauthorized.WithInternal(err)
		}
		if err := d.tell(c.Request().Context(), p); err != nil {
			return err
		}
		return answer(c)
	}
}

// paytrailRefund takes the end of a refund. It is made by then; one that fails
// after all is left to staff.
func (d *Door) paytrailRefund(c echo.Context) error {
	refund, got, err := d.Paytrail.RefundCallback(c.QueryParams())
	if err != nil {
		return echo.ErrUnauthorized.WithInternal(err)
	}
	if got != catalog.PaymentFailed {
		return c.NoContent(http.StatusOK)
	}
	return d.failed(c, trail, refund)
}

// failed leaves a refund to staff that failed after it was made.
func (d *Door) failed(c echo.Context, provider, refund string) error {
	d.Log.Error("a refund failed at the bank", "provider", provider, "refund", refund)
	if err := d.Charges.FailRefund(c.Request().Context(), provider, refund); err != nil {
		return echo.ErrServiceUnavailable.WithInternal(err)
	}
	return c.NoContent(http.StatusOK)
}

// stripe takes an event.
func (d *Door) stripe(c echo.Context) error {
	r := c.Request()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return echo.ErrBadRequest.WithInternal(fmt.Errorf("read an event: %w", err))
	}
	p, ok, err := d.Stripe.Event(body, r.Header.Get("Stripe-Signature"))
	if err != nil {
		return echo.ErrBadRequest.WithInternal(err)
	}
	if ok {
		if err := d.tell(r.Context(), p); err != nil {
			return err
		}
		return c.NoContent(http.StatusOK)
	}
	refund, err := d.Stripe.FailedRefund(body, r.Header.Get("Stripe-Signature"))
	if err != nil {
		return echo.ErrBadRequest.WithInternal(err)
	}
	if refund == "" {
		return c.NoContent(http.StatusOK)
	}
	return d.failed(c, card, refund)
}

// tell hands what a provider told to the conversation of its charge. It returns
// nil only when that is committed, or when the charge is none of ours.
func (d *Door) tell(ctx context.Context, p catalog.Payment) error {
	o, found, err := d.Charges.OfCharge(ctx, p.Provider, p.Charge)
	if err != nil {
		return echo.ErrServiceUnavailable.WithInternal(err)
	}
	if !found {
		d.Log.Error("a payment of a charge that nobody made", "provider", p.Provider, "payment", p.ID, "state", string(p.State))
		return nil
	}
	in := bot.Input{ID: "payment/" + p.Provider + "/" + p.ID + "/" + string(p.State), What: dialogue.PaymentTold{Payment: p}}
	if _, err := d.Handler.Handle(ctx, o.Conversation, in); errors.Is(err, bot.ErrUnfit) {
		d.Log.Error("a payment is dropped", "provider", p.Provider, "conversation", o.Conversation, "err", err)
	} else if err != nil {
		return echo.ErrServiceUnavailable.WithInternal(err)
	}
	return nil
}

func taken(c echo.Context) error { return c.NoContent(http.StatusOK) }

var tokenShape = regexp.MustCompile(`^[A-Z0-9]{20,40}$`)

// back shows the customer their order.
func back(c echo.Context) error {
	token := c.Param("token")
	if !tokenShape.MatchString(token) {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set(echo.HeaderReferrerPolicy, "no-referrer") // the address is the key
	h.Set(echo.HeaderCacheControl, "no-store")
	return c.Redirect(http.StatusSeeOther, "/o/"+token)
}
