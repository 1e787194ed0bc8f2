package main

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiski/catalog"
	"tiski/webhooks"
	"tiski/webhooks/orderpage"
)

// TestBrowserOfAnOrder looks at an order to be paid, and withdraws on another's
// page, on a desktop and on a phone.
func TestBrowserOfAnOrder(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(chromium); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no browser: %v", err)
		}
		t.Skipf("no browser: %v", err)
	}
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	c, err := openCounter(t.Context(), shelf, "", time.Date(2026, 12, 1, 10, 15, 0, 0, catalog.Helsinki), practised...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	log := slog.New(slog.DiscardHandler)
	server := webhooks.New(webhooks.Options{Log: log})
	server.Mount(orderpage.New(orderpage.Options{Orders: c.store, Bot: c.bot, Shop: func() *catalog.Shop { return shelf.Shop }, Clock: c.clock, Log: log}))
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	b := openBrowser(t)

	fits := func(name string, width int64) {
		t.Helper()
		b.until(`document.readyState === 'complete' && document.documentElement.scrollWidth <= innerWidth`)
		b.picture(fmt.Sprintf("%s-%d", name, width))
	}

	unpaid := anOrder(shelf.Shop, 2, c.now)
	unpaid.Payment, unpaid.ReservedUntil = "bank", c.now.Add(shelf.Shop.Reserve)
	if unpaid, err = c.store.Place(t.Context(), unpaid); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{1280, 360} {
		b.do(chromedp.EmulateViewport(width, 1400), chromedp.Navigate(web.URL+"/o/"+unpaid.Token))
		b.until(`document.querySelector('.ways button')?.textContent === 'Verkkomaksu'`)
		fits("unpaid", width)
	}
	if _, err := c.store.Advance(t.Context(), unpaid.Number, catalog.Cancelled, "test", c.now); err != nil { // the goods are few
		t.Fatal(err)
	}

	for i, width := range []int64{1280, 360} {
		o, err := c.store.Place(t.Context(), anOrder(shelf.Shop, i, c.now))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.store.Advance(t.Context(), o.Number, catalog.Delivered, "test", c.now); err != nil {
			t.Fatal(err)
		}
		b.do(chromedp.EmulateViewport(width, 1400), chromedp.Navigate(web.URL+"/o/"+o.Token))
		fits("order", width)
		for _, step := range []struct{ name, press, then string }{
			{"withdraw", `a.button`, `document.querySelector('#email')?.value.startsWith('ville')`},
			{"confirm", `form button`, `document.querySelector('form button')?.textContent === 'Vahvista peruuttaminen'`},
			{"withdrawn", `form button`, `document.querySelector('.case .status')?.textContent === 'Saimme ilmoituksesi.'`},
		} {
			b.text(fmt.Sprintf(`document.querySelector(%q).click()`, step.press))
			b.until(step.then)
			fits(step.name, width)
		}
	}
	for _, fault := range b.faults() {
		t.Errorf("the browser tells of %s", fault)
	}
}

// anOrder is the nth order of goods of the demo shop, each by another customer.
func anOrder(shop *catalog.Shop, n int, at time.Time) catalog.Order {
	o := catalog.Order{
		ID: fmt.Sprint("widget:1/7/", n), Conversation: "widget:1", Placed: at, Lang: "fi", Currency: "EUR", Payment: "invoice",
		Contact: catalog.Contact{Name: "Ville Laine", Email: fmt.Sprintf("ville%d@example.fi", n)}, Address: catalog.Address{Postcode: "00530"},
	}
	for i := range 3 {
		p := &shop.Products[i*7]
		v := &p.Variants[0]
		o.Lines = append(o.Lines, catalog.OrderLine{
			SKU: v.SKU, Product: p.ID, Title: p.Name.In("fi"), Options: v.Options, Qty: i + 1, Unit: p.PriceOf(v), VAT: 255,
		})
	}
	m := shop.DeliveryMethod("noutopiste")
	q, err := shop.Quote(o.Lines, m.ID, o.Payment, at, "TERVETULOA10")
	if err != nil {
		panic(err)
	}
	o.Lines, o.Discounts, o.Total, o.VAT, o.ServiceVAT = q.Lines, q.Discounts, q.Total, q.VAT, q.ServiceVAT
	o.Delivery = catalog.OrderDelivery{Method: m.ID, Kind: m.Kind, Name: m.Name.In("fi"), Price: q.Delivery, Discount: q.DeliveryDiscount, Window: m.Arrives(at)}
	return o
}
