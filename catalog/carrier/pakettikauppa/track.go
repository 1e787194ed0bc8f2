package pakettikauppa

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// states are what the codes of events mean here (they are those of Posti's
// IFTSTA messages).
var states = map[call.Word]catalog.ParcelState{
	"13": catalog.ParcelMoving, // collected from the sender
	"20": catalog.ParcelTrouble,
	"22": catalog.ParcelDelivered,
	"31": catalog.ParcelMoving,
	"45": catalog.ParcelReady, // the recipient has been told of its arrival
	"48": catalog.ParcelMoving,
	"56": catalog.ParcelTrouble, // delivery was tried in vain
	"68": catalog.ParcelExpected,
	"71": catalog.ParcelOnRound,
	"77": catalog.ParcelReturning,
	"91": catalog.ParcelMoving, // at the post office, the recipient not told yet
	"99": catalog.ParcelMoving, // abroad
}

// paid is the event that cash on delivery was paid; it tells nothing of where
// the parcel is.
const paid = "38"

type event struct {
	Code call.Word `json:"status_code"`
	At   string    `json:"event_timestamp"` // "2016-09-30 17:34:00"; taken for Finnish time
}

// events are the events of a parcel; an object without fields is none.
type events []event

func (e *events) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("{")) {
		var none struct{}
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		return d.Decode(&none)
	}
	return json.Unmarshal(data, (*[]event)(e))
}

// Track tells where a parcel is.
func (p *Pakettikauppa) Track(ctx context.Context, code string) (catalog.Parcel, error) {
	var told events
	if err := p.ask(ctx, "/shipment/status", url.Values{"tracking_code": {code}}, &told); err != nil {
		return catalog.Parcel{}, fmt.Errorf("pakettikauppa: track: %w", err)
	}
	return parcel(code, told)
}

// parcel is what the latest event tells; catalog.ErrNoParcel without any.
func parcel(code string, told events) (catalog.Parcel, error) {
	latest := catalog.Parcel{}
	for _, e := range told {
		if e.Code == paid {
			continue
		}
		at, err := time.ParseInLocation(time.DateTime, e.At, catalog.Helsinki)
		if err != nil {
			at = time.Time{}
		}
		if latest.State != "" && !at.After(latest.At) {
			continue // they come newest first
		}
		latest = catalog.Parcel{Code: code, Carrier: catalog.CarrierOf(code), State: states[e.Code], At: at}
		if latest.State == "" {
			latest.State = catalog.ParcelUnknown
		}
	}
	if latest.State == "" {
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	return latest, nil
}

// Told reads the call that Pakettikauppa makes when something happens to a
// parcel. One that it did not sign for this contract is catalog.ErrForged.
func (p *Pakettikauppa) Told(values url.Values) (catalog.Parcel, error) {
	if !hmac.Equal([]byte(values.Get("api_key")), []byte(p.o.Key)) || !genuine(p.o.Secret, values) {
		return catalog.Parcel{}, catalog.ErrForged
	}
	e := event{}
	if err := json.Unmarshal([]byte(values.Get("object")), &e); err != nil {
		return catalog.Parcel{}, fmt.Errorf("pakettikauppa: the event cannot be read: %w", err)
	}
	e.Code = call.Word(values.Get("event"))
	return parcel(catalog.TrackingCode(values.Get("tracking_code")), events{e})
}
