package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/woocommerce/wootest"
)

// indoors is the program inside the test: its house and its doors.
type indoors struct {
	*program
	house *house
	data  string
}

// open opens the house with the goods of a source, and lets it run.
func openIndoors(t *testing.T, settings []string, source string) *indoors {
	t.Helper()
	s, err := readSettings(settings)
	if err != nil {
		t.Fatal(err)
	}
	p := &indoors{program: &program{log: &record{}}, data: t.TempDir()}
	ctx, stop := context.WithCancel(context.Background())
	if p.house, err = open(ctx, s, source, p.data, slog.New(slog.NewJSONHandler(p.log, nil))); err != nil {
		t.Fatal(err)
	}
	d, err := wire(ctx, p.house, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.base = "http://" + d.addr
	ended := make(chan error)
	go func() { ended <- p.house.run(ctx, d) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the program ends: %v", err)
		}
		p.house.close()
	})
	return p
}

// letter waits for the one letter of a kind that tells something, and returns
// its words.
func (p *indoors) letter(t *testing.T, kind, tells string) string {
	t.Helper()
	var found []string
	eventually(t, "the letter of "+kind, func() bool {
		names, err := filepath.Glob(filepath.Join(p.data, "letters", "*_"+kind+".eml"))
		if err != nil {
			t.Fatal(err)
		}
		found = nil
		for _, name := range names {
			if words := written(t, name); strings.Contains(words, tells) {
				found = append(found, words)
			}
		}
		return len(found) > 0
	})
	if len(found) != 1 {
		t.Errorf("%d letters of %s tell %s", len(found), kind, tells)
	}
	return found[0]
}

// written is the plain text of a letter in a file.
func written(t *testing.T, name string) string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m, err := mail.ReadMessage(file)
	if err != nil {
		t.Fatal(err)
	}
	_, kind, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := multipart.NewReader(m.Body, kind["boundary"]).NextPart()
	if err != nil {
		t.Fatal(err)
	}
	words, err := io.ReadAll(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(words)
}

// order is the one of a conversation.
func (p *indoors) order(t *testing.T, conversation string) catalog.Order {
	t.Helper()
	all, err := p.house.store.OfConversation(t.Context(), conversation)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d orders, %v", len(all), err)
	}
	return all[0]
}

// places goes through the checkout from the cart on, and places the order.
func (v *visitor) places(method string) {
	v.t.Helper()
	for _, line := range []string{"kassalle", "Maija Testinen", "maija@example.fi", "040 123 4567", "Kotikatu 5 A 2, 00530 Helsinki", "lähimpään noutopisteeseen"} {
		v.say(line)
	}
	h := v.say("maksan " + method)
	if tap := h.tap("Tilaa ja maksa"); tap == "" || !orderNumber.MatchString(v.press(tap).text()) {
		v.t.Fatalf("no order: %q", h.text())
	}
}

// TestAPurchaseFromARealFeed: a customer buys what a shop's feed has, pays by
// Paytrail, and withdraws from a part of it in the chat and from another on the
// order's page. What the books say after each is what Paytrail has.
func TestAPurchaseFromARealFeed(t *testing.T) {
	t.Parallel()
	const feed = "../../../shared/data/lieromaa-google-feed-fi.xml"
	if _, err := os.Stat(feed); err != nil {
		t.Skipf("the feed is not here: %v", err)
	}
	bank := startTrail(t)
	p := openIndoors(t, bank.settings(), feed)
	v := p.visit(t)
	v.press(v.say("kuituseos").tap("Lisää koriin"))
	v.say("150 g")
	v.say("laita niitä kolme")
	v.press(v.say("aloituspakkaus").tap("Lisää koriin"))
	v.say("2 laatikkoa")
	v.places("verkkopankissa")
	query, _ := bank.pays("ok")
	if status, _ := p.fetch(t, "/payments/paytrail/callback?"+query); status != http.StatusOK {
		t.Fatalf("the callback: %d", status)
	}
	o := p.order(t, v.conversation)
	if o.Status != catalog.Paid || o.Total != 6060 || len(o.Lines) != 2 || o.Lines[0].Qty != 3 {
		t.Fatalf("the order: %+v", o)
	}
	if letter := p.letter(t, "confirmation", o.Number); !strings.Contains(letter, "60,60 €") {
		t.Errorf("the confirmation:\n%s", letter)
	}
	p.balances(t, 6060, 0, bank.has())
	if _, err := p.house.store.Advance(t.Context(), o.Number, catalog.Delivered, "carrier", time.Now()); err != nil {
		t.Fatal(err)
	}

	aino := p.hires(t)
	v.say("haluan perua tilauksesta kaksi kuituseosta")
	if h := v.press(v.all().tap("Vahvista peruuttaminen")); !strings.Contains(h.text(), "Palautamme 7,80 €") {
		t.Fatalf("withdrawn from in the chat: %q", h.text())
	}
	p.refunds(t, aino, o, 0, "7,80 €")
	p.balances(t, 6060, 780, bank.has())

	p.withdraws(t, o, url.Values{"qty0": {"1"}, "qty1": {"0"}})
	p.refunds(t, aino, o, 1, "3,90 €")
	p.balances(t, 6060, 780+390, bank.has())
	if got := p.order(t, v.conversation).Status; got != catalog.PartlyReturned {
		t.Errorf("the order is %s", got)
	}
	if said := v.all().text(); strings.Count(said, "Palautimme") != 2 {
		t.Errorf("told of the refunds: %q", said)
	}
}

// TestAPaidPurchaseFromAWooShop: a customer buys what a WooCommerce shop has, and
// pays by Stripe. The shop gets the order once, paid, with the sum that the
// customer paid.
func TestAPaidPurchaseFromAWooShop(t *testing.T) {
	t.Parallel()
	shop := wootest.New(t, "../../../shared/data")
	server := httptest.NewServer(shop)
	t.Cleanup(server.Close)
	api := startCard(t)
	p := openIndoors(t, []string{
		"WOO_URL=" + server.URL, "WOO_KEY=" + wootest.Key, "WOO_SECRET=" + wootest.Secret,
		"PUBLIC_URL=https://shop.example", "STRIPE_KEY=sk_test", "STRIPE_WEBHOOK_SECRET=" + cardHook, "STRIPE_URL=" + api.URL,
	}, "")
	v := p.visit(t)
	v.press(v.say("premium quality").tap("Lisää koriin"))
	v.places("kortilla")
	o := p.order(t, v.conversation)
	if made := shop.Orders(); o.Status != catalog.Awaiting || len(made) != 0 {
		t.Fatalf("before it is paid: %s, the shop has %v", o.Status, made)
	}
	for range 2 {
		if status := api.tells(t, p.program, "checkout.session.completed", `"status":"complete","payment_status":"paid"`, int(o.Total)); status != http.StatusOK {
			t.Fatalf("paid: %d", status)
		}
	}
	eventually(t, "the order to be handed over", func() bool { return p.order(t, v.conversation).Status == catalog.Handed })
	made := shop.Orders()
	if len(made) != 1 || !made[0].Confirmed {
		t.Fatalf("the shop has %+v", made)
	}
	if got := shop.Order(made[0].Outside); fmt.Sprint(got["total"]) != o.Total.Decimal() || got["status"] != "processing" {
		t.Errorf("the shop's order: %v, %v", got["total"], got["status"])
	}
	if letter := p.letter(t, "confirmation", o.Number); !strings.Contains(letter, strings.Replace(o.Total.Decimal(), ".", ",", 1)+" €") {
		t.Errorf("the confirmation:\n%s", letter)
	}
	p.balances(t, int64(o.Total), 0, int64(o.Total))
}

// balances: what the books say of all that happened – what was sold, and what
// was given back, in cents – is what the provider has; net and VAT of each entry
// add up.
func (p *indoors) balances(t *testing.T, sold, back, cash int64) {
	t.Helper()
	entries, err := p.house.store.Books(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]int64{}
	for _, e := range entries {
		sums["all"] += int64(e.Gross)
		sums[e.Kind] += int64(e.Gross)
		if e.Net+e.Tax != e.Gross || e.At.After(time.Now()) {
			t.Errorf("an entry: %+v", e)
		}
	}
	if sums["all"] != cash || sums[catalog.EntrySale] != sold || sums[catalog.EntryRefund] != -back {
		t.Errorf("the books say %v, the provider has %d: sold were %d, given back %d", sums, cash, sold, back)
	}
}

// refunds has staff see to a case whose goods come back, and waits for the letter of its
// refund: the order, the sum, and when the notice came.
func (p *indoors) refunds(t *testing.T, aino *colleague, o catalog.Order, n int, sum string) {
	t.Helper()
	cases, err := p.house.store.CasesOf(t.Context(), o.Number)
	if err != nil || len(cases) != n+1 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	c := cases[n]
	given := c.Opened.In(catalog.Helsinki)
	if receipt := p.letter(t, "receipt", c.Number); !strings.Contains(receipt, given.Format("2.1.2006")) || !strings.Contains(receipt, given.Format("15.04")) {
		t.Errorf("the receipt of the notice:\n%s", receipt)
	}
	for _, to := range []catalog.CaseState{catalog.CaseReceived, catalog.CaseRefunded} {
		page, status := aino.submit("/console/cases", "/console/cases/advance", url.Values{"case": {c.Number}, "to": {string(to)}})
		if status != http.StatusOK {
			t.Fatalf("%s: %d\n%s", to, status, page)
		}
	}
	if err := p.house.cashier.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if letter := p.letter(t, "refunded", c.Number); !strings.Contains(letter, sum) {
		t.Errorf("the receipt of the refund:\n%s", letter)
	}
}

// hires signs a member of staff in by the link of the start.
func (p *indoors) hires(t *testing.T) *colleague {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	link, err := p.house.accounts.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := &colleague{t: t, base: p.base, client: &http.Client{Jar: jar}}
	if page, status := c.submit("/console/link/"+link, "/console/link/"+link, url.Values{}); status != http.StatusOK {
		t.Fatalf("sign-in by the link: %d\n%s", status, page)
	}
	return c
}

// withdraws gives notice on the order's page, in its two steps.
func (p *indoors) withdraws(t *testing.T, o catalog.Order, pieces url.Values) {
	t.Helper()
	status, form := p.fetch(t, "/o/"+o.Token)
	if status != http.StatusOK || !strings.Contains(form, "Peruuta sopimus tästä") {
		t.Fatalf("the order's page: %d\n%s", status, form)
	}
	_, form = p.fetch(t, "/o/"+o.Token+"/withdraw")
	fields := url.Values{"form": {freshForm.FindStringSubmatch(form)[1]}, "name": {o.Contact.Name}, "email": {o.Contact.Email}}
	maps.Copy(fields, pieces)
	post := func(path, says string) {
		t.Helper()
		r, err := http.PostForm(p.base+"/o/"+o.Token+path, fields)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		page, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(page), says) {
			t.Fatalf("%s: %d, %v\n%s", path, r.StatusCode, err, page)
		}
	}
	post("/withdraw", "Vahvista peruuttaminen")
	post("/withdraw/confirm", "Saimme ilmoituksesi")
}

var freshForm = regexp.MustCompile(`name="form" value="([^"]+)"`)
