package main

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"tiski/bot"
	"tiski/catalog"
	"tiski/catalog/payment/paytrail"
	"tiski/catalog/payment/stripe"
	"tiski/catalog/payment/telegram"
	"tiski/webhooks/payments"
)

// paytrailSettings are PAYTRAIL_ACCOUNT, PAYTRAIL_SECRET and PAYTRAIL_URL.
type paytrailSettings struct{ account, secret, url string }

// stripeSettings are STRIPE_KEY, STRIPE_WEBHOOK_SECRET and STRIPE_URL.
type stripeSettings struct{ key, hook, url string }

func (s settings) checkPayments() error {
	switch {
	case s.telegramPay != "" && s.telegramToken == "":
		return fmt.Errorf("TELEGRAM_PAYMENT_TOKEN needs TELEGRAM_BOT_TOKEN")
	case (s.paytrail.account == "") != (s.paytrail.secret == ""):
		return fmt.Errorf("PAYTRAIL_ACCOUNT and PAYTRAIL_SECRET go together")
	case (s.stripe.key == "") != (s.stripe.hook == ""):
		return fmt.Errorf("STRIPE_KEY and STRIPE_WEBHOOK_SECRET go together")
	case s.paytrail.account+s.stripe.key != "" && !strings.HasPrefix(s.public, "https://"):
		return fmt.Errorf("payments need PUBLIC_URL with https://, where customers and providers come back to")
	}
	return nil
}

// checkProviders refuses a way of paying whose provider is none of ours.
func checkProviders(shop *catalog.Shop) error {
	var mistakes catalog.Mistakes
	for _, p := range shop.Payments {
		if p.Provider != "" && providerSettings[p.Provider] == "" {
			mistakes = append(mistakes, catalog.Mistake{File: "payments.yaml", Reason: fmt.Sprintf("payment %s names the provider %s; there are %s", p.ID, p.Provider,
				strings.Join(slices.Sorted(maps.Keys(providerSettings)), ", "))})
		}
	}
	return mistakes.Err()
}

// openTill puts a till with the providers that are configured behind the bot.
func (h *house) openTill() error {
	if err := checkProviders(h.bot.Shelf().Shop); err != nil {
		return err
	}
	client := &http.Client{}
	till := &bot.Till{Payments: h.store, Public: h.settings.public, Clock: time.Now, Log: h.log}
	var err error
	if s := h.settings.paytrail; s.account != "" {
		h.paytrail, err = paytrail.New(paytrail.Options{Account: s.account, Secret: s.secret, URL: s.url, Client: client, Clock: time.Now})
		if err != nil {
			return err
		}
		till.Providers = append(till.Providers, h.paytrail)
	}
	if s := h.settings.stripe; s.key != "" {
		if h.stripe, err = stripe.New(stripe.Options{Key: s.key, WebhookSecret: s.hook, URL: s.url, Client: client}); err != nil {
			return err
		}
		till.Providers = append(till.Providers, h.stripe)
	}
	if h.settings.telegramPay != "" {
		till.Providers = append(till.Providers, telegram.Provider{})
	}
	h.bot.Till = till
	h.cashier = &bot.Cashier{Till: till, Drawer: h.store, Bot: h.bot, Clock: time.Now, Log: h.log}
	return nil
}

// paymentDoor is where the providers that are configured tell of payments.
func (h *house) paymentDoor() payments.Options {
	o := payments.Options{Handler: h.bot, Charges: h.store, Log: h.log}
	if h.paytrail != nil {
		o.Paytrail = h.paytrail
	}
	if h.stripe != nil {
		o.Stripe = h.stripe
	}
	return o
}

// announcePayments tells which ways of paying are on, and which are hidden for
// want of their provider's settings.
func (h *house) announcePayments(out io.Writer, shop *catalog.Shop) {
	var on, off []string
	for i := range shop.Payments {
		p := &shop.Payments[i]
		works := p.Provider == "" || slices.ContainsFunc(h.bot.Till.Providers, func(has bot.Provider) bool { return has.Name() == p.Provider })
		if works {
			on = append(on, p.ID)
		} else {
			off = append(off, p.ID+" ("+providerSettings[p.Provider]+")")
		}
	}
	fmt.Fprintf(out, "  payments       %s\n", strings.Join(on, ", "))
	if len(off) > 0 {
		fmt.Fprintf(out, "                 hidden until their settings are given: %s\n", strings.Join(off, ", "))
	}
}

// providerSettings are what turns a provider on.
var providerSettings = map[string]string{
	paytrail.Name: "PAYTRAIL_ACCOUNT and PAYTRAIL_SECRET",
	telegram.Name: "TELEGRAM_PAYMENT_TOKEN",
	stripe.Name:   "STRIPE_KEY and STRIPE_WEBHOOK_SECRET",
}
