package paytrail

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

const secret = "SAIPPUAKAUPPIAS" // of Paytrail's public test merchant

// The vectors of Paytrail's documentation and of its JavaScript SDK's tests.
func TestSignaturesAreThePublishedOnes(t *testing.T) {
	t.Parallel()
	order := `{"stamp":"unique-identifier-for-merchant","reference":"3759170","amount":1525,"currency":"EUR","language":"FI","items":[{"unitPrice":1525,"units":1,"vatPercentage":25.5,"productCode":"#1234","deliveryDate":"2018-09-01"}],"customer":{"email":"test.customer@example.com"},"redirectUrls":{"success":"https://ecom.example.com/cart/success","cancel":"https://ecom.example.com/cart/cancel"}}`
	post := map[string]string{"checkout-account": "375917", "checkout-algorithm": "sha256", "checkout-method": "POST", "checkout-nonce": "564635208570151", "checkout-timestamp": "2018-07-06T10:01:31.904Z"}
	get := map[string]string{"checkout-account": "375917", "checkout-algorithm": "sha256", "checkout-method": "GET", "checkout-timestamp": "2018-07-05T11:19:25.950Z", "checkout-nonce": "123456"}
	one := map[string]string{"checkout-account": "375917", "checkout-algorithm": "sha256", "checkout-method": "GET", "checkout-timestamp": "2019-11-01T08:48:50.832Z", "checkout-transaction-id": "681538c4-fc84-11e9-83bc-2ffcef4c3453", "checkout-nonce": "87ac41e1-e6e6-4789-b8e0-c83930cfc447"}
	for _, c := range []struct {
		values map[string]string
		body   string
		want   string
	}{
		{post, order, "9a4a7735279de4c99268e4566a5526ae887e73e6e58f2918cb2309ccac366129"},
		{get, "", "e2070810cb0d8795534cf0c2b983a3dee0858990cd073869ce23437c59f98776"},
		{get, `{"data":"test"}`, "73b1e55ebcf42dab90507f7dd53cddb7d2076ebcc61f67f27c9b9f4c94471a67"},
		{one, "", "4d84e3aedaa847b23e672ff3bc9c57ae5d1c1e84aec251ce39914eaf250bb8b2"},
	} {
		if got := sign(secret, c.values, []byte(c.body)); got != c.want {
			t.Errorf("%v: %s, want %s", c.values, got, c.want)
		}
	}
}

// redirect is the one of Paytrail's documentation.
const redirect = "checkout-account=375917&checkout-algorithm=sha256&checkout-amount=2964&checkout-stamp=15336332710015&checkout-reference=192387192837195&checkout-transaction-id=4b300af6-9a22-11e8-9184-abb6de7fd2d0&checkout-status=ok&checkout-provider=nordea&signature=b2d3ecdda2c04563a4638fcade3d4e77dfdc58829b429ad2c2cb422d0fc64080"

func TestCallback(t *testing.T) {
	t.Parallel()
	p := provider(t, "https://paytrail.example")
	got, err := p.Callback(query(t, redirect))
	want := catalog.Payment{Provider: Name, ID: "4b300af6-9a22-11e8-9184-abb6de7fd2d0", Charge: "15336332710015", State: catalog.PaymentPaid, Amount: 2964, Currency: "EUR", Method: "nordea"}
	if err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	for name, change := range map[string]func(url.Values){
		"another amount":    func(q url.Values) { q.Set("checkout-amount", "1") },
		"another stamp":     func(q url.Values) { q.Set("checkout-stamp", "1") },
		"another status":    func(q url.Values) { q.Set("checkout-status", "fail") },
		"one value more":    func(q url.Values) { q.Set("checkout-extra", "1") },
		"one value less":    func(q url.Values) { q.Del("checkout-provider") },
		"a value twice":     func(q url.Values) { q.Add("checkout-amount", "1") },
		"no signature":      func(q url.Values) { q.Del("signature") },
		"an empty one":      func(q url.Values) { q.Set("signature", "") },
		"another's account": func(q url.Values) { q.Set("checkout-account", "695861"); resign(q) },
		"another algorithm": func(q url.Values) { q.Set("checkout-algorithm", "md5"); resign(q) },
	} {
		q := query(t, redirect)
		change(q)
		if _, err := p.Callback(q); !errors.Is(err, ErrForged) {
			t.Errorf("%s: %v, want ErrForged", name, err)
		}
	}
	for name, change := range map[string]func(url.Values){
		"a status of the future": func(q url.Values) { q.Set("checkout-status", "perhaps") },
		"an amount in words":     func(q url.Values) { q.Set("checkout-amount", "kymppi") },
	} {
		q := query(t, redirect)
		change(q)
		resign(q)
		if _, err := p.Callback(q); err == nil || errors.Is(err, ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAsk(t *testing.T) {
	t.Parallel()
	var asked payment
	api := paytrail(t, func(r *http.Request, body []byte) (int, string) {
		if r.Method != http.MethodPost || r.URL.Path != "/payments" {
			t.Errorf("%s %s", r.Method, r.URL.Path)
		}
		if err := json.Unmarshal(body, &asked); err != nil {
			t.Error(err)
		}
		return http.StatusCreated, `{"transactionId":"tr-1","href":"https://pay.paytrail.com/pay/tr-1","reference":"1001"}`
	})
	got, err := provider(t, api).Ask(t.Context(), charge())
	if err != nil || got.Link != "https://pay.paytrail.com/pay/tr-1" || got.ID != "tr-1" || got.Charge != "widget:1/5/0.1" || got.State != catalog.PaymentOpen || got.Amount != 3770 {
		t.Errorf("%+v, %v", got, err)
	}
	if asked.Amount != 3770 || asked.Stamp != "widget:1/5/0.1" || len(asked.Items) != 3 || asked.Items[2].UnitPrice != -500 || asked.Items[0].VAT != "25.5" ||
		asked.Customer.FirstName != "Maija Liisa" || asked.Customer.LastName != "Meikäläinen" || asked.Delivery.Postcode != "00530" || asked.Callback.Cancel == "" {
		t.Errorf("asked %+v", asked)
	}
}

func TestAskRefusesBeforeSending(t *testing.T) {
	t.Parallel()
	p := provider(t, "http://127.0.0.1:1") // nobody there
	for name, change := range map[string]func(*catalog.Charge){
		"SEK":                      func(c *catalog.Charge) { c.Currency = "SEK" },
		"0 cents":                  func(c *catalog.Charge) { c.Total, c.Lines = 0, nil },
		"one cent too much":        func(c *catalog.Charge) { c.Total = maxAmount + 1 },
		"add up to 3770 cents":     func(c *catalog.Charge) { c.Total = 3771 },
		"add up to 0 cents, not 1": func(c *catalog.Charge) { c.Total, c.Lines = 1, nil },
	} {
		c := charge()
		change(&c)
		_, err := p.Ask(t.Context(), c)
		var network *url.Error
		if err == nil || errors.As(err, &network) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnswersThatAreNotTaken(t *testing.T) {
	t.Parallel()
	good := `{"transactionId":"tr-1","href":"https://pay.paytrail.com/pay/tr-1"}`
	for name, c := range map[string]struct {
		status  int
		body    string
		tamper  bool
		refused bool
	}{
		"refused":          {400, `{"status":"error","message":"stamp is used"}`, false, true},
		"bad signature":    {401, `{"message":"Signature mismatch"}`, false, true},
		"html for json":    {404, `<html>no</html>`, false, true},
		"down":             {503, `<html>later</html>`, false, false},
		"too many":         {429, ``, false, false},
		"unsigned":         {201, good, true, false},
		"not json":         {201, `<html>`, false, false},
		"nowhere to pay":   {201, `{"transactionId":"tr-1"}`, false, false},
		"a page of http":   {201, `{"transactionId":"tr-1","href":"http://pay.example"}`, false, false},
		"a page of script": {201, `{"transactionId":"tr-1","href":"javascript:alert(1)"}`, false, false},
	} {
		api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer(w, c.status, c.body, c.tamper)
		}))
		t.Cleanup(api.Close)
		_, err := provider(t, api.URL).Ask(t.Context(), charge())
		var refused *catalog.PaymentRefused
		if err == nil || errors.As(err, &refused) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the secret is in %v", name, err)
		}
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]catalog.PaymentState{
		"new": catalog.PaymentOpen, "ok": catalog.PaymentPaid, "fail": catalog.PaymentFailed, "pending": catalog.PaymentPending, "delayed": catalog.PaymentPending,
	} {
		api := paytrail(t, func(r *http.Request, _ []byte) (int, string) {
			if r.URL.Path != "/payments/tr-1" || r.Header.Get("checkout-transaction-id") != "tr-1" {
				t.Errorf("%s, transaction %q", r.URL.Path, r.Header.Get("checkout-transaction-id"))
			}
			return 200, `{"transactionId":"tr-1","status":"` + status + `","amount":3770,"currency":"EUR","stamp":"s","provider":"osuuspankki"}`
		})
		got, err := provider(t, api).Look(t.Context(), "tr-1")
		if err != nil || got.State != want || got.Amount != 3770 || got.Charge != "s" || got.Method != "osuuspankki" {
			t.Errorf("%s: %+v, %v", status, got, err)
		}
	}
	for _, body := range []string{`{"transactionId":"tr-2","status":"ok"}`, `{"transactionId":"tr-1","status":"soon"}`} {
		api := paytrail(t, func(*http.Request, []byte) (int, string) { return 200, body })
		if got, err := provider(t, api).Look(t.Context(), "tr-1"); err == nil {
			t.Errorf("%s: %+v", body, got)
		}
	}
}

// TestRefundCallback: customers hold signed callbacks of their payments; none of
// them may tell that a refund failed, which staff would then pay once more.
func TestRefundCallback(t *testing.T) {
	t.Parallel()
	var address string
	api := paytrail(t, func(_ *http.Request, body []byte) (int, string) {
		var b struct {
			Callback struct{ Success, Cancel string } `json:"callbackUrls"`
		}
		if err := json.Unmarshal(body, &b); err != nil || b.Callback.Success != b.Callback.Cancel {
			t.Errorf("%+v, %v", b, err)
		}
		address = b.Callback.Cancel
		return 201, `{"transactionId":"rf-1","status":"pending"}`
	})
	p := provider(t, api)
	if _, err := p.Refund(t.Context(), catalog.Refund{ID: "case/page/1", Payment: "tr-1", Amount: 500, Done: "https://shop.example/refund"}); err != nil {
		t.Fatal(err)
	}
	told, ours, _ := strings.Cut(address, "?")
	if told != "https://shop.example/refund" || strings.Contains(address, secret) {
		t.Errorf("the address is %s", address)
	}
	of := func(spoil func(url.Values)) url.Values {
		q := query(t, redirect+"&"+ours)
		q.Set("checkout-status", "fail")
		q.Del("checkout-amount")
		q.Del("checkout-transaction-id")
		resign(q)
		if spoil != nil {
			spoil(q)
		}
		return q
	}
	refund, got, err := p.RefundCallback(of(nil))
	if err != nil || refund != "case/page/1" || got != catalog.PaymentFailed {
		t.Errorf("%q, %s, %v", refund, got, err)
	}
	for name, spoil := range map[string]func(url.Values){
		"without proof":   func(q url.Values) { q.Del("proof") },
		"another refund":  func(q url.Values) { q.Set("refund", "case/page/2") },
		"no refund":       func(q url.Values) { q.Del("refund") },
		"not signed":      func(q url.Values) { q.Set("checkout-status", "ok") },
		"another account": func(q url.Values) { q.Set("checkout-account", "695861"); resign(q) },
		"signed as proof": func(q url.Values) { q.Set("proof", q.Get("signature")) },
	} {
		if refund, _, err := p.RefundCallback(of(spoil)); !errors.Is(err, ErrForged) {
			t.Errorf("%s: %q, %v", name, refund, err)
		}
	}
}

func TestRefund(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]catalog.PaymentState{"ok": catalog.PaymentRefunded, "pending": catalog.PaymentPending, "fail": catalog.PaymentFailed} {
		api := paytrail(t, func(r *http.Request, body []byte) (int, string) {
			var b struct {
				Amount      int
				RefundStamp string
				Email       string
			}
			if err := json.Unmarshal(body, &b); err != nil || r.URL.Path != "/payments/tr-1/refund" || b.Amount != 500 || b.RefundStamp != "case-1" || b.Email != "m@example.fi" {
				t.Errorf("%s %+v %v", r.URL.Path, b, err)
			}
			return 201, `{"transactionId":"rf-1","status":"` + status + `"}`
		})
		got, err := provider(t, api).Refund(t.Context(), catalog.Refund{ID: "case-1", Payment: "tr-1", Amount: 500, Email: "m@example.fi", Done: "https://shop.example/cb"})
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", status, got, err)
		}
	}
	api := paytrail(t, func(*http.Request, []byte) (int, string) { return 422, `{"message":"no refunds here"}` })
	var refused *catalog.PaymentRefused
	if _, err := provider(t, api).Refund(t.Context(), catalog.Refund{ID: "x", Payment: "tr-1", Amount: 1}); !errors.As(err, &refused) || refused.Message != "no refunds here" {
		t.Errorf("%v", err)
	}
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	api := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // else the server does not notice that the sender has left
		cancel()
		<-r.Context().Done()
	}))
	t.Cleanup(api.Close)
	if _, err := provider(t, api.URL).Ask(ctx, charge()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func FuzzCallback(f *testing.F) {
	f.Add(redirect)
	p, err := New(Options{Account: "375917", Secret: secret})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		if got, err := p.Callback(q); err == nil && got.Amount != 2964 {
			t.Errorf("%q is taken for %+v", raw, got)
		}
	})
}

func provider(t *testing.T, address string) *Provider {
	t.Helper()
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	p, err := New(Options{Account: "375917", Secret: secret, URL: address, Client: &http.Client{}, Clock: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// paytrail is an API that checks each request's signature and signs what do answers.
func paytrail(t *testing.T, do func(*http.Request, []byte) (int, string)) string {
	t.Helper()
	nonces := map[string]bool{}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		values := map[string]string{}
		for name := range r.Header {
			values[strings.ToLower(name)] = r.Header.Get(name)
		}
		if !genuine(secret, values, body, r.Header.Get("signature")) || values["checkout-method"] != r.Method || nonces[values["checkout-nonce"]] {
			t.Errorf("%s %s is not signed well: %v", r.Method, r.URL, values)
		}
		nonces[values["checkout-nonce"]] = true
		status, text := do(r, body)
		answer(w, status, text, false)
	}))
	t.Cleanup(api.Close)
	return api.URL
}

func answer(w http.ResponseWriter, status int, body string, tamper bool) {
	values := map[string]string{"checkout-account": "375917", "checkout-algorithm": "sha256", "checkout-nonce": "1"}
	for name, value := range values {
		w.Header().Set(name, value)
	}
	w.Header().Set("signature", sign(secret, values, []byte(body)))
	if tamper {
		body = strings.Replace(body, "tr-1", "tr-2", 1)
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func charge() catalog.Charge {
	return catalog.Charge{
		ID: "widget:1/5/0.1", Reference: "1001", Total: 3770, Currency: "EUR", Lang: "fi",
		Lines: []catalog.ChargeLine{
			{Code: "A", Title: "Villasukat", Unit: 1890, Qty: 2, VAT: 255},
			{Code: "delivery", Title: "Nouto noutopisteestä", Unit: 490, Qty: 1, VAT: 255},
			{Code: "discount", Title: "Tervetuloa", Unit: -500, Qty: 1, VAT: 255},
		},
		Contact: catalog.Contact{Name: "Maija Liisa Meikäläinen", Email: "m@example.fi", Phone: "+358401234567"},
		Address: catalog.Address{Street: "Kotikatu 5 A 2", Postcode: "00530", City: "Helsinki"},
		Paid:    "https://shop.example/p", Left: "https://shop.example/l", Callback: "https://shop.example/cb",
	}
}

func query(t *testing.T, raw string) url.Values {
	t.Helper()
	q, err := url.ParseQuery(raw)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func resign(q url.Values) {
	values := map[string]string{}
	for name := range q {
		values[name] = q.Get(name)
	}
	q.Set("signature", sign(secret, values, nil))
}
