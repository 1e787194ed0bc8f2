package console_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// seek opens the page of what is found.
func (b *browser) seek(t *testing.T, fields ...string) {
	t.Helper()
	q := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		q.Set(fields[i], fields[i+1])
	}
	b.get(t, "/console/search?"+q.Encode())
	if b.status != http.StatusOK {
		t.Fatalf("%q: %d %s", fields, b.status, b.alert())
	}
}

func TestSearchFindsAnyForm(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hearFrom(t, customer, "Kerttu Kivi", dialogue.Said{Text: "mun <i>talvikengät</i> on rikki"})
	c.hearFrom(t, "telegram:7", "Sari", dialogue.Said{Text: "haluan puhua ihmiselle"})
	c.pass(48 * time.Hour)
	c.hearFrom(t, "telegram:8", "Pekka", dialogue.Said{Text: "hei"})
	o := c.openCase(t, "1", catalog.Complaint)
	b := c.at(t, "aino")
	b.act(t, "note", url.Values{"remark": {"Soittaa lakimiehelle"}})
	b.act(t, "mark", url.Values{"do": {"label"}, "label": {"toimitus"}})
	c.bank(t)

	const talk, sari, pekka = `href="` + talkPath, `href="/console/talk/telegram:7`, `href="/console/talk/telegram:8`
	for _, test := range []struct {
		fields   string // name value name value
		has, not []string
	}{
		{"q kenkiä", []string{talk + "/whole?after=", "&lt;i&gt;<mark>talvikengät</mark>&lt;/i&gt;"}, []string{sari, pekka}},
		{"q kerttu", []string{talk, "Kerttu Kivi"}, []string{sari}},
		{"q lakimies", []string{talk, "muistiinpanossa", "<mark>lakimiehelle</mark>"}, []string{sari}},
		{"q " + o.Number, []string{o.Number}, []string{sari, pekka}},
		{"q siilinjärvi", []string{"Mitään ei löytynyt"}, []string{talk, sari, pekka}},
		{"state waiting", []string{sari}, []string{talk, pekka}},
		{"state bot", []string{talk, pekka}, []string{sari}},
		{"label toimitus", []string{talk}, []string{sari, pekka}},
		{"channel telegram", []string{sari, pekka}, []string{talk}},
		{"days 1", []string{pekka}, []string{talk, sari}},
		{"q sari channel widget", []string{"Mitään ei löytynyt"}, []string{sari}},
		{"owner aino", []string{"Mitään ei löytynyt"}, []string{talk, sari, pekka}},
	} {
		b.seek(t, strings.Fields(test.fields)...)
		for _, want := range test.has {
			if !strings.Contains(b.page, want) {
				t.Errorf("%s: no %q", test.fields, want)
			}
		}
		for _, unwanted := range test.not {
			if strings.Contains(b.page, unwanted) {
				t.Errorf("%s: finds %q", test.fields, unwanted)
			}
		}
	}
	b.seek(t, "q", strings.Repeat("a", 200))
	b.get(t, "/console/search?q="+strings.Repeat("a", 201))
	b.expect(t, http.StatusRequestEntityTooLarge, "")
	if acts := c.acts(t); !strings.Contains(acts, "aino search;") || strings.Contains(acts, "kenkiä") {
		t.Errorf("written down: %s", acts)
	}
	if strings.Contains(c.trace.String(), "lakimie") {
		t.Error("the log tells what was looked for")
	}
}

func TestAWholeConversationOutlivesItsState(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "mitä toimitus maksaa?"})
	c.bank(t)
	if err := c.talks.Erase(t.Context(), customer, ""); err != nil {
		t.Fatal(err)
	}
	b := c.at(t, "aino")
	for _, path := range []string{talkPath, talkPath + "/whole"} {
		b.get(t, path)
		if b.status != http.StatusOK || !strings.Contains(b.page, "mitä toimitus maksaa?") || strings.Contains(b.page, "/reading/") {
			t.Errorf("%s: %d %s", path, b.status, b.page)
		}
	}
	b.get(t, talkPath+"/whole?after=99999999999999")
	b.expect(t, http.StatusNotFound, "Keskustelua ei löydy")
}

func TestHitsWhileOneTypes(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	for i := range 6 { // more than are shown
		c.hearFrom(t, "telegram:"+strconv.Itoa(i), "Sari", dialogue.Said{Text: "onko talvikenkiä"})
	}
	c.bank(t)
	b := c.at(t, "aino")
	for _, test := range []struct {
		text string
		hits int
		told string
	}{{"talvikenkä", 4, "Osumia: 4"}, {"siilinjärvi", 0, "Mitään ei löytynyt"}, {"t", 0, ""}, {"", 0, ""}} {
		b.get(t, "/console/search/live?q="+url.QueryEscape(test.text))
		if got := strings.Count(b.page, `class="hit"`); b.status != http.StatusOK || got != test.hits || !strings.Contains(b.page, `data-told="`+test.told) {
			t.Errorf("%q: %d, %d hits: %s", test.text, b.status, got, b.page)
		}
	}
	if strings.Contains(b.page, "<html") {
		t.Error("a whole page comes")
	}
	b.get(t, "/console/search/live?q="+strings.Repeat("a", 201))
	b.expect(t, http.StatusRequestEntityTooLarge, "")
	if got := c.acts(t); got != "aino sign_in; aino search" {
		t.Errorf("written down: %s", got)
	}
}
