package pakettikauppa

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// The public contract for tests.
const (
	testKey    = "00000000-0000-0000-0000-000000000000"
	testSecret = "1234567890ABCDEF"
	testCode   = "JJFITESTLABEL100"
)

func TestSign(t *testing.T) {
	t.Parallel()
	values := url.Values{"api_key": {testKey}, "timestamp": {"1475233831"}, "tracking_code": {testCode}}
	const want = "7a49177f378c3ee48d1f049fb1230c2cfaee18e8f3b7a54f0f0a36d93c99038f"
	if got := sign(testSecret, values); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	values.Set("hash", want)
	if !genuine(testSecret, values) {
		t.Error("its own hash is not taken")
	}
}

// contract answers every call so, after looking at what is sent.
func contract(t *testing.T, look func(path string, form url.Values), status int, body string) *Pakettikauppa {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Method != http.MethodPost || !genuine(testSecret, r.PostForm) || r.PostForm.Get("api_key") != testKey {
			t.Errorf("%s %s is not signed: %v", r.Method, r.URL, err)
		}
		if look != nil {
			look(r.URL.Path, r.PostForm)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // who asks may be gone
	}))
	t.Cleanup(server.Close)
	return at(t, server.URL)
}

func at(t *testing.T, address string) *Pakettikauppa {
	t.Helper()
	p, err := New(Options{Key: testKey, Secret: testSecret, Carriers: "Posti, Matkahuolto", URL: address, Clock: func() time.Time { return time.Unix(1475233831, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const someEvents = `[
	{"message_created":"2026-11-20 17:37:00","tracking_code":"JJFI64574900000137203","status_code":"38","event_timestamp":"2026-11-20 18:00:00","postcode":"87700","post_office":"KAJAANI"},
	{"status_code":45,"event_timestamp":"2026-11-20 17:34:00","post_office":"KAJAANI"},
	{"status_code":"68","event_timestamp":"2026-11-18 09:00:00","post_office":null}]`

func TestTrack(t *testing.T) {
	t.Parallel()
	p := contract(t, func(path string, form url.Values) {
		if path != "/shipment/status" || form.Get("tracking_code") != "JJFI64574900000137203" || form.Get("timestamp") != "1475233831" {
			t.Errorf("%s %v", path, form)
		}
	}, http.StatusOK, someEvents)
	got, err := p.Track(t.Context(), "JJFI64574900000137203")
	want := catalog.Parcel{
		Code: "JJFI64574900000137203", Carrier: catalog.Posti, State: catalog.ParcelReady,
		At: time.Date(2026, 11, 20, 17, 34, 0, 0, catalog.Helsinki),
	}
	if err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTrackFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status  int
		body    string
		unknown bool // else not answered
	}{
		"an unknown code":         {200, `[]`, true},
		"an unknown code too":     {200, ` {} `, true},
		"nothing at all":          {200, `null`, true},
		"only a payment":          {200, `[{"status_code":38}]`, true},
		"an object with a fault":  {200, `{"error":"no"}`, false},
		"a page for JSON":         {200, `<html>Huoltokatko</html>`, false},
		"half an answer":          {200, someEvents[:200], false},
		"no answer":               {200, ``, false},
		"a fault":                 {500, `[]`, false},
		"a refusal":               {403, `[]`, false},
		"longer than what we eat": {200, "[" + strings.Repeat(" ", call.MaxBytes) + "]", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := contract(t, nil, c.status, c.body).Track(t.Context(), testCode)
			if err == nil || got != (catalog.Parcel{}) || errors.Is(err, catalog.ErrNoParcel) != c.unknown {
				t.Errorf("%+v, %v", got, err)
			}
			if strings.Contains(err.Error(), testCode) {
				t.Errorf("the error tells the code: %v", err)
			}
		})
	}
}

func TestCodesWithoutMeaning(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]catalog.ParcelState{
		`[{"status_code":"22","event_timestamp":"2026-11-20 17:34:00"}]`:                                                              catalog.ParcelDelivered,
		`[{"status_code":"17","event_timestamp":"2026-11-21 17:34:00"},{"status_code":22,"event_timestamp":"2026-11-20 17:34:00"}]`:   catalog.ParcelUnknown,
		`[{"status_code":"31","event_timestamp":"2026-11-19 17:34:00"},{"status_code":"77","event_timestamp":"2026-11-20 17:34:00"}]`: catalog.ParcelReturning,
		`[{"status_code":"71","event_timestamp":"eilen"},{"status_code":"68","event_timestamp":""}]`:                                  catalog.ParcelOnRound,
		`[{"status_code":null}]`: catalog.ParcelUnknown,
	} {
		if got, err := contract(t, nil, 200, body).Track(t.Context(), testCode); err != nil || got.State != want {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // until it is read nobody notices that who asks is gone
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := at(t, server.URL).Track(ctx, testCode); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestPoints(t *testing.T) {
	t.Parallel()
	const body = `[
		{"provider":"Posti","pickup_point_id":356,"name":"Posti, Keskusta","street_address":"Tullikatu 6","postcode":"33100","city":"TAMPERE","country":"FI","description":"ma-pe 8.00 - 20.00","map_longitude":"23.7","map_latitude":"61.4"},
		{"provider":"Matkahuolto","pickup_point_id":"5410","name":"SALE RAUTATIENKATU","street_address":"RAUTATIENKATU 25","postcode":33100,"city":"TAMPERE","country":null,"description":null,"map_longitude":null},
		{"provider":"Posti","pickup_point_id":null,"name":"Nimetön"},
		{"provider":"Posti","pickup_point_id":"331","name":"Pakettiautomaatti, Sale","street_address":"Katu 1","postcode":"33100","city":"TAMPERE"},
		{"provider":"Posti","pickup_point_id":"332","name":"Kioski","street_address":"Katu 2","postcode":"33100","city":"TAMPERE","point_type":"PARCEL_LOCKER"},
		{"provider":"Posti","pickup_point_id":"333","name":"Viides","street_address":"Katu 3","postcode":"33100","city":"TAMPERE"}]`
	p := contract(t, func(path string, form url.Values) {
		if path != "/pickup-points/search" || form.Get("postcode") != "33100" || form.Get("limit") != "4" || form.Get("service_provider") != "Posti, Matkahuolto" || form.Get("country") != "FI" {
			t.Errorf("%s %v", path, form)
		}
	}, http.StatusOK, body)
	got, err := p.Points(t.Context(), "33100", 4)
	if err != nil || len(got) != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	want := catalog.Point{ID: "356", Carrier: "Posti", Name: "Posti, Keskusta", Address: catalog.Address{Street: "Tullikatu 6", Postcode: "33100", City: "TAMPERE"}}
	if got[0] != want || got[1].ID != "5410" || got[1].Address.Postcode != "33100" || got[1].Locker || !got[2].Locker || !got[3].Locker {
		t.Errorf("%+v", got)
	}
	for _, body := range []string{`<html>`, `{"status":"error"}`, ``} {
		if got, err := contract(t, nil, 200, body).Points(t.Context(), "33100", 5); err == nil {
			t.Errorf("%s: %+v", body, got)
		}
	}
	if got, err := contract(t, nil, 200, `[]`).Points(t.Context(), "99999", 5); err != nil || len(got) != 0 {
		t.Errorf("none: %+v, %v", got, err)
	}
}

func TestTold(t *testing.T) {
	t.Parallel()
	p := at(t, "")
	call := func() url.Values {
		v := url.Values{
			"api_key": {testKey}, "tracking_code": {"JJFI64574900000137203"}, "timestamp": {"1475233831"}, "event": {"22"},
			"object": {`{"status_code":"22","event_timestamp":"2026-11-20 17:34:00","post_office":"KAJAANI"}`},
		}
		v.Set("hash", sign(testSecret, v))
		return v
	}
	got, err := p.Told(call())
	if err != nil || got.State != catalog.ParcelDelivered || got.Code != "JJFI64574900000137203" || got.At.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
	for name, change := range map[string]func(url.Values){
		"another event":    func(v url.Values) { v.Set("event", "45") },
		"another parcel":   func(v url.Values) { v.Set("tracking_code", "JJFI1") },
		"one value more":   func(v url.Values) { v.Set("x", "1") },
		"a value twice":    func(v url.Values) { v.Add("event", "45") },
		"no hash":          func(v url.Values) { v.Del("hash") },
		"another contract": func(v url.Values) { v.Set("api_key", "1"); v.Set("hash", sign(testSecret, v)) },
	} {
		v := call()
		change(v)
		if _, err := p.Told(v); !errors.Is(err, catalog.ErrForged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	v := call()
	v.Set("object", "<html>")
	v.Set("hash", sign(testSecret, v))
	if _, err := p.Told(v); err == nil || errors.Is(err, catalog.ErrForged) {
		t.Errorf("an event that is no JSON: %v", err)
	}
}

func TestNewNeedsAContract(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{Key: "k"}, {Secret: "s"}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

func FuzzEvents(f *testing.F) {
	f.Add(someEvents)
	f.Add(`{}`)
	f.Add(`[{"status_code":1e400}]`)
	f.Fuzz(func(t *testing.T, body string) {
		var told events
		if json.Unmarshal([]byte(body), &told) != nil {
			return
		}
		p, err := parcel(testCode, told)
		if (err == nil) != (p.State != "") || err != nil && !errors.Is(err, catalog.ErrNoParcel) {
			t.Errorf("%+v, %v", p, err)
		}
	})
}
