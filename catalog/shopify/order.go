package shopify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/catalog/call"
)

// What an order of the shop keeps of what it is here.
const (
	attributeID     = "tiski_id"
	attributeNumber = "tiski_number"
	tagBegins       = "tiski-" // and the order's number: by it the order is found again
)

const draftFields = `{ id status tags totalPriceSet { shopMoney { amount currencyCode } } order { name } }`

const (
	findDraft     = `query($query: String) { draftOrders(first: 10, query: $query) { nodes ` + draftFields + ` } }`
	createDraft   = `mutation($input: DraftOrderInput!) { draftOrderCreate(input: $input) { draftOrder ` + draftFields + ` userErrors { message } } }`
	completeDraft = `mutation($id: ID!, $pending: Boolean) { draftOrderComplete(id: $id, paymentPending: $pending) { draftOrder ` + draftFields + ` userErrors { message } } }`
)

type draft struct {
	ID     string   `json:"id"`
	Status string   `json:"status"` // OPEN, INVOICE_SENT or COMPLETED
	Tags   []string `json:"tags"`
	Total  struct {
		Money money `json:"shopMoney"`
	} `json:"totalPriceSet"`
	Order *struct {
		Name string `json:"name"` // as staff see it: #1001
	} `json:"order"`
}

type money struct {
	Amount   string `json:"amount"`
	Currency string `json:"currencyCode"`
}

// done is the answer of a mutation.
type done struct {
	Draft  *draft `json:"draftOrder"`
	Errors []struct {
		Message string `json:"message"`
	} `json:"userErrors"`
}

// result is the draft, or why the shop makes none.
func (d done) result() (draft, error) {
	if d.Draft != nil && len(d.Errors) == 0 {
		return *d.Draft, nil
	}
	for _, e := range d.Errors {
		if strings.Contains(strings.ToLower(e.Message), "variant") {
			return draft{}, &catalog.Rejected{Why: catalog.RejectedGoods}
		}
	}
	return draft{}, &catalog.Rejected{Why: catalog.RejectedOther}
}

// Push hands an order over and returns the shop's number of it. It is made as a
// draft, which the shop does nothing with, and completed only when the shop's
// total is what the customer accepted; with any other total, which is a
// *[catalog.Rejected], the draft stays. A draft that is there already is not made
// again: it is found by its tag, which the shop's search may know only some
// seconds after it was made, so try again no sooner than that.
func (s *Shop) Push(ctx context.Context, o catalog.Order) (outside string, err error) {
	outside, err = s.push(ctx, o)
	var refused *call.Refused
	if errors.As(err, &refused) && refused.Status != http.StatusUnauthorized && refused.Status != http.StatusForbidden {
		return "", &catalog.Rejected{Why: catalog.RejectedOther}
	}
	return outside, err
}

func (s *Shop) push(ctx context.Context, o catalog.Order) (outside string, err error) {
	is, found, err := s.find(ctx, o)
	if err != nil {
		return "", err
	}
	if !found {
		input, err := inputOf(o)
		if err != nil {
			return "", err
		}
		var made struct {
			Done done `json:"draftOrderCreate"`
		}
		if err := s.ask(ctx, createDraft, map[string]any{"input": input}, &made); err != nil {
			return "", err
		}
		if is, err = made.Done.result(); err != nil {
			return "", err
		}
	}
	if is.Order != nil {
		return is.Order.Name, nil // completed before
	}
	switch total, err := catalog.ParseCents(is.Total.Money.Amount); {
	case is.ID == "" || err != nil:
		return "", fmt.Errorf("shopify: push order %s: the answer is no draft", o.Number)
	case is.Total.Money.Currency != o.Currency:
		return "", &catalog.Rejected{Why: catalog.RejectedCurrency, Outside: is.ID}
	case total != o.Total:
		return "", &catalog.Rejected{Why: catalog.RejectedTotal, Outside: is.ID, Told: total}
	}
	var completed struct {
		Done done `json:"draftOrderComplete"`
	}
	if err := s.ask(ctx, completeDraft, map[string]any{"id": is.ID, "pending": o.Paid.IsZero()}, &completed); err != nil {
		return "", err
	}
	if is, err = completed.Done.result(); err != nil {
		return "", err
	}
	if is.Order == nil {
		return "", fmt.Errorf("shopify: push order %s: the draft was not completed", o.Number)
	}
	return is.Order.Name, nil
}

func (s *Shop) find(ctx context.Context, o catalog.Order) (draft, bool, error) {
	var all struct {
		Drafts struct {
			Nodes []draft `json:"nodes"`
		} `json:"draftOrders"`
	}
	tag := tagBegins + o.Number
	if err := s.ask(ctx, findDraft, map[string]any{"query": `tag:"` + tag + `"`}, &all); err != nil {
		return draft{}, false, err
	}
	i := slices.IndexFunc(all.Drafts.Nodes, func(d draft) bool { return slices.Contains(d.Tags, tag) })
	if i < 0 {
		return draft{}, false, nil
	}
	return all.Drafts.Nodes[i], true, nil
}

// inputOf writes an order as the shop takes it. Goods cost what the shop asks
// for them: when that is not what the customer accepted, the total tells.
func inputOf(o catalog.Order) (map[string]any, error) {
	var lines []map[string]any
	discount := catalog.Cents(0)
	for _, l := range o.Lines {
		_, variant, found := strings.Cut(l.Ref, "/")
		if !found || !number.MatchString(variant) {
			return nil, &catalog.Rejected{Why: catalog.RejectedGoods}
		}
		lines = append(lines, map[string]any{"variantId": gid + "ProductVariant/" + variant, "quantity": l.Qty})
		discount += l.Discount
	}
	if o.PaymentFee > 0 {
		lines = append(lines, map[string]any{
			"title": o.Payment, "quantity": 1, "requiresShipping": false,
			"originalUnitPriceWithCurrency": money{o.PaymentFee.Decimal(), o.Currency},
		})
	}
	first, last := o.Contact.Names()
	to := map[string]any{
		"firstName": first, "lastName": last, "phone": o.Contact.Phone,
		"address1": o.Address.Street, "zip": o.Address.Postcode, "city": o.Address.City, "countryCode": "FI",
	}
	input := map[string]any{
		"email": o.Contact.Email, "tags": []string{tagBegins + o.Number}, "lineItems": lines,
		"shippingAddress": to, "billingAddress": to, "presentmentCurrencyCode": o.Currency,
		"customAttributes": []map[string]string{{"key": attributeID, "value": o.ID}, {"key": attributeNumber, "value": o.Number}},
		"shippingLine": map[string]any{
			"title": o.Delivery.Name, "priceWithCurrency": money{(o.Delivery.Price - o.Delivery.Discount).Decimal(), o.Currency},
		},
	}
	if discount > 0 {
		input["appliedDiscount"] = map[string]any{"valueType": "FIXED_AMOUNT", "value": float64(discount) / 100, "title": o.Number}
	}
	return input, nil
}
