// Package matkahuolto follows parcels by what Matkahuolto's public tracking page
// asks (www.matkahuolto.fi/seuranta). It needs no key, and has no published
// description: what it does not say as expected is catalog.ParcelUnknown.
package matkahuolto

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// Matkahuolto is the carrier. Any number of goroutines may use it.
type Matkahuolto struct {
	url    string
	caller *call.Caller
}

// New returns the carrier at an address; "" is https://wwwservice.matkahuolto.fi.
func New(address string) *Matkahuolto {
	address = strings.TrimSuffix(cmp.Or(address, "https://wwwservice.matkahuolto.fi"), "/")
	return &Matkahuolto{address, call.New(func(*http.Request, []byte) {})}
}

// answer is what is told of a parcel, its events newest first.
type answer struct {
	NotFound    bool    `json:"notFound"`
	StoredUntil string  `json:"storedUntil"` // "2026-01-28", the last day to fetch it
	Return      bool    `json:"returnShipment"`
	Events      []event `json:"trackingEvents"`
}

type event struct {
	Date        string `json:"date"` // "21.01.2026"
	Time        string `json:"time"` // "11:27"
	Description string `json:"description"`
}

// Name is what the log calls it.
func (*Matkahuolto) Name() string { return "matkahuolto" }

// Track tells where a parcel is. Codes of other carriers are not asked for.
func (m *Matkahuolto) Track(ctx context.Context, code string) (catalog.Parcel, error) {
	if of := catalog.CarrierOf(code); of != catalog.Matkahuolto && of != "" {
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	query := url.Values{"language": {"en"}, "parcelNumber": {code}}
	var told answer
	if _, err := m.caller.JSON(ctx, http.MethodGet, m.url+"/search/trackingInfo?"+query.Encode(), nil, &told); err != nil {
		return catalog.Parcel{}, fmt.Errorf("matkahuolto: track: %w", err)
	}
	return told.parcel(code)
}

func (a answer) parcel(code string) (catalog.Parcel, error) {
	if a.NotFound || len(a.Events) == 0 {
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	latest := a.Events[0]
	p := catalog.Parcel{Code: code, Carrier: catalog.Matkahuolto, State: latest.state()}
	if at, err := time.ParseInLocation("02.01.2006 15:04", latest.Date+" "+latest.Time, catalog.Helsinki); err == nil {
		p.At = at
	}
	if a.Return { // what is delivered then has come back to the sender
		p.State = catalog.ParcelReturning
	}
	if p.State == catalog.ParcelReady {
		if day, err := time.ParseInLocation(time.DateOnly, a.StoredUntil, catalog.Helsinki); err == nil {
			p.Until = day
		}
	}
	return p, nil
}

// sentences are what events say, by what they mean here. The first that is
// found holds.
var sentences = []struct {
	part  string
	state catalog.ParcelState
}{
	{"returned it to the sender", catalog.ParcelReturning},
	{"the consignment has been delivered", catalog.ParcelDelivered},
	{"available for pickup", catalog.ParcelReady},
	{"sent the recipient a message about the arrival", catalog.ParcelReady},
	{"forget to pick up your parcel", catalog.ParcelReady},
	{"is on its way", catalog.ParcelMoving},
	{"has been sorted", catalog.ParcelMoving},
	{"is being processed", catalog.ParcelMoving},
	{"ready to continue its journey", catalog.ParcelMoving},
	{"deliver the consignment to the pickup point", catalog.ParcelMoving},
	{"pick up point has changed", catalog.ParcelMoving},
	{"waiting for the consignment from the sender", catalog.ParcelExpected},
}

func (e event) state() catalog.ParcelState {
	said := strings.ToLower(e.Description)
	for _, s := range sentences {
		if strings.Contains(said, s.part) {
			return s.state
		}
	}
	return catalog.ParcelUnknown
}
