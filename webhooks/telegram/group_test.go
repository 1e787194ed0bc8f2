package telegram

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/webhooks/telegram/telegramtest"
)

// TestATakeoverWhollyInTelegram: the customer waits, staff take, answer and hand
// back, and all of it happens in one topic.
func TestATakeoverWhollyInTelegram(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.says(customer, dialogue.Said{Text: "moi"})
	g.settle()
	if len(g.api.Requests()) != 0 {
		t.Errorf("of what the bot has the group is told: %v", g.api.Requests())
	}
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle, numero on 040 123 4567"})
	g.settle()
	waiting := g.shows("Asiakas: haluan puhua ihmiselle, numero on ▒▒▒", "Botti: ", "⏳ Asiakas odottaa ihmistä.")
	topics := g.api.Requests("createForumTopic")
	if len(topics) != 1 || topics[0].Fields["name"] != "Asiakas 2C9A" || waiting.Thread() == 0 {
		t.Fatalf("topics: %v", topics)
	}
	thread := waiting.Thread()

	g.update(telegramtest.Wrote(team, thread, maija, "Moi, täällä Maija"))
	g.shows("Viestiä ei lähetetty: asiakas odottaa ihmistä.")
	g.update(telegramtest.Tapped(maija, waiting, "Ota keskustelu"))
	held := g.shows("Nyt sinulle vastaa Maija", "Maija hoitaa keskustelua.")
	g.update(telegramtest.Tapped(eero, waiting, "Ota keskustelu"))
	if g.answered() != "Maija hoitaa keskustelua." {
		t.Errorf("Eero hears %q", g.answered())
	}
	g.update(telegramtest.Wrote(team, thread, eero, "Minäkin täällä"))
	g.shows("Viestiä ei lähetetty: Maija hoitaa keskustelua.")

	before := len(g.seen(0))
	g.update(telegramtest.Wrote(team, thread, maija, "Moi, katson heti"))
	if len(g.seen(0)) != before {
		t.Errorf("what stands in the topic is said again: %q", g.last().Words())
	}
	g.says(customer, dialogue.Said{Text: "kiitos!"})
	g.says(customer, dialogue.Sent{Kind: "photo", Photo: "k1"})
	g.settle()
	g.shows("Asiakas: kiitos!\n\nAsiakas: (lähetti kuvan, katso se konsolissa)")

	g.says(customer, dialogue.Unsent{Seq: 3})
	g.settle()
	g.shows("Viesti ei mennyt asiakkaalle perille.")

	g.update(telegramtest.Tapped(eero, held, "Sulje"))
	if g.answered() != "Maija hoitaa keskustelua." {
		t.Errorf("Eero hears %q", g.answered())
	}
	g.update(telegramtest.Tapped(maija, held, "Palauta botille"))
	g.shows("Botti hoitaa keskustelua.")
	if closed := g.api.Requests("closeForumTopic"); len(closed) != 1 || closed[0].Thread() != thread {
		t.Errorf("closed: %v", closed)
	}
	g.update(telegramtest.Wrote(team, thread, maija, "Vielä yksi juttu"))
	g.shows("Viestiä ei lähetetty, koska botti hoitaa keskustelua.")

	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	g.settle()
	if g.shows("⏳").Thread() != thread || len(g.api.Requests("reopenForumTopic")) != 1 || len(g.api.Requests("createForumTopic")) != 1 {
		t.Error("the topic is not opened again")
	}
	g.update(telegramtest.Tapped(maija, waiting, "Ota keskustelu"))
	woken := staff.Mark{Conversation: customer, Labels: []string{"muu"}, Snoozed: monday.Add(time.Hour), Since: monday.Add(-time.Second)}
	if err := g.store.ChangeMark(t.Context(), customer, func(m *staff.Mark) { *m = woken }); err != nil {
		t.Fatal(err)
	}
	g.update(telegramtest.Tapped(maija, held, "Sulje"))
	if mark, err := g.store.MarkOf(t.Context(), customer); err != nil || !mark.Over(monday) || mark.Sleeps(monday, monday) || len(mark.Labels) != 1 {
		t.Errorf("%+v, %v", mark, err)
	}
	if lines := g.lines(); !strings.Contains(lines, "staff: Moi, katson heti\n") || strings.Contains(lines, "täällä") || strings.Contains(lines, "juttu") {
		t.Errorf("the customer reads:\n%s", lines)
	}
	if want := "maija take, maija reply, maija hand_back, maija take, maija close"; g.acts() != want {
		t.Errorf("written down: %s", g.acts())
	}
}

// TestStaffGoAwayInTheGroup: the same button brings them back.
func TestStaffGoAwayInTheGroup(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	g.settle()
	waiting := g.last()
	for _, step := range []struct {
		who     int64
		told    string
		staffed bool
	}{{maija, "Olet nyt poissa.", true}, {eero, "Olet nyt poissa.", false}, {stranger, "Asiakkaille vastaavat", false}, {maija, "Olet taas paikalla.", true}} {
		g.update(telegramtest.Tapped(step.who, waiting, "Poissa / paikalla"))
		if staffed, err := g.staff.Staffed(t.Context()); err != nil || staffed != step.staffed || !strings.HasPrefix(g.answered(), step.told) {
			t.Errorf("%d hears %q, somebody is here: %v, %v", step.who, g.answered(), staffed, err)
		}
	}
	if acts, err := g.store.Acts(t.Context(), "maija", 9); err != nil || len(acts) != 2 || acts[0].Act != "here" || acts[1].Act != "away" {
		t.Errorf("written down: %v, %v", acts, err)
	}
}

func TestADeletedTopicIsMadeAgain(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	g.settle()
	first := g.last().Thread()
	g.api.Fail("sendMessage", telegramtest.Fault{Status: http.StatusBadRequest, Description: "Bad Request: message thread not found"})
	g.says(customer, dialogue.Said{Text: "onko siellä ketään"})
	g.settle()
	again := g.shows("haluan puhua ihmiselle", "onko siellä ketään", "⏳")
	if again.Thread() == first || len(g.api.Requests("createForumTopic")) != 2 {
		t.Errorf("it is shown in topic %d, the first was %d", again.Thread(), first)
	}
	g.update(telegramtest.Tapped(maija, again, "Ota keskustelu"))
	g.update(telegramtest.Wrote(team, again.Thread(), maija, "On, moi"))
	if !strings.Contains(g.lines(), "staff: On, moi\n") {
		t.Error(g.lines())
	}
	g.update(telegramtest.Wrote(team, first, maija, "Vanhaan aiheeseen"))
	if strings.Contains(g.lines(), "Vanhaan") {
		t.Error("the old topic is still the conversation's")
	}
}

func TestStrangersInTheGroup(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	g.settle()
	waiting := g.last()
	before := len(g.seen(0))
	for _, text := range []string{"Mitä täällä?", "Haloo", "/kori"} {
		g.update(telegramtest.Wrote(team, waiting.Thread(), stranger, text))
	}
	if g.shows("/yhdista KOODI"); len(g.seen(0)) != before+1 {
		t.Errorf("%d notices", len(g.seen(0))-before)
	}
	g.update(telegramtest.Tapped(stranger, waiting, "Ota keskustelu"))
	if !strings.Contains(g.answered(), "/yhdista KOODI") {
		t.Errorf("a stranger's tap: %q", g.answered())
	}
	anonymous := strings.Replace(telegramtest.Wrote(team, waiting.Thread(), maija, "Nimettömänä"), `"from":`, `"sender_chat":{"id":-1001234,"type":"supergroup"},"from":`, 1)
	g.update(anonymous)
	g.update(telegramtest.Wrote(team, 99, maija, "Kuka tuo kahvia?"))
	if g.acts() != "" || strings.Contains(g.lines(), "staff") || strings.Contains(g.lines(), "kahvia") {
		t.Errorf("%s\n%s", g.acts(), g.lines())
	}

	code, err := g.staff.AskTelegram(t.Context(), staff.Account{Name: "eero"})
	if err != nil {
		t.Fatal(err)
	}
	g.update(telegramtest.Wrote(team, waiting.Thread(), stranger, "/yhdista "+code))
	g.shows("Eero, Telegramisi on nyt yhdistetty.")
	if len(g.api.Requests("deleteMessage")) != 1 {
		t.Error("the code stays in sight")
	}
	g.update(telegramtest.Tapped(stranger, waiting, "Ota keskustelu"))
	g.shows("Eero hoitaa keskustelua.")
	g.update(telegramtest.Wrote(team, waiting.Thread(), maija, "/yhdista@tiski_bot "+code))
	g.shows("Koodi ei kelpaa.")
	for range linkTries {
		g.update(telegramtest.Wrote(team, waiting.Thread(), maija, "/yhdista AAAAAAAAAA"))
	}
	code, err = g.staff.AskTelegram(t.Context(), staff.Account{Name: "maija"})
	if err != nil {
		t.Fatal(err)
	}
	g.update(telegramtest.Wrote(team, waiting.Thread(), maija, "/yhdista "+code))
	g.shows("Koodi ei kelpaa.") // too many tries
}

// TestOnlyPlainWordsGoToCustomers: what cannot be passed on as it is, is not.
func TestOnlyPlainWordsGoToCustomers(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	g.settle()
	waiting := g.last()
	g.update(telegramtest.Tapped(maija, waiting, "Ota keskustelu"))
	wrote := func(text string) string { return telegramtest.Wrote(team, waiting.Thread(), maija, text) }
	picture := strings.Replace(wrote("x"), `"text":"x"`, `"caption":"tällainen","photo":[{"file_id":"a","file_unique_id":"b","width":9,"height":9}]`, 1)
	for fields, want := range map[string]string{
		picture:       "vain tekstiviestit",
		wrote("/ota"): "Vinoviivalla",
		wrote(strings.Repeat("ä", dialogue.MaxText+1)):                    "liian pitkä",
		strings.Replace(wrote("oho"), `"message"`, `"edited_message"`, 1): "Muokkaus ei muuta",
	} {
		g.update(fields)
		g.shows(want)
	}
	g.update(wrote(strings.Repeat("ä", dialogue.MaxText)))
	if lines := g.lines(); strings.Count(lines, "staff: ") != 1 || !strings.Contains(lines, strings.Repeat("ä", dialogue.MaxText)+"\n") {
		t.Error("the longest message is not passed on, or another is")
	}
}

// TestABurstKeepsToTheLimitOfAGroup: 60 lines of one customer and ten who wait
// come at once; the group sees all of them, never more than 20 things a minute.
func TestABurstKeepsToTheLimitOfAGroup(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	for i := range 60 {
		if i == 0 {
			g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
			g.settle()
			g.update(telegramtest.Tapped(maija, g.last(), "Ota keskustelu"))
		}
		g.says(customer, dialogue.Said{Text: fmt.Sprintf("rivi %d.", i)})
	}
	thread := g.last().Thread()
	for i := range 10 {
		g.says(fmt.Sprintf("widget:jono%d", i), dialogue.Said{Text: "haluan puhua ihmiselle"})
	}
	g.settle()
	var all strings.Builder
	for _, r := range g.seen(thread) {
		all.WriteString(r.Words())
	}
	for i := range 60 {
		if n := strings.Count(all.String(), fmt.Sprintf("Asiakas: rivi %d.", i)); n != 1 {
			t.Errorf("line %d is seen %d times", i, n)
		}
	}
	if made := len(g.api.Requests("createForumTopic")); made != 11 {
		t.Errorf("%d topics", made)
	}
	if shown := len(g.api.Requests("sendMessage", "createForumTopic")); shown != len(g.turns) {
		t.Errorf("%d things are shown in %d turns", shown, len(g.turns))
	}
	for i := DefaultLimits.Group; i < len(g.turns); i++ {
		if g.turns[i].Sub(g.turns[i-DefaultLimits.Group]) < time.Minute {
			t.Errorf("thing %d is shown %v after the one 20 before", i, g.turns[i].Sub(g.turns[i-DefaultLimits.Group]))
		}
	}
}

// TestPrivateChatsAndTheGroupAreKeptApart: a customer cannot act as staff by words
// or buttons, and nothing of the group becomes a conversation.
func TestPrivateChatsAndTheGroupAreKeptApart(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	g.settle()
	waiting := g.last()
	private := strings.NewReplacer(`"id":-1001234,"type":"supergroup"`, `"id":501,"type":"private"`, `"chat":{"id":-1001234,"type":"supergroup","title":"Tiimi","is_forum":true}`, `"chat":{"id":501,"type":"private"}`)
	tap := private.Replace(strings.ReplaceAll(telegramtest.Tapped(maija, waiting, "Ota keskustelu"), `"type":"supergroup"`, `"type":"private"`))
	for _, fields := range []string{
		private.Replace(telegramtest.Wrote(team, waiting.Thread(), maija, "Moi, täällä Maija")),
		strings.ReplaceAll(tap, "-1001234", "501"),
		strings.Replace(telegramtest.Wrote(team-1, waiting.Thread(), maija, "Toisesta ryhmästä"), `"title"`, `"title"`, 1),
	} {
		g.update(fields)
	}
	if g.acts() != "" || strings.Contains(g.lines(), "Maija") || strings.Contains(g.lines(), "ryhmästä") {
		t.Errorf("%s\n%s", g.acts(), g.lines())
	}
	g.update(telegramtest.Wrote(team, waiting.Thread(), maija, "Ei vielä otettu"))
	desks, err := g.talks.Desks(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range desks {
		names = append(names, d.Conversation)
	}
	slices.Sort(names)
	if want := []string{"telegram:501", customer}; !slices.Equal(names, want) {
		t.Errorf("conversations: %v, want %v", names, want)
	}
}

// TestAnErasedConversationLeavesTheGroup: its topic goes with all that is in it.
func TestAnErasedConversationLeavesTheGroup(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	g.settle()
	thread := g.last().Thread()
	if _, err := g.store.Erase(t.Context(), bot.Belongings{Conversations: []string{customer}}, monday); err != nil {
		t.Fatal(err)
	}
	if err := g.talks.Erase(t.Context(), customer, ""); err != nil {
		t.Fatal(err)
	}
	g.api.Fail("deleteForumTopic", telegramtest.Fault{Status: http.StatusBadRequest, Description: "Bad Request: not enough rights"})
	g.settle()
	g.door.unremoved = monday
	g.settle()
	if gone := g.api.Requests("deleteForumTopic"); len(gone) != 2 || gone[1].Thread() != thread {
		t.Errorf("removed: %v", gone)
	}
	g.settle()
	if len(g.api.Requests("deleteForumTopic")) != 2 {
		t.Error("it is removed again")
	}
}

// TestTheGroupIsShownWithoutBeingAsked: the running door does it, and leaves it to
// another node when it stops.
func TestTheGroupIsShownWithoutBeingAsked(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.door.gather = time.Millisecond
	stop := run(t, g.door)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	waiting := g.api.Await("the customer who waits", func(r telegramtest.Request) bool {
		return r.Method == "sendMessage" && strings.Contains(r.Words(), "⏳")
	})
	g.api.Push(telegramtest.Tapped(maija, waiting, "Ota keskustelu"))
	g.api.Await("who has it", func(r telegramtest.Request) bool { return strings.Contains(r.Words(), "Maija hoitaa keskustelua.") })
	stop()
	if another, err := g.talks.Lease(t.Context(), groupLease, "another node", time.Minute); err != nil || !another {
		t.Errorf("the group is not handed over: %v", err)
	}
}
