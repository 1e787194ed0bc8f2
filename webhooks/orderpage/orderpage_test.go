package orderpage_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"tiski/bot"
	"tiski/bot/store"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/webhooks"
	"tiski/webhooks/orderpage"
)

// counter is a shop with its order pages, on a clock that stands still.
type counter struct {
	t     *testing.T
	shop  *catalog.Shop
	store *store.Store
	now   time.Time
	web   *httptest.Server
	log   *strings.Builder
}

func open(t *testing.T) *counter {
	t.Helper()
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{t: t, shop: shop, now: time.Date(2026, 12, 1, 10, 15, 0, 0, catalog.Helsinki), log: &strings.Builder{}}
	if c.store, err = store.Open(t.Context(), store.Memory); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.store.Close() })
	c.store.Now = func() time.Time { return c.now }
	log := slog.New(slog.NewTextHandler(c.log, nil))
	server := webhooks.New(webhooks.Options{Log: log})
	server.Mount(orderpage.New(orderpage.Options{
		Orders: c.store, Bot: closed{}, Shop: func() *catalog.Shop { return shop }, Clock: func() time.Time { return c.now }, Log: log,
	}))
	c.web = httptest.NewServer(server)
	t.Cleanup(c.web.Close)
	return c
}

// closed is a bot that takes no payments; cmd/tiski tests the page with one that
// does.
type closed struct{}

func (closed) Handle(context.Context, string, bot.Input) (bot.Turn, error) {
	return bot.Turn{}, errors.New("nobody is here")
}

func (closed) WaysToPay(catalog.Order) []*catalog.PaymentMethod { return nil }

// place places an order of two pairs of socks and a lipstick in its sealed
// tube, with a discount.
func (c *counter) place(spoil func(*catalog.Order)) catalog.Order {
	c.t.Helper()
	o := catalog.Order{
		ID: "widget:1/7/" + fmt.Sprint(c.now.UnixNano()), Conversation: "widget:1", Placed: c.now, Lang: "fi", Currency: "EUR", Payment: "invoice",
		Contact: catalog.Contact{Name: "Ville <b>Laine", Email: "ville@example.fi", Phone: "+358405556666"},
		Address: catalog.Address{Street: "Kotikatu 5", Postcode: "00530", City: "Helsinki"},
	}
	for _, l := range []struct {
		product string
		qty     int
	}{{"villavuona-villasukat", 2}, {"sarastus-huulipuna-satiini", 1}} {
		p := c.shop.Product(l.product)
		if p == nil {
			c.t.Fatalf("the demo shop has no %s", l.product)
		}
		v := &p.Variants[0]
		o.Lines = append(o.Lines, catalog.OrderLine{
			SKU: v.SKU, Product: p.ID, Title: p.Name.In("fi"), Options: v.Options, Qty: l.qty, Unit: p.PriceOf(v), VAT: 255,
		})
	}
	q, err := c.shop.Quote(o.Lines, "noutopiste", "invoice", c.now, "TERVETULOA10")
	if err != nil {
		c.t.Fatal(err)
	}
	m := c.shop.DeliveryMethod("noutopiste")
	o.Lines, o.Discounts, o.Total, o.VAT, o.ServiceVAT = q.Lines, q.Discounts, q.Total, q.VAT, q.ServiceVAT
	o.Delivery = catalog.OrderDelivery{Method: m.ID, Kind: m.Kind, Name: m.Name.In("fi"), Price: q.Delivery, Discount: q.DeliveryDiscount, Window: m.Arrives(c.now)}
	if spoil != nil {
		spoil(&o)
	}
	placed, err := c.store.Place(c.t.Context(), o)
	if err != nil {
		c.t.Fatal(err)
	}
	return placed
}

func (c *counter) advance(o catalog.Order, to catalog.Status) {
	c.t.Helper()
	if _, err := c.store.Advance(c.t.Context(), o.Number, to, "test", c.now); err != nil {
		c.t.Fatal(err)
	}
}

// get fetches a page, post sends a form; both return the words of the page.
func (c *counter) get(path string) (*http.Response, string) {
	c.t.Helper()
	r, err := http.Get(c.web.URL + path)
	return c.read(r, err)
}

func (c *counter) post(path string, fields url.Values) (*http.Response, string) {
	c.t.Helper()
	r, err := http.PostForm(c.web.URL+path, fields)
	return c.read(r, err)
}

func (c *counter) read(r *http.Response, err error) (*http.Response, string) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return r, string(body)
}

var (
	tag    = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{a0}]+`)
	formID = regexp.MustCompile(`name="form" value="([^"]+)"`)
)

func words(page string) string {
	return spaces.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(page, " ")), " ")
}

func wantWords(t testing.TB, page string, all ...string) {
	t.Helper()
	text := words(page)
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q:\n%s", want, text)
		}
	}
}

func TestThePageOfAnOrder(t *testing.T) {
	t.Parallel()
	c := open(t)
	o := c.place(nil)
	r, page := c.get("/o/" + o.Token)
	wantWords(t, page,
		"Tilaus "+o.Number, "odottaa pakkaamista", "1.12.2026 klo 10.15", "Nouto noutopisteestä, arviolta", "Lasku sähköpostiin",
		"Viitenumero "+o.Reference(), "Tilauksen erittely", "25,5 %", "sis. alennusta", "Tervetuliaisetu −10 %",
		"Voit peruuttaa sopimuksen 30 päivän ajan", "Peruuta sopimus tästä", "1234567-1", "tilaus vastaanotettu")
	total := fmt.Sprintf("%d,%02d €", o.Total/100, o.Total%100)
	if !strings.Contains(words(page), "Yhteensä, sis. alv "+total) {
		t.Errorf("the total is not %s: %s", total, words(page))
	}
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'",
		"Referrer-Policy":         "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if strings.Contains(page, "<script") || strings.Contains(page, "style=") || strings.Contains(page, "Kotikatu") {
		t.Error("the page has a script, a style of its own or the customer's address")
	}

	if _, err := c.store.Pay(t.Context(), o.Number, "paytrail/1", c.now); err != nil {
		t.Fatal(err)
	}
	c.advance(o, catalog.Delivered)
	_, page = c.get("/o/" + o.Token + "?lang=sv")
	wantWords(t, page, "Beställning "+o.Number, "levererad 1.12.2026", "Kvitto", "Välkomstrabatt", "till och med 31.12.2026", "Frånträd avtalet här")
	_, page = c.get("/o/" + o.Token + "?lang=en")
	wantWords(t, page, "Order "+o.Number, "delivered 1 Dec 2026", "Receipt", "Withdraw from contract here", "25.5%")
	if strings.Contains(words(page), "Reference number") {
		t.Error("a paid invoice still has a reference number")
	}
}

func TestEveryStatusHasItsWords(t *testing.T) {
	t.Parallel()
	c := open(t)
	for _, status := range []catalog.Status{
		catalog.Placed, catalog.Awaiting, catalog.Paid, catalog.Handed, catalog.Packed, catalog.Shipped, catalog.Ready, catalog.Delivered,
		catalog.Closed, catalog.Cancelled, catalog.Expired, catalog.Refused, catalog.PartlyReturned, catalog.Returned, catalog.Refunded,
	} {
		o := catalog.Order{Number: fmt.Sprint("T-1000", len(status), status), Status: status, Lines: []catalog.OrderLine{{SKU: "A", Title: "Sukat", Qty: 1}}}
		o.ReservedUntil = c.now
		if err := c.store.Put(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		token := c.token(o.Number)
		for _, lang := range []string{"fi", "sv", "en"} {
			if r, page := c.get("/o/" + token + "?lang=" + lang); r.StatusCode != http.StatusOK {
				t.Errorf("%s in %s: %d %s", status, lang, r.StatusCode, page)
			}
		}
	}
}

// token is the token of an order that was put.
func (c *counter) token(number string) string {
	c.t.Helper()
	o, err := c.store.Track(context.Background(), number, "JJFI1")
	if err != nil {
		c.t.Fatal(err)
	}
	return o.Token
}

func TestEveryLanguageSaysTheSame(t *testing.T) {
	t.Parallel()
	read := func(lang string) []string {
		file, err := os.ReadFile("words/" + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]string
		if err := yaml.Unmarshal(file, &all); err != nil {
			t.Fatal(err)
		}
		name := regexp.MustCompile(`\{\w+\}`)
		var keys []string
		for _, key := range slices.Sorted(maps.Keys(all)) {
			names := name.FindAllString(all[key], -1)
			slices.Sort(names)
			keys = append(keys, key+" "+strings.Join(names, " "))
		}
		return keys
	}
	fi := read("fi")
	for _, lang := range []string{"sv", "en"} {
		other := read(lang)
		for _, key := range fi {
			if !slices.Contains(other, key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
		if len(other) != len(fi) {
			t.Errorf("%s has %d words, Finnish %d", lang, len(other), len(fi))
		}
	}
}

func TestPagesThatAreNone(t *testing.T) {
	t.Parallel()
	c := open(t)
	o := c.place(nil)
	for _, path := range []string{
		"/o/x", "/o/" + strings.ToLower(o.Token), "/o/" + o.Token[1:], "/o/" + o.Number, "/o/" + strings.Repeat("A", 5000), "/o/%00%ff", "/o/x/withdraw",
	} {
		r, page := c.get(path)
		if r.StatusCode != http.StatusNotFound || r.Header.Get("Referrer-Policy") != "no-referrer" || strings.Contains(page, o.Number) {
			t.Errorf("%.40s: %d", path, r.StatusCode)
		}
		wantWords(t, page, "Tilausta ei löydy")
	}
	if r, _ := c.post("/o/x/withdraw/confirm", url.Values{}); r.StatusCode != http.StatusNotFound {
		t.Errorf("a withdrawal from nothing: %d", r.StatusCode)
	}
}

// fill opens the form of a withdrawal and fills it in.
func (c *counter) fill(o catalog.Order, qty ...string) url.Values {
	c.t.Helper()
	r, page := c.get("/o/" + o.Token + "/withdraw")
	m := formID.FindStringSubmatch(page)
	if r.StatusCode != http.StatusOK || m == nil {
		c.t.Fatalf("the form: %d %s", r.StatusCode, words(page))
	}
	fields := url.Values{"form": {m[1]}, "name": {"Ville Laine"}, "email": {"toinen@example.fi"}}
	for i, n := range qty {
		fields.Set(fmt.Sprint("qty", i), n)
	}
	return fields
}

func (c *counter) casesOf(o catalog.Order) []catalog.Case {
	c.t.Helper()
	cases, err := c.store.CasesOf(c.t.Context(), o.Number)
	if err != nil {
		c.t.Fatal(err)
	}
	return cases
}

func TestWithdrawingInTwoSteps(t *testing.T) {
	t.Parallel()
	c := open(t)
	o := c.place(nil)
	c.advance(o, catalog.Delivered)
	c.now = c.now.Add(24 * time.Hour)
	fields := c.fill(o, "1", "0")
	r, page := c.post("/o/"+o.Token+"/withdraw", fields)
	if r.StatusCode != http.StatusOK || len(c.casesOf(o)) != 0 {
		t.Fatalf("the first step: %d, %d cases", r.StatusCode, len(c.casesOf(o)))
	}
	wantWords(t, page, "Minä, Ville Laine, peruutan sopimuksen (tilaus "+o.Number+", Tuulikello Oy)", "1 × Villavuona-villasukat", "toinen@example.fi")
	if n := strings.Count(page, "<button>"); n != 1 || !strings.Contains(page, "<button>Vahvista peruuttaminen</button>") {
		t.Errorf("%d buttons in the second step", n)
	}
	for range 2 { // sent twice, it is one
		r, page = c.post("/o/"+o.Token+"/withdraw/confirm", fields)
		if r.StatusCode != http.StatusOK {
			t.Fatalf("the second step: %d %s", r.StatusCode, words(page))
		}
	}
	cases := c.casesOf(o)
	if len(cases) != 1 || cases[0].Kind != catalog.Withdrawal || cases[0].Contact.Email != "toinen@example.fi" || cases[0].Lines[0].Qty != 1 {
		t.Fatalf("%+v", cases)
	}
	if r.Request.URL.Fragment != cases[0].Number {
		t.Errorf("then shown is %s", r.Request.URL)
	}
	wantWords(t, page, "Peruutus "+cases[0].Number, "Ilmoitus vastaanotettu 2.12.2026 klo 10.15", "Lähetä tuotteet viimeistään 16.12.2026", "pienenee 16,11 €", "Pyydä palautuslipuke")

	// A part is left.
	_, page = c.get("/o/" + o.Token + "/withdraw")
	if strings.Contains(page, `value="2"`) || !strings.Contains(page, `value="1" selected`) {
		t.Error("the pieces withdrawn from can be chosen again")
	}
	for _, secret := range []string{o.Token, "Ville", "toinen@"} {
		if strings.Contains(c.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

func TestWithdrawingBeforeItLeaves(t *testing.T) {
	t.Parallel()
	c := open(t)
	o := c.place(nil)
	_, page := c.post("/o/"+o.Token+"/withdraw/confirm", c.fill(o, "2", "1"))
	wantWords(t, page, "Tilaus on peruttu.", "Tilauksessa ei ole enää peruutettavaa.")
	if cases := c.casesOf(o); len(cases) != 1 || cases[0].State != catalog.CaseCancelled {
		t.Errorf("%+v", cases)
	}
}

func TestFormsThatAreNotFilledIn(t *testing.T) {
	t.Parallel()
	c := open(t)
	o := c.place(nil)
	c.advance(o, catalog.Delivered)
	for want, spoil := range map[string]func(url.Values){
		"Kirjoita nimesi.":              func(f url.Values) { f.Set("name", "  ") },
		"Tarkista sähköpostiosoite.":    func(f url.Values) { f.Set("email", "ville") },
		"Valitse ainakin yksi tuote.":   func(f url.Values) { f.Set("qty0", "0") },
		"Lomake oli vanhentunut.":       func(f url.Values) { f.Set("form", "x") },
		"Kirjoita nimesi. Tarkista":     func(f url.Values) { f.Set("name", strings.Repeat("ä", 101)); f.Set("email", "a@b@c") },
		"Valitse ainakin yksi tuote. ":  func(f url.Values) { f.Set("qty0", "3") },
		" Valitse ainakin yksi tuote. ": func(f url.Values) { f.Set("qty0", "-1") },
	} {
		for _, step := range []string{"/withdraw", "/withdraw/confirm"} {
			fields := c.fill(o, "1")
			spoil(fields)
			r, page := c.post("/o/"+o.Token+step, fields)
			if r.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", want, r.StatusCode)
			}
			wantWords(t, page, want)
		}
	}
	if n := len(c.casesOf(o)); n != 0 {
		t.Errorf("%d cases", n)
	}
	longest := c.fill(o, "1")
	longest.Set("name", strings.Repeat("ä", 100))
	if r, _ := c.post("/o/"+o.Token+"/withdraw", longest); r.StatusCode != http.StatusOK {
		t.Errorf("the longest name: %d", r.StatusCode)
	}
}

func TestWhatCannotBeWithdrawnFromIsNotOffered(t *testing.T) {
	t.Parallel()
	c := open(t)
	o := c.place(nil)
	c.advance(o, catalog.Delivered)
	_, page := c.get("/o/" + o.Token + "/withdraw")
	wantWords(t, page, "Sinetöidyn hygieniatuotteen voi palauttaa, kun sinetti on ehjä.")
	if strings.Contains(page, "<b>") {
		t.Error("the customer's name is not escaped")
	}
	fields := c.fill(o, "1", "0")
	c.now = c.now.AddDate(0, 0, 31)
	_, page = c.get("/o/" + o.Token)
	wantWords(t, page, "Peruutusaika on päättynyt.")
	if strings.Contains(page, "Peruuta sopimus tästä") {
		t.Error("the button is there after the time")
	}
	if r, _ := c.post("/o/"+o.Token+"/withdraw/confirm", fields); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a form of the day before: %d", r.StatusCode)
	}
}

func TestPayingFromThePage(t *testing.T) {
	t.Parallel()
	c := open(t)
	o := c.place(func(o *catalog.Order) { o.Payment, o.ReservedUntil = "bank", c.now.Add(30*time.Minute) })
	page := func() string {
		t.Helper()
		_, page := c.get("/o/" + o.Token)
		return page
	}
	wantWords(t, page(), "Tilaus odottaa maksua", "Uuden maksulinkin saat keskustelusta")
	ask := func(effect, id string) catalog.Payment {
		t.Helper()
		p, _, err := c.store.BeginPayment(t.Context(), effect, o.Number, "bank", "paytrail")
		if err != nil {
			t.Fatal(err)
		}
		p.ID, p.State, p.Link = id, catalog.PaymentOpen, "https://pay.example/"+id
		if err := c.store.NotePayment(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	tell := func(p catalog.Payment, state catalog.PaymentState) {
		t.Helper()
		p.State = state
		if _, err := c.store.SettlePayment(t.Context(), "told/"+p.ID+string(state), p); err != nil {
			t.Fatal(err)
		}
	}
	first := ask("e", "tx-1")
	if text := page(); !strings.Contains(text, `href="https://pay.example/tx-1"`) || !strings.Contains(words(text), "Maksa ") {
		t.Errorf("no link: %s", words(text))
	}
	tell(first, catalog.PaymentFailed)
	wantWords(t, page(), "Maksu ei mennyt läpi", "Uuden maksulinkin saat")
	second := ask("f", "tx-2")
	if text := page(); !strings.Contains(text, "tx-2") || strings.Contains(words(text), "ei mennyt läpi") {
		t.Errorf("a new link: %s", words(text))
	}
	tell(second, catalog.PaymentPending)
	text := page()
	wantWords(t, text, "odottaa vielä vahvistusta")
	if strings.Contains(text, "pay.example") || strings.Contains(words(text), "Uuden maksulinkin") {
		t.Errorf("what is pending is asked for: %s", words(text))
	}
	tell(second, catalog.PaymentPaid)
	if text := page(); strings.Contains(text, "pay.example") || !strings.Contains(words(text), "maksettu 1.12.2026") {
		t.Errorf("paid: %s", words(text))
	}
	late := c.place(func(o *catalog.Order) {
		o.ID, o.Payment, o.ReservedUntil, o.Discounts = "late", "bank", c.now.Add(time.Minute), nil
	})
	o = late
	ask("g", "tx-3")
	c.now = c.now.Add(time.Minute)
	if text := page(); strings.Contains(text, "pay.example") {
		t.Errorf("the time is over: %s", words(text))
	}
}
