// Package telegram takes payments inside Telegram: the channel sends an invoice,
// and the customer pays it in the chat through a provider that stands behind
// Telegram. Source: core.telegram.org/bots/payments.
package telegram

import (
	"context"
	"errors"
	"fmt"

	"tiski/catalog"
)

// Name is the provider's name in payments.
const Name = "telegram"

// maxCharge is how long the id of a charge may be in bytes: the invoice carries
// it as its payload.
const maxCharge = 128

// Provider is a bot that Telegram takes payments for.
type Provider struct{}

// Name returns "telegram".
func (Provider) Name() string { return Name }

// Ask makes the payment of a charge, which the channel's invoice then asks for.
// Nothing is sent yet. A charge that no invoice can carry is a
// [*catalog.PaymentRefused].
func (Provider) Ask(_ context.Context, c catalog.Charge) (catalog.Payment, error) {
	var sum catalog.Cents
	for _, l := range c.Lines {
		sum += l.Unit * catalog.Cents(l.Qty)
	}
	switch {
	case c.ID == "" || len(c.ID) > maxCharge:
		return catalog.Payment{}, refused("the charge's id has %d bytes, not 1–%d", len(c.ID), maxCharge)
	case c.Currency != "EUR":
		return catalog.Payment{}, refused("charge %s: the currency is %q, only EUR can be paid", c.ID, c.Currency)
	case c.Total < 1 || sum != c.Total:
		return catalog.Payment{}, refused("charge %s: the lines add up to %d cents, to pay are %d", c.ID, sum, c.Total)
	}
	return catalog.Payment{Provider: Name, Charge: c.ID, State: catalog.PaymentOpen, Amount: c.Total, Currency: c.Currency}, nil
}

func refused(format string, args ...any) error {
	return &catalog.PaymentRefused{Provider: Name, Message: fmt.Sprintf(format, args...)}
}

// Look is an error: Telegram cannot be asked, it tells of a payment by itself.
func (Provider) Look(_ context.Context, id string) (catalog.Payment, error) {
	return catalog.Payment{}, fmt.Errorf("telegram: payment %s: %w", id, errors.ErrUnsupported)
}

// Refund is refused: such money goes back at the provider behind Telegram, by
// hand.
func (Provider) Refund(context.Context, catalog.Refund) (catalog.PaymentState, error) {
	return "", refused("the money goes back at the provider behind Telegram")
}
