package postnord

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"tiski/catalog"
)

// states are what those of PostNord mean here.
var states = map[string]catalog.ParcelState{
	"INFORMED":               catalog.ParcelExpected,
	"EN_ROUTE":               catalog.ParcelMoving,
	"CUSTOMS":                catalog.ParcelMoving,
	"OUT_FOR_DELIVERY":       catalog.ParcelOnRound,
	"AVAILABLE_FOR_DELIVERY": catalog.ParcelReady,
	"DELIVERED":              catalog.ParcelDelivered,
	"DELIVERY_IMPOSSIBLE":    catalog.ParcelTrouble,
	"DELIVERY_REFUSED":       catalog.ParcelTrouble,
	"RETURNING":              catalog.ParcelReturning,
	"RETURNED":               catalog.ParcelReturning,
}

// tracking is the answer of a code; one that is unknown has no shipments.
type tracking struct {
	Response struct {
		Shipments []shipment `json:"shipments"`
	} `json:"TrackingInformationResponse"`
}

type shipment struct {
	Status string `json:"status"`
	Items  []struct {
		Events []struct {
			At string `json:"eventTime"` // without a zone: taken for Finnish time
		} `json:"events"`
	} `json:"items"`
}

// Track tells where a parcel is. Codes of other carriers are not asked for.
func (p *PostNord) Track(ctx context.Context, code string) (catalog.Parcel, error) {
	if of := catalog.CarrierOf(code); of != catalog.PostNord && of != "" {
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	var told tracking
	err := p.ask(ctx, "/rest/shipment/v5/trackandtrace/findByIdentifier.json", url.Values{"id": {code}, "locale": {"fi"}}, &told)
	if err != nil {
		return catalog.Parcel{}, fmt.Errorf("postnord: track: %w", err)
	}
	return told.parcel(code)
}

func (t tracking) parcel(code string) (catalog.Parcel, error) {
	if len(t.Response.Shipments) == 0 {
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	s := t.Response.Shipments[0]
	p := catalog.Parcel{Code: code, Carrier: catalog.PostNord, State: states[s.Status]}
	if p.State == "" {
		p.State = catalog.ParcelUnknown
	}
	for _, item := range s.Items {
		for _, e := range item.Events {
			if at, ok := moment(e.At); ok && at.After(p.At) {
				p.At = at
			}
		}
	}
	return p, nil
}

// moment reads a time with or without its zone.
func moment(s string) (time.Time, bool) {
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, true
	}
	at, err := time.ParseInLocation("2006-01-02T15:04:05", s, catalog.Helsinki)
	return at, err == nil
}
