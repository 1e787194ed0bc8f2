package woocommerce

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/catalog/call"
)

// ping is the body of the first call of a new webhook, which is not signed.
var ping = regexp.MustCompile(`^webhook_id=\d+$`)

// News reads what a webhook of the topics order.* and product.* tells. The
// unsigned first call of a new webhook tells nothing; anything else unsigned is
// [catalog.ErrForged].
func News(secret string, header http.Header, body []byte) (catalog.News, error) {
	signature := header.Get("X-WC-Webhook-Signature")
	if signature == "" && ping.Match(bytes.TrimSpace(body)) {
		return catalog.News{}, nil
	}
	if !call.Signed(secret, signature, body) {
		return catalog.News{}, catalog.ErrForged
	}
	kind, _, _ := strings.Cut(header.Get("X-WC-Webhook-Topic"), ".")
	switch kind {
	case "order":
		return orderNews(body)
	case "product":
		var p struct {
			ID     int `json:"id"`
			Parent int `json:"parent_id"` // of a variation
		}
		if err := json.Unmarshal(body, &p); err != nil {
			return catalog.News{}, fmt.Errorf("woocommerce: the webhook tells of no product: %w", err)
		}
		return catalog.News{Product: strconv.Itoa(cmp.Or(p.Parent, p.ID))}, nil
	}
	return catalog.News{}, nil
}

// statuses are what those of the shop mean here. The others say nothing: an
// order is paid here before it is handed over, and money goes back from here.
var statuses = map[string]catalog.Status{
	"completed": catalog.Shipped,
	"cancelled": catalog.Cancelled,
	"packed":    catalog.Packed, // shops and plug-ins add these
	"shipped":   catalog.Shipped,
	"delivered": catalog.Delivered,
}

func orderNews(body []byte) (catalog.News, error) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil {
		return catalog.News{}, fmt.Errorf("woocommerce: the webhook tells of no order: %w", err)
	}
	number := o.meta(metaNumber)
	if number == "" {
		return catalog.News{}, nil // sold elsewhere
	}
	return catalog.News{Order: number, Outside: strconv.Itoa(o.ID), Status: statuses[o.Status], Tracking: o.tracking()}, nil
}

// tracking is the code that the usual plug-ins keep with an order.
func (o order) tracking() string {
	for _, m := range o.Meta {
		if m.Key != "_wc_shipment_tracking_items" {
			continue
		}
		items, _ := m.Value.([]any)
		for _, item := range items {
			fields, _ := item.(map[string]any)
			if code, _ := fields["tracking_number"].(string); code != "" {
				return code
			}
		}
	}
	return ""
}
