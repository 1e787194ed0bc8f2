package stripe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v86"

	"tiski/catalog"
)

const hook = "whsec_test_secret"

// TestAgainstStripeMock lets Stripe's own description of its API judge what is
// sent. stripe-mock keeps nothing: it answers with samples.
func TestAgainstStripeMock(t *testing.T) {
	t.Parallel()
	p := provider(t, mock(t))
	c := charge()
	got, err := p.Ask(t.Context(), c)
	if err != nil || got.State != catalog.PaymentOpen || got.Charge != c.ID || !strings.HasPrefix(got.Link, "https://") {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := p.Look(t.Context(), "cs_test_1"); err != nil {
		t.Error(err)
	}
	if err := p.Close(t.Context(), "cs_test_1"); err != nil {
		t.Error(err)
	}
	c = charge()
	c.Lang = "savo"
	var refused *catalog.PaymentRefused
	if _, err := p.Ask(t.Context(), c); !errors.As(err, &refused) {
		t.Errorf("a language that Stripe does not speak: %v", err)
	}
}

func TestAsk(t *testing.T) {
	t.Parallel()
	var form map[string][]string
	var keys []string
	api := server(t, func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		form = r.PostForm
		keys = append(keys, r.Header.Get("Idempotency-Key"))
		_, _ = io.WriteString(w, `{"id":"cs_1","object":"checkout.session","url":"https://checkout.stripe.com/c/cs_1"}`)
	})
	p := provider(t, api)
	for range 2 {
		got, err := p.Ask(t.Context(), charge())
		if err != nil || got.ID != "cs_1" || got.Amount != 4270 {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if len(keys) != 2 || keys[0] != keys[1] || keys[0] == "" {
		t.Errorf("idempotency keys %q", keys)
	}
	for name, want := range map[string]string{
		"mode": "payment", "client_reference_id": "widget:1/5/0.1", "locale": "fi", "customer_email": "m@example.fi",
		"line_items[0][price_data][unit_amount]": "1890", "line_items[0][quantity]": "2", "line_items[1][price_data][unit_amount]": "490",
		"line_items[1][price_data][currency]": "eur", "metadata[charge]": "widget:1/5/0.1", "payment_intent_data[metadata][charge]": "widget:1/5/0.1",
		"expires_at": fmt.Sprint(made.Add(31 * time.Minute).Unix()), // it would expire sooner than Stripe allows
	} {
		if got := form[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestADiscountMakesOneLine(t *testing.T) {
	t.Parallel()
	c := charge()
	c.Lines = append(c.Lines, catalog.ChargeLine{Code: "discount", Title: "Tervetuloa", Unit: -500, Qty: 1, VAT: 255})
	c.Total -= 500
	all, err := lines(c)
	if err != nil || len(all) != 1 || *all[0].PriceData.UnitAmount != 3770 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestChargesThatCannotBe(t *testing.T) {
	t.Parallel()
	of := func(total catalog.Cents) catalog.Charge {
		return catalog.Charge{Total: total, Currency: "EUR", Lines: []catalog.ChargeLine{{Title: "Villasukat", Unit: total, Qty: 1}}}
	}
	for _, total := range []catalog.Cents{1, maxAmount} {
		if _, err := lines(of(total)); err != nil {
			t.Errorf("%d cents: %v", total, err)
		}
	}
	wrong, crowns := of(1290), of(1290)
	wrong.Total++
	crowns.Currency = "SEK"
	for name, c := range map[string]catalog.Charge{"nothing": of(0), "too much": of(maxAmount + 1), "less than nothing": of(-1), "another sum": wrong, "crowns": crowns} {
		var refused *catalog.PaymentRefused
		if _, err := provider(t, "").Ask(t.Context(), c); !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bool{400: true, 402: true, 404: true, 409: false, 429: false, 500: false, 503: false} {
		api := server(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Stripe-Should-Retry", "false")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, `{"error":{"type":"invalid_request_error","code":"email_invalid","param":"customer_email","message":"Invalid email address: ville@"}}`)
		})
		_, err := provider(t, api).Ask(t.Context(), charge())
		var refused *catalog.PaymentRefused
		if err == nil || errors.As(err, &refused) != want || strings.Contains(err.Error(), "sk_test") || strings.Contains(err.Error(), "ville") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestRefund(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]catalog.PaymentState{"succeeded": catalog.PaymentRefunded, "pending": catalog.PaymentPending, "failed": catalog.PaymentFailed} {
		api := server(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				_, _ = io.WriteString(w, `{"id":"cs_1","object":"checkout.session","payment_intent":"pi_1"}`)
				return
			}
			if err := r.ParseForm(); err != nil || r.PostForm.Get("payment_intent") != "pi_1" || r.PostForm.Get("amount") != "500" || r.Header.Get("Idempotency-Key") != "refund-case-1" {
				t.Errorf("%v, %v", r.PostForm, err)
			}
			_, _ = io.WriteString(w, `{"id":"re_1","object":"refund","status":"`+status+`"}`)
		})
		got, err := provider(t, api).Refund(t.Context(), catalog.Refund{ID: "case-1", Payment: "cs_1", Amount: 500})
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", status, got, err)
		}
	}
	api := server(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"id":"cs_1","object":"checkout.session"}`)
	})
	if _, err := provider(t, api).Refund(t.Context(), catalog.Refund{ID: "case-1", Payment: "cs_1", Amount: 500}); err == nil {
		t.Error("money that was never paid is given back")
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	p := provider(t, "")
	for _, c := range []struct {
		kind, session string
		want          catalog.PaymentState // "": an event of other things
	}{
		{"checkout.session.completed", `"status":"complete","payment_status":"paid"`, catalog.PaymentPaid},
		{"checkout.session.completed", `"status":"complete","payment_status":"unpaid"`, catalog.PaymentPending},
		{"checkout.session.async_payment_succeeded", `"status":"complete","payment_status":"paid"`, catalog.PaymentPaid},
		{"checkout.session.async_payment_failed", `"status":"complete","payment_status":"unpaid"`, catalog.PaymentFailed},
		{"checkout.session.expired", `"status":"expired","payment_status":"unpaid"`, catalog.PaymentExpired},
		{"charge.succeeded", `"amount":1`, ""},
	} {
		body := fmt.Sprintf(`{"id":"evt_1","object":"event","type":%q,"data":{"object":{"id":"cs_1","metadata":{"charge":"c-1"},"client_reference_id":"c-2","amount_total":3770,"currency":"eur",%s}}}`, c.kind, c.session)
		signed := stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: []byte(body), Secret: hook})
		got, ok, err := p.Event(signed.Payload, signed.Header)
		if err != nil || ok != (c.want != "") {
			t.Errorf("%s: %v, %v", c.kind, ok, err)
			continue
		}
		if ok && (got.State != c.want || got.Charge != "c-1" || got.Amount != 3770 || got.Currency != "EUR") {
			t.Errorf("%s: %+v", c.kind, got)
		}
	}
}

func TestForgedEvents(t *testing.T) {
	t.Parallel()
	p := provider(t, "")
	body := []byte(`{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"payment_status":"paid"}}}`)
	late := stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: body, Secret: hook, Timestamp: time.Now().Add(-301 * time.Second)})
	strange := stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: body, Secret: "whsec_another"})
	good := stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: body, Secret: hook})
	for name, c := range map[string]struct {
		body   []byte
		header string
	}{
		"unsigned":         {body, ""},
		"a second too old": {body, late.Header},
		"another's secret": {body, strange.Header},
		"another body":     {append([]byte(" "), body...), good.Header},
		"a header of air":  {body, "t=,v1="},
	} {
		if _, _, err := p.Event(c.body, c.header); !errors.Is(err, ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The vector of Stripe's documentation, computed by hand.
func TestSignatureIsThePublishedOne(t *testing.T) {
	t.Parallel()
	got := stripe.ComputeSignature(time.Unix(1700000000, 0), []byte(`{"id":"evt_test"}`), hook)
	if want := "13941114bb88ac44a76abcfddea5b92aa6182a4b63d8be3aae908a616083bd7e"; fmt.Sprintf("%x", got) != want {
		t.Errorf("%x, want %s", got, want)
	}
}

var made = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func charge() catalog.Charge {
	return catalog.Charge{
		ID: "widget:1/5/0.1", Reference: "1001", Total: 4270, Currency: "EUR", Lang: "fi", Made: made, Expires: made.Add(15 * time.Minute),
		Lines: []catalog.ChargeLine{
			{Code: "A", Title: "Villasukat", Unit: 1890, Qty: 2, VAT: 255},
			{Code: "delivery", Title: "Nouto noutopisteestä", Unit: 490, Qty: 1, VAT: 255},
		},
		Contact: catalog.Contact{Name: "Maija Meikäläinen", Email: "m@example.fi"},
		Paid:    "https://shop.example/p", Left: "https://shop.example/l",
	}
}

func provider(t *testing.T, address string) *Provider {
	t.Helper()
	p, err := New(Options{Key: "sk_test_1", WebhookSecret: hook, URL: address, Client: &http.Client{Timeout: time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func server(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return s.URL
}

// mock starts stripe-mock on a free port and waits until it answers.
func mock(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("stripe-mock")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("stripe-mock is not installed")
		}
		t.Skip("stripe-mock is not installed: go install github.com/stripe/stripe-mock@v0.203.0")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	free.Close()
	_, port, _ := net.SplitHostPort(addr)
	ctx, cancel := context.WithCancel(context.Background())
	run := exec.CommandContext(ctx, program, "-http-addr", "127.0.0.1:"+port)
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); _ = run.Wait() })
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		c, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			c.Close()
			return "http://" + addr
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("stripe-mock does not answer")
	return ""
}

// What Stripe has signed is read or refused, whatever it is, and nothing that
// another has.
func FuzzEvent(f *testing.F) {
	for _, seed := range []string{
		`{"id":"evt_1","object":"event","type":"checkout.session.completed","data":{"object":{"id":"cs_1","payment_status":"paid","amount_total":1290,"currency":"eur","metadata":{"charge":"widget:1/5/0.1"}}}}`,
		`{"object":"event","type":"checkout.session.expired","data":{"object":null}}`, `{"object":"event","type":"checkout.session.completed"}`, `{"object":"event","type":"checkout.session.completed","data":null}`,
		`{"type":"checkout.session.async_payment_failed","data":{"object":{"metadata":null,"customer":{"id":1}}}}`, `{"object":"v2.core.event","type":"x"}`, `null`, `[]`, ``,
	} {
		f.Add([]byte(seed))
	}
	p, err := New(Options{Key: "sk_test_1", WebhookSecret: hook})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, ok, err := p.Event(body, stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: body, Secret: hook}).Header)
		if ok && (err != nil || got.Provider != Name || got.State == "") || !ok && got != (catalog.Payment{}) {
			t.Errorf("%q is read as %+v, %v, %v", body, got, ok, err)
		}
		if got, ok, err := p.Event(body, stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: body, Secret: "whsec_another"}).Header); ok || !errors.Is(err, ErrForged) {
			t.Errorf("%q of another is read as %+v, %v", body, got, err)
		}
	})
}
