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

var answerIDs = regexp.MustCompile(`name="answer" value="([^"]*)"`)

func TestWhatTheBotDidNotKnowIsAnswered(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.employ(t, "pomo", staff.Lead)
	for _, text := range []string{"lehmä lensi kuun yli", "lehmän <b>syntymäpäivä</b>"} {
		c.hear(t, dialogue.Said{Text: text})
	}
	c.bank(t)
	b := c.at(t, "aino")
	b.get(t, "/console/answers")
	for _, want := range []string{"<strong>lehmä</strong>", "viestejä 2", "lehmä lensi kuun yli", "lehmän &lt;b&gt;syntymäpäivä&lt;/b&gt;"} {
		if !strings.Contains(b.page, want) {
			t.Errorf("no %q in\n%s", want, b.page)
		}
	}
	id := answerIDs.FindStringSubmatch(b.page)[1]
	fields := func(change ...string) url.Values {
		all := url.Values{"answer": {id}, "intent": {intents.StoreInfo}, "say_fi": {"Lehmät ovat tilalla."}, "ask_fi": {" onko teillä lehmiä \r\n\r\nonko teillä lehmiä\r\nmissä lehmät on"}}
		for i := 0; i < len(change); i += 2 {
			all.Set(change[i], change[i+1])
		}
		return all
	}
	for _, wrong := range []struct {
		fields url.Values
		status int
		alert  string
	}{
		{fields("answer", "store"), http.StatusForbidden, "vanhentunut"},
		{fields("intent", "nonsense"), http.StatusBadRequest, "Valitse aihe"},
		{fields("say_fi", " "), http.StatusBadRequest, "suomenkielinen vastaus"},
		{fields("ask_fi", " \n"), http.StatusBadRequest, "suomenkielinen vastaus"},
		{fields("say_fi", strings.Repeat("a", staff.MaxAnswer+1)), http.StatusBadRequest, "enintään 1500 merkkiä"},
		{fields("ask_fi", strings.Repeat("a", 301)), http.StatusBadRequest, "enintään"},
		{fields("ask_sv", "har ni kor"), http.StatusBadRequest, "samalla kielellä"},
		{fields("remove", "1"), http.StatusForbidden, "vastaava"},
	} {
		b.get(t, "/console/answers")
		b.submit(t, "/console/answers", wrong.fields)
		b.expect(t, wrong.status, wrong.alert)
		if wrong.status == http.StatusBadRequest && !strings.Contains(b.page, `name="answer" value="`+id+`"`) {
			t.Errorf("%s: what was typed is gone", wrong.alert)
		}
	}
	b.submit(t, "/console/answers", fields())
	if b.status != http.StatusSeeOther {
		t.Fatalf("write: %d %s", b.status, b.alert())
	}
	b.get(t, "/console/answers")
	b.submit(t, "/console/answers/use", nil)
	b.expect(t, http.StatusForbidden, "")

	boss := c.at(t, "pomo")
	boss.get(t, "/console/answers")
	if !strings.Contains(boss.page, "odottaa hyväksyntää") || !strings.Contains(boss.page, ">onko teillä lehmiä\nmissä lehmät on</textarea>") {
		t.Errorf("the proposed answer is not there:\n%s", boss.page)
	}
	boss.submit(t, "/console/answers", fields("say_fi", "Lehmät ovat: tilalla.", "say_sv", "Korna är på gården."))
	b.get(t, "/console/answers")
	b.submit(t, "/console/answers", fields())
	b.expect(t, http.StatusForbidden, "vastaava")
	boss.get(t, "/console/answers.yaml")
	if boss.status != http.StatusOK || !strings.Contains(boss.page, "- id: "+id) || !strings.Contains(boss.page, "Korna är") || strings.Contains(boss.page, "syntymä") {
		t.Errorf("the file: %d\n%s", boss.status, boss.page)
	}
	boss.get(t, "/console/answers")
	boss.submit(t, "/console/answers/use", nil)
	if boss.status != http.StatusSeeOther || c.taught.Load() != 1 {
		t.Errorf("use: %d, taught %d times", boss.status, c.taught.Load())
	}
	for _, status := range []int{http.StatusSeeOther, http.StatusConflict} {
		boss.get(t, "/console/answers")
		boss.submit(t, "/console/answers", fields("remove", "1"))
		if boss.status != status {
			t.Errorf("remove: %d", boss.status)
		}
	}
	if acts := c.acts(t); !strings.Contains(acts, "aino answer_write "+id+"; pomo") || !strings.Contains(acts, "pomo answer_remove "+id) {
		t.Errorf("written down: %s", acts)
	}
}
