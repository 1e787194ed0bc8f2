package shopify

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/catalog/call"
)

// News reads what a webhook of the topics orders/* and products/* tells. What
// the shop did not sign is [catalog.ErrForged].
func News(secret string, header http.Header, body []byte) (catalog.News, error) {
	if !call.Signed(secret, header.Get("X-Shopify-Hmac-Sha256"), body) {
		return catalog.News{}, catalog.ErrForged
	}
	kind, _, _ := strings.Cut(header.Get("X-Shopify-Topic"), "/")
	switch kind {
	case "orders":
		return orderNews(body)
	case "products":
		var p struct {
			ID int64 `json:"id"`
		}
		if err := json.Unmarshal(body, &p); err != nil {
			return catalog.News{}, fmt.Errorf("shopify: the webhook tells of no product: %w", err)
		}
		return catalog.News{Product: strconv.FormatInt(p.ID, 10)}, nil
	}
	return catalog.News{}, nil
}

// order is an order as webhooks tell it.
type order struct {
	Attributes []option      `json:"note_attributes"`
	Cancelled  string        `json:"cancelled_at"`
	Fulfilled  string        `json:"fulfillment_status"` // fulfilled, partial or null
	Parcels    []fulfillment `json:"fulfillments"`
}

type fulfillment struct {
	Tracking string `json:"tracking_number"`
	State    string `json:"shipment_status"`
}

func orderNews(body []byte) (catalog.News, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return catalog.News{}, fmt.Errorf("shopify: the webhook tells of no order: %w", err)
	}
	var n catalog.News
	for _, a := range o.Attributes {
		if a.Name == attributeNumber {
			n.Order = a.Value
		}
	}
	if n.Order == "" {
		return catalog.News{}, nil // sold elsewhere
	}
	last := fulfillment{}
	if len(o.Parcels) > 0 {
		last = o.Parcels[len(o.Parcels)-1]
		n.Tracking = last.Tracking
	}
	switch {
	case o.Cancelled != "":
		n.Status = catalog.Cancelled
	case o.Fulfilled != "fulfilled": // a part of it, or nothing
	case last.State == "delivered":
		n.Status = catalog.Delivered
	case last.State == "ready_for_pickup":
		n.Status = catalog.Ready
	default:
		n.Status = catalog.Shipped
	}
	return n, nil
}
