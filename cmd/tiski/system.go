package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"tiski/bot"
	"tiski/catalog"
	"tiski/catalog/shopify"
	"tiski/catalog/webhook"
	"tiski/catalog/woocommerce"
	"tiski/webhooks/shops"
)

// wooSettings are those of a WooCommerce shop.
type wooSettings struct {
	url    string // WOO_URL: https://shop.example
	key    string // WOO_KEY: the consumer key, which may read and write
	secret string // WOO_SECRET: the consumer secret
	hook   string // WOO_WEBHOOK_SECRET: signs what it tells
}

// shopifySettings are those of a Shopify shop.
type shopifySettings struct {
	shop  string // SHOPIFY_SHOP: name.myshopify.com
	token string // SHOPIFY_TOKEN: of an app that may read products and write draft orders
	hook  string // SHOPIFY_WEBHOOK_SECRET: the app's client secret, which signs what it tells
}

// ordersSettings are those of any other system.
type ordersSettings struct {
	url    string // ORDERS_WEBHOOK_URL: where orders are sent to
	secret string // ORDERS_WEBHOOK_SECRET: signs them, and what is told of them
}

// checkSystem checks the settings of the shop's own system.
func (s settings) checkSystem() error {
	for name, address := range map[string]string{"WOO_URL": s.woo.url, "ORDERS_WEBHOOK_URL": s.orders.url, "CHAT_WEBHOOK_URL": s.window.url, "CHATWOOT_URL": s.chatwoot.url, "OIDC_ISSUER": s.oidc.issuer} {
		if u, err := url.Parse(address); err == nil && u.Scheme == "http" && u.Hostname() != "localhost" && u.Hostname() != "127.0.0.1" {
			return fmt.Errorf("%s must begin with https://: keys and customers' addresses travel there", name)
		}
	}
	switch {
	case s.woo.url != "" && (s.woo.key == "" || s.woo.secret == ""):
		return fmt.Errorf("WOO_KEY and WOO_SECRET are needed with WOO_URL")
	case s.woo.url == "" && (s.woo.key != "" || s.woo.secret != "" || s.woo.hook != ""):
		return fmt.Errorf("WOO_URL is needed with the other settings of WooCommerce")
	case s.orders.url != "" && len(s.orders.secret) < shortestSecret:
		return fmt.Errorf("ORDERS_WEBHOOK_SECRET must have at least %d characters", shortestSecret)
	case s.orders.url == "" && s.orders.secret != "":
		return fmt.Errorf("ORDERS_WEBHOOK_URL is needed with ORDERS_WEBHOOK_SECRET")
	case (s.shopify.shop == "") != (s.shopify.token == ""), s.shopify.shop == "" && s.shopify.hook != "":
		return fmt.Errorf("SHOPIFY_SHOP and SHOPIFY_TOKEN are needed both")
	case s.shopify.shop != "" && !shopifyHost.MatchString(s.shopify.shop):
		return fmt.Errorf("SHOPIFY_SHOP must be a name such as tuulikello.myshopify.com")
	case s.orders.url != "" && s.system(), s.woo.url != "" && s.shopify.shop != "":
		return fmt.Errorf("WOO_URL, SHOPIFY_SHOP and ORDERS_WEBHOOK_URL: orders go to one system")
	}
	return nil
}

// shortestSecret is how many characters a secret of our own has at least.
const shortestSecret = 32

var shopifyHost = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*\.myshopify\.com$`)

// system reports whether the shop's own system has the goods.
func (s settings) system() bool { return s.woo.url != "" || s.shopify.shop != "" }

// own is a system that has the goods of the shop.
type own interface {
	bot.Source
	bot.System
	// One reads one product by what the system names it; found is false when it is
	// not for sale any more.
	One(ctx context.Context, ref string) (p catalog.Product, found bool, err error)
}

// ownSystem is the system of the settings that has the goods.
func ownSystem(s settings, shop *catalog.Shop, progress func(read, of int)) own {
	if s.shopify.shop != "" {
		return shopify.New(shopify.Options{
			URL: "https://" + s.shopify.shop, Token: s.shopify.token, Progress: progress,
			VAT: func() int { return shop.VATRate(catalog.GeneralVAT, time.Now()) },
		})
	}
	return woocommerce.New(woocommerce.Options{
		URL: s.woo.url, Key: s.woo.key, Secret: s.woo.secret, Clock: time.Now, Progress: progress,
		Class: func(tenths int) (string, bool) { return shop.VATClass(tenths, time.Now()) },
	})
}

// The shop's own systems, as addresses and the log name them.
const (
	wooSystem     = "woocommerce"
	shopifySystem = "shopify"
	otherSystem   = "webhook"
)

// taker is the system that orders go on to, and its name; nil when staff see to
// them here.
func (h *house) taker() (name string, system bot.System) {
	s, ok := h.source.(own)
	switch {
	case ok && h.settings.shopify.shop != "":
		return shopifySystem, s
	case ok:
		return wooSystem, s
	case h.settings.orders.url != "":
		return otherSystem, webhook.New(h.settings.orders.url, h.settings.orders.secret, time.Now)
	}
	return "", nil
}

// taker is the host of the system that orders go on to; "" for none.
func (s settings) taker() string {
	if s.shopify.shop != "" {
		return s.shopify.shop
	}
	u, err := url.Parse(cmp.Or(s.woo.url, s.orders.url))
	if err != nil {
		return ""
	}
	return u.Host
}

// tellers are the systems that tell of orders and products, by address.
func (s settings) tellers() map[string]shops.Read {
	all := map[string]shops.Read{}
	if s.woo.hook != "" {
		all[wooSystem] = func(header http.Header, body []byte) (catalog.News, error) {
			return woocommerce.News(s.woo.hook, header, body)
		}
	}
	if s.shopify.hook != "" {
		all[shopifySystem] = func(header http.Header, body []byte) (catalog.News, error) {
			return shopify.News(s.shopify.hook, header, body)
		}
	}
	if s.orders.secret != "" {
		all[otherSystem] = func(header http.Header, body []byte) (catalog.News, error) {
			return webhook.News(s.orders.secret, header, body, time.Now())
		}
	}
	return all
}
