package console_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
)

// busy is a day at the counter, counted and archived.
func (c *counter) busy(t *testing.T) {
	t.Helper()
	c.hearFrom(t, "telegram:1", "", dialogue.Said{Text: "mitä toimitus maksaa?"})
	for _, text := range []string{"lehmä lensi kuun yli", "=lehmän syntymäpäivä"} {
		c.hearFrom(t, "telegram:2", "", dialogue.Said{Text: text})
	}
	c.hear(t, dialogue.Said{Text: "etsin vedenpitäviä talvikenkiä lapselle koko 30"})
	c.hear(t, dialogue.Said{Text: "laita eka ostoskoriin"})
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	c.pass(3 * time.Minute)
	b := c.at(t, "vastaava")
	b.act(t, "take", nil)
	b.act(t, "reply", map[string][]string{"text": {"Hei, miten voin auttaa?"}})
	c.bank(t)
}

// bank writes what was counted and said to the database.
func (c *counter) bank(t *testing.T) {
	t.Helper()
	if err := c.bot.Tally.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	archivist := &bot.Archivist{Archive: c.talks, Transcripts: c.store}
	if err := archivist.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// export is a table of the report, as it is downloaded.
func (b *browser) export(t *testing.T, name string) string {
	t.Helper()
	b.get(t, "/console/report.csv?days=7&table="+name)
	if b.status != http.StatusOK || !strings.HasPrefix(b.header.Get("Content-Type"), "text/csv") {
		t.Fatalf("%s: %d %s", name, b.status, b.page)
	}
	return b.page
}

func TestReports(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.employ(t, "vastaava", staff.Lead)
	c.busy(t)
	b := c.at(t, "vastaava")
	b.get(t, "/console/report?days=7")
	for _, want := range []string{
		"<dt>Keskustelut</dt><dd>3</dd>", "<dt>Selvisi ilman ihmistä</dt><dd>67\u00a0%</dd>", "<dt>Vastausaika, tyypillinen</dt><dd>3 min</dd>",
		"<svg viewBox=", "lehmä", "lisää tuotetta koriin: väri",
	} {
		if !strings.Contains(b.page, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for name, want := range map[string]string{
		"days":   "20.11.;3;1;0;0,00\n",
		"waits":  "alle 2 min;0\n2–10 min;1\n",
		"missed": "lehmä;2;'=lehmän syntymäpäivä / lehmä lensi kuun yli\n",
		"steps":  "lisää tuotetta koriin: väri;1;0;1;100\u00a0%\n",
	} {
		if got := b.export(t, name); !strings.Contains(got, want) {
			t.Errorf("%s: %s\nlacks %q", name, got, want)
		}
	}
	if got := b.export(t, "days"); strings.Count(got, "\n") != 8 || !strings.HasPrefix(got, "\ufeffPäivä;") {
		t.Errorf("seven days: %q", got)
	}
	b.get(t, "/console/report.csv?table=salaisuudet")
	b.expect(t, http.StatusNotFound, "Raporttia ei löydy")
	if got := c.acts(t); !strings.Contains(got, "vastaava view_report; ") || !strings.Contains(got, "vastaava export_report missed") {
		t.Errorf("written down: %s", got)
	}
}

func TestAReportOfNothing(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.employ(t, "vastaava", staff.Lead)
	b := c.at(t, "vastaava")
	b.get(t, "/console/report?days=-1")
	if b.status != http.StatusOK || strings.Contains(b.page, "<svg") || !strings.Contains(b.page, "<dt>Keskustelut</dt><dd>0</dd>") {
		t.Errorf("%d %s", b.status, b.page)
	}
}
