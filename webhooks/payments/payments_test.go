package payments_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v86"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/store"
	"tiski/catalog"
	"tiski/catalog/payment/paytrail"
	payment "tiski/catalog/payment/stripe"
	"tiski/webhooks"
	"tiski/webhooks/payments"
)

const (
	account = "375917"
	secret  = "SAIPPUAKAUPPIAS" // of Paytrail's public test merchant
	hook    = "whsec_test"
)

// heard is what the door hands on.
type heard struct {
	conversations []string
	inputs        []bot.Input
	err           error
}

func (h *heard) Handle(_ context.Context, conversation string, in bot.Input) (bot.Turn, error) {
	h.conversations, h.inputs = append(h.conversations, conversation), append(h.inputs, in)
	return bot.Turn{}, h.err
}

// door is the door with an order that awaits payment, charged by both providers.
type door struct {
	*heard
	t     *testing.T
	web   *httptest.Server
	store *store.Store
	order catalog.Order
	log   *strings.Builder
}

func open(t *testing.T) *door {
	t.Helper()
	d := &door{t: t, heard: &heard{}, log: &strings.Builder{}}
	var err error
	if d.store, err = store.Open(t.Context(), store.Memory); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.store.Close() })
	d.order, err = d.store.Place(t.Context(), catalog.Order{
		ID: "widget:1/5/0", Conversation: "widget:1", Total: 1290, Currency: "EUR", ReservedUntil: time.Now().Add(time.Hour),
		Lines: []catalog.OrderLine{{SKU: "A", Qty: 1, Unit: 1290}}, Contact: catalog.Contact{Name: "Maija Meikäläinen", Email: "maija@example.fi"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range []string{"paytrail", "stripe"} {
		if _, _, err := d.store.BeginPayment(t.Context(), "charge-"+provider, d.order.Number, "bank", provider); err != nil {
			t.Fatal(err)
		}
	}
	trail, err := paytrail.New(paytrail.Options{Account: account, Secret: secret, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	card, err := payment.New(payment.Options{Key: "sk_test", WebhookSecret: hook})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(d.log, nil))
	server := webhooks.New(webhooks.Options{Log: log})
	server.Mount(payments.New(payments.Options{Handler: d.heard, Charges: d.store, Paytrail: trail, Stripe: card, Log: log}))
	d.web = httptest.NewServer(server)
	t.Cleanup(d.web.Close)
	return d
}

// signed is a callback as Paytrail sends it, after spoil.
func signed(spoil func(url.Values)) string {
	q := url.Values{
		"checkout-account": {account}, "checkout-algorithm": {"sha256"}, "checkout-amount": {"1290"}, "checkout-stamp": {"charge-paytrail"},
		"checkout-reference": {"T-1"}, "checkout-transaction-id": {"tx-1"}, "checkout-status": {"ok"}, "checkout-provider": {"nordea"},
	}
	if spoil != nil {
		spoil(q)
	}
	h := hmac.New(sha256.New, []byte(secret))
	for _, name := range slices.Sorted(maps.Keys(q)) {
		fmt.Fprintf(h, "%s:%s\n", name, q.Get(name))
	}
	q.Set("signature", hex.EncodeToString(h.Sum(nil)))
	return q.Encode()
}

func (d *door) get(path string) *http.Response {
	d.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.Get(d.web.URL + path)
	if err != nil {
		d.t.Fatal(err)
	}
	r.Body.Close()
	return r
}

func set(name, value string) func(url.Values) {
	return func(q url.Values) { q.Set(name, value) }
}

func TestPaytrailTells(t *testing.T) {
	t.Parallel()
	d := open(t)
	for status, want := range map[string]catalog.PaymentState{"ok": catalog.PaymentPaid, "pending": catalog.PaymentPending, "delayed": catalog.PaymentPending, "fail": catalog.PaymentFailed} {
		d.inputs = nil
		if r := d.get("/payments/paytrail/callback?" + signed(set("checkout-status", status))); r.StatusCode != http.StatusOK || len(d.inputs) != 1 {
			t.Fatalf("%s: %d, %d inputs", status, r.StatusCode, len(d.inputs))
		}
		told, ok := d.inputs[0].What.(dialogue.PaymentTold)
		if !ok || told.Payment.State != want || told.Payment.Charge != "charge-paytrail" || told.Payment.Amount != 1290 || told.Payment.Method != "nordea" {
			t.Errorf("%s: %+v", status, d.inputs[0])
		}
		if id := "payment/paytrail/tx-1/" + string(want); d.inputs[0].ID != id {
			t.Errorf("the input is %s, want %s", d.inputs[0].ID, id)
		}
	}
	if slices.ContainsFunc(d.conversations, func(c string) bool { return c != "widget:1" }) {
		t.Errorf("told to %q", d.conversations)
	}
}

func TestWhatPaytrailDidNotSign(t *testing.T) {
	t.Parallel()
	d := open(t)
	good := signed(nil)
	for name, query := range map[string]string{
		"nothing":              "",
		"another amount":       strings.Replace(good, "amount=1290", "amount=1", 1),
		"another stamp":        strings.Replace(good, "charge-paytrail", "charge-other", 1),
		"another status":       strings.Replace(signed(set("checkout-status", "fail")), "status=fail", "status=ok", 1),
		"no signature":         good[:strings.Index(good, "signature=")],
		"another account":      signed(set("checkout-account", "695861")),
		"another algorithm":    signed(set("checkout-algorithm", "none")),
		"a parameter twice":    good + "&checkout-status=ok",
		"a parameter more":     good + "&checkout-provider-x=1",
		"an unknown status":    signed(set("checkout-status", "new-word")),
		"an amount of letters": signed(set("checkout-amount", "x")),
	} {
		for _, path := range []string{"/payments/paytrail/callback?", "/payments/paytrail/refund?", "/payments/paytrail/return/" + d.order.Token + "?"} {
			if r := d.get(path + query); r.StatusCode != http.StatusUnauthorized {
				t.Errorf("%s at %s: %d", name, path[:20], r.StatusCode)
			}
		}
	}
	if len(d.inputs) != 0 {
		t.Errorf("handed on: %+v", d.inputs)
	}
}

func TestTheWayBack(t *testing.T) {
	t.Parallel()
	d := open(t)
	r := d.get("/payments/paytrail/return/" + d.order.Token + "?" + signed(nil))
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/o/"+d.order.Token || r.Header.Get("Referrer-Policy") != "no-referrer" || len(d.inputs) != 1 {
		t.Errorf("%d to %s, %d inputs", r.StatusCode, r.Header.Get("Location"), len(d.inputs))
	}
	if r := d.get("/payments/stripe/return/" + d.order.Token); r.Header.Get("Location") != "/o/"+d.order.Token {
		t.Errorf("%d to %s", r.StatusCode, r.Header.Get("Location"))
	}
	for _, token := range []string{"x", "..%2Fconsole", "%2F%2Fevil.example", strings.Repeat("A", 41)} {
		if r := d.get("/payments/stripe/return/" + token); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d to %s", token, r.StatusCode, r.Header.Get("Location"))
		}
	}
}

// event sends a signed event of Stripe.
func (d *door) event(kind, charge, secret string) int {
	d.t.Helper()
	return d.stripeTells(kind, fmt.Sprintf(`{"id":"cs_1","object":"checkout.session","metadata":{"charge":%q},"client_reference_id":"charge-stripe","amount_total":1290,"currency":"eur","status":"complete","payment_status":"paid"}`, charge), secret)
}

// stripeTells sends a signed event of Stripe about an object.
func (d *door) stripeTells(kind, of, secret string) int {
	d.t.Helper()
	body := fmt.Sprintf(`{"id":"evt_1","object":"event","type":%q,"data":{"object":%s}}`, kind, of)
	s := stripe.GenerateTestSignedPayload(&stripe.UnsignedPayload{Payload: []byte(body), Secret: secret})
	r, err := http.NewRequest(http.MethodPost, d.web.URL+"/payments/stripe", strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	r.Header.Set("Stripe-Signature", s.Header)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

func TestStripeTells(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, c := range []struct {
		kind, charge, secret string
		status, inputs       int
	}{
		{"checkout.session.completed", "charge-stripe", hook, http.StatusOK, 1},
		{"charge.succeeded", "charge-stripe", hook, http.StatusOK, 0}, // of other things
		{"checkout.session.completed", "charge-stripe", "whsec_other", http.StatusBadRequest, 0},
		{"checkout.session.completed", "charge-paytrail", hook, http.StatusOK, 0}, // not its own
		{"checkout.session.completed", "nobody's", hook, http.StatusOK, 0},
	} {
		d.inputs = nil
		if got := d.event(c.kind, c.charge, c.secret); got != c.status || len(d.inputs) != c.inputs {
			t.Errorf("%+v: %d, %d inputs", c, got, len(d.inputs))
		}
	}
	if !strings.Contains(d.log.String(), "nobody made") {
		t.Errorf("a strange charge is not in the log: %s", d.log)
	}
	for _, secret := range []string{"Maija", "maija@", d.order.Token} {
		if strings.Contains(d.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

// The sender tries again when it was not committed.
func TestWhileAStoreIsAway(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.err = errors.New("Redis is away")
	if r := d.get("/payments/paytrail/callback?" + signed(nil)); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d", r.StatusCode)
	}
	if got := d.event("checkout.session.completed", "charge-stripe", hook); got != http.StatusServiceUnavailable {
		t.Errorf("%d", got)
	}
	d.err = bot.ErrUnfit // it would be so again
	if r := d.get("/payments/paytrail/callback?" + signed(nil)); r.StatusCode != http.StatusOK {
		t.Errorf("unfit: %d", r.StatusCode)
	}
	d.err = nil
	d.store.Close()
	if r := d.get("/payments/paytrail/callback?" + signed(nil)); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("without SQL: %d", r.StatusCode)
	}
}

// refundAddress is where Paytrail is asked to tell of a refund.
func (d *door) refundAddress(r catalog.Refund) string {
	d.t.Helper()
	var asked struct {
		Callback struct{ Cancel string } `json:"callbackUrls"`
	}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			d.t.Error(err)
		}
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer api.Close()
	trail, err := paytrail.New(paytrail.Options{Account: account, Secret: secret, URL: api.URL, Client: api.Client(), Clock: time.Now})
	if err != nil {
		d.t.Fatal(err)
	}
	r.Done = "/payments/paytrail/refund"
	if _, err := trail.Refund(d.t.Context(), r); err == nil || asked.Callback.Cancel == "" {
		d.t.Fatalf("%+v, %v", asked, err)
	}
	return asked.Callback.Cancel
}

// cancelPaid has the order paid through a provider, and then cancelled.
func (d *door) cancelPaid(provider, id string) {
	d.t.Helper()
	if _, err := d.store.SettlePayment(d.t.Context(), "told", catalog.Payment{
		Provider: provider, ID: id, Charge: "charge-" + provider, State: catalog.PaymentPaid, Amount: 1290, Currency: "EUR",
	}); err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.store.Advance(d.t.Context(), d.order.Number, catalog.Cancelled, "test", time.Now()); err != nil {
		d.t.Fatal(err)
	}
}

func TestARefundThatFailsAtTheBank(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.cancelPaid("paytrail", "tx-1")
	refunds := func() []bot.RefundDue {
		t.Helper()
		due, err := d.store.ClaimRefunds(t.Context(), time.Now().Add(-time.Second), 10)
		if err != nil || len(due) != 1 {
			t.Fatalf("%d refunds, %v", len(due), err)
		}
		return due
	}
	r := refunds()[0]
	address := d.refundAddress(r.Refund)
	fails := address + "&" + signed(set("checkout-status", "fail"))
	for _, c := range []struct {
		before func()
		path   string
		want   bot.RefundState
	}{
		{func() {}, fails, bot.RefundWaits}, // it was not made
		{func() {
			if err := d.store.NoteRefund(t.Context(), r.ID, bot.RefundMade, time.Time{}, ""); err != nil {
				t.Fatal(err)
			}
		}, strings.Replace(fails, "status=fail", "status=ok", 1), bot.RefundMade}, // not signed
		{func() {}, address + "&" + signed(nil), bot.RefundMade},
		// A customer who has the callback of a payment that failed.
		{func() {}, strings.Replace(fails, "proof=", "prof=", 1), bot.RefundMade},
		{func() {}, fails, bot.RefundGivenUp},
	} {
		c.before()
		d.get(c.path)
		if got := refunds()[0].State; got != c.want {
			t.Errorf("after %.60s: %s, want %s", c.path, got, c.want)
		}
	}
	if len(d.inputs) != 0 {
		t.Errorf("handed on: %+v", d.inputs)
	}
}

func TestARefundOfStripeThatFails(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.cancelPaid("stripe", "cs_1")
	due, err := d.store.ClaimRefunds(t.Context(), time.Now().Add(-time.Second), 10)
	if err != nil || len(due) != 1 {
		t.Fatalf("%+v, %v", due, err)
	}
	if err := d.store.NoteRefund(t.Context(), due[0].ID, bot.RefundMade, time.Time{}, ""); err != nil {
		t.Fatal(err)
	}
	of := fmt.Sprintf(`{"id":"re_1","object":"refund","status":"failed","metadata":{"refund":%q}}`, due[0].ID)
	if got := d.stripeTells("refund.failed", of, "whsec_other"); got != http.StatusBadRequest {
		t.Errorf("another's: %d", got)
	}
	for want, of := range []string{`{"id":"re_2","object":"refund","status":"failed"}`, of} {
		if got := d.stripeTells("refund.failed", of, hook); got != http.StatusOK {
			t.Errorf("%d", got)
		}
		snags, err := d.store.Snags(t.Context(), 10)
		if err != nil || len(snags) != want {
			t.Errorf("%s: %+v, %v", of, snags, err)
		}
	}
}
