// Package webhook hands orders over to any system that takes signed JSON by
// HTTP, and reads what it tells of them, signed the same way. The README has an
// example of both.
//
// A body is signed in the header Tiski-Signature: t=SECONDS,v1=HEX, where HEX is
// the HMAC-SHA256 of SECONDS, a dot and the body.
package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// Signature is the header of the signature.
const Signature = "Tiski-Signature"

// tolerance is how far the time of a signature may be from now.
const tolerance = 5 * time.Minute

// System is one that takes orders at an address.
type System struct {
	address string
	caller  *call.Caller
}

// New returns a system at an address; a secret of at least 32 characters signs
// what is sent to it.
func New(address, secret string, clock func() time.Time) *System {
	return &System{address: address, caller: call.New(func(r *http.Request, body []byte) {
		r.Header.Set(Signature, Sign(secret, clock(), body))
	})}
}

// Sign is the signature of a body, made at this time.
func Sign(secret string, at time.Time, body []byte) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	return "t=" + seconds + ",v1=" + hex.EncodeToString(digest(secret, seconds, body))
}

func digest(secret, seconds string, body []byte) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(seconds + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

// order is what is sent. Amounts are cents with VAT, VAT tenths of a percent.
type order struct {
	ID        string            `json:"id"`    // the same order has the same, however often it is sent
	Number    string            `json:"order"` // as the customer knows it
	Reference string            `json:"reference"`
	Placed    time.Time         `json:"placed"`
	Paid      *time.Time        `json:"paid"` // null: by invoice, or at the store
	Lang      string            `json:"lang"`
	Lines     []line            `json:"lines"`
	Delivery  delivery          `json:"delivery"`
	Payment   payment           `json:"payment"`
	Contact   map[string]string `json:"contact"`
	Address   map[string]string `json:"address"`
	Currency  string            `json:"currency"`
	Total     catalog.Cents     `json:"total"`
}

type line struct {
	SKU      string            `json:"sku"`
	Title    string            `json:"title"`
	Options  map[string]string `json:"options"`
	Qty      int               `json:"qty"`
	Unit     catalog.Cents     `json:"unit"`
	Discount catalog.Cents     `json:"discount"` // off all pieces together
	VAT      int               `json:"vat"`
}

type delivery struct {
	Method string        `json:"method"`
	Name   string        `json:"name"`
	Price  catalog.Cents `json:"price"` // discounts taken off
}

type payment struct {
	Method string        `json:"method"`
	Fee    catalog.Cents `json:"fee"`
}

// taken is the answer: the order as the system has it.
type taken struct {
	ID       string         `json:"id"`
	Total    *catalog.Cents `json:"total"`
	Currency string         `json:"currency"`
}

// refusal is the answer with 4xx: why the system does not take an order.
type refusal struct {
	Why   string        `json:"why"` // total, currency, goods; anything else is "refused"
	Total catalog.Cents `json:"total"`
}

// Push sends an order. The system answers with its own name of it, and the total
// that it counts; the same id again must not make another order there. A total
// or currency other than the customer's is a *[catalog.Rejected].
func (s *System) Push(ctx context.Context, o catalog.Order) (outside string, err error) {
	var is taken
	_, err = s.caller.JSON(ctx, http.MethodPost, s.address, write(o), &is)
	var refused *call.Refused
	switch {
	case errors.As(err, &refused) && forGood(refused):
		return "", rejected(refused)
	case err != nil:
		return "", fmt.Errorf("send order %s: %w", o.Number, err)
	case is.ID == "" || is.Total == nil:
		return "", fmt.Errorf("send order %s: the answer has no id or no total", o.Number)
	case is.Currency != o.Currency:
		return "", &catalog.Rejected{Why: catalog.RejectedCurrency, Outside: is.ID}
	case *is.Total != o.Total:
		return "", &catalog.Rejected{Why: catalog.RejectedTotal, Outside: is.ID, Told: *is.Total}
	}
	return is.ID, nil
}

// recall is what is sent when an order is taken back, or money of it.
type recall struct {
	Event    string        `json:"event"` // cancelled or refunded
	ID       string        `json:"id"`    // the same event has the same, however often it is sent
	Number   string        `json:"order"`
	Outside  string        `json:"outside"` // what the system answered to the order
	Amount   catalog.Cents `json:"amount"`  // that was given back; 0 of an order that is cancelled
	Currency string        `json:"currency"`
}

// Recall tells that an order was cancelled, or money of it given back. The same
// id again must do nothing more there; what it answers with 2xx does not matter.
func (s *System) Recall(ctx context.Context, o catalog.Order, r catalog.Recall) error {
	send := recall{Event: "cancelled", ID: r.ID, Number: o.Number, Outside: r.Outside, Amount: r.Amount, Currency: o.Currency}
	if r.Amount > 0 {
		send.Event = "refunded"
	}
	_, err := s.caller.JSON(ctx, http.MethodPost, s.address, send, nil)
	if refused := new(call.Refused); errors.As(err, &refused) && forGood(refused) {
		return &catalog.Rejected{Why: catalog.RejectedOther}
	}
	if err != nil {
		return fmt.Errorf("tell what is taken back of order %s: %w", o.Number, err)
	}
	return nil
}

// forGood reports whether a refusal is of what was sent, not of how: an address
// or a secret may be put right.
func forGood(r *call.Refused) bool {
	return r.Status != http.StatusUnauthorized && r.Status != http.StatusForbidden && r.Status != http.StatusNotFound
}

func rejected(refused *call.Refused) error {
	var told refusal
	if err := json.Unmarshal(refused.Body, &told); err != nil || !slices.Contains([]string{catalog.RejectedTotal, catalog.RejectedCurrency, catalog.RejectedGoods}, told.Why) {
		return &catalog.Rejected{Why: catalog.RejectedOther}
	}
	return &catalog.Rejected{Why: told.Why, Told: told.Total}
}

func write(o catalog.Order) order {
	w := order{
		ID: o.ID, Number: o.Number, Reference: o.Reference(), Placed: o.Placed.In(catalog.Helsinki), Lang: o.Lang,
		Delivery: delivery{o.Delivery.Method, o.Delivery.Name, o.Delivery.Price - o.Delivery.Discount},
		Payment:  payment{o.Payment, o.PaymentFee},
		Contact:  map[string]string{"name": o.Contact.Name, "email": o.Contact.Email, "phone": o.Contact.Phone},
		Address:  map[string]string{"street": o.Address.Street, "postcode": o.Address.Postcode, "city": o.Address.City},
		Currency: o.Currency, Total: o.Total,
	}
	if !o.Paid.IsZero() {
		paid := o.Paid.In(catalog.Helsinki)
		w.Paid = &paid
	}
	for _, l := range o.Lines {
		w.Lines = append(w.Lines, line{l.SKU, l.Title, l.Options, l.Qty, l.Unit, l.Discount, l.VAT})
	}
	return w
}

// news is what the system tells.
type news struct {
	Order    string         `json:"order"`
	Status   catalog.Status `json:"status"`
	Tracking string         `json:"tracking"`
}

// statuses are those that a system may tell.
var statuses = []catalog.Status{
	"", catalog.Paid, catalog.Packed, catalog.Shipped, catalog.Ready, catalog.Delivered, catalog.Cancelled, catalog.Refused,
}

// maxTracking is how long a carrier's code may be, in bytes.
const maxTracking = 60

// News reads what the system tells of an order.
func News(secret string, header http.Header, body []byte, now time.Time) (catalog.News, error) {
	if !Genuine(secret, header.Get(Signature), body, now) {
		return catalog.News{}, catalog.ErrForged
	}
	var told news
	if err := json.Unmarshal(body, &told); err != nil {
		return catalog.News{}, fmt.Errorf("read the webhook: %w", err)
	}
	switch {
	case told.Order == "":
		return catalog.News{}, errors.New("read the webhook: order is missing")
	case !slices.Contains(statuses, told.Status):
		return catalog.News{}, fmt.Errorf("read the webhook: unknown status %q", told.Status)
	case len(told.Tracking) > maxTracking:
		return catalog.News{}, fmt.Errorf("read the webhook: tracking has more than %d bytes", maxTracking)
	}
	return catalog.News{Order: told.Order, Status: told.Status, Tracking: told.Tracking}, nil
}

// Genuine reports whether a signature is that of the body, and of now.
func Genuine(secret, signature string, body []byte, now time.Time) bool {
	t, v1, found := strings.Cut(signature, ",")
	seconds, isTime := strings.CutPrefix(t, "t=")
	told, isDigest := strings.CutPrefix(v1, "v1=")
	at, err := strconv.ParseInt(seconds, 10, 64)
	given, badHex := hex.DecodeString(told)
	if secret == "" || !found || !isTime || !isDigest || err != nil || badHex != nil {
		return false
	}
	return hmac.Equal(given, digest(secret, seconds, body)) && now.Sub(time.Unix(at, 0)).Abs() <= tolerance
}
