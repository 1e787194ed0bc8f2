// Package paytrail takes payments through Paytrail, a Finnish payment provider:
// online banks, cards, MobilePay, invoices. A charge becomes a page of
// Paytrail's where the customer pays; Paytrail tells by callback what happened.
// Source: Paytrail Payment API 2.0, docs.paytrail.com.
package paytrail

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tiski/catalog"
)

// Name is the provider's name in orders and payments.
const Name = "paytrail"

// Limits of the API, and how much of an answer is read.
const (
	maxAmount = 99_999_998 // cents
	maxAnswer = 1 << 20
)

// Options say as whom to take payments.
type Options struct {
	Account string // merchant id
	Secret  string // of the merchant
	URL     string // of the API; "": https://services.paytrail.com
	Client  *http.Client
	Clock   func() time.Time
}

// Provider is a merchant's account at Paytrail.
type Provider struct{ o Options }

// New returns a provider. It asks nothing of Paytrail yet.
func New(o Options) (*Provider, error) {
	if o.Account == "" || o.Secret == "" {
		return nil, errors.New("paytrail: account and secret are needed")
	}
	o.URL = strings.TrimSuffix(cmp.Or(o.URL, "https://services.paytrail.com"), "/")
	return &Provider{o}, nil
}

// Name returns "paytrail".
func (p *Provider) Name() string { return Name }

// payment is the body of POST /payments.
type payment struct {
	Stamp     string    `json:"stamp"`
	Reference string    `json:"reference"`
	Amount    int64     `json:"amount"`
	Currency  string    `json:"currency"`
	Language  string    `json:"language"`
	Items     []item    `json:"items"`
	Customer  customer  `json:"customer"`
	Delivery  *address  `json:"deliveryAddress,omitempty"`
	Redirect  addresses `json:"redirectUrls"`
	Callback  addresses `json:"callbackUrls"`
}

type item struct {
	UnitPrice   int64       `json:"unitPrice"`
	Units       int         `json:"units"`
	VAT         json.Number `json:"vatPercentage"`
	ProductCode string      `json:"productCode"`
	Description string      `json:"description,omitempty"`
}

type customer struct {
	Email     string `json:"email"`
	FirstName string `json:"firstName,omitempty"`
	LastName  string `json:"lastName,omitempty"`
	Phone     string `json:"phone,omitempty"`
}

type address struct {
	Street   string `json:"streetAddress"`
	Postcode string `json:"postalCode"`
	City     string `json:"city"`
	Country  string `json:"country"`
}

type addresses struct {
	Success string `json:"success"`
	Cancel  string `json:"cancel"`
}

// Ask makes a page where the customer pays a charge. A charge that Paytrail
// cannot take – another currency than EUR, a sum out of range, lines that do not
// add up – is an error before anything is sent; an answer that refuses is a
// [*catalog.PaymentRefused]. Paytrail takes each charge's ID once: who asks again after an
// unknown outcome asks with a new ID.
func (p *Provider) Ask(ctx context.Context, c catalog.Charge) (catalog.Payment, error) {
	body, err := p.body(c)
	if err != nil {
		return catalog.Payment{}, &catalog.PaymentRefused{Provider: Name, Message: fmt.Sprintf("charge %s is not asked: %v", c.ID, err)}
	}
	var made struct {
		TransactionID string `json:"transactionId"`
		Href          string `json:"href"`
	}
	if err := p.call(ctx, http.MethodPost, "/payments", "", body, &made); err != nil {
		return catalog.Payment{}, fmt.Errorf("paytrail: charge %s: %w", c.ID, err)
	}
	if made.TransactionID == "" || !strings.HasPrefix(made.Href, "https://") {
		return catalog.Payment{}, fmt.Errorf("paytrail: charge %s: the answer has no page to pay at", c.ID)
	}
	return catalog.Payment{
		Provider: Name, ID: made.TransactionID, Charge: c.ID, State: catalog.PaymentOpen,
		Amount: c.Total, Currency: c.Currency, Link: made.Href,
	}, nil
}

func (p *Provider) body(c catalog.Charge) ([]byte, error) {
	switch {
	case c.Currency != "EUR":
		return nil, fmt.Errorf("the currency is %q, only EUR can be paid", c.Currency)
	case c.Total < 1 || c.Total > maxAmount:
		return nil, fmt.Errorf("%d cents are not between 1 and %d", c.Total, maxAmount)
	}
	b := payment{
		Stamp: c.ID, Reference: c.Reference, Amount: int64(c.Total), Currency: c.Currency, Language: language(c.Lang),
		Redirect: addresses{c.Paid, c.Left}, Callback: addresses{c.Callback, c.Callback},
	}
	first, last := c.Contact.Names()
	b.Customer = customer{Email: c.Contact.Email, FirstName: limited(first, 50), LastName: limited(last, 50), Phone: c.Contact.Phone}
	if c.Address != (catalog.Address{}) {
		b.Delivery = &address{limited(c.Address.Street, 50), c.Address.Postcode, limited(c.Address.City, 30), "FI"}
	}
	var sum catalog.Cents
	for _, l := range c.Lines {
		sum += l.Unit * catalog.Cents(l.Qty)
		b.Items = append(b.Items, item{
			UnitPrice: int64(l.Unit), Units: l.Qty, VAT: json.Number(fmt.Sprintf("%d.%d", l.VAT/10, l.VAT%10)),
			ProductCode: limited(l.Code, 100), Description: limited(l.Title, 1000),
		})
	}
	if sum != c.Total {
		return nil, fmt.Errorf("the lines add up to %d cents, not %d", sum, c.Total)
	}
	return json.Marshal(b)
}

// language is one of Paytrail's three.
func language(lang string) string {
	switch lang {
	case "sv":
		return "SV"
	case "en":
		return "EN"
	}
	return "FI"
}

// Look asks how a payment stands.
func (p *Provider) Look(ctx context.Context, id string) (catalog.Payment, error) {
	var found struct {
		TransactionID string `json:"transactionId"`
		Status        string `json:"status"`
		Amount        int64  `json:"amount"`
		Currency      string `json:"currency"`
		Stamp         string `json:"stamp"`
		Provider      string `json:"provider"`
		Href          string `json:"href"`
	}
	if err := p.call(ctx, http.MethodGet, "/payments/"+url.PathEscape(id), id, nil, &found); err != nil {
		return catalog.Payment{}, fmt.Errorf("paytrail: payment %s: %w", id, err)
	}
	state, err := state(found.Status)
	if err != nil || found.TransactionID != id {
		return catalog.Payment{}, fmt.Errorf("paytrail: payment %s: the answer is of %q: %w", id, found.TransactionID, err)
	}
	return catalog.Payment{
		Provider: Name, ID: id, Charge: found.Stamp, State: state, Amount: catalog.Cents(found.Amount),
		Currency: found.Currency, Method: found.Provider, Link: found.Href,
	}, nil
}

// state translates Paytrail's word.
func state(status string) (catalog.PaymentState, error) {
	switch status {
	case "new":
		return catalog.PaymentOpen, nil
	case "ok":
		return catalog.PaymentPaid, nil
	case "pending", "delayed":
		return catalog.PaymentPending, nil
	case "fail":
		return catalog.PaymentFailed, nil
	}
	return "", fmt.Errorf("unknown status %q", status)
}

// Refund gives money back. Its ID is Paytrail's refundStamp, unique at the
// merchant; that a second refund with the same stamp is refused is documented of
// payments only, and not verified of refunds. Paytrail never gives back more than
// was paid. A refund whose provider cannot give it is a
// [*catalog.PaymentRefused]; staff then pay it by hand.
func (p *Provider) Refund(ctx context.Context, r catalog.Refund) (catalog.PaymentState, error) {
	done := p.refundAddress(r)
	body, err := json.Marshal(struct {
		Amount    int64     `json:"amount"`
		Email     string    `json:"email,omitempty"`
		Stamp     string    `json:"refundStamp"`
		Reference string    `json:"refundReference"`
		Callback  addresses `json:"callbackUrls"`
	}{int64(r.Amount), r.Email, r.ID, limited(r.ID, 200), addresses{done, done}})
	if err != nil {
		return "", fmt.Errorf("paytrail: refund %s: %w", r.ID, err)
	}
	var made struct {
		Status string `json:"status"`
	}
	if err := p.call(ctx, http.MethodPost, "/payments/"+url.PathEscape(r.Payment)+"/refund", r.Payment, body, &made); err != nil {
		return "", fmt.Errorf("paytrail: refund %s: %w", r.ID, err)
	}
	got, err := state(made.Status)
	switch {
	case err != nil:
		return "", fmt.Errorf("paytrail: refund %s: %w", r.ID, err)
	case got == catalog.PaymentPaid:
		return catalog.PaymentRefunded, nil
	}
	return got, nil
}

// call sends one signed request and reads the signed answer.
func (p *Provider) call(ctx context.Context, method, path, transaction string, body []byte, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, p.o.URL+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	values := map[string]string{
		"checkout-account":   p.o.Account,
		"checkout-algorithm": algorithm,
		"checkout-method":    method,
		"checkout-nonce":     rand.Text(),
		"checkout-timestamp": p.o.Clock().UTC().Format("2006-01-02T15:04:05.000Z"),
	}
	if transaction != "" {
		values["checkout-transaction-id"] = transaction
	}
	for name, value := range values {
		req.Header.Set(name, value)
	}
	req.Header.Set("signature", sign(p.o.Secret, values, body))
	req.Header.Set("platform-name", "custom-tiski")
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := p.o.Client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests {
		return fmt.Errorf("answered %d (request %s)", res.StatusCode, res.Header.Get("request-id"))
	}
	if res.StatusCode >= 300 {
		var told struct{ Message string }
		_ = json.Unmarshal(answer, &told) // a page of HTML has no message
		return &catalog.PaymentRefused{Provider: Name, Status: res.StatusCode, Message: cmp.Or(told.Message, http.StatusText(res.StatusCode))}
	}
	signed := map[string]string{}
	for name := range res.Header {
		signed[strings.ToLower(name)] = res.Header.Get(name)
	}
	if !genuine(p.o.Secret, signed, answer, res.Header.Get("signature")) {
		return fmt.Errorf("the answer is not signed by Paytrail (request %s)", res.Header.Get("request-id"))
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}

// limited keeps the first n characters.
func limited(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
