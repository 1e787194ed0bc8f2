package matkahuolto

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

const testCode = "MH00000000001"

func carrier(t *testing.T, status int, body string) *Matkahuolto {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query(); r.URL.Path != "/search/trackingInfo" || q.Get("parcelNumber") != testCode || q.Get("language") != "en" {
			t.Errorf("asked %s", r.URL)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // who asks may be gone
	}))
	t.Cleanup(server.Close)
	return New(server.URL)
}

func TestRecordedParcel(t *testing.T) {
	t.Parallel()
	recorded, err := os.ReadFile("../../../../shared/data/matkahuolto-trackingInfo.json")
	if err != nil {
		t.Skipf("the recorded answer is not here: %v", err)
	}
	got, err := carrier(t, http.StatusOK, string(recorded)).Track(t.Context(), testCode)
	want := catalog.Parcel{
		Code: testCode, Carrier: catalog.Matkahuolto, State: catalog.ParcelReady,
		At: time.Date(2026, 1, 21, 11, 27, 0, 0, catalog.Helsinki), Until: time.Date(2026, 1, 28, 0, 0, 0, 0, catalog.Helsinki),
	}
	if err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]catalog.ParcelState{
		"Matkahuolto is waiting for the consignment from the sender.":                       catalog.ParcelExpected,
		"The consignment is on its way":                                                     catalog.ParcelMoving,
		"The consignment has been sorted at Vantaa":                                         catalog.ParcelMoving,
		"The shipment is available for pickup with the pickup code at the pick up point X.": catalog.ParcelReady,
		"THE CONSIGNMENT HAS BEEN DELIVERED.":                                               catalog.ParcelDelivered,
		"The consignment was not picked up and we returned it to the sender on its way":     catalog.ParcelReturning,
		"The consignment has been eaten by a reindeer":                                      catalog.ParcelUnknown,
		"": catalog.ParcelUnknown,
	} {
		body, err := json.Marshal(answer{Events: []event{{Description: said, Date: "21.01.2026", Time: "25:00"}, {Description: "The consignment is on its way"}}, StoredUntil: "2026-01-28"})
		if err != nil {
			t.Fatal(err)
		}
		got, err := carrier(t, http.StatusOK, string(body)).Track(t.Context(), testCode)
		if err != nil || got.State != want || !got.At.IsZero() || got.Until.IsZero() != (want != catalog.ParcelReady) {
			t.Errorf("%q: %+v, %v", said, got, err)
		}
	}
}

// What has been delivered after it went back is with the sender, not the customer.
func TestAReturnIsNeverDelivered(t *testing.T) {
	t.Parallel()
	got, err := carrier(t, http.StatusOK, `{"returnShipment":true,"trackingEvents":[{"description":"The consignment has been delivered."}]}`).Track(t.Context(), testCode)
	if err != nil || got.State != catalog.ParcelReturning {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status  int
		body    string
		unknown bool // else not answered
	}{
		"an unknown code":         {200, `{"notFound":true}`, true},
		"no events":               {200, `{"parcelNumber":"MH1","trackingEvents":[]}`, true},
		"a page for JSON":         {200, `<html>Huoltokatko</html>`, false},
		"a list for an object":    {200, `[]`, false},
		"a fault":                 {500, `{"notFound":true}`, false},
		"longer than what we eat": {200, strings.Repeat(" ", call.MaxBytes) + "{}", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := carrier(t, c.status, c.body).Track(t.Context(), testCode)
			if err == nil || got != (catalog.Parcel{}) || errors.Is(err, catalog.ErrNoParcel) != c.unknown {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := New(server.URL).Track(ctx, testCode)
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), testCode) {
		t.Error(err)
	}
}

func TestCodesOfOthersAreNotAsked(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"JJFI64574900000137203", "84971563697SE"} {
		if _, err := New("http://127.0.0.1:1").Track(t.Context(), code); !errors.Is(err, catalog.ErrNoParcel) { // nobody there
			t.Errorf("%s: %v", code, err)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(`{"storedUntil":"2026-01-28","trackingEvents":[{"date":"21.01.2026","time":"11:27","description":"available for pickup","place":null}]}`)
	f.Add(`{"notFound":true}`)
	f.Fuzz(func(t *testing.T, body string) {
		var told answer
		if json.Unmarshal([]byte(body), &told) != nil {
			return
		}
		p, err := told.parcel(testCode)
		if (err == nil) != (p.State != "") || p.State == catalog.ParcelDelivered && told.Return {
			t.Errorf("%+v, %v", p, err)
		}
	})
}
