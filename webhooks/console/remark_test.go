package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
)

func TestNotesWhileTheBotHolds(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	b.act(t, "note", url.Values{"remark": {"Soitti aamulla <myös>."}})
	if b.status != http.StatusSeeOther {
		t.Fatalf("note: %d %s", b.status, b.alert())
	}
	b.get(t, talkPath)
	if !strings.Contains(b.page, "Soitti aamulla &lt;myös&gt;.") {
		t.Error("the note is not on the page")
	}
	if strings.Contains(c.said(t), "Soitti") || strings.Contains(c.trace.String(), "Soitti") {
		t.Error("the note is told to the customer or the log")
	}
	b.act(t, "note", url.Values{"remark": {" "}})
	b.expect(t, http.StatusBadRequest, "Kirjoita ensin muistiinpano.")
	b.act(t, "note", url.Values{"remark": {strings.Repeat("a", staff.MaxRemark+1)}})
	b.expect(t, http.StatusBadRequest, "1000 merkkiä")
	b.submit(t, "/console/talk/widget:nobody/note", url.Values{"id": {strings.Repeat("A", 26)}, "remark": {"x"}})
	b.expect(t, http.StatusNotFound, "")
}

func TestWarnedOfNewerMessages(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	b.act(t, "take", nil)
	b.get(t, talkPath)
	seen := regexp.MustCompile(`name="seen" value="(\d+)"`).FindStringSubmatch(b.page)[1]
	c.hear(t, dialogue.Said{Text: "eiku perutaan"})
	b.submit(t, talkPath+"/reply", url.Values{"text": {"Lähetän heti."}, "seen": {seen}})
	b.expect(t, http.StatusConflict, "Asiakas kirjoitti lisää")
	if !strings.Contains(b.page, "Lähetän heti.</textarea>") {
		t.Error("what was written is lost")
	}
	seen = regexp.MustCompile(`name="seen" value="(\d+)"`).FindStringSubmatch(b.page)[1]
	b.submit(t, talkPath+"/reply", url.Values{"text": {"Selvä, peruttu."}, "seen": {seen}})
	if b.status != http.StatusSeeOther || strings.Contains(c.said(t), "Lähetän heti") {
		t.Errorf("%d %s\n%s", b.status, b.alert(), c.said(t))
	}
}

func TestWhoLooksAndTypes(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hire(t, "mia", "Mia")
	c.hear(t, dialogue.Said{Text: "hei"})
	aino, mia := c.at(t, "aino"), c.at(t, "mia")
	aino.get(t, talkPath)
	mia.get(t, talkPath+"/live")
	if !strings.Contains(mia.page, "Aino katsoo") || strings.Contains(mia.page, "Mia katsoo") {
		t.Error("who looks is not told, or she herself is")
	}
	writes := func(who, want string) {
		t.Helper()
		mia.get(t, talkPath+"/live")
		if got := strings.Contains(mia.page, who+" kirjoittaa"); got != (want == "writes") {
			t.Errorf("%s is told to write: %v, want %q", who, got, want)
		}
	}
	aino.get(t, talkPath+"/live?typing=1")
	writes("Aino", "who holds nothing writes to nobody")
	aino.act(t, "take", nil)
	aino.get(t, talkPath+"/live?typing=1")
	aino.get(t, talkPath+"/live") // to see what is new changes nothing
	writes("Aino", "writes")
	c.pass(time.Second)
	aino.act(t, "reply", url.Values{"text": {"Hei"}})
	writes("Aino", "has said it")

	types := func() {
		t.Helper()
		if err := c.talks.See(t.Context(), bot.Presence{Conversation: customer, Doing: bot.Typing, At: c.now()}); err != nil {
			t.Fatal(err)
		}
	}
	writes("Asiakas", "nothing yet")
	types()
	writes("Asiakas", "writes")
	c.pass(time.Second)
	c.hear(t, dialogue.Said{Text: "kiitos"})
	writes("Asiakas", "has said it")
	c.pass(time.Second)
	types()
	writes("Asiakas", "writes")
	c.pass(bot.Typing.Life())
	writes("Asiakas", "has stopped")
}

func TestHelpWithTheReply(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	b := c.at(t, "aino")
	b.act(t, "take", nil)
	c.hear(t, dialogue.Said{Text: "mikä on palautusaika?"})
	before := c.said(t)
	b.get(t, talkPath)
	for _, want := range []string{"Palautusaika on", `data-id="hetki"`, "Hei, katson asian ja palaan", "Asiakas odottaa vastausta", "mukavaa päivänjatkoa. Aino, Tuulikello"} {
		if !strings.Contains(b.page, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	if c.said(t) != before {
		t.Error("a suggestion was said")
	}
	b.act(t, "reply", url.Values{"text": {"Palaan asiaan maanantaina."}})
	b.get(t, talkPath)
	if !strings.Contains(b.page, "Luvattu, määräaika 23.11. 17.00") || !strings.Contains(b.page, "Aino: Palaan asiaan maanantaina.") {
		t.Error("the promise is not on the card")
	}
	if strings.Contains(b.page, "Botin ehdotus") {
		t.Error("a suggestion stands though nobody asked anything")
	}
}

func TestWhoIsMentionedIsTold(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hire(t, "mia", "Mia")
	c.hear(t, dialogue.Said{Text: "hei"})
	aino, mia := c.at(t, "aino"), c.at(t, "mia")
	c.pass(time.Minute)
	aino.get(t, talkPath)
	if !strings.Contains(aino.page, `data-mention="mia"`) || strings.Contains(aino.page, `data-mention="aino"`) {
		t.Error("whom one can mention is wrong")
	}
	aino.act(t, "note", url.Values{"remark": {"@mia osaatko <b>auttaa</b>?"}})
	told := func(b *browser) bool {
		t.Helper()
		b.get(t, "/console/live")
		return strings.Contains(b.page, "Sinut mainittiin") && strings.Contains(b.page, "@mia osaatko &lt;b&gt;auttaa&lt;/b&gt;?") && strings.Contains(b.page, "· @1")
	}
	if !told(mia) || told(aino) {
		t.Error("the mention is not told to whom it is meant")
	}
	c.pass(time.Minute)
	mia.get(t, talkPath)
	if told(mia) {
		t.Error("the mention is told after it was seen")
	}
}
