package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Paytrail's public test merchant.
const (
	merchant       = "375917"
	merchantSecret = "SAIPPUAKAUPPIAS"
)

// trail is a Paytrail that checks signatures and takes each stamp once.
type trail struct {
	URL string

	t        *testing.T
	mu       sync.Mutex
	payments map[string]map[string]any // by transaction
	refunds  map[string]int64          // by stamp
	fail     int                       // answers of 500 to come
	last     string                    // transaction asked last
}

func startTrail(t *testing.T) *trail {
	t.Helper()
	p := &trail{t: t, payments: map[string]map[string]any{}, refunds: map[string]int64{}}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// settings are what turns payments by this Paytrail on.
func (p *trail) settings() []string {
	return []string{"PUBLIC_URL=https://shop.example", "PAYTRAIL_ACCOUNT=" + merchant, "PAYTRAIL_SECRET=" + merchantSecret, "PAYTRAIL_URL=" + p.URL}
}

func trailSign(values map[string]string, body []byte) string {
	h := hmac.New(sha256.New, []byte(merchantSecret))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(h, "%s:%s\n", name, values[name])
	}
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

func (p *trail) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Error(err)
	}
	values := map[string]string{}
	for name := range r.Header {
		if name := strings.ToLower(name); strings.HasPrefix(name, "checkout-") {
			values[name] = r.Header.Get(name)
		}
	}
	if trailSign(values, body) != r.Header.Get("signature") || values["checkout-account"] != merchant {
		p.t.Error("a request that the merchant did not sign")
	}
	if p.fail > 0 {
		p.fail--
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	status, answer := p.answer(r, body)
	document, err := json.Marshal(answer)
	if err != nil {
		p.t.Error(err)
	}
	w.Header().Set("checkout-account", merchant)
	w.Header().Set("signature", trailSign(map[string]string{"checkout-account": merchant}, document))
	w.WriteHeader(status)
	_, _ = w.Write(document)
}

func (p *trail) answer(r *http.Request, body []byte) (int, map[string]any) {
	var asked struct {
		Stamp       string
		Reference   string
		Amount      int64
		RefundStamp string
		Items       []struct{ UnitPrice, Units int64 }
		Redirect    struct{ Success string } `json:"redirectUrls"`
		Callback    struct{ Success string } `json:"callbackUrls"`
	}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &asked); err != nil {
			p.t.Error(err)
		}
	}
	id := strings.Split(strings.TrimPrefix(r.URL.Path, "/payments/"), "/")[0]
	switch {
	case r.Method == http.MethodPost && r.URL.Path == "/payments":
		var sum int64
		for _, i := range asked.Items {
			sum += i.UnitPrice * i.Units
		}
		for _, was := range p.payments {
			if was["stamp"] == asked.Stamp {
				p.t.Errorf("stamp %s is used again", asked.Stamp)
			}
		}
		if sum != asked.Amount || !strings.HasPrefix(asked.Redirect.Success, "https://shop.example/payments/paytrail/return/") ||
			asked.Callback.Success != "https://shop.example/payments/paytrail/callback" {
			p.t.Errorf("asked %s", body)
		}
		p.last = fmt.Sprintf("00000000-0000-4000-8000-%012d", len(p.payments)+1)
		p.payments[p.last] = map[string]any{
			"transactionId": p.last, "status": "new", "amount": asked.Amount, "currency": "EUR", "stamp": asked.Stamp, "reference": asked.Reference,
			"href": "https://pay.paytrail.example/" + p.last, "back": asked.Redirect.Success,
		}
		return http.StatusCreated, p.payments[p.last]
	case strings.HasSuffix(r.URL.Path, "/refund"):
		p.refunds[asked.RefundStamp] += asked.Amount
		return http.StatusCreated, map[string]any{"transactionId": id, "status": "ok"}
	}
	return http.StatusOK, p.payments[id]
}

// pays lets a customer pay what was asked last, "" being ok, and returns the
// query of its callback and where the browser is sent.
func (p *trail) pays(status string) (query, back string) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	is := p.payments[p.last]
	if is == nil {
		p.t.Fatal("nothing was asked")
	}
	is["status"] = status
	values := map[string]string{
		"checkout-account": merchant, "checkout-algorithm": "sha256", "checkout-amount": fmt.Sprint(is["amount"]), "checkout-stamp": is["stamp"].(string),
		"checkout-reference": is["reference"].(string), "checkout-transaction-id": p.last, "checkout-status": status, "checkout-provider": "nordea",
	}
	q := url.Values{"signature": {trailSign(values, nil)}}
	for name, value := range values {
		q.Set(name, value)
	}
	return q.Encode(), strings.TrimPrefix(is["back"].(string), "https://shop.example")
}

func (p *trail) refunded() (sum int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, amount := range p.refunds {
		sum += amount
	}
	return sum
}

// has is what has been paid and not been given back.
func (p *trail) has() (sum int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, is := range p.payments {
		if is["status"] == "ok" {
			sum += is["amount"].(int64)
		}
	}
	for _, amount := range p.refunds {
		sum -= amount
	}
	return sum
}
