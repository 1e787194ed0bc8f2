package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/webhooks/telegram/telegramtest"
)

// ledger has one order of 19,30 € that awaits its payment until a moment.
type ledger struct {
	until time.Time
	err   error
}

func (l ledger) OfCharge(ctx context.Context, provider, charge string) (catalog.Order, bool, error) {
	if provider != "telegram" || charge != "telegram:77/5/0" || l.err != nil {
		return catalog.Order{}, false, l.err
	}
	return catalog.Order{
		Number: "T-1", Conversation: "telegram:77", Status: catalog.Awaiting, ReservedUntil: l.until, Total: 1930, Currency: "EUR", Lang: "sv",
	}, true, ctx.Err()
}

var invoice = bot.Invoice{
	Charge: "telegram:77/5/0", Title: "Tilaus T-1" + strings.Repeat("x", 40), About: strings.Repeat("ä", 300), Currency: "EUR",
	Lines: []bot.InvoiceLine{{Label: "2 × Sukat", Amount: 2430}, {Label: "Alennus", Amount: -500}},
}

// payDoor is a door that takes payments, at a moment.
func payDoor(t *testing.T, l ledger) (*Door, *telegramtest.API, *shop) {
	t.Helper()
	s := &shop{}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	d, api := open(t, Options{
		Handler: s, PaymentToken: "284685063:TEST:x", Charges: l, Clock: func() time.Time { return now },
		Say: func(lang, key string) string { return lang + " " + key },
	})
	return d, api, s
}

func TestAnInvoiceIsSent(t *testing.T) {
	t.Parallel()
	d, api, _ := payDoor(t, ledger{})
	send(t, d, bot.Message{Seq: 1, From: dialogue.ByBot, Text: "Maksa viimeistään klo 10.30.", Invoice: &invoice})
	all := api.Requests()
	if methods(all) != "Message Invoice" {
		t.Fatalf("sent %s", methods(all))
	}
	for name, want := range map[string]string{
		"payload": invoice.Charge, "currency": "EUR", "provider_token": "284685063:TEST:x", "start_parameter": "pay", "chat_id": "77",
		"prices": `[{"label":"2 × Sukat","amount":2430},{"label":"Alennus","amount":-500}]`,
	} {
		if got := all[1].Fields[name]; got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for _, unwanted := range []string{"is_flexible", "need_shipping_address", "reply_markup", "max_tip_amount"} {
		if all[1].Fields[unwanted] != "" {
			t.Errorf("%s is %s", unwanted, all[1].Fields[unwanted])
		}
	}
}

func TestBeforeAPayment(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	sent := telegramtest.Request{Fields: map[string]string{"payload": "telegram:77/5/0", "currency": "EUR", "prices": `[{"label":"x","amount":1930}]`}}
	with := func(name, value string) telegramtest.Request {
		r := telegramtest.Request{Fields: map[string]string{}}
		for n, v := range sent.Fields {
			r.Fields[n] = v
		}
		r.Fields[name] = value
		return r
	}
	for name, c := range map[string]struct {
		ledger   ledger
		customer int64
		invoice  telegramtest.Request
		amount   int64
		why      string // "": it may be paid
	}{
		"all is well":          {ledger{until: now.Add(time.Second)}, 77, sent, 0, ""},
		"the time is over":     {ledger{until: now}, 77, sent, 0, "sv pay.check.closed"},
		"another sum":          {ledger{until: now.Add(time.Hour)}, 77, sent, 1929, "sv pay.check.amount"},
		"another currency":     {ledger{until: now.Add(time.Hour)}, 77, with("currency", "SEK"), 0, "sv pay.check.amount"},
		"another customer":     {ledger{until: now.Add(time.Hour)}, 78, sent, 0, "sv pay.check.unknown"},
		"a charge nobody made": {ledger{until: now.Add(time.Hour)}, 77, with("payload", "x"), 0, "fi pay.check.unknown"},
		"the store is away":    {ledger{err: errors.New("away")}, 77, sent, 0, "fi pay.check.busy"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, api, s := payDoor(t, c.ledger)
			u, err := decode([]byte(telegramtest.Update(9, telegramtest.PreCheckout(c.customer, c.invoice, c.amount))))
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Update(t.Context(), u); err != nil {
				t.Fatal(err)
			}
			all := api.Requests("answerPreCheckoutQuery")
			if len(all) != 1 || all[0].Fields["error_message"] != c.why || all[0].Fields["ok"] != map[bool]string{true: "true", false: "false"}[c.why == ""] {
				t.Errorf("answered %+v", all)
			}
			if len(s.heard) != 0 {
				t.Errorf("heard %+v", s.heard)
			}
		})
	}
}

func TestOnlyASuccessfulPaymentIsOne(t *testing.T) {
	t.Parallel()
	d, api, s := payDoor(t, ledger{})
	sent := telegramtest.Request{Fields: map[string]string{"payload": "telegram:77/5/0", "currency": "EUR", "prices": `[{"label":"x","amount":1930}]`}}
	for id := range int64(2) { // Telegram may bring it as two updates
		u, err := decode([]byte(telegramtest.Update(10+id, telegramtest.Paid(77, sent, "tg-1"))))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Update(t.Context(), u); err != nil {
			t.Fatal(err)
		}
	}
	want := dialogue.PaymentTold{Payment: catalog.Payment{
		Provider: "telegram", ID: "tg-1", Charge: "telegram:77/5/0", State: catalog.PaymentPaid, Amount: 1930, Currency: "EUR",
	}}
	if len(s.heard) != 1 || s.heard[0].conversation != "telegram:77" || s.heard[0].in.What != want || s.heard[0].in.ID != "payment/telegram/tg-1/paid" {
		t.Errorf("heard %+v", s.heard)
	}
	u, err := decode([]byte(telegramtest.Update(12, `"shipping_query":{"id":"s1","from":{"id":77,"is_bot":false,"first_name":"Aino","language_code":"fi"},"invoice_payload":"x","shipping_address":{"country_code":"FI","state":"","city":"Turku","street_line1":"Kotikatu 5","street_line2":"","post_code":"20100"}}`)))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Update(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	if all := api.Requests("answerShippingQuery"); len(all) != 1 || all[0].Fields["ok"] != "false" || all[0].Fields["error_message"] != "fi pay.check.delivery" {
		t.Errorf("answered %+v", all)
	}
}

func TestWithoutPaymentsNobodyIsAnswered(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{Handler: &shop{}})
	u, err := decode([]byte(telegramtest.Update(9, `"pre_checkout_query":{"id":"p","from":{"id":77,"is_bot":false,"first_name":"A"},"currency":"EUR","total_amount":1,"invoice_payload":"x"}`)))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Update(t.Context(), u); err != nil || len(api.Requests()) != 0 {
		t.Errorf("%v, %+v", err, api.Requests())
	}
	if len(d.allowed()) != 3 {
		t.Errorf("asks for %q", d.allowed())
	}
	d.PaymentToken = "x"
	if len(d.allowed()) != 5 {
		t.Errorf("asks for %q", d.allowed())
	}
}
