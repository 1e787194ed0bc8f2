package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiski/bot/staff"
	"tiski/catalog"
)

// openCase opens a case of an order of one hat.
func (c *counter) openCase(t *testing.T, order string, kind catalog.CaseKind) catalog.Case {
	t.Helper()
	o := c.sell(t, order)
	if _, err := c.store.Advance(t.Context(), o.Number, catalog.Delivered, "test", c.now()); err != nil {
		t.Fatal(err)
	}
	line := catalog.CaseLine{Qty: 1}
	if kind == catalog.Exchange {
		line.Swap = "V-REVONT-31-PUN"
	}
	opened, err := c.store.OpenCase(t.Context(), "case-"+order, o.Number, func(o catalog.Order, earlier []catalog.Case) (catalog.Case, error) {
		return c.bot.Shelf().Shop.NewCase(catalog.Case{Kind: kind, Lines: []catalog.CaseLine{line}, Reason: "<b>liian pieni"}, o, earlier, c.now())
	})
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func TestStaffSeeToCases(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	if err := c.accounts.Add(t.Context(), staff.Account{Name: "pomo", Display: "Pomo", Role: staff.Admin}, password); err != nil {
		t.Fatal(err)
	}
	boss, aino := c.at(t, "pomo"), c.at(t, "aino")
	boss.get(t, "/console/cases")
	if !strings.Contains(boss.page, "Mikään asia ei odota") {
		t.Errorf("no case: %s", boss.page)
	}
	withdrawn, swapped := c.openCase(t, "1", catalog.Withdrawal), c.openCase(t, "2", catalog.Exchange)
	boss.get(t, "/console")
	if !strings.Contains(boss.page, "Palautukset ja reklamaatiot: 2") {
		t.Errorf("the list does not tell: %s", boss.page)
	}

	// Goods that come are anybody's to see, money is not.
	aino.get(t, "/console/cases")
	for _, told := range []string{withdrawn.Number + ", peruutus", swapped.Number + ", vaihto", "<li>1 × Pipo</li>", "<li>1 × Pipo → Kaamos Revontuli -talvikengät, punainen, 31</li>", "&lt;b&gt;liian pieni", "Hyvitettävä 19,90\u00a0€ viimeistään 4.12."} {
		if !strings.Contains(aino.page, told) {
			t.Errorf("not told: %s", told)
		}
	}
	if strings.Contains(aino.page, ">Hyvitä ") || strings.Contains(aino.page, ">Hylkää<") || strings.Count(aino.page, ">Tuotteet saapuivat<") != 2 {
		t.Errorf("an agent may do %s", aino.page)
	}
	advance := func(number string, to catalog.CaseState) url.Values {
		return url.Values{"case": {number}, "to": {string(to)}}
	}
	aino.submit(t, "/console/cases/advance", advance(withdrawn.Number, catalog.CaseRefunded))
	aino.expect(t, http.StatusForbidden, "pääkäyttäjä")
	aino.submit(t, "/console/cases/advance", advance(withdrawn.Number, catalog.CaseReceived))
	aino.expect(t, http.StatusSeeOther, "")

	boss.get(t, "/console/cases")
	if !strings.Contains(boss.page, "tuotteet saapuneet") || strings.Count(boss.page, ">Hyvitä 19,90\u00a0€<") != 1 || strings.Count(boss.page, ">Merkitse vaihdetuksi tai korjatuksi<") != 1 {
		t.Errorf("an admin may do %s", boss.page)
	}
	for range 2 { // pressed twice
		boss.submit(t, "/console/cases/advance", advance(withdrawn.Number, catalog.CaseRefunded))
		boss.expect(t, http.StatusSeeOther, "")
		boss.get(t, "/console/cases")
	}
	boss.submit(t, "/console/cases/advance", advance(withdrawn.Number, catalog.CaseRefused))
	boss.expect(t, http.StatusConflict, "jo hoidettu")
	boss.get(t, "/console/cases")
	boss.submit(t, "/console/cases/advance", advance("P-000000", catalog.CaseRefunded))
	boss.expect(t, http.StatusConflict, "jo hoidettu")
	boss.get(t, "/console/cases")
	boss.submit(t, "/console/cases/advance", advance(swapped.Number, catalog.CaseReplaced))
	boss.expect(t, http.StatusSeeOther, "")
	boss.get(t, "/console/cases")
	if !strings.Contains(boss.page, "Mikään asia ei odota") {
		t.Errorf("all is done: %s", boss.page)
	}
	if acts := c.acts(t); !strings.Contains(acts, "aino case_received "+withdrawn.Number+"; ") || !strings.HasSuffix(acts, "pomo case_replaced "+swapped.Number+"; pomo view_cases") {
		t.Errorf("written down: %s", acts)
	}
}
