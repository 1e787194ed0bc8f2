package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tiski/catalog"
)

func TestCarriersAreTurnedOnBySettings(t *testing.T) {
	t.Parallel()
	many := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pickup-points/search":
			_, _ = w.Write([]byte(`[{"provider":"Posti","pickup_point_id":1,"name":"Posti, Keskusta","postcode":"33100","city":"TAMPERE"}]`))
		default:
			_, _ = w.Write([]byte(`[{"status_code":45,"event_timestamp":"2026-11-20 17:34:00","post_office":"TAMPERE"}]`))
		}
	}))
	t.Cleanup(many.Close)
	none := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"notFound":true}`)) }))
	t.Cleanup(none.Close)
	on := []string{"PAKETTIKAUPPA_KEY=k", "PAKETTIKAUPPA_SECRET=s", "PAKETTIKAUPPA_URL=" + many.URL, "POSTNORD_KEY=p", "POSTNORD_URL=" + none.URL, "MATKAHUOLTO_TRACKING=on", "MATKAHUOLTO_URL=" + none.URL}
	for _, c := range []struct {
		environ        []string
		points, tracks bool
		told           string
	}{
		{nil, false, false, "off"},
		{[]string{"MATKAHUOLTO_TRACKING=off"}, false, false, "off"},
		{on[5:], false, true, "Matkahuolto: parcels"},
		{on[3:5], true, true, "PostNord: pick-up points and parcels"},
		{on, true, true, "Pakettikauppa: pick-up points and parcels; PostNord: pick-up points and parcels; Matkahuolto: parcels"},
	} {
		s, err := readSettings(c.environ)
		if err != nil {
			t.Fatal(err)
		}
		h := &house{settings: s, log: slog.New(slog.DiscardHandler)}
		p, err := h.askCarriers()
		if err != nil || p.FindsPoints() != c.points || p.Tracks() != c.tracks || !strings.HasPrefix(s.carriers.told(), c.told) {
			t.Errorf("%v: %v, %v, %q", c.environ, p, err, s.carriers.told())
		}
		if len(c.environ) < len(on) {
			continue
		}
		points, err := p.Near(t.Context(), "33100")
		if err != nil || len(points) != 1 || points[0].Carrier != catalog.Posti {
			t.Errorf("points: %+v, %v", points, err)
		}
		for _, code := range []string{"JJFI64574900000137203", "MH12345678", "12345678901"} { // of Posti, not Matkahuolto's after all, of nobody's shape
			if found, err := p.Track(t.Context(), code); err != nil || found.State != catalog.ParcelReady {
				t.Errorf("%s: %+v, %v", code, found, err)
			}
		}
	}
}

func TestCarrierSettingsThatStopTheStart(t *testing.T) {
	t.Parallel()
	for _, environ := range [][]string{
		{"PAKETTIKAUPPA_KEY=x"}, {"PAKETTIKAUPPA_SECRET=x"}, {"MATKAHUOLTO_TRACKING=x"}, {"POSTNORD_URL=x"}, {"MATKAHUOLTO_URL=ftp://x"},
		{"POSTNORD_APIKEY=x"}, {"PAKETTIKAUPPA_SERCET=x"}, {"MATKAHUOLTO_KEY=x"},
	} {
		if _, err := readSettings(environ); err == nil || strings.Contains(err.Error(), "=x") {
			t.Errorf("%v: %v", environ, err)
		}
	}
}
