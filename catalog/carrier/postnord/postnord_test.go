package postnord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

const (
	testKey  = "avain-7"
	testCode = "84971563697SE"
)

func carrier(t *testing.T, look func(*http.Request), status int, body string) *PostNord {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("apikey") != testKey {
			t.Errorf("asked %s", r.URL)
		}
		if look != nil {
			look(r)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // who asks may be gone
	}))
	t.Cleanup(server.Close)
	return at(t, server.URL)
}

func at(t *testing.T, address string) *PostNord {
	t.Helper()
	p, err := New(testKey, address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const aShipment = `{"TrackingInformationResponse":{"shipments":[{"shipmentId":"84971563697SE","status":"AVAILABLE_FOR_DELIVERY","statusText":{"header":"Noudettavissa"},
	"items":[{"events":[
		{"eventTime":"2026-11-20T09:00:00","eventCode":"1","status":"EN_ROUTE","location":{"displayName":"Vantaa"}},
		{"eventTime":"2026-11-20T18:05:00","status":"AVAILABLE_FOR_DELIVERY","location":{"displayName":"K-Market Kallio"}},
		{"eventTime":"huomenna","location":null}]}]}]}}`

func TestTrack(t *testing.T) {
	t.Parallel()
	p := carrier(t, func(r *http.Request) {
		if r.URL.Path != "/rest/shipment/v5/trackandtrace/findByIdentifier.json" || r.URL.Query().Get("id") != testCode {
			t.Errorf("asked %s", r.URL)
		}
	}, http.StatusOK, aShipment)
	got, err := p.Track(t.Context(), testCode)
	want := catalog.Parcel{
		Code: testCode, Carrier: catalog.PostNord, State: catalog.ParcelReady,
		At: time.Date(2026, 11, 20, 18, 5, 0, 0, catalog.Helsinki),
	}
	if err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]catalog.ParcelState{
		"INFORMED": catalog.ParcelExpected, "OUT_FOR_DELIVERY": catalog.ParcelOnRound, "DELIVERED": catalog.ParcelDelivered,
		"RETURNING": catalog.ParcelReturning, "DELIVERY_REFUSED": catalog.ParcelTrouble, "STOPPED_BY_A_BEAR": catalog.ParcelUnknown, "": catalog.ParcelUnknown,
	} {
		got, err := carrier(t, nil, 200, `{"TrackingInformationResponse":{"shipments":[{"status":"`+status+`"}]}}`).Track(t.Context(), testCode)
		if err != nil || got.State != want || !got.At.IsZero() {
			t.Errorf("%s: %+v, %v", status, got, err)
		}
	}
}

func TestMomentsWithAZone(t *testing.T) {
	t.Parallel()
	if at, ok := moment("2026-11-20T09:00:00+01:00"); !ok || !at.Equal(time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)) {
		t.Error(at, ok)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status  int
		body    string
		unknown bool // else not answered
	}{
		"an unknown code":         {200, `{"TrackingInformationResponse":{"shipments":[],"compositeFault":{"faults":[]}}}`, true},
		"an empty answer":         {200, `{}`, true},
		"a page for JSON":         {200, `<html>Huoltokatko</html>`, false},
		"a fault":                 {500, `{}`, false},
		"a key that is not taken": {403, `{}`, false},
		"longer than what we eat": {200, strings.Repeat(" ", call.MaxBytes) + "{}", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := carrier(t, nil, c.status, c.body).Track(t.Context(), testCode)
			if err == nil || got != (catalog.Parcel{}) || errors.Is(err, catalog.ErrNoParcel) != c.unknown {
				t.Errorf("%+v, %v", got, err)
			}
			if points, err := carrier(t, nil, c.status, c.body).Points(t.Context(), "00100", 5); (err == nil) != c.unknown || len(points) > 0 {
				t.Errorf("%+v, %v", points, err)
			}
		})
	}
}

func TestSilenceTellsNoKey(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := at(t, server.URL).Track(ctx, testCode)
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), testKey) || strings.Contains(err.Error(), testCode) {
		t.Error(err)
	}
}

func TestCodesOfOthersAreNotAsked(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"JJFI64574900000137203", "MH12345678"} {
		if _, err := at(t, "http://127.0.0.1:1").Track(t.Context(), code); !errors.Is(err, catalog.ErrNoParcel) { // nobody there
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestPoints(t *testing.T) {
	t.Parallel()
	const body = `{"servicePointInformationResponse":{"servicePoints":[
		{"servicePointId":"1234","name":"K-Market Kallio","visitingAddress":{"streetName":"Fleminginkatu","streetNumber":"7","postalCode":"00530","city":"HELSINKI","countryCode":"FI"},"routeDistance":120,"openingHours":[{"day":"MO","from1":"0900","to1":"2100"}]},
		{"servicePointId":77,"name":"Pakettiautomaatti Sörnäinen","visitingAddress":{"streetName":"Hämeentie","streetNumber":11,"postalCode":"00530","city":"HELSINKI"},"openingHours":{"postalServices":[{"openDay":"Monday"}]}},
		{"servicePointId":"78","name":""},
		{"servicePointId":"79","name":"Ilman osoitetta","visitingAddress":null,"openingHours":"24h"},
		{"servicePointId":"80","name":"Liikaa"}]}}`
	p := carrier(t, func(r *http.Request) {
		q := r.URL.Query()
		if r.URL.Path != "/rest/businesslocation/v5/servicepoints/nearest/byaddress" || q.Get("postalCode") != "00530" || q.Get("countryCode") != "FI" || q.Get("numberOfServicePoints") != "3" {
			t.Errorf("asked %s", r.URL)
		}
	}, http.StatusOK, body)
	got, err := p.Points(t.Context(), "00530", 3)
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	want := catalog.Point{ID: "1234", Carrier: catalog.PostNord, Name: "K-Market Kallio", Address: catalog.Address{Street: "Fleminginkatu 7", Postcode: "00530", City: "HELSINKI"}}
	if got[0] != want || got[1].ID != "77" || got[1].Address.Street != "Hämeentie 11" || !got[1].Locker || got[2].ID != "79" {
		t.Errorf("%+v", got)
	}
}

func TestNewNeedsAKey(t *testing.T) {
	t.Parallel()
	if _, err := New("", ""); err == nil {
		t.Error("no key is taken")
	}
}

func FuzzTracking(f *testing.F) {
	f.Add(aShipment)
	f.Add(`{"TrackingInformationResponse":null}`)
	f.Fuzz(func(t *testing.T, body string) {
		var told tracking
		if json.Unmarshal([]byte(body), &told) != nil {
			return
		}
		if p, err := told.parcel(testCode); (err == nil) != (p.State != "") {
			t.Errorf("%+v, %v", p, err)
		}
	})
}
