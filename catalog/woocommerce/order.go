package woocommerce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// Where an order of the shop keeps what it is here.
const (
	metaID     = "_tiski_id"     // the order's ID: it is never made twice
	metaNumber = "_tiski_number" // the number that the customer knows
	metaRecall = "_tiski_recall" // of a refund: the recall that it is of
)

// mostLooked is how many orders are looked through for one that may be there
// already.
const mostLooked = 5000

// order is an order as the API has it.
type order struct {
	ID       int    `json:"id"`
	Status   string `json:"status"`
	Currency string `json:"currency"`
	Total    string `json:"total"`
	Meta     []meta `json:"meta_data"`
}

type meta struct {
	Key   string `json:"key"`
	Value any    `json:"value"`
}

func (o order) meta(key string) string {
	for _, m := range o.Meta {
		if m.Key == key {
			if s, ok := m.Value.(string); ok {
				return s
			}
		}
	}
	return ""
}

type person struct {
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Street   string `json:"address_1"`
	Postcode string `json:"postcode"`
	City     string `json:"city"`
	Country  string `json:"country"`
	Email    string `json:"email,omitempty"`
	Phone    string `json:"phone,omitempty"`
}

type line struct {
	Product   int    `json:"product_id"`
	Variation int    `json:"variation_id,omitempty"`
	Quantity  int    `json:"quantity"`
	Subtotal  string `json:"subtotal"` // without VAT, before discounts
	Total     string `json:"total"`    // without VAT
	Meta      []meta `json:"meta_data,omitempty"`
}

type extra struct {
	Method string `json:"method_id,omitempty"`
	Title  string `json:"method_title,omitempty"`
	Name   string `json:"name,omitempty"`
	Total  string `json:"total"` // without VAT
}

type request struct {
	Payment  string  `json:"payment_method"`
	Title    string  `json:"payment_method_title"`
	Status   string  `json:"status"`
	Currency string  `json:"currency"`
	Billing  person  `json:"billing"`
	Shipping person  `json:"shipping"`
	Lines    []line  `json:"line_items"`
	Delivery []extra `json:"shipping_lines"`
	Fees     []extra `json:"fee_lines,omitempty"`
	Meta     []meta  `json:"meta_data"`
}

// Push hands an order over and returns the shop's number of it. An order that
// the shop has already is not made again. It is made as one that waits for its
// payment, so that the shop does nothing with it, and confirmed only when the
// shop's total is what the customer accepted; any other total is a
// *[catalog.Rejected], and the shop keeps the order waiting.
func (s *Shop) Push(ctx context.Context, o catalog.Order) (outside string, err error) {
	outside, err = s.push(ctx, o)
	return outside, rejected(err)
}

func (s *Shop) push(ctx context.Context, o catalog.Order) (outside string, err error) {
	made, found, err := s.find(ctx, o)
	if err != nil {
		return "", err
	}
	if !found {
		send, err := requestOf(o)
		if err != nil {
			return "", err
		}
		if _, err := s.ask(ctx, http.MethodPost, "orders", nil, send, &made); err != nil {
			return "", err
		}
	}
	outside = strconv.Itoa(made.ID)
	switch total, err := catalog.ParseCents(made.Total); {
	case made.ID == 0 || err != nil:
		return "", fmt.Errorf("woocommerce: push order %s: the answer is no order", o.Number)
	case made.Currency != o.Currency:
		return "", &catalog.Rejected{Why: catalog.RejectedCurrency, Outside: outside}
	case total != o.Total:
		return "", &catalog.Rejected{Why: catalog.RejectedTotal, Outside: outside, Told: total}
	case made.Status == "cancelled", made.Status == "failed": // the shop has let it go while it waited
		return "", &catalog.Rejected{Why: catalog.RejectedOther, Outside: outside}
	case made.Status != "pending":
		return outside, nil // confirmed before, and perhaps moved on since
	}
	confirm := map[string]any{"status": "processing"}
	if !o.Paid.IsZero() {
		confirm = map[string]any{"set_paid": true, "transaction_id": o.ID}
	}
	if _, err := s.ask(ctx, http.MethodPut, "orders/"+outside, nil, confirm, &made); err != nil {
		return "", err
	}
	if made.Status == "pending" {
		return "", fmt.Errorf("woocommerce: push order %s: it stays pending", o.Number)
	}
	return outside, nil
}

// Recall cancels an order, or enters a refund of it, which moves no money and no
// stock there: both have been seen to. The same recall again does nothing more.
func (s *Shop) Recall(ctx context.Context, o catalog.Order, r catalog.Recall) error {
	err := s.recall(ctx, r)
	var refused *call.Refused
	if errors.As(err, &refused) && refused.Status == http.StatusNotFound {
		return &catalog.Rejected{Why: catalog.RejectedOther}
	}
	return rejected(err)
}

func (s *Shop) recall(ctx context.Context, r catalog.Recall) error {
	path := "orders/" + url.PathEscape(r.Outside)
	var is order
	if r.Amount == 0 {
		if _, err := s.ask(ctx, http.MethodPut, path, nil, map[string]any{"status": "cancelled"}, &is); err != nil {
			return err
		}
		if is.Status != "cancelled" {
			return fmt.Errorf("woocommerce: cancel order %s: it stays %s", r.Outside, is.Status)
		}
		return nil
	}
	refunds, err := all[order](ctx, s, path+"/refunds", url.Values{}, mostLooked, nil)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(refunds, func(is order) bool { return is.meta(metaRecall) == r.ID }) {
		return nil
	}
	send := map[string]any{
		"amount": r.Amount.Decimal(), "api_refund": false, "api_restock": false, "meta_data": []meta{{metaRecall, r.ID}},
	}
	if _, err := s.ask(ctx, http.MethodPost, path+"/refunds", nil, send, &is); err != nil {
		return err
	}
	if is.ID == 0 {
		return fmt.Errorf("woocommerce: refund order %s: the answer is no refund", r.Outside)
	}
	return nil
}

// rejected makes a refusal of good of what the shop will never take; keys that
// are wrong may be put right.
func rejected(err error) error {
	var refused *call.Refused
	if !errors.As(err, &refused) || refused.Status == http.StatusUnauthorized || refused.Status == http.StatusForbidden {
		return err
	}
	if strings.Contains(string(refused.Body), "product_invalid") || strings.Contains(string(refused.Body), "invalid_product") {
		return &catalog.Rejected{Why: catalog.RejectedGoods}
	}
	return &catalog.Rejected{Why: catalog.RejectedOther}
}

// find looks for an order that an earlier push made, among all since it was
// placed: the API cannot be asked for what stands in meta_data.
func (s *Shop) find(ctx context.Context, o catalog.Order) (order, bool, error) {
	query := url.Values{
		"after": {o.Placed.Add(-time.Hour).UTC().Format("2006-01-02T15:04:05")}, "dates_are_gmt": {"true"},
		"orderby": {"id"}, "order": {"asc"}, "status": {"any"},
	}
	orders, err := all[order](ctx, s, "orders", query, mostLooked, nil)
	if errors.Is(err, errTooLarge) {
		return order{}, false, &catalog.Rejected{Why: catalog.RejectedUnsure}
	}
	if err != nil {
		return order{}, false, err
	}
	i := slices.IndexFunc(orders, func(is order) bool { return is.meta(metaID) == o.ID })
	if i < 0 {
		return order{}, false, nil
	}
	return orders[i], true, nil
}

// requestOf writes an order as the shop takes it. Prices are told, not left to the
// shop: they are those that the customer accepted.
func requestOf(o catalog.Order) (request, error) {
	firstName, lastName := o.Contact.Names()
	to := person{First: firstName, Last: lastName, Street: o.Address.Street, Postcode: o.Address.Postcode, City: o.Address.City, Country: "FI"}
	r := request{
		Payment: o.Payment, Title: o.Payment, Status: "pending", Currency: o.Currency, Billing: to, Shipping: to,
		Meta: []meta{{metaID, o.ID}, {metaNumber, o.Number}},
		Delivery: []extra{{
			Method: carrierOf(o.Delivery), Title: o.Delivery.Name,
			Total: net(o.Delivery.Price-o.Delivery.Discount, o.ServiceVAT),
		}},
	}
	r.Billing.Email, r.Billing.Phone = o.Contact.Email, o.Contact.Phone
	for _, l := range o.Lines {
		product, variation, chosen, err := readRef(l.Ref)
		if err != nil {
			return r, &catalog.Rejected{Why: catalog.RejectedGoods}
		}
		one := line{Product: product, Variation: variation, Quantity: l.Qty, Subtotal: net(l.Unit*catalog.Cents(l.Qty), l.VAT), Total: net(l.Amount(), l.VAT)}
		for name := range chosen {
			one.Meta = append(one.Meta, meta{name, chosen.Get(name)})
		}
		r.Lines = append(r.Lines, one)
	}
	if o.PaymentFee > 0 {
		r.Fees = []extra{{Name: o.Payment, Total: net(o.PaymentFee, o.ServiceVAT)}}
	}
	return r, nil
}

// carrierOf is the shop's own way of delivery, else one of its kinds.
func carrierOf(d catalog.OrderDelivery) string {
	if id, _, found := strings.Cut(d.Ref, ":"); found {
		return id
	}
	if d.Kind == catalog.StorePickup {
		return "local_pickup"
	}
	return "flat_rate"
}

// net writes an amount without its VAT, to a ten-thousandth of a cent: the shop
// adds the VAT and rounds.
func net(gross catalog.Cents, tenths int) string {
	whole := int64(1000 + tenths)
	parts := (int64(gross)*1000*10_000*2 + whole) / (2 * whole)
	return fmt.Sprintf("%d.%06d", parts/1_000_000, parts%1_000_000)
}
