package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v86"

	"tiski/bot/store"
	"tiski/catalog"
	"tiski/webhooks/telegram/telegramtest"
)

// toPay goes shopping until the order waits for its payment, and returns its
// number and the address to pay at.
func (v *visitor) toPay(method string) (number, link string) {
	v.t.Helper()
	v.toSummary()
	h := v.say("maksan " + method)
	tap := h.tap("Tilaa ja maksa")
	if tap == "" {
		v.t.Fatalf("no order button in %q", h.text())
	}
	h = v.press(tap)
	number = orderNumber.FindString(h.text())
	for _, m := range h.Messages {
		for _, b := range m.Buttons {
			if b.URL != "" {
				if !strings.HasPrefix(b.Label, "Maksa ") || link != "" {
					v.t.Errorf("a button %q", b.Label)
				}
				link = b.URL
			}
		}
	}
	if number == "" || link == "" {
		v.t.Fatalf("nothing to pay at in %q", h.text())
	}
	return number, link
}

// fetch gets an address of the program and returns the status and the page.
func (p *program) fetch(t *testing.T, path string) (int, string) {
	t.Helper()
	r, err := http.Get(p.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(page)
}

// statusOf is the status of an order in the database of a program.
func statusOf(t *testing.T, data, conversation string) catalog.Status {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(data, "tiski.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	orders, err := s.OfConversation(context.Background(), conversation)
	if err != nil || len(orders) != 1 {
		t.Fatalf("%d orders, %v", len(orders), err)
	}
	return orders[0].Status
}

// balanced: what came in and did not go back is what the books say.
func balanced(t *testing.T, data string, cash int64) {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(data, "tiski.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entries, err := s.Books(context.Background(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var books int64
	for _, e := range entries {
		books += int64(e.Gross)
	}
	if books != cash {
		t.Errorf("the books say %d cents, there are %d", books, cash)
	}
}

func TestWidgetCustomerPaysByPaytrail(t *testing.T) {
	t.Parallel()
	api := startTrail(t)
	data := t.TempDir()
	p := launch(t, data, api.settings())
	v := p.visit(t)
	number, link := v.toPay("verkkopankissa")
	if link != "https://pay.paytrail.example/"+api.last || statusOf(t, data, v.conversation) != catalog.Awaiting {
		t.Fatalf("the link is %s", link)
	}
	query, back := api.pays("ok")
	if status, _ := p.fetch(t, "/payments/paytrail/callback?"+strings.Replace(query, "amount=8", "amount=1", 1)); status != http.StatusUnauthorized {
		t.Errorf("an unsigned sum: %d", status)
	}
	for range 2 {
		if status, _ := p.fetch(t, "/payments/paytrail/callback?"+query); status != http.StatusOK {
			t.Errorf("the callback: %d", status)
		}
	}
	status, page := p.fetch(t, back+"?"+query) // and then the browser
	if status != http.StatusOK || !strings.Contains(page, number) || !strings.Contains(page, "maksettu") {
		t.Errorf("the way back: %d", status)
	}
	if said := v.all().text(); strings.Count(said, "on saatu") != 1 {
		t.Errorf("told %d times that it is paid: %q", strings.Count(said, "on saatu"), said)
	}
	if got := statusOf(t, data, v.conversation); got != catalog.Paid {
		t.Errorf("the order is %s", got)
	}
	balanced(t, data, 8480)
	for _, secret := range []string{merchantSecret, "Testinen", "maija@example.fi", strings.TrimPrefix(back, "/payments/paytrail/return/")} {
		if strings.Contains(p.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}

	// It is withdrawn from before it leaves: the money goes back by itself.
	v.press("withdraw!:" + number)
	eventually(t, "the refund", func() bool { return api.refunded() == 8480 })
	eventually(t, "the refund to be told", func() bool { return strings.Contains(v.all().text(), "Palautimme 84,80 €") })
	if got := statusOf(t, data, v.conversation); got != catalog.Refunded {
		t.Errorf("the order is %s", got)
	}
	balanced(t, data, 0)
}

// Paytrail fails, the customer cancels there, tries again, and pays without a
// callback: the browser alone brings the news.
func TestPaytrailOnABadDay(t *testing.T) {
	t.Parallel()
	api := startTrail(t)
	data := t.TempDir()
	p := launch(t, data, api.settings())
	v := p.visit(t)
	v.toSummary()
	tap := v.say("maksan verkkopankissa").tap("Tilaa ja maksa")
	api.fail = 1
	h := v.press(tap)
	if !strings.Contains(h.text(), "ei veloitettu") || statusOf(t, data, v.conversation) != catalog.Awaiting {
		t.Fatalf("%q", h.text())
	}
	if h = v.press(h.tap("Yritä uudestaan")); !strings.Contains(h.text(), "Maksa ") {
		t.Fatalf("%q", h.text())
	}
	query, back := api.pays("fail")
	if status, _ := p.fetch(t, back+"?"+query); status != http.StatusOK {
		t.Errorf("back without having paid: %d", status)
	}
	all := v.all()
	if !strings.Contains(all.text(), "ei mennyt läpi") {
		t.Fatalf("%q", all.text())
	}
	v.press(all.tap("Uusi maksulinkki"))
	query, back = api.pays("ok")
	if status, _ := p.fetch(t, back+"?"+query); status != http.StatusOK || statusOf(t, data, v.conversation) != catalog.Paid {
		t.Errorf("%d, the order is %s", status, statusOf(t, data, v.conversation))
	}
	balanced(t, data, 8480)
}

// card is a Stripe that makes pages to pay at.
type card struct {
	URL string

	mu       sync.Mutex
	sessions []string // the charge of each
	expired  []string
	refunds  int
}

func startCard(t *testing.T) *card {
	t.Helper()
	c := &card{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		id := "cs_test_1"
		switch {
		case strings.HasSuffix(r.URL.Path, "/expire"):
			c.expired = append(c.expired, r.URL.Path)
		case r.URL.Path == "/v1/refunds":
			c.refunds++
			fmt.Fprint(w, `{"id":"re_1","object":"refund","status":"succeeded"}`)
			return
		case r.Method == http.MethodPost:
			c.sessions = append(c.sessions, r.PostForm.Get("client_reference_id"))
			id = fmt.Sprint("cs_test_", len(c.sessions))
		}
		fmt.Fprintf(w, `{"id":%q,"object":"checkout.session","url":"https://checkout.stripe.example/%s","payment_intent":"pi_1","status":"open","payment_status":"unpaid"}`, id, id)
	}))
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

const cardHook = "whsec_test"

// tells sends a signed event to the program.
func (c *card) tells(t *testing.T, p *program, kind, state string, amount int) int {
	t.Helper()
	c.mu.Lock()
	n := len(c.sessions)
	body := fmt.Sprintf(`{"id":"evt_1","object":"event","type":%q,"data":{"object":{"id":"cs_test_%d","object":"checkout.session","metadata":{"charge":%q},"amount_total":%d,"currency":"eur",%s}}}`,
		kind, n, c.sessions[n-1], amount, state)
	c.mu.Unlock()
	s := stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: []byte(body), Secret: cardHook})
	r, err := http.NewRequest(http.MethodPost, p.base+"/payments/stripe", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Stripe-Signature", s.Header)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

func TestWidgetCustomerPaysByStripe(t *testing.T) {
	t.Parallel()
	api := startCard(t)
	data := t.TempDir()
	settings := []string{"PUBLIC_URL=https://shop.example", "STRIPE_KEY=sk_test", "STRIPE_WEBHOOK_SECRET=" + cardHook, "STRIPE_URL=" + api.URL}
	p := launch(t, data, settings)
	v := p.visit(t)
	_, link := v.toPay("kortilla")
	if link != "https://checkout.stripe.example/cs_test_1" {
		t.Errorf("the link is %s", link)
	}
	// A way of paying that takes days: the goods stay reserved.
	if status := api.tells(t, p, "checkout.session.completed", `"status":"complete","payment_status":"unpaid"`, 8480); status != http.StatusOK {
		t.Errorf("pending: %d", status)
	}
	if said := v.all().text(); !strings.Contains(said, "odottaa vielä vahvistusta") || statusOf(t, data, v.conversation) != catalog.Awaiting {
		t.Errorf("%q", said)
	}
	for range 2 {
		if status := api.tells(t, p, "checkout.session.async_payment_succeeded", `"status":"complete","payment_status":"paid"`, 8480); status != http.StatusOK {
			t.Errorf("paid: %d", status)
		}
	}
	api.tells(t, p, "checkout.session.expired", `"status":"expired","payment_status":"unpaid"`, 8480) // out of order
	if said := v.all().text(); strings.Count(said, "on saatu") != 1 || statusOf(t, data, v.conversation) != catalog.Paid {
		t.Errorf("%q", said)
	}
	balanced(t, data, 8480)
}

// A sum that differs pays nothing, goes back, and staff are called.
func TestStripeTellsAnotherSum(t *testing.T) {
	t.Parallel()
	api := startCard(t)
	data := t.TempDir()
	p := launch(t, data, []string{"PUBLIC_URL=https://shop.example", "STRIPE_KEY=sk_test", "STRIPE_WEBHOOK_SECRET=" + cardHook, "STRIPE_URL=" + api.URL})
	v := p.visit(t)
	number, _ := v.toPay("kortilla")
	api.tells(t, p, "checkout.session.completed", `"status":"complete","payment_status":"paid"`, 8479)
	if got := statusOf(t, data, v.conversation); got != catalog.Awaiting {
		t.Errorf("the order is %s", got)
	}
	eventually(t, "the refund", func() bool { api.mu.Lock(); defer api.mu.Unlock(); return api.refunds == 1 })
	v.press("withdraw!:" + number)
	if got := statusOf(t, data, v.conversation); got != catalog.Cancelled {
		t.Errorf("the order is %s", got)
	}
	balanced(t, data, 0)
}

func TestPaymentsAtTheStart(t *testing.T) {
	t.Parallel()
	p := launch(t, t.TempDir(), nil)
	if !strings.Contains(p.said, "at_store, invoice") || !strings.Contains(p.said, "bank (PAYTRAIL_ACCOUNT and PAYTRAIL_SECRET)") {
		t.Errorf("the start says\n%s", p.said)
	}
	for _, wrong := range [][]string{
		{"PAYTRAIL_ACCOUNT=1"}, {"PAYTRAIL_SECRET=x"}, {"STRIPE_KEY=x"}, {"PAYTRAIL_SECRETS=x"},
		{"PAYTRAIL_ACCOUNT=1", "PAYTRAIL_SECRET=x"}, {"PAYTRAIL_ACCOUNT=1", "PAYTRAIL_SECRET=x", "PUBLIC_URL=http://shop.example"},
	} {
		if _, err := readSettings(wrong); err == nil {
			t.Errorf("%q starts", wrong)
		}
	}
	if _, err := readSettings([]string{"PAYTRAIL_ACCOUNT=1", "PAYTRAIL_SECRET=x", "PUBLIC_URL=https://shop.example"}); err != nil {
		t.Error(err)
	}
}

func TestAProviderThatNobodyKnows(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "payments.yaml"), []byte("- {id: bank, provider: paytrial, credit: no, name: {fi: Pankki}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if told := faults(t, dir); !strings.Contains(told, "paytrial; there are paytrail, stripe, telegram") {
		t.Error(told)
	}
}

// telegrammer is a customer in Telegram.
type telegrammer struct {
	t    *testing.T
	api  *telegramtest.API
	chat int64
	push func(fields string) // brings an update to the program
}

func (c *telegrammer) say(text string) { c.push(telegramtest.Said(c.chat, text)) }

// hears waits for a message of the bot that contains text.
func (c *telegrammer) hears(text string) telegramtest.Request {
	c.t.Helper()
	return c.api.Await(text, func(r telegramtest.Request) bool { return r.Chat() == c.chat && strings.Contains(r.Words(), text) })
}

func (c *telegrammer) press(r telegramtest.Request, label string) {
	c.t.Helper()
	_, does := r.Buttons()
	for name := range does {
		if strings.Contains(name, label) {
			c.push(telegramtest.Tapped(c.chat, r, name))
			return
		}
	}
	c.t.Fatalf("no button %q under %q", label, r.Words())
}

// orders buys a pair of socks, to be paid by a method.
func (c *telegrammer) orders(method string) {
	c.t.Helper()
	c.say("/start")
	c.hears("tekoälyavustaja")
	c.say("villasukat")
	c.press(c.hears("Villavuona-villasukat"), "1. Lisää koriin")
	c.press(c.hears("minkä värin"), "harmaa")
	c.press(c.hears("minkä koon"), "40/43")
	c.press(c.hears("Lisäsin koriin"), "Tilaamaan")
	c.hears("Kenen nimellä")
	c.say("Timo Telegrammi")
	c.hears("sähköpostiosoitteesi")
	c.say("timo@example.fi")
	c.hears("puhelinnumerosi")
	c.say("+358 40 765 4321")
	c.press(c.hears("Mikä on osoitteesi"), "Nouto myymälästä")
	c.press(c.hears("Miten haluat maksaa"), method)
	c.press(c.hears("Tarkista tilauksesi"), "Tilaa ja maksa 17,90 €")
}

func TestTelegramCustomerPaysInTheChat(t *testing.T) {
	t.Parallel()
	api := telegramtest.Start(t)
	data := t.TempDir()
	launch(t, data, []string{"TELEGRAM_BOT_TOKEN=" + telegramtest.Token, "TELEGRAM_API_URL=" + api.URL, "TELEGRAM_PAYMENT_TOKEN=284685063:TEST:x"})
	c := &telegrammer{t: t, api: api, chat: 4712, push: func(fields string) { api.Push(fields) }}
	c.orders("Maksu Telegramissa")
	c.hears("Maksa alla oleva lasku")
	invoice := api.Await("the invoice", func(r telegramtest.Request) bool { return r.Method == "sendInvoice" && r.Chat() == c.chat })
	if sum := telegramtest.Sum(invoice); sum != 1790 {
		t.Errorf("the invoice asks %d", sum)
	}
	answer := func(ok string) func(telegramtest.Request) bool {
		return func(r telegramtest.Request) bool { return r.Method == "answerPreCheckoutQuery" && r.Fields["ok"] == ok }
	}
	c.push(telegramtest.PreCheckout(c.chat, invoice, 1))
	if r := api.Await("a refusal", answer("false")); !strings.Contains(r.Fields["error_message"], "summa") {
		t.Errorf("refused: %v", r.Fields)
	}
	c.push(telegramtest.PreCheckout(c.chat, invoice, 0))
	api.Await("the go-ahead", answer("true"))
	conversation := fmt.Sprint("telegram:", c.chat)
	if got := statusOf(t, data, conversation); got != catalog.Awaiting {
		t.Errorf("before it is paid the order is %s", got)
	}
	c.push(telegramtest.Paid(c.chat, invoice, "tg-1"))
	c.hears("maksu 17,90 € on saatu")
	if got := statusOf(t, data, conversation); got != catalog.Paid {
		t.Errorf("the order is %s", got)
	}
	balanced(t, data, 1790)
}

func TestTelegramCustomerPaysByPaytrail(t *testing.T) {
	t.Parallel()
	api, bank := telegramtest.Start(t), startTrail(t)
	data := t.TempDir()
	p := launch(t, data, append(bank.settings(),
		"TELEGRAM_BOT_TOKEN="+telegramtest.Token, "TELEGRAM_API_URL="+api.URL, "TELEGRAM_WEBHOOK_SECRET=hook-secret"))
	updates := int64(0)
	c := &telegrammer{t: t, api: api, chat: 4713, push: func(fields string) {
		t.Helper()
		updates++
		r, err := http.NewRequest(http.MethodPost, p.base+"/webhooks/telegram", strings.NewReader(telegramtest.Update(updates, fields)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", "hook-secret")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("update %d: %d", updates, answer.StatusCode)
		}
	}}
	c.orders("Verkkomaksu")
	_, does := c.hears("Maksa 17,90 € viimeistään").Buttons()
	if got := does["Maksa 17,90 €"]; got != "https://pay.paytrail.example/"+bank.last || len(does) != 2 {
		t.Errorf("the buttons are %v", does)
	}
	query, _ := bank.pays("ok")
	if status, _ := p.fetch(t, "/payments/paytrail/callback?"+query); status != http.StatusOK {
		t.Errorf("the callback: %d", status)
	}
	c.hears("maksu 17,90 € on saatu")
	if got := statusOf(t, data, fmt.Sprint("telegram:", c.chat)); got != catalog.Paid {
		t.Errorf("the order is %s", got)
	}
	balanced(t, data, 1790)
}
