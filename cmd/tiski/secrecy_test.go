package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiski/bot/dialogue"
	"tiski/bot/staff"
)

// TestTheLogTellsOfNobody goes through a purchase, a takeover, a withdrawal, what
// is kept and its end, with the log at its most talkative: not a word of a customer,
// no name, address, number or key is in it.
func TestTheLogTellsOfNobody(t *testing.T) {
	t.Parallel()
	o := openDoors(t)
	k := o.customer(t, "Sinikka Salaojanen", "sinikka.salaojanen@example.fi", "040 555 6677", "Piilopolku 9", "kerron teille sinivuokoista")
	secrets := append(k.secrets(), k.phone, "Salaojanen", "Sinikka", "Piilopolku", "555 6677", "sinivuok", "takapiha", "kellotorni", k.photoAt, staffPassword,
		"4111111111111111", "4111 1111 1111 1111", "131052-308T", "2000 euroa")
	k.say("korttini on 4111 1111 1111 1111 ja hetu 131052-308T")
	k.say("haluan puhua ihmiselle, takapiha tulvii")

	c := o.colleague(t, "maija", staff.Agent)
	talk := "/console/talk/" + url.PathEscape(k.conversation)
	c.submit(talk, talk+"/take", url.Values{})
	for _, said := range []string{"Katson kellotornista.", "Korttisi 4111 1111 1111 1111 näkyy."} {
		if _, status := c.submit(talk, talk+"/reply", url.Values{"text": {said}}); status >= 400 {
			t.Fatalf("reply: %d", status)
		}
	}
	c.submit(talk, talk+"/note", url.Values{"text": {"kellotorni soi, 2000 euroa"}})
	c.get("/console/search?q=" + url.QueryEscape("Sinikka Salaojanen"))
	c.submit(talk, talk+"/back", url.Values{"note": {"lupasin kellotornin"}})

	withdraw := "/o/" + k.page + "/withdraw"
	page := c.get(withdraw)
	form := formToken.FindStringSubmatch(page)
	if form == nil {
		t.Fatalf("no form of withdrawal: %s", page)
	}
	if answer, _ := o.knock(t, c.client, http.MethodPost, withdraw+"/confirm", "application/x-www-form-urlencoded", strings.NewReader(url.Values{
		"form": {form[1]}, "name": {k.name}, "email": {k.email}, "qty0": {"1"},
	}.Encode())); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("the withdrawal is answered %d", answer.StatusCode)
	}
	o.asked(t, http.MethodGet, "/data/"+k.pass+"/tiedot.json", "", "")
	o.asked(t, http.MethodPost, "/widget/v1/transcript", `{"id":"t1","email":"`+k.email+`","lang":"fi"}`, k.token)
	o.asked(t, http.MethodPost, "/widget/v1/messages", `{"id":"t2","text":"sinivuokko","extra":"Piilopolku"}`, k.token)
	o.asked(t, http.MethodGet, "/o/"+k.page+"x", "", k.token+"x")
	o.hears(t, k.conversation, "broken", k.name, dialogue.Tapped{Tap: "add:sinivuokko", Label: "Piilopolku 9"})

	kept, err := o.store.Transcript(t.Context(), k.conversation, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	said, err := o.conversations.Messages(t.Context(), k.conversation, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range append(kept, said...) {
		if strings.Contains(m.Text, "4111") || strings.Contains(m.Text, "308T") {
			t.Errorf("what is kept has a number that nobody needs: %q", m.Text)
		}
	}
	k.say("poista tietoni")
	k.say("kyllä")

	log := o.log.String()
	if strings.Count(log, "\n") < 3 {
		t.Errorf("the log is too short to prove anything: %s", log)
	}
	for lines := bufio.NewScanner(strings.NewReader(log)); lines.Scan(); {
		var entry map[string]any
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil {
			t.Errorf("a line is no JSON: %v", err)
		}
		left := strings.ReplaceAll(lines.Text(), k.conversation, "") // a name of chance, that opens nothing
		for _, secret := range secrets {
			if strings.Contains(strings.ToLower(left), strings.ToLower(secret)) {
				t.Errorf("the log tells %q: %s", secret, left)
			}
		}
	}
}
