package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiski/bot/store"
	"tiski/catalog"
)

const parcelSecret = "1234567890ABCDEF"

// aggregator is Pakettikauppa: two points near every postal code, and parcels on
// their way.
func aggregator(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/pickup-points/search":
			fmt.Fprintf(w, `[{"provider":"Posti","pickup_point_id":1,"name":"Kioski Vaasanaukio","street_address":"Vaasankatu 14","postcode":%q,"city":"Helsinki"},
				{"provider":"Matkahuolto","pickup_point_id":"2","name":"Lähikauppa Torkkelinmäki","street_address":"Franzéninkatu 5","postcode":%[1]q,"city":"Helsinki"}]`, r.PostFormValue("postcode"))
		case "/shipment/status":
			fmt.Fprint(w, `[{"status_code":"31","event_timestamp":"2026-11-20 12:00:00","post_office":"VANTAA"}]`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// sent lets the shop send the one order of a conversation with a code.
func sent(t *testing.T, data, conversation, code string) catalog.Order {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(data, "tiski.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	orders, err := s.OfConversation(t.Context(), conversation)
	if err != nil || len(orders) != 1 {
		t.Fatalf("%d orders, %v", len(orders), err)
	}
	if _, err := s.Track(t.Context(), orders[0].Number, code); err != nil {
		t.Fatal(err)
	}
	o, err := s.Advance(t.Context(), orders[0].Number, catalog.Packed, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestParcelFromThePointToTheHand(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := launch(t, data, []string{"PAKETTIKAUPPA_KEY=k", "PAKETTIKAUPPA_SECRET=" + parcelSecret, "PAKETTIKAUPPA_URL=" + aggregator(t).URL})
	v := p.visit(t)
	v.press(v.say("onko teillä kahvinkeittimiä").tap("Lisää koriin"))
	for _, text := range []string{"musta", "kassalle", "Maija Testinen", "maija@example.fi", "040 123 4567", "Kotikatu 5 A 2, 00530 Helsinki"} {
		v.say(text)
	}
	if h := v.say("noutopiste"); !strings.Contains(h.text(), "Kioski Vaasanaukio, Vaasankatu 14, 00530 Helsinki") {
		t.Fatalf("the points are not offered: %q", h.text())
	}
	v.say("torkkelinmäen lähikauppa")
	v.press(v.say("lasku").tap("Tilaa ja maksa"))
	o := sent(t, data, v.conversation, "JJFI64574900000137203")
	if o.Delivery.Point.ID != "2" {
		t.Fatalf("the order goes to %+v", o.Delivery)
	}

	tell := func(code string, tamper bool) int {
		t.Helper()
		form := url.Values{
			"api_key": {"k"}, "event": {code}, "timestamp": {"1795161600"}, "tracking_code": {o.Tracking},
			"object": {`{"status_code":"` + code + `","event_timestamp":"2026-11-22 09:00:00","post_office":"HELSINKI"}`},
		}
		mac := hmac.New(sha256.New, []byte(parcelSecret))
		fmt.Fprint(mac, strings.Join([]string{"k", code, form.Get("object"), form.Get("timestamp"), o.Tracking}, "&")) // by their names
		form.Set("hash", hex.EncodeToString(mac.Sum(nil)))
		if tamper {
			form.Set("event", "22")
		}
		r, err := http.PostForm(p.base+"/carriers/pakettikauppa", form)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return r.StatusCode
	}
	if status := tell("45", true); status != http.StatusUnauthorized || statusOf(t, data, v.conversation) == catalog.Delivered {
		t.Errorf("a forged call: %d", status)
	}
	before := len(v.all().Messages)
	for range 2 { // it calls again when it likes
		if status := tell("45", false); status != http.StatusOK {
			t.Errorf("a call: %d", status)
		}
	}
	if all := v.all(); statusOf(t, data, v.conversation) != catalog.Ready || strings.Count(all.text(), "Tilaus "+o.Number+" on noudettavissa") != 1 {
		t.Errorf("%s, told %q", statusOf(t, data, v.conversation), heard{all.Messages[before:]}.text())
	}
	if h := v.say("missä mun paketti on"); !strings.Contains(h.text(), "paketti on noudettavissa") {
		t.Errorf("where it is: %q", h.text())
	}
	if status := tell("22", false); status != http.StatusOK || statusOf(t, data, v.conversation) != catalog.Delivered {
		t.Errorf("%d, %s", status, statusOf(t, data, v.conversation))
	}
	eventually(t, "the letters", func() bool {
		ready, _ := filepath.Glob(filepath.Join(data, "letters", "*_ready.eml"))
		delivered, _ := filepath.Glob(filepath.Join(data, "letters", "*_delivered.eml"))
		return len(ready) == 1 && len(delivered) == 1
	})
	for _, secret := range []string{o.Tracking, parcelSecret, "Testinen", "00530"} {
		if strings.Contains(p.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}
