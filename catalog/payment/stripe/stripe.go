// Package stripe takes payments through Stripe Checkout: a charge becomes a
// page of Stripe's where the customer pays; Stripe tells by signed events what
// happened. Source: docs.stripe.com/api/checkout/sessions and
// docs.stripe.com/webhooks.
package stripe

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v86"

	"tiski/catalog"
)

// Name is the provider's name in orders and payments.
const Name = "stripe"

// maxAmount is the most that Stripe takes at once, in cents: eight digits.
const maxAmount = 99_999_999

// Stripe keeps a page open at least and at most this long.
const (
	shortestPage = 30 * time.Minute
	longestPage  = 24 * time.Hour
)

// metaCharge is where sessions and payments keep the id of their charge.
const metaCharge = "charge"

// metaRefund is where refunds keep their own id.
const metaRefund = "refund"

// Options say as whom to take payments.
type Options struct {
	Key           string // secret API key
	WebhookSecret string // of the endpoint that gets the events, "whsec_…"
	URL           string // of the API; "": Stripe's own
	Client        *http.Client
}

// Provider is an account at Stripe.
type Provider struct {
	key    string
	secret string         // of the webhook
	api    stripe.Backend // and not a stripe.Client, which brings all of Stripe's API into the program
}

// New returns a provider. It asks nothing of Stripe yet.
func New(o Options) (*Provider, error) {
	if o.Key == "" || o.WebhookSecret == "" {
		return nil, errors.New("stripe: key and webhook secret are needed")
	}
	backend := &stripe.BackendConfig{HTTPClient: o.Client, LeveledLogger: &stripe.LeveledLogger{}, EnableTelemetry: stripe.Bool(false)}
	if o.URL != "" {
		backend.URL = &o.URL
	}
	return &Provider{o.Key, o.WebhookSecret, stripe.NewBackendsWithConfig(backend).API}, nil
}

// sessions is where pages to pay at are made.
const sessions = "/v1/checkout/sessions"

func (p *Provider) session(ctx context.Context, id string) (*stripe.CheckoutSession, error) {
	var session stripe.CheckoutSession
	params := &stripe.CheckoutSessionRetrieveParams{Params: stripe.Params{Context: ctx}}
	err := p.api.Call(http.MethodGet, stripe.FormatURLPath(sessions+"/%s", id), p.key, params, &session)
	return &session, err
}

// Name returns "stripe".
func (p *Provider) Name() string { return Name }

// Ask makes a page where the customer pays a charge, open until the charge
// expires, but 30 minutes at least and 24 hours at most. The same charge asked
// again gives the same page. Lines that do not add up, a sum out of range and
// another currency than EUR are refused before anything is sent.
func (p *Provider) Ask(ctx context.Context, c catalog.Charge) (catalog.Payment, error) {
	lines, err := lines(c)
	if err != nil {
		return catalog.Payment{}, &catalog.PaymentRefused{Provider: Name, Message: fmt.Sprintf("charge %s is not asked: %v", c.ID, err)}
	}
	expires := c.Expires
	if least := c.Made.Add(shortestPage + time.Minute); expires.Before(least) {
		expires = least
	}
	if most := c.Made.Add(longestPage - time.Minute); expires.After(most) {
		expires = most
	}
	params := &stripe.CheckoutSessionCreateParams{
		Mode:              stripe.String(string(stripe.CheckoutSessionModePayment)),
		LineItems:         lines,
		ClientReferenceID: &c.ID,
		Locale:            &c.Lang,
		SuccessURL:        &c.Paid,
		CancelURL:         &c.Left,
		ExpiresAt:         stripe.Int64(expires.Unix()),
		Metadata:          map[string]string{metaCharge: c.ID, "order": c.Reference},
		PaymentIntentData: &stripe.CheckoutSessionCreatePaymentIntentDataParams{
			Metadata: map[string]string{metaCharge: c.ID, "order": c.Reference},
		},
	}
	if c.Contact.Email != "" {
		params.CustomerEmail = &c.Contact.Email
	}
	params.SetIdempotencyKey("charge-" + c.ID)
	params.Context = ctx
	var session stripe.CheckoutSession
	if err := p.api.Call(http.MethodPost, sessions, p.key, params, &session); err != nil {
		return catalog.Payment{}, fmt.Errorf("stripe: charge %s: %w", c.ID, plain(err))
	}
	if !strings.HasPrefix(session.URL, "https://") {
		return catalog.Payment{}, fmt.Errorf("stripe: charge %s: the answer has no page to pay at", c.ID)
	}
	return catalog.Payment{
		Provider: Name, ID: session.ID, Charge: c.ID, State: catalog.PaymentOpen, Amount: c.Total, Currency: c.Currency, Link: session.URL,
	}, nil
}

// lines are the lines as Stripe takes them. It knows no negative ones: a
// charge with a discount becomes one line.
func lines(c catalog.Charge) ([]*stripe.CheckoutSessionCreateLineItemParams, error) {
	var all []*stripe.CheckoutSessionCreateLineItemParams
	add := func(title string, unit catalog.Cents, qty int) {
		all = append(all, &stripe.CheckoutSessionCreateLineItemParams{
			Quantity: stripe.Int64(int64(qty)),
			PriceData: &stripe.CheckoutSessionCreateLineItemPriceDataParams{
				Currency: stripe.String(strings.ToLower(c.Currency)), UnitAmount: stripe.Int64(int64(unit)), TaxBehavior: stripe.String("inclusive"),
				ProductData: &stripe.CheckoutSessionCreateLineItemPriceDataProductDataParams{Name: &title},
			},
		})
	}
	var sum catalog.Cents
	discounted := false
	for _, l := range c.Lines {
		sum += l.Unit * catalog.Cents(l.Qty)
		discounted = discounted || l.Unit < 0
		add(l.Title, l.Unit, l.Qty)
	}
	switch {
	case sum != c.Total:
		return nil, fmt.Errorf("the lines add up to %d cents, not %d", sum, c.Total)
	case c.Total < 1 || c.Total > maxAmount:
		return nil, fmt.Errorf("%d cents are not between 1 and %d", c.Total, maxAmount)
	case c.Currency != "EUR":
		return nil, fmt.Errorf("the currency is %q, only EUR can be paid", c.Currency)
	}
	if discounted {
		all = nil
		add(c.Reference, c.Total, 1)
	}
	return all, nil
}

// Look asks how a payment stands.
func (p *Provider) Look(ctx context.Context, id string) (catalog.Payment, error) {
	session, err := p.session(ctx, id)
	if err != nil {
		return catalog.Payment{}, fmt.Errorf("stripe: payment %s: %w", id, plain(err))
	}
	return payment(session), nil
}

// payment reads a session. Its charge is what Ask noted in its metadata: the
// client_reference_id of a page that the shop has besides is the customer's to
// choose. "complete" without money is a way of paying that takes days.
func payment(s *stripe.CheckoutSession) catalog.Payment {
	got := catalog.Payment{
		Provider: Name, ID: s.ID, Charge: s.Metadata[metaCharge], State: catalog.PaymentOpen,
		Amount: catalog.Cents(s.AmountTotal), Currency: strings.ToUpper(string(s.Currency)), Link: s.URL,
	}
	switch {
	case s.PaymentStatus == stripe.CheckoutSessionPaymentStatusPaid:
		got.State = catalog.PaymentPaid
	case s.Status == stripe.CheckoutSessionStatusExpired:
		got.State = catalog.PaymentExpired
	case s.Status == stripe.CheckoutSessionStatusComplete:
		got.State = catalog.PaymentPending
	}
	return got
}

// Close ends the page of a payment that nobody shall pay any more.
func (p *Provider) Close(ctx context.Context, id string) error {
	params := &stripe.CheckoutSessionExpireParams{Params: stripe.Params{Context: ctx}}
	if err := p.api.Call(http.MethodPost, stripe.FormatURLPath(sessions+"/%s/expire", id), p.key, params, &stripe.CheckoutSession{}); err != nil {
		return fmt.Errorf("stripe: close payment %s: %w", id, plain(err))
	}
	return nil
}

// Refund gives money back. The same refund again gives nothing more.
func (p *Provider) Refund(ctx context.Context, r catalog.Refund) (catalog.PaymentState, error) {
	session, err := p.session(ctx, r.Payment)
	if err != nil {
		return "", fmt.Errorf("stripe: refund %s: %w", r.ID, plain(err))
	}
	if session.PaymentIntent == nil {
		return "", fmt.Errorf("stripe: refund %s: payment %s has no money in it", r.ID, r.Payment)
	}
	params := &stripe.RefundCreateParams{
		PaymentIntent: &session.PaymentIntent.ID, Amount: stripe.Int64(int64(r.Amount)), Metadata: map[string]string{metaRefund: r.ID},
	}
	params.SetIdempotencyKey("refund-" + r.ID)
	params.Context = ctx
	var made stripe.Refund
	if err := p.api.Call(http.MethodPost, "/v1/refunds", p.key, params, &made); err != nil {
		return "", fmt.Errorf("stripe: refund %s: %w", r.ID, plain(err))
	}
	switch made.Status {
	case stripe.RefundStatusSucceeded:
		return catalog.PaymentRefunded, nil
	case stripe.RefundStatusPending, stripe.RefundStatusRequiresAction:
		return catalog.PaymentPending, nil
	}
	return catalog.PaymentFailed, nil
}

// ErrForged is an event that Stripe did not sign, or signed too long ago.
var ErrForged = errors.New("stripe: the event is not signed by Stripe")

// Event reads what Stripe tells by calling our address: ok is false for events
// of other things. Events come in any order and more than once. An unsigned
// one, or one older than five minutes, is [ErrForged].
func (p *Provider) Event(body []byte, signature string) (got catalog.Payment, ok bool, err error) {
	event, err := p.event(body, signature)
	if err != nil {
		return catalog.Payment{}, false, err
	}
	switch event.Type {
	case stripe.EventTypeCheckoutSessionCompleted, stripe.EventTypeCheckoutSessionAsyncPaymentSucceeded,
		stripe.EventTypeCheckoutSessionAsyncPaymentFailed, stripe.EventTypeCheckoutSessionExpired:
	default:
		return catalog.Payment{}, false, nil
	}
	if event.Data == nil {
		return catalog.Payment{}, false, fmt.Errorf("stripe: event %s has no data", event.ID)
	}
	var session stripe.CheckoutSession
	if err := json.Unmarshal(event.Data.Raw, &session); err != nil {
		return catalog.Payment{}, false, fmt.Errorf("stripe: event %s: %w", event.ID, err)
	}
	got = payment(&session)
	if event.Type == stripe.EventTypeCheckoutSessionAsyncPaymentFailed {
		got.State = catalog.PaymentFailed
	}
	return got, true, nil
}

// FailedRefund reads an event that tells that a refund failed after all; refund is ""
// for other events, and for refunds that are not of ours. Its errors are as of Event.
func (p *Provider) FailedRefund(body []byte, signature string) (refund string, err error) {
	event, err := p.event(body, signature)
	if err != nil || event.Type != stripe.EventTypeRefundFailed || event.Data == nil {
		return "", err
	}
	var failed stripe.Refund
	if err := json.Unmarshal(event.Data.Raw, &failed); err != nil {
		return "", fmt.Errorf("stripe: event %s: %w", event.ID, err)
	}
	return failed.Metadata[metaRefund], nil
}

func (p *Provider) event(body []byte, signature string) (stripe.Event, error) {
	event, err := stripe.ConstructEvent(body, signature, p.secret, stripe.WithIgnoreAPIVersionMismatch())
	if err != nil {
		return stripe.Event{}, ErrForged
	}
	return event, nil
}

// plain makes an error without the request in it, nor Stripe's sentence, which
// repeats what is wrong: an e-mail address.
func plain(err error) error {
	var told *stripe.Error
	if !errors.As(err, &told) {
		return err
	}
	busy := told.HTTPStatusCode == http.StatusTooManyRequests || told.HTTPStatusCode == http.StatusConflict // the same is under way
	if told.HTTPStatusCode >= 400 && told.HTTPStatusCode < 500 && !busy {
		return &catalog.PaymentRefused{Provider: Name, Status: told.HTTPStatusCode, Message: cmp.Or(string(told.Code), string(told.Type)) + " " + told.Param}
	}
	return fmt.Errorf("answered %d (request %s)", told.HTTPStatusCode, told.RequestID)
}
