package paytrail

import (
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
	values := map[string]string{}
	for name, all := range query {
		if strings.HasPrefix(name, "checkout-") {
			if len(all) != 1 {
				return catalog.Payment{}, ErrForged
			}
			values[name] = all[0]
		}
	}
	if !genuine(p.o.Secret, values, nil, query.Get("signature")) ||
		values["checkout-account"] != p.o.Account || values["checkout-algorithm"] != algorithm {
		return catalog.Payment{}, ErrForged
	}
	got, err := state(values["checkout-status"])
	if err != nil {
		return catalog.Payment{}, fmt.Errorf("paytrail: callback: %w", err)
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
