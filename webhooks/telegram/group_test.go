package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/bot/staff"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/catalog/search"
	"tiski/intents"
	"tiski/intents/finnish"
	"tiski/webhooks/telegram/telegramtest"
)

const (
	team     = -1001234 // the staff's group
	maija    = 501
	eero     = 502
	stranger = 666
	customer = "widget:6f2c9a"
)

// monday is an hour when the shop's customer service is open.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki)

var demoShelf = sync.OnceValues(func() (*bot.Shelf, error) {
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		return nil, err
	}
	s := &bot.Shelf{Shop: shop, Index: search.New(shop, finnish.Base())}
	if s.Personas, err = persona.Load(demo.FS, shop, intents.Names); err != nil {
		return nil, err
	}
	if s.Voice, err = voice.New(shop, demo.FS, s.Personas, finnish.Base()); err != nil {
		return nil, err
	}
	learnt, err := intents.BuiltIn()
	if err != nil {
		return nil, err
	}
	s.Model, err = intents.NewModel(learnt, intents.Data(), intents.Vocabulary{})
	return s, err
})

// roster is the staff of a test.
type roster struct {
	*staff.Accounts
	store *store.Store
}

func (r roster) Member(ctx context.Context, id int64) (Member, bool, error) {
	who, err := r.InTelegram(ctx, id)
	if errors.Is(err, staff.ErrUnknown) {
		return Member{}, false, nil
	}
	return Member{Name: who.Name, Display: who.Display}, err == nil, err
}

func (r roster) Link(ctx context.Context, code string, id int64) (Member, bool, error) {
	who, err := r.LinkTelegram(ctx, code, id)
	if errors.Is(err, staff.ErrSignIn) {
		return Member{}, false, nil
	}
	return Member{Name: who.Name, Display: who.Display}, err == nil, err
}

func (r roster) Audit(ctx context.Context, m Member, act, conversation string) error {
	return r.Accounts.Audit(ctx, m.Name, act, conversation)
}

func (r roster) Close(ctx context.Context, conversation string) error {
	return r.store.SetMark(ctx, staff.Mark{Conversation: conversation, Closed: monday, Since: monday})
}

func (r roster) TurnAway(ctx context.Context, m Member) (bool, error) {
	return r.Accounts.TurnAway(ctx, staff.Account{Name: m.Name})
}

// groupShop is a whole shop whose staff answer in a group. Its clock stands still
// but for what the limits of Telegram make it wait.
type groupShop struct {
	t      *testing.T
	bot    *bot.Bot
	talks  *state.Conversations
	store  *store.Store
	staff  *staff.Accounts
	door   *Door
	api    *telegramtest.API
	inputs atomic.Int64
	turns  []time.Time // when things were shown in the group
	now    time.Time   // as the limits know it; touched by one goroutine
}

func openGroup(t *testing.T) *groupShop {
	t.Helper()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	g := &groupShop{t: t, now: monday}
	log, clock := slog.New(slog.DiscardHandler), func() time.Time { return monday }
	if g.talks, err = state.Open(t.Context(), state.Options{Clock: clock, Log: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.talks.Close() })
	if g.store, err = store.Open(t.Context(), store.Memory); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.store.Close() })
	g.staff = staff.NewAccounts(g.store, g.store)
	g.bot = bot.New(g.talks, g.store, shelf, []string{Channel}, clock, log)
	g.door, g.api = open(t, Options{
		Handler: g.bot, Bookmark: g.talks, Allow: g.talks.Allow, Limits: DefaultLimits, Pace: g.pace,
		Group: &Group{Chat: team, Talks: g.talks, Counter: g.bot, Staff: roster{g.staff, g.store}, Topics: g.store, Clock: clock},
	})
	for id, name := range map[int64]string{maija: "maija", eero: "eero"} {
		who := staff.Account{Name: name, Display: strings.ToUpper(name[:1]) + name[1:], Role: staff.Agent}
		if err := g.store.AddStaff(t.Context(), who, ""); err != nil {
			t.Fatal(err)
		}
		if err := g.store.SetTelegram(t.Context(), name, id, monday); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// pace keeps to the limits as package state does, on a clock that goes on only by
// what is waited: nothing waits in earnest.
func (g *groupShop) pace(_ context.Context, key string, n, limit int, span, _ time.Duration) (time.Duration, bool, error) {
	if key != Channel+"/"+strconv.Itoa(team) {
		return 0, true, nil
	}
	for range n {
		if done := len(g.turns); done >= limit && g.turns[done-limit].Add(span).After(g.now) {
			return g.turns[done-limit].Add(span).Sub(g.now), false, nil
		}
		g.turns = append(g.turns, g.now)
	}
	return 0, true, nil
}

// settle shows the group all that there is to show, waiting as often as Telegram wants.
func (g *groupShop) settle() {
	g.t.Helper()
	for range 100 {
		err := errors.Join(g.door.sayNotices(g.t.Context()), g.door.showGroup(g.t.Context()))
		var busy *bot.SendError
		switch {
		case err == nil:
			return
		case errors.As(err, &busy) && busy.After > 0:
			g.now = g.now.Add(busy.After)
		default:
			g.t.Fatal(err)
		}
	}
	g.t.Fatal("there is no end of it")
}

func (g *groupShop) says(conversation string, in dialogue.Input) bot.Turn {
	g.t.Helper()
	id := strconv.FormatInt(g.inputs.Add(1), 10)
	turn, err := g.bot.Handle(g.t.Context(), conversation, bot.Input{ID: id, What: in})
	if err != nil {
		g.t.Fatal(err)
	}
	return turn
}

// update brings an update, and shows what came of it.
func (g *groupShop) update(fields string) {
	g.t.Helper()
	u, err := decode([]byte(telegramtest.Update(g.inputs.Add(1), fields)))
	if err == nil {
		err = g.door.Update(g.t.Context(), u)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	g.settle()
}

// seen is all that the group was shown in a topic, or all of them for 0.
func (g *groupShop) seen(thread int) (all []telegramtest.Request) {
	for _, r := range g.api.Requests("sendMessage") {
		if r.Chat() == team && (thread == 0 || r.Thread() == thread) {
			all = append(all, r)
		}
	}
	return all
}

func (g *groupShop) last() telegramtest.Request {
	g.t.Helper()
	all := g.seen(0)
	if len(all) == 0 {
		g.t.Fatal("the group has seen nothing")
	}
	return all[len(all)-1]
}

// shows fails unless the last message in the group has these words.
func (g *groupShop) shows(words ...string) telegramtest.Request {
	g.t.Helper()
	last := g.last()
	for _, w := range words {
		if !strings.Contains(last.Words(), w) {
			g.t.Errorf("the group is shown\n%s\nwithout %q", last.Words(), w)
		}
	}
	return last
}

// answered is what was told to whoever tapped last.
func (g *groupShop) answered() string {
	all := g.api.Requests("answerCallbackQuery")
	return all[len(all)-1].Fields["text"]
}

func (g *groupShop) acts() string {
	g.t.Helper()
	acts, err := g.store.Acts(g.t.Context(), customer, 100)
	if err != nil {
		g.t.Fatal(err)
	}
	var all []string
	for _, a := range slices.Backward(acts) {
		all = append(all, a.Staff+" "+a.Act)
	}
	return strings.Join(all, ", ")
}

// lines are what the customer was told by whom.
func (g *groupShop) lines() string {
	g.t.Helper()
	all, err := g.talks.Messages(g.t.Context(), customer, 0)
	if err != nil {
		g.t.Fatal(err)
	}
	var b strings.Builder
	for _, m := range all {
		fmt.Fprintf(&b, "%s: %s\n", m.From, m.Text)
	}
	return b.String()
}

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
	g.update(telegramtest.Tapped(maija, held, "Sulje"))
	if mark, err := g.store.MarkOf(t.Context(), customer); err != nil || mark.Closed.IsZero() {
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

// TestTheGroupIsShownWithoutBeingAsked: the running door does it.
func TestTheGroupIsShownWithoutBeingAsked(t *testing.T) {
	t.Parallel()
	g := openGroup(t)
	g.door.gather = time.Millisecond
	run(t, g.door)
	g.says(customer, dialogue.Said{Text: "haluan puhua ihmiselle"})
	waiting := g.api.Await("the customer who waits", func(r telegramtest.Request) bool {
		return r.Method == "sendMessage" && strings.Contains(r.Words(), "⏳")
	})
	g.api.Push(telegramtest.Tapped(maija, waiting, "Ota keskustelu"))
	g.api.Await("who has it", func(r telegramtest.Request) bool { return strings.Contains(r.Words(), "Maija hoitaa keskustelua.") })
}
