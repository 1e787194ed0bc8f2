package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/intents"
)

func TestReadingIsExplainedAndCorrected(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	if err := c.accounts.Add(t.Context(), staff.Account{Name: "pomo", Display: "Pomo", Role: staff.Admin}, password); err != nil {
		t.Fatal(err)
	}
	c.hear(t, dialogue.Said{Text: "mis mun kamat viipyy"})
	b := c.at(t, "aino")
	b.get(t, talkPath)
	path := regexp.MustCompile(`href="(` + talkPath + `/reading/\d+)"`).FindStringSubmatch(b.page)[1]
	b.get(t, path)
	for _, want := range []string{"mis mun kamat viipyy", "tilauksen tila", "<meter", "Mikä ratkaisi?", "sana"} {
		if !strings.Contains(b.page, want) {
			t.Errorf("no %q in\n%s", want, b.page)
		}
	}
	b.submit(t, path, url.Values{"intent": {"nonsense"}})
	b.expect(t, http.StatusForbidden, "")
	b.get(t, path)
	b.submit(t, path, url.Values{"intent": {intents.DeliveryTime}})
	if b.status != http.StatusSeeOther {
		t.Fatalf("correct: %d %s", b.status, b.alert())
	}
	b.get(t, talkPath+"/reading/1")
	b.expect(t, http.StatusNotFound, "")

	// Who is no admin sees the list and changes nothing.
	b.get(t, "/console/examples")
	if !strings.Contains(b.page, "mis mun kamat viipyy") || strings.Contains(b.page, `name="accept"`) {
		t.Error("the list of examples is wrong for an agent")
	}
	waiting, err := c.store.Examples(t.Context(), false, 9)
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%+v, %v", waiting, err)
	}
	judge := url.Values{"example": {waiting[0].ID}, "text": {"missä tavarat viipyvät"}, "intent": {intents.DeliveryTime}, "accept": {"1"}}
	b.submit(t, "/console/examples", judge)
	b.expect(t, http.StatusForbidden, "")
	b.submit(t, "/console/examples/teach", nil)
	b.expect(t, http.StatusForbidden, "")

	admin := c.at(t, "pomo")
	admin.get(t, "/console/examples")
	admin.submit(t, "/console/examples", url.Values{"example": {waiting[0].ID}, "text": {strings.Repeat("a", 301)}, "intent": {intents.DeliveryTime}, "accept": {"1"}})
	admin.expect(t, http.StatusBadRequest, "1–300 merkkiä")
	admin.get(t, "/console/examples")
	admin.submit(t, "/console/examples", judge)
	admin.get(t, "/console/examples")
	admin.submit(t, "/console/examples", judge)
	admin.expect(t, http.StatusConflict, "jo käsitelty")
	admin.get(t, "/console/examples")
	admin.submit(t, "/console/examples/teach", nil)
	taught, err := c.store.Examples(t.Context(), true, 9)
	if err != nil || len(taught) != 1 || taught[0].Text != "missä tavarat viipyvät" || taught[0].Intent != intents.DeliveryTime || c.taught.Load() != 1 {
		t.Errorf("%+v, %d times, %v", taught, c.taught.Load(), err)
	}
}
