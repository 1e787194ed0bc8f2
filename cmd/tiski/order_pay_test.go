package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/webhooks"
	"tiski/webhooks/orderpage"
)

// payPage is the page of an order that awaits payment, in front of a whole bot.
type payPage struct {
	*counter
	t     *testing.T
	web   *httptest.Server
	order catalog.Order
}

func openPayPage(t *testing.T) *payPage {
	t.Helper()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 12, 1, 10, 15, 0, 0, catalog.Helsinki)
	p := &payPage{t: t}
	if p.counter, err = openCounter(t.Context(), shelf, "widget:1", now, practised...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	log := slog.New(slog.DiscardHandler)
	server := webhooks.New(webhooks.Options{Log: log})
	server.Mount(orderpage.New(orderpage.Options{Orders: p.store, Bot: p.bot, Shop: func() *catalog.Shop { return shelf.Shop }, Clock: p.clock, Log: log}))
	p.web = httptest.NewServer(server)
	t.Cleanup(p.web.Close)
	o := anOrder(shelf.Shop, 0, now)
	o.Payment, o.ReservedUntil = "bank", now.Add(shelf.Shop.Reserve)
	if p.order, err = p.store.Place(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return p
}

var formValue = regexp.MustCompile(`name="form" value="([A-Z2-7]+)"`)

// page is the page now, and the id of its form to pay; "" when it has none.
func (p *payPage) page() (text, form string) {
	p.t.Helper()
	r, err := http.Get(p.web.URL + "/o/" + p.order.Token)
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if m := formValue.FindSubmatch(body); m != nil {
		form = string(m[1])
	}
	return string(body), form
}

// pay sends the form, and returns the status and where it leads or what it shows.
func (p *payPage) pay(form, method string) (int, string) {
	p.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.PostForm(p.web.URL+"/o/"+p.order.Token+"/pay", url.Values{"form": {form}, "method": {method}})
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if to := r.Header.Get("Location"); to != "" {
		return r.StatusCode, to
	}
	return r.StatusCode, string(body)
}

func (p *payPage) charges() int {
	p.t.Helper()
	all, err := p.store.PaymentsOf(p.t.Context(), p.order.Number)
	if err != nil {
		p.t.Fatal(err)
	}
	return len(all)
}

func TestPayingOnTheOrdersPage(t *testing.T) {
	t.Parallel()
	p := openPayPage(t)
	text, form := p.page()
	if !strings.Contains(text, "Maksa tilaus") || !strings.Contains(text, `value="bank"`) || !strings.Contains(text, `value="card"`) ||
		strings.Contains(text, `value="invoice"`) || strings.Contains(text, `value="telegram"`) {
		t.Fatalf("the page offers %s", text)
	}
	for range 2 { // the same form again
		if status, to := p.pay(form, "bank"); status != http.StatusSeeOther || to != "https://pay.example/paytrail/practice-1" || p.charges() != 1 {
			t.Fatalf("%d %s, %d charges", status, to, p.charges())
		}
	}
	turn, err := p.line(t.Context(), "miten maksan")
	if err != nil || len(turn.Messages) == 0 || !strings.Contains(turn.Messages[len(turn.Messages)-1].Text, p.order.Number) {
		t.Errorf("the chat does not know: %+v, %v", turn.Messages, err)
	}
	text, form = p.page()
	if !strings.Contains(text, `href="https://pay.example/paytrail/practice-1"`) || !strings.Contains(text, "ota uusi maksulinkki") {
		t.Errorf("the page with a link: %s", text)
	}
	for _, wrong := range [][2]string{{form, "invoice"}, {form, "gold"}, {"x", "bank"}} {
		if status, to := p.pay(wrong[0], wrong[1]); status != http.StatusSeeOther || !strings.HasPrefix(to, "/o/") || p.charges() != 1 {
			t.Errorf("%v: %d %s", wrong, status, to)
		}
	}
	if status, to := p.pay(form, "card"); status != http.StatusSeeOther || to != "https://pay.example/stripe/practice-1" {
		t.Errorf("%d %s", status, to)
	}
	if _, err := p.line(t.Context(), "!payment down"); err != nil {
		t.Fatal(err)
	}
	_, form = p.page()
	if status, text := p.pay(form, "bank"); status != http.StatusServiceUnavailable || !strings.Contains(text, "Sinulta ei veloitettu mitään") {
		t.Errorf("while the provider is away: %d %s", status, text)
	}
	if _, err := p.line(t.Context(), "!payment up"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.line(t.Context(), "!paid"); err != nil {
		t.Fatal(err)
	}
	if text, form := p.page(); form != "" || !strings.Contains(text, "maksettu") {
		t.Errorf("a paid order: %s", text)
	}
	if status, to := p.pay("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "bank"); status != http.StatusSeeOther || !strings.HasPrefix(to, "/o/") {
		t.Errorf("paying a paid order: %d %s", status, to)
	}
}

func TestPayingOnTheOrdersPageTooLate(t *testing.T) {
	t.Parallel()
	p := openPayPage(t)
	_, form := p.page()
	p.now = p.order.ReservedUntil
	if status, to := p.pay(form, "bank"); status != http.StatusSeeOther || !strings.HasPrefix(to, "/o/") || p.charges() != 0 {
		t.Errorf("%d %s, %d charges", status, to, p.charges())
	}
	if text, form := p.page(); form != "" || !strings.Contains(text, "raukesi") {
		t.Errorf("%s", text)
	}
}
