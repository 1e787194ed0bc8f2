package catalog

import (
	"fmt"
	"time"
)

// Charge is a sum asked of a customer for an order: what a payment provider is
// told. Its lines add up to Total to the cent.
type Charge struct {
	ID        string // unique for ever: one attempt to pay one order
	Reference string // the order's number, as the customer knows it
	Lines     []ChargeLine
	Total     Cents
	Currency  string
	Lang      string
	Contact   Contact
	Address   Address // zero when nothing is carried anywhere
	Paid      string  // https address to which the customer comes back having paid
	Left      string  // and without
	Callback  string  // https address that the provider tells what happened
	Made      time.Time
	Expires   time.Time
}

// ChargeLine is some pieces of one thing paid for: goods, the delivery, a
// discount.
type ChargeLine struct {
	Code  string // SKU, or "delivery", "fee", "discount"
	Title string
	Unit  Cents // VAT included; negative for a discount
	Qty   int
	VAT   int // tenths of a percent
}

// ChargeLines are what an order's customer pays for, line by line; they add up
// to its Total. What discounts take off stands on lines of its own.
func (o Order) ChargeLines() []ChargeLine {
	var lines []ChargeLine
	for _, r := range o.Receipt() {
		code, title := r.SKU, r.Title
		if r.Kind != RowGoods {
			code = r.Kind
		}
		if title == "" {
			title = code
		}
		lines = append(lines, ChargeLine{Code: code, Title: title, Unit: (r.Gross + r.Discount) / Cents(r.Qty), Qty: r.Qty, VAT: r.VAT})
		if r.Discount != 0 {
			lines = append(lines, ChargeLine{Code: "discount", Title: title, Unit: -r.Discount, Qty: 1, VAT: r.VAT})
		}
	}
	return lines
}

// PaymentState is what a provider says of a payment.
type PaymentState string

// States of a payment. Only PaymentPaid is money.
const (
	PaymentAsked    PaymentState = "asked"   // the provider's answer is not known: perhaps there is such a payment
	PaymentOpen     PaymentState = "open"    // the customer has not paid yet
	PaymentPending  PaymentState = "pending" // paid, but the provider is not sure of it yet
	PaymentPaid     PaymentState = "paid"
	PaymentFailed   PaymentState = "failed"
	PaymentExpired  PaymentState = "expired"
	PaymentRefunded PaymentState = "refunded"
)

// Payment is what a provider says of a charge.
type Payment struct {
	Provider string
	ID       string // the provider's
	Charge   string // ID of the charge
	State    PaymentState
	Amount   Cents
	Currency string
	Method   string // as the provider names it: "nordea", "mobilepay"; ""
	Link     string // where the customer pays; "" when that is over
}

// Refund is money given back of a payment.
type Refund struct {
	ID      string // unique for ever: the same again gives nothing more
	Payment string // the provider's id of the payment
	Amount  Cents
	Email   string // for banks that return money only through a message
	Done    string // https address, without a query, that the provider tells of the result
}

// PaymentRefused is an answer of a payment provider that asking again does not
// change. After any other error it is not known whether it did what it was
// asked.
type PaymentRefused struct {
	Provider string
	Status   int    // of HTTP; 0 when nothing was sent, because the provider cannot take it
	Message  string // the provider's reason, which names no customer: it is logged
}

func (r *PaymentRefused) Error() string {
	if r.Status == 0 {
		return r.Provider + ": " + r.Message
	}
	return fmt.Sprintf("%s answers %d: %s", r.Provider, r.Status, r.Message)
}
