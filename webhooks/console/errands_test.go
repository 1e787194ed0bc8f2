package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// order is one of a hat that goes to an address.
func (c *counter) order(t *testing.T, id, conversation string) catalog.Order {
	t.Helper()
	o, err := c.store.Place(t.Context(), catalog.Order{
		ID: id, Conversation: conversation, Placed: friday, Currency: "EUR",
		Lines: []catalog.OrderLine{{SKU: "uncounted", Title: "Pipo", Qty: 1, Unit: 1990}}, Total: 1990,
		Contact: catalog.Contact{Name: "Kerttu", Email: "kerttu@example.fi"}, Address: catalog.Address{Street: "Kotikatu 1", Postcode: "00100", City: "Helsinki"},
		Delivery: catalog.OrderDelivery{Method: "kotiinkuljetus", Name: "Kotiinkuljetus"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestStaffRunErrandsForTheCustomer(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Viewed{Product: "askelniemi-kilometri-juoksukengat"})
	c.hear(t, dialogue.Said{Text: "hei"})
	c.hearFrom(t, "widget:other", "", dialogue.Said{Text: "hei"})
	o, other := c.order(t, "1", customer), c.order(t, "2", "widget:other")
	if _, err := c.store.Advance(t.Context(), o.Number, catalog.Paid, "test", friday); err != nil {
		t.Fatal(err)
	}
	b := c.at(t, "aino")
	b.get(t, talkPath)
	for _, want := range []string{"Katsoo sivua", "Askelniemi Kilometri", "Lähetä kuitti uudelleen", `value="Kotikatu 1"`} {
		if !strings.Contains(b.page, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	address := func(street, postcode, city string) url.Values {
		return url.Values{"order": {o.Number}, "street": {street}, "postcode": {postcode}, "city": {city}}
	}
	for _, test := range []struct {
		act    string
		fields url.Values
		status int
		alert  string
	}{
		{"letter", url.Values{"order": {other.Number}, "letter": {"placed"}}, http.StatusForbidden, ""},
		{"letter", url.Values{"order": {o.Number}, "letter": {"shipped"}}, http.StatusForbidden, ""},
		{"letter", url.Values{"order": {o.Number}, "letter": {"placed"}}, http.StatusSeeOther, ""},
		{"letter", url.Values{"order": {o.Number}, "letter": {"paid"}}, http.StatusSeeOther, ""},
		{"address", address(" ", "00100", "Espoo"), http.StatusBadRequest, "katuosoite"},
		{"address", address("Tie 1", "00100", strings.Repeat("a", 101)), http.StatusBadRequest, "enintään 100"},
		{"address", address("Tie 1", "0010", "Espoo"), http.StatusBadRequest, "viisi numeroa"},
		{"address", address(" Uusi  tie 2 ", "02100", "Espoo"), http.StatusSeeOther, ""},
		{"received", url.Values{"order": {o.Number}, "case": {"P-1"}}, http.StatusForbidden, ""},
	} {
		b.act(t, test.act, test.fields)
		b.expect(t, test.status, test.alert)
	}
	b.get(t, talkPath)
	if !strings.Contains(b.page, `value="Uusi tie 2"`) {
		t.Error("the new address is not shown")
	}
	if _, err := c.store.Advance(t.Context(), o.Number, catalog.Packed, "test", friday); err != nil {
		t.Fatal(err)
	}
	b.act(t, "address", address("Tie 1", "00100", "Helsinki"))
	b.expect(t, http.StatusConflict, "ei voi enää muuttaa")
	for range 4 { // the first of the confirmations was for the address
		b.act(t, "letter", url.Values{"order": {o.Number}, "letter": {"placed"}})
	}
	b.expect(t, http.StatusConflict, "jo viidesti")

	made := c.openCase(t, "3", catalog.Return)
	b.act(t, "received", url.Values{"order": {made.Order}, "case": {made.Number}})
	if b.status != http.StatusSeeOther {
		t.Fatalf("received: %d %s", b.status, b.alert())
	}
	b.get(t, talkPath)
	if !strings.Contains(b.page, "tuotteet saapuneet") {
		t.Error("that the goods came is not shown")
	}
	b.act(t, "received", url.Values{"order": {made.Order}, "case": {made.Number}})
	b.expect(t, http.StatusSeeOther, "")
	acts := strings.ReplaceAll(c.acts(t), o.Number, "N")
	for _, want := range []string{"aino letter_placed N", "aino letter_paid N", "aino order_address N", "aino case_received " + made.Number} {
		if !strings.Contains(acts, want) {
			t.Errorf("%q is not written down: %s", want, acts)
		}
	}
}

func TestWhoIsSignedInToTheShopIsVerified(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "hei"})
	if err := c.store.Identify(t.Context(), customer, "77"); err != nil {
		t.Fatal(err)
	}
	b := c.at(t, "aino")
	b.get(t, talkPath)
	if !strings.Contains(b.page, "kirjautunut verkkokauppaan") {
		t.Error("the page does not tell that the customer is signed in")
	}
}
