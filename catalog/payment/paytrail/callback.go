package paytrail

import (
	"crypto/hmac"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"tiski/catalog"
)

// ErrForged is a callback that Paytrail did not sign.
var ErrForged = errors.New("paytrail: the callback is not signed by Paytrail")

// Callback reads what Paytrail tells by calling our address, or what the
// customer's browser brings back: the same parameters, signed the same way.
// They come in any order, more than once, or not at all; what is told twice
// must change nothing. An unsigned one is [ErrForged].
func (p *Provider) Callback(query url.Values) (catalog.Payment, error) {
	values, got, err := p.signed(query)
	if err != nil {
		return catalog.Payment{}, err
	}
	amount, err := strconv.ParseInt(values["checkout-amount"], 10, 64)
	if err != nil {
		return catalog.Payment{}, fmt.Errorf("paytrail: callback: amount: %w", err)
	}
	return catalog.Payment{
		Provider: Name, ID: values["checkout-transaction-id"], Charge: values["checkout-stamp"], State: got,
		Amount: catalog.Cents(amount), Currency: "EUR", Method: values["checkout-provider"],
	}, nil
}

// RefundCallback reads what Paytrail tells at the address that [Provider.Refund]
// gave it: of which refund, and how it stands. Customers hold signed callbacks of
// their payments, and of which refund one is Paytrail does not sign; the address
// proves it, which nobody else knows. Anything else is [ErrForged].
func (p *Provider) RefundCallback(query url.Values) (refund string, got catalog.PaymentState, err error) {
	refund = query.Get("refund")
	if !hmac.Equal([]byte(query.Get("proof")), []byte(p.proof(refund))) {
		return "", "", ErrForged
	}
	_, got, err = p.signed(query)
	return refund, got, err
}

// refundAddress is the address at which Paytrail tells of a refund.
func (p *Provider) refundAddress(r catalog.Refund) string {
	return r.Done + "?" + url.Values{"refund": {r.ID}, "proof": {p.proof(r.ID)}}.Encode()
}

// proof is what only who has the merchant's secret knows of a refund.
func (p *Provider) proof(refund string) string {
	return sign(p.o.Secret, nil, []byte("refund:"+refund))
}

// signed reads the parameters that Paytrail signed, and the state they tell.
func (p *Provider) signed(query url.Values) (values map[string]string, got catalog.PaymentState, err error) {
	values = map[string]string{}
	for name, all := range query {
		if strings.HasPrefix(name, "checkout-") {
			if len(all) != 1 {
				return nil, "", ErrForged
			}
			values[name] = all[0]
		}
	}
	if !genuine(p.o.Secret, values, nil, query.Get("signature")) ||
		values["checkout-account"] != p.o.Account || values["checkout-algorithm"] != algorithm {
		return nil, "", ErrForged
	}
	if got, err = state(values["checkout-status"]); err != nil {
		return nil, "", fmt.Errorf("paytrail: callback: %w", err)
	}
	return values, got, nil
}
