package console_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/webhooks/console"
)

func TestStaffSeeWhatDidNotArrive(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	b := c.at(t, "aino")
	b.act(t, "take", nil)
	b.act(t, "reply", url.Values{"text": {"Hei!"}})
	all, err := c.talks.Messages(t.Context(), customer, 0)
	if err != nil {
		t.Fatal(err)
	}
	lost := func() bool {
		b.get(t, talkPath+"/live")
		return strings.Contains(b.page, "Viesti (12.00) ei mennyt asiakkaalle perille.")
	}
	if lost() {
		t.Error("what is on its way is called lost")
	}
	c.hear(t, dialogue.Unsent{Seq: all[len(all)-1].Seq})
	if !lost() {
		t.Errorf("what is lost is not told:\n%s", b.page)
	}
	b.act(t, "back", nil)
	if lost() {
		t.Error("it is told of a conversation that the bot has")
	}
}

func TestTakeReplyAndHandBack(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hearFrom(t, customer, "Kerttu", dialogue.Said{Text: "hei"})
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	b := c.at(t, "aino")

	b.act(t, "take", nil)
	if b.status != http.StatusSeeOther || b.header.Get("Location") != talkPath {
		t.Fatalf("take: %d %s", b.status, b.alert())
	}
	c.pass(time.Minute)
	if turn := c.hear(t, dialogue.Said{Text: "onko talvikenkiä koossa 30?"}); len(turn.Messages) != 0 {
		t.Errorf("the bot talks over a person: %+v", turn.Messages)
	}
	b.get(t, talkPath+"/live")
	if !strings.Contains(b.page, "onko talvikenkiä koossa 30?") || !strings.Contains(b.page, `data-holding="mine"`) {
		t.Errorf("the live transcript is\n%s", b.page)
	}
	b.act(t, "reply", url.Values{"text": {" Katson heti.\r\nHetki! "}})
	if b.status != http.StatusSeeOther {
		t.Errorf("reply: %d %s", b.status, b.alert())
	}
	b.act(t, "back", url.Values{"note": {"Kengät pidetään varattuina huomiseen."}})
	if b.status != http.StatusSeeOther {
		t.Errorf("hand back: %d %s", b.status, b.alert())
	}
	said := c.said(t)
	for _, want := range []string{"staff: Katson heti.\nHetki!\n", "system: Nyt sinulle vastaa Aino", "Aino kirjasi: Kengät pidetään varattuina huomiseen."} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if turn := c.hear(t, dialogue.Said{Text: "hei taas"}); len(turn.Messages) == 0 {
		t.Error("the bot does not go on")
	}
	want := "aino sign_in; aino view W; aino take W; aino view W; aino reply W; aino view W; aino hand_back W"
	if got := strings.ReplaceAll(c.acts(t), customer, "W"); got != want {
		t.Errorf("written down: %s", got)
	}
	for _, secret := range []string{"Kerttu", "Katson", "varattuina", password} {
		if strings.Contains(c.trace.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

func TestStaffDoNotTakeTheNameOfACustomerAway(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hearFrom(t, customer, "Kerttu", dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	b.act(t, "take", nil)
	for _, page := range []string{"/console", talkPath} {
		b.get(t, page)
		if !strings.Contains(b.page, "Kerttu") {
			t.Errorf("%s has forgotten the name", page)
		}
	}
}

func TestTwoStaffAndOneConversation(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	names := map[string]string{"aino": "Aino", "mia": "Mia"}
	both := map[string]*browser{}
	for name, display := range names {
		c.hire(t, name, display)
		both[name] = c.at(t, name)
	}
	for range 5 {
		c.hear(t, dialogue.Said{Text: "hei"})
		var all sync.WaitGroup
		for _, b := range both {
			b.get(t, talkPath)
		}
		for _, b := range both {
			all.Go(func() { b.submit(t, talkPath+"/take", nil) })
		}
		all.Wait()
		first, second := both["aino"], both["mia"]
		holder := "Aino"
		if first.status != http.StatusSeeOther {
			first, second, holder = second, first, "Mia"
		}
		if first.status != http.StatusSeeOther || second.status != http.StatusConflict {
			t.Fatalf("%d and %d", first.status, second.status)
		}
		second.expect(t, http.StatusConflict, holder+" ehti ensin")
		if strings.Contains(second.page, "/take") {
			t.Error("the second can press again")
		}
		second.submit(t, talkPath+"/reply", url.Values{"id": {strings.Repeat("A", 26)}, "text": {"Minäkin täällä"}})
		second.expect(t, http.StatusConflict, "Viesti ei lähtenyt. Keskustelua hoitaa "+holder)
		if !strings.Contains(second.page, "Minäkin täällä</textarea>") {
			t.Error("what was written is lost")
		}
		second.submit(t, talkPath+"/back", url.Values{"id": {strings.Repeat("A", 26)}})
		second.expect(t, http.StatusConflict, "sitä hoitaa "+holder)
		first.act(t, "back", nil)
		if first.status != http.StatusSeeOther {
			t.Fatalf("hand back: %d", first.status)
		}
		c.pass(time.Minute)
	}
	if strings.Contains(c.said(t), "Minäkin") {
		t.Error("who does not hold the conversation spoke in it")
	}
}

func TestNobodySpeaksWhileTheBotHolds(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	b.get(t, talkPath)
	if strings.Contains(b.page, `id="text"`) || strings.Contains(b.page, "/reply\"") {
		t.Error("the reply box is open")
	}
	b.submit(t, talkPath+"/reply", url.Values{"id": {strings.Repeat("A", 26)}, "text": {"hei"}})
	b.expect(t, http.StatusConflict, "Keskustelua hoitaa botti")
	if got := c.said(t); strings.Contains(got, "staff:") {
		t.Errorf("said\n%s", got)
	}
}

func TestAFormSentTwiceIsOneAct(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	for _, act := range []string{"take", "reply", "back"} {
		b.get(t, talkPath)
		for range 2 {
			b.submit(t, talkPath+"/"+act, url.Values{"text": {"Terve!"}, "note": {"Soitan."}})
			if b.status != http.StatusSeeOther {
				t.Errorf("%s: %d %s", act, b.status, b.alert())
			}
		}
	}
	said := c.said(t)
	for _, once := range []string{"Nyt sinulle vastaa Aino", "staff: Terve!", "Soitan."} {
		if strings.Count(said, once) != 1 {
			t.Errorf("%q is not there once:\n%s", once, said)
		}
	}
	if got := c.acts(t); strings.Count(got, "reply") != 1 {
		t.Errorf("written down: %s", got)
	}
}

func TestFieldsOfActs(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	b.act(t, "take", nil)
	for name, test := range map[string]struct {
		act    string
		fields url.Values
		status int
		alert  string
	}{
		"nothing said":     {"reply", url.Values{"text": {" \r\n "}}, 400, "Kirjoita ensin vastaus."},
		"as long as may":   {"reply", url.Values{"text": {strings.Repeat("ö", console.MaxReply)}}, 303, ""},
		"too long":         {"reply", url.Values{"text": {strings.Repeat("ö", console.MaxReply+1)}}, 400, "enintään 4000 merkkiä"},
		"no id":            {"reply", url.Values{"text": {"hei"}, "id": {""}}, 403, "Lomake on vanhentunut"},
		"an id of no form": {"reply", url.Values{"text": {"hei"}, "id": {strings.Repeat("a", 26)}}, 403, "Lomake on vanhentunut"},
		"a note too long":  {"back", url.Values{"note": {strings.Repeat("ö", console.MaxNote+1)}}, 400, "enintään 500 merkkiä"},
	} {
		b.act(t, test.act, test.fields)
		if b.status != test.status || test.alert != "" && !strings.Contains(b.alert(), test.alert) {
			t.Errorf("%s: %d %q, want %d %q", name, b.status, b.alert(), test.status, test.alert)
		}
	}
	b.act(t, "back", url.Values{"note": {strings.Repeat("ö", console.MaxNote)}})
	if b.status != http.StatusSeeOther {
		t.Errorf("a note as long as may be: %d", b.status)
	}
}

func TestConversationsThatAreNone(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	b.get(t, "/console")
	for _, id := range []string{"widget:none", "%00", "a%2Fb", "..%2F..%2Fetc", strings.Repeat("x", 300), "%252e"} {
		path := "/console/talk/" + id
		b.get(t, path)
		b.expect(t, http.StatusNotFound, "Keskustelua ei löydy")
		b.submit(t, path+"/take", url.Values{"id": {strings.Repeat("A", 26)}})
		b.expect(t, http.StatusNotFound, "Keskustelua ei löydy")
	}
	if desks, err := c.talks.Desks(t.Context(), 10); err != nil || len(desks) != 0 {
		t.Errorf("a conversation was begun: %v %v", desks, err)
	}
}

func TestOddIdsLeadToTheirConversation(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	for i, id := range []string{"telegram:-100123", "widget:a/b", "widget:%41", "widget:å ?#\"<b>"} {
		text := fmt.Sprint("keskustelu ", i)
		c.hearFrom(t, id, "", dialogue.Said{Text: text})
		path := "/console/talk/" + url.PathEscape(id)
		b.get(t, "/console")
		if !strings.Contains(b.page, `href="`+path+`"`) {
			t.Errorf("no link to %q", path)
		}
		b.get(t, path)
		if b.status != http.StatusOK || !strings.Contains(b.page, text) {
			t.Errorf("%q: %d", id, b.status)
		}
		b.submit(t, path+"/take", nil)
		if b.status != http.StatusSeeOther {
			t.Errorf("take %q: %d %s", id, b.status, b.alert())
		}
	}
}

// nasty is text that would be more than text in a careless page.
var nasty = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' onmouseover='alert(1)`,
	`</textarea></p></title><svg/onload=alert(1)>`,
	`{{.Form}} ${alert(1)} <!--`,
	"\u202e\u0000<iframe srcdoc=x>",
	`javascript:alert(1)`,
	"a\r\nSet-Cookie: x=1",
	`&lt;b&gt;&#x3c;i>`,
}

func TestWordsFromOutsideStayWords(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "<b>Aino</b>")
	for i, text := range nasty {
		c.pass(time.Minute)
		c.hearFrom(t, customer, text, dialogue.Said{Text: text})
		c.hear(t, dialogue.Tapped{Tap: "x", Label: text})
		c.hearFrom(t, "widget:"+string(rune('a'+i)), text, dialogue.Shared{Name: text, Phone: text})
	}
	c.hearFrom(t, customer, nasty[1], dialogue.Said{Text: "ihminen"})
	b := c.at(t, "aino")
	b.act(t, "take", nil)
	for _, text := range nasty {
		b.act(t, "reply", url.Values{"text": {text}})
		b.act(t, "reply", url.Values{"text": {text}, "id": {"x"}})
	}
	b.submit(t, talkPath+"/reply", url.Values{"id": {strings.Repeat("A", 26)}, "text": {nasty[3] + strings.Repeat("x", console.MaxReply)}})
	pages := b.page
	for _, path := range []string{"/console", "/console/live", talkPath, talkPath + "/live"} {
		b.get(t, path)
		pages += b.page
		if policy := b.header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s may run %q", path, policy)
		}
	}
	b.get(t, "/console/sign-in?to="+url.QueryEscape("/console/talk/"+nasty[1]))
	pages += b.page
	for _, alive := range []string{"<script>", "<img src=x", "<svg/", "<iframe", "<b>", "onmouseover='", `"javascript:`, "<i>"} {
		if strings.Contains(pages, alive) {
			t.Errorf("%s is alive", alive)
		}
	}
	if !strings.Contains(pages, "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the words themselves are not shown")
	}
}

func TestThePageTellsWhoWaitsAndHowLong(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	b.get(t, "/console")
	if !strings.Contains(b.page, "Kukaan ei odota.") || !strings.Contains(b.page, "Keskusteluja ei vielä ole") {
		t.Errorf("an empty list is\n%s", b.page)
	}
	c.hearFrom(t, "telegram:1001", "Kerttu", dialogue.Said{Text: "haluan puhua ihmiselle"})
	c.hearFrom(t, "widget:abcd", "", dialogue.Said{Text: "hei"})
	for _, test := range []struct {
		pass time.Duration
		want string
	}{
		{0, `calm">Odottanut hetken<`},
		{2*time.Minute - time.Second, `calm">Odottanut 1 min<`},
		{time.Second, `soon">Odottanut 2 min<`},
		{8*time.Minute - time.Second, `soon">Odottanut 9 min<`},
		{time.Second, `late">Odottanut 10 min<`},
		{50 * time.Minute, `late">Odottanut 1 h<`},
		{5 * time.Minute, `late">Odottanut 1 h 5 min<`},
		{22*time.Hour + 55*time.Minute, `late">Odottanut 1 pv<`},
		{3 * time.Hour, `late">Odottanut 1 pv 3 h<`},
	} {
		c.pass(test.pass)
		b.get(t, "/console/live")
		if b.status == http.StatusUnauthorized { // a session is shorter than this wait
			b = c.at(t, "aino")
			b.get(t, "/console/live")
		}
		if !strings.Contains(b.page, test.want) || !strings.Contains(b.page, `data-waiting="1"`) {
			t.Errorf("no %q in\n%s", test.want, b.page)
		}
	}
	waiting, others, _ := strings.Cut(b.page, "Botti hoitaa")
	for _, want := range []string{"Kerttu", "Telegram", "suomi", "Pyysi ihmistä"} {
		if !strings.Contains(waiting, want) {
			t.Errorf("no %s among\n%s", want, waiting)
		}
	}
	if !strings.Contains(others, "Asiakas ABCD") || !strings.Contains(others, "Verkkokauppa") {
		t.Errorf("the bot has\n%s", others)
	}
}

// TestTheListTellsWhoWaitsForAReply: of the conversations that somebody has, one's own
// stand first, and of those the ones where the customer waits for a word.
func TestTheListTellsWhoWaitsForAReply(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hire(t, "eero", "Eero")
	aino, eero := c.at(t, "aino"), c.at(t, "eero")
	for _, held := range []struct {
		by       *browser
		of, name string
	}{{aino, "widget:first", "Answered"}, {aino, "widget:second", "Unheard"}, {eero, "widget:third", "Colleague's"}} {
		c.hearFrom(t, held.of, held.name, dialogue.Said{Text: "haluan puhua ihmiselle"})
		path := "/console/talk/" + held.of
		held.by.get(t, path)
		held.by.submit(t, path+"/take", nil)
	}
	aino.get(t, "/console/talk/widget:first")
	aino.submit(t, "/console/talk/widget:first/reply", url.Values{"text": {"Hei!"}})
	c.pass(3 * time.Minute)
	aino.get(t, "/console/live")
	_, held, _ := strings.Cut(aino.page, "Asiakaspalvelijalla")
	last := -1
	for _, want := range []string{"Unheard", `soon">Odottanut vastaustasi 3 min<`, "Answered", "Colleague&#39;s", `soon">Odottanut vastausta 3 min<`} {
		at := strings.Index(held, want)
		if at <= last || strings.Count(held, want) != 1 {
			t.Errorf("%q stands at %d, not after %d, in\n%s", want, at, last, held)
		}
		last = at
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	b := c.browser(t)
	for _, test := range []struct{ accept, path, want string }{
		{"fi", "/console/sign-in", "Kirjaudu"},
		{"", "/console/sign-in", "Kirjaudu"},
		{"sv-FI, de", "/console/sign-in", "Kirjaudu"},
		{"en-GB,fi;q=0.5", "/console/sign-in", "Sign in"},
		{"not a language;;;", "/console/sign-in", "Kirjaudu"},
		{"fi", "/console/sign-in?lang=en", "Sign in"},
		{"fi", "/console/sign-in", "Sign in"}, // chosen
		{"fi", "/console/sign-in?lang=xx", "Sign in"},
		{"en", "/console/sign-in?lang=fi", "Kirjaudu"},
	} {
		b.lang = test.accept
		b.get(t, test.path)
		if !strings.Contains(b.page, "<h1>"+test.want) {
			t.Errorf("%q %s is not in the language of %q", test.accept, test.path, test.want)
		}
	}
}

func TestEventsSayThatSomethingChanged(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+"/console/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := b.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatal(kind)
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(answer.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	wait := func(want string) {
		t.Helper()
		for deadline := time.After(time.Minute); ; {
			select {
			case line, open := <-lines:
				if !open {
					t.Fatal("the stream has ended")
				}
				if line == want {
					return
				}
			case <-deadline:
				t.Fatalf("no %q", want)
			}
		}
	}
	wait(": open")
	c.hear(t, dialogue.Said{Text: "hei"})
	wait("event: changed")
	wait("data: {}")

	c.stop()
	for deadline := time.After(time.Minute); ; {
		select {
		case _, open := <-lines:
			if !open {
				return
			}
		case <-deadline:
			t.Fatal("the stream goes on after Run has ended")
		}
	}
}

func TestStreamsHaveALimit(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	open := func() *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+"/console/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := b.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { answer.Body.Close() })
		return answer
	}
	for i := range console.MaxStreams {
		if answer := open(); answer.StatusCode != http.StatusOK {
			t.Fatalf("stream %d: %d", i, answer.StatusCode)
		}
	}
	if answer := open(); answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one too many: %d", answer.StatusCode)
	}
}

func TestAStoreThatIsAwayIsToldKindly(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	if err := c.store.Close(); err != nil {
		t.Fatal(err)
	}
	b.get(t, "/console")
	b.expect(t, http.StatusServiceUnavailable, "Yritä hetken kuluttua uudelleen")
	if strings.Contains(b.page, "sql") || !strings.Contains(c.trace.String(), "sql") {
		t.Error("the cause belongs to the log, not to the page")
	}
}

// TestWhoIsAwayIsToldToAll: nothing sounds for them, and they come back by the same
// button.
func TestWhoIsAwayIsToldToAll(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hire(t, "eero", "Eero")
	aino, eero := c.at(t, "aino"), c.at(t, "eero")
	shown := func(b *browser, away string, silent bool) {
		t.Helper()
		b.get(t, "/console")
		if strings.Contains(b.page, "<strong>Poissa:</strong> "+away) != (away != "") || strings.Contains(b.page, " data-away") != silent {
			t.Errorf("want %q away and silence %v on\n%s", away, silent, b.page)
		}
	}
	shown(aino, "", false)
	aino.submit(t, "/console/me/away", url.Values{"away": {"1"}})
	shown(aino, "Aino", true)
	shown(eero, "Aino", false)
	aino.submit(t, "/console/me/away", nil)
	shown(aino, "", false)
	if got := c.acts(t); !strings.HasSuffix(got, "aino away; aino here") {
		t.Errorf("written down: %s", got)
	}
}
