package webhook

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/shoptest"
)

var november = time.Date(2026, 11, 22, 12, 0, 0, 0, catalog.Helsinki)

func clock() time.Time { return november }

// server takes orders as the README tells.
type server struct {
	t *testing.T

	mu       sync.Mutex
	taken    []shoptest.Taken
	more     catalog.Cents
	currency string
	recalls  map[string]recall // by id
	blind    bool              // takes what it counts otherwise, and tells so afterwards
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil || !Genuine(shoptest.Secret, r.Header.Get(Signature), body, november) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var back recall
	if err := json.Unmarshal(body, &back); err == nil && back.Event != "" {
		if s.recalls == nil {
			s.recalls = map[string]recall{}
		}
		s.recalls[back.ID] = back
		return
	}
	var o struct {
		ID       string        `json:"id"`
		Currency string        `json:"currency"`
		Total    catalog.Cents `json:"total"`
		Lines    []struct {
			Qty            catalog.Cents `json:"qty"`
			Unit, Discount catalog.Cents
		} `json:"lines"`
		Delivery struct{ Price catalog.Cents } `json:"delivery"`
		Payment  struct{ Fee catalog.Cents }   `json:"payment"`
	}
	if err := json.Unmarshal(body, &o); err != nil {
		s.t.Error(err)
	}
	count := o.Delivery.Price + o.Payment.Fee + s.more
	for _, l := range o.Lines {
		count += l.Unit*l.Qty - l.Discount
	}
	w.Header().Set("Content-Type", "application/json")
	refuse := func(why string) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		json.NewEncoder(w).Encode(map[string]any{"why": why, "total": count})
	}
	switch {
	case s.currency != o.Currency && !s.blind:
		refuse("currency")
		return
	case count != o.Total && !s.blind:
		refuse("total")
		return
	}
	outside := ""
	for _, is := range s.taken {
		if is.ID == o.ID {
			outside = is.Outside
		}
	}
	if outside == "" {
		outside = "M-" + o.ID
		s.taken = append(s.taken, shoptest.Taken{ID: o.ID, Outside: outside, Confirmed: count == o.Total && s.currency == o.Currency})
	}
	json.NewEncoder(w).Encode(map[string]any{"id": outside, "total": count, "currency": s.currency})
}

func (s *server) Orders() []shoptest.Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]shoptest.Taken(nil), s.taken...)
}

func (s *server) Recalled(outside string) (cancelled bool, back catalog.Cents) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.recalls {
		if r.Outside == outside {
			cancelled, back = cancelled || r.Event == "cancelled", back+r.Amount
		}
	}
	return cancelled, back
}

func (s *server) Count(more catalog.Cents) { s.more = more }
func (s *server) Sell(currency string)     { s.currency = currency }

func anOrder() catalog.Order {
	return catalog.Order{
		ID: "widget:1/5/0", Number: "T-482913", Placed: november, Paid: november, Lang: "fi", Currency: "EUR",
		Lines:    []catalog.OrderLine{{SKU: "KAAMOS-30", Title: "Kaamos", Qty: 2, Unit: 6490, Discount: 1298, VAT: 255}},
		Delivery: catalog.OrderDelivery{Method: "noutopiste", Name: "Nouto", Price: 490, Discount: 100},
		Payment:  "paytrail", PaymentFee: 50, Total: 2*6490 - 1298 + 390 + 50,
	}
}

func TestSystem(t *testing.T) {
	t.Parallel()
	for name, blind := range map[string]bool{"careful": false, "blind": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shoptest.Run(t, shoptest.System{
				Serve: func(t *testing.T) shoptest.Server { return &server{t: t, currency: "EUR", blind: blind} },
				Order: anOrder(),
				Push: func(address string) func(context.Context, catalog.Order) (string, error) {
					return New(address, shoptest.Secret, clock).Push
				},
				Recall: func(address string) func(context.Context, catalog.Order, catalog.Recall) error {
					return New(address, shoptest.Secret, clock).Recall
				},
			})
		})
	}
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(write(anOrder()))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"widget:1/5/0","order":"T-482913","reference":"4829135","placed":"2026-11-22T12:00:00+02:00","paid":"2026-11-22T12:00:00+02:00","lang":"fi",` +
		`"lines":[{"sku":"KAAMOS-30","title":"Kaamos","options":null,"qty":2,"unit":6490,"discount":1298,"vat":255}],` +
		`"delivery":{"method":"noutopiste","name":"Nouto","price":390},"payment":{"method":"paytrail","fee":50},` +
		`"contact":{"email":"","name":"","phone":""},"address":{"city":"","postcode":"","street":""},"currency":"EUR","total":12122}`
	if string(got) != want {
		t.Errorf("sent\n%s\nwant\n%s", got, want)
	}
	o := anOrder()
	o.Paid = time.Time{}
	if got, err := json.Marshal(write(o)); err != nil || !strings.Contains(string(got), `"paid":null`) {
		t.Errorf("unpaid: %s, %v", got, err)
	}
}

func TestNews(t *testing.T) {
	t.Parallel()
	const secret = "0123456789abcdef0123456789abcdef"
	read := func(body string, at time.Time) (catalog.News, error) {
		return News(secret, http.Header{Signature: {Sign(secret, at, []byte(body))}}, []byte(body), november)
	}
	for body, want := range map[string]catalog.News{
		`{"order":"T-482913","status":"shipped","tracking":"JJFI60000000000000001"}`: {Order: "T-482913", Status: catalog.Shipped, Tracking: "JJFI60000000000000001"},
		`{"order":"T-482913","status":"paid"}`:                                       {Order: "T-482913", Status: catalog.Paid},
		`{"order":"T-482913","tracking":"` + strings.Repeat("A", 60) + `"}`:          {Order: "T-482913", Tracking: strings.Repeat("A", 60)},
	} {
		for _, off := range []time.Duration{0, tolerance, -tolerance} {
			if n, err := read(body, november.Add(off)); err != nil || n != want {
				t.Errorf("%s at %v: %+v, %v", body, off, n, err)
			}
		}
		for _, off := range []time.Duration{tolerance + time.Second, -tolerance - time.Second} {
			if _, err := read(body, november.Add(off)); err != catalog.ErrForged {
				t.Errorf("%s at %v: %v", body, off, err)
			}
		}
	}
	for _, body := range []string{`{}`, `[]`, `{"order":"T-1","status":"placed"}`, `{"order":"T-1","tracking":"` + strings.Repeat("A", 61) + `"}`} {
		if n, err := read(body, november); err == nil || err == catalog.ErrForged {
			t.Errorf("%s: %+v, %v", body, n, err)
		}
	}
	// What is sent to the system and comes back as if the system told it says nothing.
	sent, err := json.Marshal(write(anOrder()))
	if err != nil {
		t.Fatal(err)
	}
	if n, err := read(string(sent), november); err != nil || n != (catalog.News{Order: "T-482913"}) {
		t.Errorf("an order sent back: %+v, %v", n, err)
	}
	body := []byte(`{"order":"T-1","status":"shipped"}`)
	good := Sign(secret, november, body)
	for name, signature := range map[string]string{
		"none": "", "another": Sign(secret+"x", november, body), "no time": strings.TrimPrefix(good, "t="), "no digest": strings.SplitN(good, ",", 2)[0],
		"another time": strings.Replace(good, "t=1", "t=2", 1), "not hex": good[:len(good)-1] + "g", "cut": good[:len(good)-2],
	} {
		if _, err := News(secret, http.Header{Signature: {signature}}, body, november); err != catalog.ErrForged {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := News("", http.Header{Signature: {Sign("", november, body)}}, body, november); err != catalog.ErrForged {
		t.Errorf("no secret: %v", err)
	}
}

// TestVector is the example of the README.
func TestVector(t *testing.T) {
	t.Parallel()
	got := Sign("olet-lukenut-tiskin-ohjeet-loppuun", time.Unix(1795341600, 0), []byte(`{"order":"T-482913","status":"shipped","tracking":"JJFI60000000000000001"}`))
	const want = "t=1795341600,v1=57c34c0f9fe52b95541ca7ecc2176020100fbcc12c7610d47a33ae3f421680d3"
	if got != want {
		t.Errorf("signed %s", got)
	}
}

func FuzzNews(f *testing.F) {
	f.Add(`{"order":"T-1","status":"shipped"}`, "t=1795341600,v1=00")
	f.Fuzz(func(t *testing.T, body, signature string) {
		if n, err := News("secret", http.Header{Signature: {signature}}, []byte(body), november); err == nil {
			t.Errorf("a forged %q tells %+v", body, n)
		}
		n, err := News("secret", http.Header{Signature: {Sign("secret", november, []byte(body))}}, []byte(body), november)
		if err == catalog.ErrForged || err == nil && n.Order == "" {
			t.Errorf("%q tells %+v, %v", body, n, err)
		}
	})
}
