package telegram

import (
	"context"
	"fmt"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// checkTime is how long looking at an order again before its payment may take:
// Telegram waits for the answer ten seconds in all.
const checkTime = 4 * time.Second

// Limits of an invoice, in characters.
const (
	maxTitle = 32
	maxAbout = 255
)

// startParameter keeps the Pay button out of forwarded copies of an invoice,
// which many could pay.
const startParameter = "pay"

// Charges knows the orders that invoices are of (package store does).
type Charges interface {
	// OfCharge returns the order of a charge of a provider; found is false when
	// nobody made it.
	OfCharge(ctx context.Context, provider, charge string) (o catalog.Order, found bool, err error)
}

// putInvoice sends what is paid in the chat.
func (d *Door) putInvoice(ctx context.Context, chat int64, i *bot.Invoice) error {
	var prices []models.LabeledPrice
	for _, l := range i.Lines {
		prices = append(prices, models.LabeledPrice{Label: clean(l.Label), Amount: int(l.Amount)})
	}
	if err := d.wait(ctx, chat, 1); err != nil {
		return err
	}
	_, err := d.api.SendInvoice(ctx, &tg.SendInvoiceParams{
		ChatID: chat, Title: shortened(clean(i.Title), maxTitle), Description: shortened(clean(i.About), maxAbout), Payload: i.Charge,
		ProviderToken: d.PaymentToken, Currency: i.Currency, Prices: prices, StartParameter: startParameter,
	})
	return err
}

// shortened keeps the first n characters.
func shortened(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n])
	}
	return text
}

// checkOut answers whether a payment may go on: the order is looked at again,
// whether it still waits with its goods, for this sum, from this customer. When
// that cannot be known it may not. An answer that does not reach Telegram is no
// fault to repeat: it has stopped waiting.
func (d *Door) checkOut(ctx context.Context, q *models.PreCheckoutQuery) {
	looking, done := context.WithTimeout(ctx, checkTime)
	o, found, err := d.Charges.OfCharge(looking, dialogue.TelegramPayments, q.InvoicePayload)
	done()
	why := ""
	switch {
	case err != nil:
		d.Log.Warn("an order cannot be looked at before its payment", "channel", Channel, "err", err)
		why = "pay.check.busy"
	case !found || q.From == nil || o.Conversation != conversation(q.From.ID):
		why = "pay.check.unknown"
	case o.Status != catalog.Awaiting || !o.ReservedUntil.After(d.Clock()):
		why = "pay.check.closed"
	case int64(q.TotalAmount) != int64(o.Total) || q.Currency != o.Currency:
		why = "pay.check.amount"
	}
	answer := &tg.AnswerPreCheckoutQueryParams{PreCheckoutQueryID: q.ID, OK: why == ""}
	if why != "" {
		lang := o.Lang
		if lang == "" && q.From != nil {
			lang = spoken(q.From.LanguageCode)
		}
		answer.ErrorMessage = d.Say(lang, why)
	}
	ctx, done = context.WithTimeout(ctx, answerTime)
	defer done()
	if _, err := d.api.AnswerPreCheckoutQuery(ctx, answer); err != nil {
		d.Log.Warn("a payment was not answered in time", "channel", Channel, "err", err)
	}
}

// shipping answers who asks for deliveries: that was chosen with the order.
func (d *Door) shipping(ctx context.Context, q *models.ShippingQuery) {
	ctx, done := context.WithTimeout(ctx, answerTime)
	defer done()
	lang := ""
	if q.From != nil {
		lang = spoken(q.From.LanguageCode)
	}
	_, err := d.api.AnswerShippingQuery(ctx, &tg.AnswerShippingQueryParams{ShippingQueryID: q.ID, ErrorMessage: d.Say(lang, "pay.check.delivery")})
	if err != nil {
		d.Log.Warn("a question about deliveries was not answered in time", "channel", Channel, "err", err)
	}
}

// paid is the only proof of a payment, once by Telegram's id of it.
func paid(p *models.SuccessfulPayment) bot.Input {
	return bot.Input{
		ID: fmt.Sprintf("payment/%s/%s/%s", dialogue.TelegramPayments, p.TelegramPaymentChargeID, catalog.PaymentPaid),
		What: dialogue.PaymentTold{Payment: catalog.Payment{
			Provider: dialogue.TelegramPayments, ID: p.TelegramPaymentChargeID, Charge: p.InvoicePayload, State: catalog.PaymentPaid,
			Amount: catalog.Cents(p.TotalAmount), Currency: p.Currency,
		}},
	}
}
