package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

func TestSnoozedAndClosedConversations(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	b := c.at(t, "aino")
	listed := func(want string) {
		t.Helper()
		b.get(t, "/console")
		if !strings.Contains(b.page, want) {
			t.Errorf("no %q in\n%s", want, b.page)
		}
	}
	mark := func(fields url.Values, status int, alert string) {
		t.Helper()
		b.act(t, "mark", fields)
		b.expect(t, status, alert)
	}
	listed("Odottaa: 1")
	mark(url.Values{"do": {"close"}, "reason": {"solved"}}, http.StatusConflict, "asiakas odottaa")
	c.pass(time.Second)
	mark(url.Values{"do": {"snooze"}, "until": {"hour"}}, http.StatusSeeOther, "")
	listed("Odottaa: 0")
	listed("Torkkuvat: 1")
	c.pass(time.Hour)
	listed("Odottaa: 1")
	mark(url.Values{"do": {"snooze"}, "until": {"open"}}, http.StatusSeeOther, "")
	listed("Odottaa: 0")
	c.pass(time.Second)
	c.hear(t, dialogue.Said{Text: "onko siellä ketään"}) // a word of the customer wakes it
	listed("Odottaa: 1")

	b.act(t, "take", nil)
	mark(url.Values{"do": {"label"}, "label": {"palautus", "muu"}}, http.StatusSeeOther, "")
	mark(url.Values{"do": {"close"}, "reason": {"other"}}, http.StatusForbidden, "")
	mark(url.Values{"do": {"erase"}}, http.StatusForbidden, "")
	mark(url.Values{"do": {"close"}, "reason": {"solved"}}, http.StatusSeeOther, "")
	listed("Suljetut: 1")
	listed(`<span class="label">palautus</span>`)
	if strings.Contains(b.page, "muu</span>") {
		t.Error("a label that the shop has not")
	}
	mark(url.Values{"do": {"open"}}, http.StatusSeeOther, "")
	b.get(t, "/console")
	if strings.Contains(b.page, "Suljetut") {
		t.Error("it is still closed")
	}
	mark(url.Values{"do": {"snooze"}, "until": {"hour"}}, http.StatusSeeOther, "")
	mark(url.Values{"do": {"close"}, "reason": {"solved"}, "id": {strings.Repeat("A", 26)}}, http.StatusSeeOther, "") // on a page from before
	listed("Suljetut: 1")
}

func TestMarksKeepToTheirMoment(t *testing.T) {
	t.Parallel()
	m := staff.Mark{Since: friday, Snoozed: friday.Add(time.Hour), Closed: friday}
	for _, test := range []struct {
		now, last    time.Duration
		sleeps, over bool
	}{
		{time.Hour - 1, 0, true, true}, {time.Hour, 0, false, true}, {0, time.Millisecond - 1, false, true}, {0, time.Millisecond, false, false},
	} {
		now, last := friday.Add(test.now), friday.Add(test.last)
		if m.Sleeps(now, last) != test.sleeps || m.Over(last) != test.over {
			t.Errorf("%+v", test)
		}
	}
}

func TestCustomersOrdersAreShownAndCancelled(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	if err := c.accounts.Add(t.Context(), staff.Account{Name: "pomo", Display: "Pomo", Role: staff.Admin}, password); err != nil {
		t.Fatal(err)
	}
	c.hear(t, dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	b.get(t, talkPath)
	if !strings.Contains(b.page, "ei vahvistettu") {
		t.Error("somebody without an order is verified")
	}
	made := c.openCase(t, "1", catalog.Complaint)
	b.get(t, talkPath)
	for _, want := range []string{made.Order, "tilauksella tunnistettu", made.Number} {
		if !strings.Contains(b.page, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	b.submit(t, talkPath+"/cancel", url.Values{"order": {made.Order}})
	b.expect(t, http.StatusForbidden, "vain pääkäyttäjä")
	boss := c.at(t, "pomo")
	boss.get(t, talkPath)
	boss.submit(t, talkPath+"/cancel", url.Values{"order": {"T-999999"}})
	boss.expect(t, http.StatusForbidden, "")
	boss.get(t, talkPath)
	offered := strings.Contains(boss.page, talkPath+"/cancel")
	boss.submit(t, talkPath+"/cancel", url.Values{"order": {made.Order}})
	if want := map[bool]int{true: http.StatusSeeOther, false: http.StatusConflict}[offered]; boss.status != want {
		t.Errorf("offered %v, but %d %s", offered, boss.status, boss.alert())
	}
}
