package state

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// noon is when these tests happen. Redis is only told so.
var noon = time.UnixMilli(1_790_000_000_000)

func clock() time.Time { return noon }

// opener opens a memory of its own on the Redis under test; what Options leave
// open is filled in.
type opener func(t testing.TB, o Options) *Conversations

// run is what every Redis must pass.
func run(t *testing.T, open opener) {
	for name, test := range map[string]func(*testing.T, opener){
		"a new conversation":          newConversation,
		"a conflict":                  conflict,
		"a repeated input":            repeated,
		"inputs are forgotten late":   inputsKept,
		"many inputs in a day":        inputsMany,
		"kept by an older program":    older,
		"the order of the log":        logOrder,
		"the archive":                 archive,
		"packing":                     packing,
		"crossing":                    crossing,
		"the archive is away":         archiveAway,
		"one queue in order":          queueOrder,
		"a claim runs out":            claimRunsOut,
		"how late":                    late,
		"a claim is kept":             claimKept,
		"postponing":                  postponing,
		"pace of an empty queue":      pace,
		"channels apart":              channelsApart,
		"unsaying":                    unsaying,
		"unsaying what is being sent": unsayingClaimed,
		"a person holds":              held,
		"the oldest goes first":       oldestFirst,
		"a long queue":                longQueue,
		"timers":                      timers,
		"a timer moved after it rang": timerMoved,
		"work":                        work,
		"claims in portions":          portions,
		"desks":                       desks,
		"lifetimes":                   lifetimes,
		"fifty at once":               fifty,
		"watching":                    watching,
		"watching from another node":  watchingFar,
		"partitions are fixed":        partitionsFixed,
		"limits":                      limits,
		"erasure":                     erasure,
		"leases":                      leases,
		"rates":                       rates,
		"heads":                       heads,
		"rates in common":             sharedRates,
		"turns at a pace":             paces,
		"offsets":                     offsets,
		"scripts are lost":            scriptsLost,
		"round trips":                 roundTrips,
		"a random walk":               walk,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open)
		})
	}
}

// turn loads a conversation and commits what say adds to the turn.
func turn(t testing.TB, s *Conversations, conversation, input string, say func(*bot.Commit)) bot.Commit {
	t.Helper()
	c := begin(t, s, conversation, input)
	if say != nil {
		say(&c)
	}
	if err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return c
}

func begin(t testing.TB, s *Conversations, conversation, input string) bot.Commit {
	t.Helper()
	snapshot := loaded(t, s, conversation, input)
	return bot.Commit{
		Conversation: conversation, Channel: "telegram", Input: input, At: noon,
		Version: snapshot.Version, Seq: snapshot.Seq, New: snapshot.State == nil,
		State: []byte(`{}`),
	}
}

func loaded(t testing.TB, s *Conversations, conversation, input string) bot.Snapshot {
	t.Helper()
	snapshot, err := s.Load(t.Context(), conversation, input)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

// say adds a message to the log; tell puts it into the outbox as well.
func say(c *bot.Commit, from dialogue.Speaker, text string) {
	c.Log = append(c.Log, bot.Message{Seq: c.Seq + int64(len(c.Log)) + 1, From: from, Text: text, At: c.At})
}

func tell(c *bot.Commit, from dialogue.Speaker, texts ...string) {
	for _, text := range texts {
		say(c, from, text)
		c.Outbox = append(c.Outbox, c.Log[len(c.Log)-1])
	}
}

func texts(ms []bot.Message) []string {
	found := []string{}
	for _, m := range ms {
		found = append(found, m.Text)
	}
	return found
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

func partitionsFixed(t *testing.T, open opener) {
	first := open(t, Options{Partitions: 8})
	turn(t, first, "web:a", "1", nil)
	if first.inside == nil {
		open(t, Options{Partitions: 8, Prefix: first.prefix})
	}
	first.partitions = 16
	err := first.agree(t.Context())
	if err == nil || !strings.Contains(err.Error(), "8 partitions, but this program divides them into 16") {
		t.Errorf("another number of partitions: %v", err)
	}
}

func scriptsLost(t *testing.T, open opener) {
	s := open(t, Options{})
	for i := range 3 {
		turn(t, s, "web:a", fmt.Sprint(i), nil)
		if err := s.client.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// trips counts what a client sends: commands, and pipelines as one.
type trips struct{ n int }

func (c *trips) DialHook(next redis.DialHook) redis.DialHook { return next }

func (c *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		c.n++
		return next(ctx, cmd)
	}
}

func (c *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		c.n++
		return next(ctx, cmds)
	}
}

func roundTrips(t *testing.T, open opener) {
	s := open(t, Options{})
	inputs := 0
	speak := func() {
		inputs++
		turn(t, s, "telegram:1", fmt.Sprint(inputs), func(c *bot.Commit) { tell(c, "bot", "moi") })
	}
	speak()
	counted := &trips{}
	s.client.AddHook(counted)
	for what, want := range map[string]struct {
		trips int
		do    func()
	}{
		"load":            {1, func() { loaded(t, s, "telegram:1", "1") }},
		"load and commit": {2, speak},
		"messages":        {1, func() { s.Messages(t.Context(), "telegram:1", 0) }},
		"nothing due":     {1, func() { claimed(t, s, noon) }},
		"desks":           {2, func() { s.Desks(t.Context(), 9) }},
		"a rate":          {1, func() { s.Allow(t.Context(), "a", 1, time.Minute) }},
	} {
		least := want.trips + 1
		for range 5 { // Redis may have to be told the script again, as another test lets it forget them
			counted.n = 0
			want.do()
			least = min(least, counted.n)
		}
		if least != want.trips {
			t.Errorf("%s takes %d round trips, not %d", what, least, want.trips)
		}
	}
}
