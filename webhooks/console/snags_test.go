package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

// sell places an order that goes on to the shop's own system.
func (c *counter) sell(t *testing.T, id string) catalog.Order {
	t.Helper()
	c.store.HandOn = true
	o, err := c.store.Place(t.Context(), catalog.Order{
		ID: id, Conversation: customer, Placed: friday, Currency: "EUR",
		Lines: []catalog.OrderLine{{SKU: "uncounted", Title: "Pipo", Qty: 1, Unit: 1990}}, Total: 1990,
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (c *counter) hold(t *testing.T, order string, why catalog.Rejected) {
	t.Helper()
	if err := c.store.HoldPush(t.Context(), order, why, c.now()); err != nil {
		t.Fatal(err)
	}
}

func TestStaffFreeWhatIsStuck(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	if err := c.accounts.Add(t.Context(), staff.Account{Name: "pomo", Display: "Pomo", Role: staff.Admin}, password); err != nil {
		t.Fatal(err)
	}
	boss, aino := c.at(t, "pomo"), c.at(t, "aino")
	boss.get(t, "/console/snags")
	if !strings.Contains(boss.page, "Mikään ei odota käsiä") {
		t.Errorf("nothing is stuck: %s", boss.page)
	}
	o, other := c.sell(t, "1"), c.sell(t, "2")
	c.hold(t, "1", catalog.Rejected{Why: catalog.RejectedTotal, Outside: "727", Told: 2000})
	c.hold(t, "2", catalog.Rejected{Why: bot.HeldUnreachable})
	boss.get(t, "/console")
	if !strings.Contains(boss.page, "Vaatii käsiä: 2") {
		t.Errorf("the list does not tell: %s", boss.page)
	}

	aino.get(t, "/console/snags")
	if !strings.Contains(aino.page, o.Number) || strings.Contains(aino.page, "/console/snags/again") {
		t.Errorf("an agent sees %s", aino.page)
	}
	aino.submit(t, "/console/snags/again", url.Values{"snag": {"push/1"}, "order": {o.Number}})
	aino.expect(t, http.StatusForbidden, "pääkäyttäjä")

	boss.get(t, "/console/snags")
	if !strings.Contains(boss.page, "tilaukselle 727 loppusummaksi 20,00\u00a0€, mutta asiakas hyväksyi 19,90\u00a0€") {
		t.Errorf("why: %s", boss.page)
	}
	boss.submit(t, "/console/snags/again", url.Values{"snag": {"push/1"}, "order": {o.Number}})
	boss.expect(t, http.StatusSeeOther, "")
	boss.get(t, "/console/snags")
	boss.submit(t, "/console/snags/again", url.Values{"snag": {"push/1"}, "order": {o.Number}})
	boss.expect(t, http.StatusConflict, "jo hoidettu")
	boss.submit(t, "/console/snags/settle", url.Values{"snag": {"push/2"}, "order": {other.Number}})
	boss.expect(t, http.StatusSeeOther, "")
	if acts := c.acts(t); !strings.HasSuffix(acts, "pomo try_again "+o.Number+"; pomo settle "+other.Number) {
		t.Errorf("written down: %s", acts)
	}
	due, err := c.store.ClaimPushes(t.Context(), c.now(), c.now().Add(1), 10)
	if err != nil || len(due) != 1 || due[0].Order.ID != "1" {
		t.Errorf("to be pushed: %+v, %v", due, err)
	}
}
