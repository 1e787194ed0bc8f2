package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

// TestReviewsAreReadBeforeTheyAreShown: by a lead, who keeps one back for a
// reason only.
func TestReviewsAreReadBeforeTheyAreShown(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	if err := c.accounts.Add(t.Context(), staff.Account{Name: "veto", Display: "Veto", Role: staff.Lead}, password); err != nil {
		t.Fatal(err)
	}
	o := catalog.Order{ID: "1", Number: "T-100001", Status: catalog.Delivered, Placed: friday, Delivered: friday, Lines: []catalog.OrderLine{
		{SKU: "V-VSUKKA-40-HAR", Product: "villavuona-villasukat", Qty: 1, Unit: 1790}, {SKU: "A", Product: "entinen", Qty: 1, Unit: 100},
	}}
	if err := c.store.Put(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	for id, r := range map[string]catalog.Review{
		"a": {Product: "villavuona-villasukat", Stars: 2, Lang: "fi", Text: "Nukkaantuivat <b>heti</b>.", At: friday},
		"b": {Product: "entinen", Stars: 5, Lang: "fi", Text: "Soita 040 123 4567.", At: friday},
	} {
		if err := c.store.WriteReview(t.Context(), id, customer, dialogue.WriteReview{Order: o.Number, Review: r}); err != nil {
			t.Fatal(err)
		}
	}
	agent := c.at(t, "aino")
	agent.get(t, "/console/reviews")
	agent.expect(t, http.StatusForbidden, "")
	agent.get(t, "/console")
	agent.submit(t, "/console/reviews", url.Values{"review": {"a"}, "show": {"1"}})
	agent.expect(t, http.StatusForbidden, "")

	lead := c.at(t, "veto")
	lead.get(t, "/console/reviews")
	for _, want := range []string{"Villavuona-villasukat", "★★☆☆☆", "Nukkaantuivat &lt;b&gt;heti", "entinen", "T-100001", "Kriittinen arvostelu julkaistaan kuten muutkin"} {
		if !strings.Contains(lead.page, want) {
			t.Errorf("no %q in\n%s", want, lead.page)
		}
	}
	lead.send(t, http.MethodPost, "/console/reviews", url.Values{"review": {"a"}, "show": {"1"}})
	lead.expect(t, http.StatusForbidden, "") // without the token of a form
	lead.get(t, "/console/reviews")
	lead.submit(t, "/console/reviews", url.Values{"review": {"b"}, "why": {"critical"}})
	lead.expect(t, http.StatusBadRequest, "Valitse syy")
	for _, judged := range []url.Values{{"review": {"a"}, "show": {"1"}}, {"review": {"b"}, "why": {"personal"}}} {
		lead.get(t, "/console/reviews")
		lead.submit(t, "/console/reviews", judged)
		lead.expect(t, http.StatusSeeOther, "")
	}
	lead.get(t, "/console/reviews")
	lead.submit(t, "/console/reviews", url.Values{"review": {"b"}, "show": {"1"}})
	lead.expect(t, http.StatusConflict, "jo käsitelty")
	shown, err := c.store.ShownReviews(t.Context())
	if err != nil || len(shown) != 1 || shown[0].Stars != 2 || !shown[0].Bought {
		t.Errorf("shown: %+v, %v", shown, err)
	}
	if acts := c.acts(t); !strings.Contains(acts, "veto review_show a; veto review_refuse b") {
		t.Errorf("acts: %s", acts)
	}
}
