package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/bottest"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/catalog"
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
	return staff.Close(ctx, r.store, conversation, staff.Solved, monday)
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
	clock := func() time.Time { return monday }
	shop := bottest.Open(t, []string{Channel}, clock, slog.New(slog.DiscardHandler))
	g := &groupShop{t: t, now: monday, talks: shop.Talks, store: shop.Store, bot: shop.Bot}
	g.staff = staff.NewAccounts(g.store, g.store)
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
