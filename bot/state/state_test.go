package state

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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
		"the order of the log":        logOrder,
		"the archive":                 archive,
		"the archive is away":         archiveAway,
		"one queue in order":          queueOrder,
		"a claim runs out":            claimRunsOut,
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
		"leases":                      leases,
		"rates":                       rates,
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

func newConversation(t *testing.T, open opener) {
	s := open(t, Options{})
	same(t, "unknown", loaded(t, s, "web:a", "1"), bot.Snapshot{Version: noon.UnixMilli(), Seq: noon.UnixMilli()})

	c := turn(t, s, "web:a", "1", func(c *bot.Commit) { c.State = []byte("\x00{\"n\":1}\xff"); say(c, "bot", "Hei") })
	got := loaded(t, s, "web:a", "2")
	want := bot.Snapshot{State: c.State, Version: c.Version + 1, Seq: c.Seq + 1, Replies: []bot.Message{}}
	same(t, "known", got, want)

	turn(t, s, "web:empty", "1", func(c *bot.Commit) { c.State = nil })
	if loaded(t, s, "web:empty", "2").State == nil {
		t.Error("a conversation with an empty state counts as new")
	}
}

func conflict(t *testing.T, open opener) {
	s := open(t, Options{})
	slow, alsoNew := begin(t, s, "web:a", "slow"), begin(t, s, "web:a", "other")
	turn(t, s, "web:a", "1", nil)
	for what, c := range map[string]bot.Commit{"new, but known by now": alsoNew, "an old version": {
		Conversation: "web:a", Channel: "web", Input: "slow", Version: slow.Version, Seq: slow.Seq,
	}, "a version that never was": {
		Conversation: "web:b", Channel: "web", Input: "slow", Version: slow.Version, Seq: slow.Seq,
	}} {
		say(&c, "bot", "Ei tätä")
		c.Timers = []bot.Timer{{Name: "x", At: noon}}
		if err := s.Commit(t.Context(), c); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
	got, err := s.Messages(t.Context(), "web:a", 0)
	if err != nil || len(got) != 0 {
		t.Errorf("a refused turn left %v in the log, %v", got, err)
	}
	if due := claimed(t, s, noon); len(due) != 0 {
		t.Errorf("a refused turn left %v", due)
	}
	// Loaded again it goes through.
	turn(t, s, "web:a", "slow", nil)
}

func repeated(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "web:a", "1", func(c *bot.Commit) { say(c, "customer", "moi"); say(c, "bot", "Hei"); say(c, "system", "Ilmoitus") })
	turn(t, s, "web:a", "quiet", nil)
	turn(t, s, "web:a", "2", func(c *bot.Commit) { say(c, "customer", "kengät"); say(c, "bot", "Nämä") })

	for input, want := range map[string][]string{"1": {"Hei", "Ilmoitus"}, "2": {"Nämä"}, "quiet": {}} {
		got := loaded(t, s, "web:a", input)
		if !got.Seen || !slices.Equal(texts(got.Replies), want) {
			t.Errorf("input %s again: seen %v, replies %v, want %v", input, got.Seen, texts(got.Replies), want)
		}
	}
	if got := loaded(t, s, "web:a", "3"); got.Seen || len(got.Replies) != 0 {
		t.Errorf("an input that is new was seen: %+v", got)
	}
	if loaded(t, s, "web:b", "1").Seen {
		t.Error("an id is of one conversation, but another knows it")
	}
	if err := s.Commit(t.Context(), begin(t, s, "web:a", "1")); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("a handled input with the present version: %v", err)
	}
}

func inputsKept(t *testing.T, open opener) {
	s := open(t, Options{})
	at := func(input string, when time.Time) {
		turn(t, s, "web:a", input, func(c *bot.Commit) { c.At = when; say(c, "bot", input) })
	}
	for i := range leastInputs {
		at(fmt.Sprint("old ", i), noon)
	}
	at("a day later", noon.Add(remember))
	if !loaded(t, s, "web:a", "old 0").Seen {
		t.Error("an input was forgotten within 25 hours")
	}
	at("too late", noon.Add(remember+time.Millisecond))
	if loaded(t, s, "web:a", "old 0").Seen || loaded(t, s, "web:a", "old 1").Seen {
		t.Error("inputs are older than 25 hours and not of the last 64, but remembered")
	}
	oldest := loaded(t, s, "web:a", "old 2")
	same(t, "replies of the 64th from the end", texts(oldest.Replies), []string{"old 2"})
}

func logOrder(t *testing.T, open opener) {
	s := open(t, Options{})
	start := loaded(t, s, "web:a", "-").Seq
	for i := range 30 {
		turn(t, s, "web:a", fmt.Sprint(i), func(c *bot.Commit) {
			for j := range 10 {
				say(c, "bot", fmt.Sprint(i*10+j))
			}
		})
	}
	for after, want := range map[int64][2]int{
		0: {100, 200}, start: {100, 200}, start + 100: {100, 200},
		start + 101: {101, 199}, start + 299: {299, 1}, start + 300: {0, 0}, start + 999: {0, 0},
	} {
		got, err := s.Messages(t.Context(), "web:a", after)
		if err != nil || len(got) != want[1] {
			t.Fatalf("after %d: %d messages, %v; want %d", after-start, len(got), err, want[1])
		}
		for i, m := range got {
			if m.Text != fmt.Sprint(want[0]+i) || m.Seq != start+int64(want[0]+i)+1 {
				t.Fatalf("after %d: message %d is %+v", after-start, i, m)
			}
		}
	}
	if got, err := s.Messages(t.Context(), "web:nobody", 0); err != nil || len(got) != 0 {
		t.Errorf("messages of nobody: %v, %v", got, err)
	}
}

func changed(t *testing.T, s *Conversations) []string {
	t.Helper()
	got, err := s.Changed(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func unsaved(t *testing.T, s *Conversations, conversation string) []bot.Message {
	t.Helper()
	got, err := s.Unarchived(t.Context(), conversation)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func archivedTo(t *testing.T, s *Conversations, conversation string, seq int64) {
	t.Helper()
	if err := s.Archived(t.Context(), conversation, seq); err != nil {
		t.Fatal(err)
	}
}

func archive(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "web:quiet", "1", nil)
	c := turn(t, s, "web:a", "1", func(c *bot.Commit) { say(c, "customer", "moi"); say(c, "bot", "Hei") })
	turn(t, s, "web:b", "1", func(c *bot.Commit) { c.At = noon.Add(-time.Hour); say(c, "bot", "Terve") })

	same(t, "changed, oldest first", changed(t, s), []string{"web:b", "web:a"})
	if one, _ := s.Changed(t.Context(), 1); !slices.Equal(one, []string{"web:b"}) {
		t.Errorf("one of the changed: %v", one)
	}
	same(t, "to archive", texts(unsaved(t, s, "web:a")), []string{"moi", "Hei"})

	archivedTo(t, s, "web:a", c.Seq+1)
	same(t, "changed, half archived", changed(t, s), []string{"web:b", "web:a"})
	same(t, "to archive, half archived", texts(unsaved(t, s, "web:a")), []string{"Hei"})

	// A message comes between reading and archiving.
	turn(t, s, "web:a", "2", func(c *bot.Commit) { say(c, "bot", "Lisää") })
	archivedTo(t, s, "web:a", c.Seq+2)
	same(t, "to archive, one more", texts(unsaved(t, s, "web:a")), []string{"Lisää"})
	archivedTo(t, s, "web:a", c.Seq+3)
	archivedTo(t, s, "web:a", c.Seq+1) // late news of another node
	archivedTo(t, s, "web:b", c.Seq+99)
	archivedTo(t, s, "web:nobody", 1)
	same(t, "changed, all archived", changed(t, s), []string{})
	same(t, "to archive, all archived", len(unsaved(t, s, "web:a")), 0)
	if got, _ := s.Messages(t.Context(), "web:a", 0); len(got) != 3 {
		t.Errorf("a short log was trimmed to %d", len(got))
	}
}

func archiveAway(t *testing.T, open opener) {
	s := open(t, Options{})
	ten := func(input int) bot.Commit {
		return turn(t, s, "web:a", fmt.Sprint(input), func(c *bot.Commit) {
			for range MaxMessages {
				say(c, "bot", fmt.Sprint(input))
			}
		})
	}
	var last bot.Commit
	for i := range MaxLog/MaxMessages + 1 {
		last = ten(i)
	}
	end := last.Seq + MaxMessages
	log := s.home("web:a") + "log:web:a"
	length := func() int64 { return s.client.LLen(t.Context(), log).Val() }
	same(t, "messages kept at most", length(), MaxLog)
	first := unsaved(t, s, "web:a")
	same(t, "messages to archive at a time", len(first), LogLength)
	same(t, "first to archive", first[0].Seq, end-MaxLog+1)
	same(t, "replies whose messages are lost", len(loaded(t, s, "web:a", "0").Replies), 0)

	// A repeated input still needs all of them; once those are forgotten, 200 stay.
	archivedTo(t, s, "web:a", end)
	same(t, "messages kept for the inputs", length(), MaxLog)
	for i := range leastInputs {
		turn(t, s, "web:a", fmt.Sprint("later ", i), func(c *bot.Commit) { c.At = noon.Add(2 * remember) })
	}
	archivedTo(t, s, "web:a", end)
	same(t, "messages kept", length(), LogLength)
	got, err := s.Messages(t.Context(), "web:a", 0)
	if err != nil || got[0].Seq != end-LogLength+1 || got[LogLength-1].Seq != end {
		t.Errorf("the trimmed log is not the end of it: %v", err)
	}
}

// next claims a message; its text is "" when none is due.
func next(t testing.TB, s *Conversations, now time.Time) bot.Delivery {
	t.Helper()
	d, ok, err := s.ClaimDelivery(t.Context(), "telegram", now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if ok != (d.Conversation != "") {
		t.Fatalf("claim says %v with %+v", ok, d)
	}
	return d
}

func sent(t testing.TB, s *Conversations, d bot.Delivery, then time.Time) {
	t.Helper()
	if err := s.Delivered(t.Context(), d, then); err != nil {
		t.Fatal(err)
	}
}

func queueOrder(t *testing.T, open opener) {
	s := open(t, Options{})
	same(t, "nothing to send", next(t, s, noon).Message.Text, "")
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi", "kaksi") })
	c := turn(t, s, "telegram:1", "2", func(c *bot.Commit) { tell(c, "system", "kolme") })

	now := noon
	for i, want := range []string{"yksi", "kaksi", "kolme"} {
		d := next(t, s, now)
		if d.Message.Text != want || d.Channel != "telegram" || d.Conversation != "telegram:1" || d.Tries != 0 {
			t.Fatalf("claimed %+v, want %s", d, want)
		}
		same(t, "number", d.Message.Seq, c.Seq-1+int64(i))
		same(t, "while one is being sent", next(t, s, now.Add(time.Minute-time.Millisecond)).Message.Text, "")
		now = now.Add(time.Second)
		sent(t, s, d, now)
		same(t, "before its time", next(t, s, now.Add(-time.Millisecond)).Message.Text, "")
		if err := s.Delivered(t.Context(), d, now); !errors.Is(err, bot.ErrConflict) {
			t.Fatalf("delivered twice: %v", err)
		}
	}
	same(t, "all sent", next(t, s, now.Add(time.Hour)).Message.Text, "")
}

func claimRunsOut(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi", "kaksi") })
	lost := next(t, s, noon)
	later := noon.Add(time.Minute)
	again := next(t, s, later)
	same(t, "claimed again", again.Message, lost.Message)
	same(t, "tries", again.Tries, 1)
	for what, err := range map[string]error{
		"delivered": s.Delivered(t.Context(), lost, later), "postponed": s.Postpone(t.Context(), lost, later),
	} {
		if !errors.Is(err, bot.ErrConflict) {
			t.Errorf("%s after the claim ran out: %v", what, err)
		}
	}
	sent(t, s, again, later)
	second := next(t, s, later)
	same(t, "then", second.Message.Text, "kaksi")
	same(t, "tries of the next", second.Tries, 0)
}

func postponing(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi", "kaksi") })
	now := noon
	for tries := range 4 {
		d := next(t, s, now)
		same(t, "head", d.Message.Text, "yksi")
		same(t, "tries", d.Tries, tries)
		now = now.Add(time.Hour)
		if err := s.Postpone(t.Context(), d, now); err != nil {
			t.Fatal(err)
		}
		same(t, "before its time", next(t, s, now.Add(-time.Millisecond)).Message.Text, "")
		// What is said meanwhile waits too.
		turn(t, s, "telegram:1", fmt.Sprint("more", tries), func(c *bot.Commit) { tell(c, "bot", "lisää") })
		same(t, "before its time, with more to say", next(t, s, now.Add(-time.Millisecond)).Message.Text, "")
	}
}

func pace(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi") })
	sent(t, s, next(t, s, noon), noon.Add(time.Second))
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { tell(c, "bot", "kaksi") })
	same(t, "too early", next(t, s, noon.Add(time.Second-time.Millisecond)).Message.Text, "")
	d := next(t, s, noon.Add(time.Second))
	same(t, "in time", d.Message.Text, "kaksi")
	sent(t, s, d, noon.Add(2*time.Second))

	// Once its time has passed, an empty queue is forgotten.
	same(t, "empty", next(t, s, noon.Add(time.Hour)).Message.Text, "")
	same(t, "queues left", s.client.ZCard(t.Context(), s.home("telegram:1")+"send:telegram").Val(), 0)
	turn(t, s, "telegram:1", "3", func(c *bot.Commit) { tell(c, "bot", "kolme") })
	same(t, "at once", next(t, s, noon).Message.Text, "kolme")
}

func channelsApart(t *testing.T, open opener) {
	s := open(t, Options{Partitions: 1})
	turn(t, s, "whatsapp:1", "1", func(c *bot.Commit) { c.Channel = "whatsapp"; tell(c, "bot", "moi") })
	same(t, "another channel's", next(t, s, noon.Add(time.Hour)).Message.Text, "")
	d, ok, err := s.ClaimDelivery(t.Context(), "whatsapp", noon, time.Minute)
	if err != nil || !ok || d.Conversation != "whatsapp:1" || d.Channel != "whatsapp" {
		t.Fatalf("its own: %+v, %v, %v", d, ok, err)
	}
	sent(t, s, d, noon)
}

// drain sends everything there is.
func drain(t testing.TB, s *Conversations) []string {
	t.Helper()
	all := []string{}
	for {
		d := next(t, s, noon.Add(time.Hour))
		if d.Conversation == "" {
			return all
		}
		all = append(all, d.Message.Text)
		sent(t, s, d, noon)
	}
}

func unsaying(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) {
		tell(c, "bot", "vanha")
		tell(c, "staff", "henkilö")
		tell(c, "bot", "vanha")
		tell(c, "system", "Tilaus on lähetetty")
	})
	turn(t, s, "telegram:2", "1", func(c *bot.Commit) { tell(c, "bot", "toinen") })
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { c.Unsay = true; tell(c, "bot", "uusi") })
	got := drain(t, s)
	slices.Sort(got)
	same(t, "sent", got, []string{"Tilaus on lähetetty", "henkilö", "toinen", "uusi"})
	log, _ := s.Messages(t.Context(), "telegram:1", 0)
	same(t, "the log keeps all", len(log), 5)
}

func unsayingClaimed(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "matkalla") })
	d := next(t, s, noon)
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { c.Unsay = true; tell(c, "staff", "henkilö") })
	same(t, "while the old one is being sent", next(t, s, noon).Message.Text, "")
	sent(t, s, d, noon)
	d = next(t, s, noon)
	same(t, "then", d.Message.Text, "henkilö")
	same(t, "tries", d.Tries, 0)
}

func held(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "ennen") })
	c := turn(t, s, "telegram:1", "take", func(c *bot.Commit) { c.Held = true; tell(c, "system", "Marja tuli") })
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) {
		c.Held = true
		tell(c, "bot", "botti")
		tell(c, "staff", "Marja")
		tell(c, "system", "Maksettu")
	})
	turn(t, s, "telegram:1", "back", func(c *bot.Commit) { tell(c, "bot", "jatkan") })
	same(t, "sent", drain(t, s), []string{"Marja tuli", "Marja", "Maksettu", "jatkan"})
	same(t, "outbox given is unchanged", len(c.Outbox), 1)
}

func oldestFirst(t *testing.T, open opener) {
	s := open(t, Options{})
	for i := range 5 {
		turn(t, s, fmt.Sprint("telegram:", i), "1", func(c *bot.Commit) {
			c.At = noon.Add(time.Duration(5-i) * time.Second)
			tell(c, "bot", fmt.Sprint(i))
		})
	}
	same(t, "sent", drain(t, s), []string{"4", "3", "2", "1", "0"})
}

func longQueue(t *testing.T, open opener) {
	s := open(t, Options{})
	for i := range MaxOutbox/MaxMessages + 1 {
		turn(t, s, "telegram:1", fmt.Sprint(i), func(c *bot.Commit) {
			for range MaxMessages {
				tell(c, "bot", fmt.Sprint(i))
			}
		})
	}
	same(t, "queued", s.client.LLen(t.Context(), s.home("telegram:1")+"out:telegram:1").Val(), MaxOutbox)
	same(t, "the oldest are lost", next(t, s, noon).Message.Text, "1")
}

// claimed claims all that is due for a minute and tells it in short.
func claimed(t testing.TB, s *Conversations, now time.Time) []string {
	t.Helper()
	due, err := s.Claim(t.Context(), now, time.Minute, 100)
	if err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for _, d := range due {
		what := d.Timer
		if d.Work != nil {
			what = d.Work.ID + " " + d.Work.Kind + " " + string(d.Work.Effect)
		}
		found = append(found, fmt.Sprintf("%s %s %v", d.Conversation, what, d.At.Sub(noon)))
	}
	return found
}

func timers(t *testing.T, open opener) {
	s := open(t, Options{})
	hour := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }
	turn(t, s, "web:a", "1", func(c *bot.Commit) {
		c.Timers = []bot.Timer{{Name: "dropped", At: hour(1)}, {Name: "moved", At: hour(1)}, {Name: "kept", At: hour(1)}}
	})
	turn(t, s, "web:b", "1", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "kept", At: hour(2)}} })
	turn(t, s, "web:a", "2", func(c *bot.Commit) {
		c.Drop = []string{"dropped", "never set"}
		c.Timers = []bot.Timer{{Name: "moved", At: hour(3)}}
	})
	same(t, "a moment before", claimed(t, s, hour(1).Add(-time.Millisecond)), []string{})
	same(t, "the first hour", claimed(t, s, hour(1)), []string{"web:a kept 1h0m0s"})
	same(t, "the first hour again", claimed(t, s, hour(1).Add(time.Minute-time.Millisecond)), []string{})
	same(t, "after the claim", claimed(t, s, hour(1).Add(time.Minute)), []string{"web:a kept 1h0m0s"})
	turn(t, s, "web:a", "rang", func(c *bot.Commit) { c.Done = []string{"kept"} })
	same(t, "all the rest, in order", claimed(t, s, hour(9)), []string{"web:b kept 2h0m0s", "web:a moved 3h0m0s"})
	turn(t, s, "web:a", "rang too", func(c *bot.Commit) {
		c.Done = []string{"moved"}
		c.Timers = []bot.Timer{{Name: "moved", At: hour(10)}} // and again
	})
	turn(t, s, "web:b", "rang", func(c *bot.Commit) { c.Done = []string{"kept"} })
	same(t, "set anew when it rang", claimed(t, s, hour(99)), []string{"web:a moved 10h0m0s"})
}

func timerMoved(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "web:a", "1", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "x", At: noon}} })
	same(t, "rings", claimed(t, s, noon), []string{"web:a x 0s"})
	turn(t, s, "web:a", "2", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "x", At: noon.Add(time.Hour)}} })
	turn(t, s, "web:a", "rang", func(c *bot.Commit) { c.Done = []string{"x"} })
	same(t, "rings at its new time", claimed(t, s, noon.Add(time.Hour)), []string{"web:a x 1h0m0s"})
	turn(t, s, "web:a", "3", func(c *bot.Commit) { c.Drop = []string{"x"} })
	same(t, "dropped after it rang", claimed(t, s, noon.Add(99*time.Hour)), []string{})
}

func work(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "web:a", "1", func(c *bot.Commit) {
		c.Work = []bot.Work{
			{ID: "web:a/7/0", Kind: "place_order", Effect: []byte(`{"n":1}`)},
			{ID: "web:a/7/1", Kind: "cancel_order", Effect: []byte(`{}`)},
		}
		c.Timers = []bot.Timer{{Name: "web:a/7/0", At: noon.Add(time.Hour)}} // shares a name, no more
	})
	both := []string{`web:a web:a/7/0 place_order {"n":1} 10s`, `web:a web:a/7/1 cancel_order {} 10s`}
	same(t, "while the request has it", claimed(t, s, noon.Add(workAfter-time.Millisecond)), []string{})
	same(t, "left behind", claimed(t, s, noon.Add(workAfter)), both)
	same(t, "taken", claimed(t, s, noon.Add(workAfter+time.Minute-time.Millisecond)), []string{})
	same(t, "left behind again", claimed(t, s, noon.Add(workAfter+time.Minute)), both)
	turn(t, s, "web:a", "web:a/7/0/done", func(c *bot.Commit) { c.Done = []string{"web:a/7/0"} })
	same(t, "the rest", claimed(t, s, noon.Add(time.Hour)), []string{both[1], "web:a web:a/7/0 1h0m0s"})
	turn(t, s, "web:a", "web:a/7/1/done", func(c *bot.Commit) { c.Done = []string{"web:a/7/1", "web:a/7/0"} })
	same(t, "done", claimed(t, s, noon.Add(99*time.Hour)), []string{})
	home := s.home("web:a")
	same(t, "left in Redis", s.client.Exists(t.Context(), home+"due").Val()+s.client.Exists(t.Context(), home+"work").Val()+
		s.client.Exists(t.Context(), home+"claimed").Val(), 0)
}

func portions(t *testing.T, open opener) {
	s := open(t, Options{})
	for i := range 10 {
		turn(t, s, fmt.Sprint("web:", i), "1", func(c *bot.Commit) { c.Timers = []bot.Timer{{Name: "x", At: noon}, {Name: "y", At: noon}} })
	}
	seen := map[string]bool{}
	for range 7 {
		due, err := s.Claim(t.Context(), noon, time.Minute, 3)
		if err != nil || len(due) > 3 {
			t.Fatalf("%d claimed, %v", len(due), err)
		}
		for _, d := range due {
			seen[d.Conversation+d.Timer] = true
		}
	}
	same(t, "claimed in seven portions", len(seen), 20)
	if none, err := s.Claim(t.Context(), noon.Add(time.Hour), time.Minute, 0); err != nil || len(none) != 0 {
		t.Errorf("a portion of none: %v, %v", none, err)
	}
}

func desks(t *testing.T, open opener) {
	s := open(t, Options{})
	at := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	desk := func(conversation string, last, waiting int) {
		turn(t, s, conversation, fmt.Sprint(last, waiting), func(c *bot.Commit) {
			c.Desk = bot.Desk{Name: "Asiakas", Last: at(last)}
			if waiting != 0 {
				c.Desk.Waiting = at(waiting)
			}
		})
	}
	desk("web:quiet", 1, 0)
	desk("web:waits", 2, 2)
	desk("web:talks", 9, 0)
	desk("web:waits longer", 7, 1)
	desk("web:was helped", 3, 3)
	desk("web:was helped", 8, 0)
	list := func(limit int) []string {
		found, err := s.Desks(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		who := []string{}
		for _, d := range found {
			who = append(who, d.Conversation)
			same(t, "name", d.Name, "Asiakas")
		}
		return who
	}
	all := []string{"web:waits longer", "web:waits", "web:talks", "web:was helped", "web:quiet"}
	for limit := range 7 {
		same(t, fmt.Sprint("list of ", limit), list(limit), all[:min(limit, 5)])
	}

	// One whose state has gone is not listed any more.
	if err := s.client.Del(t.Context(), s.home("web:talks")+"talk:web:talks").Err(); err != nil {
		t.Fatal(err)
	}
	same(t, "without the expired", list(9), []string{all[0], all[1], all[3], all[4]})
}

func lifetimes(t *testing.T, open opener) {
	s := open(t, Options{Partitions: 1})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "moi") })
	next(t, s, noon)
	for _, kind := range []string{"talk:", "log:", "ids:", "order:", "out:", "claim:"} {
		ttl := s.client.PTTL(t.Context(), s.home("telegram:1")+kind+"telegram:1").Val()
		if ttl <= life-time.Hour || ttl > life {
			t.Errorf("%s lives %v", kind, ttl)
		}
	}
	// The lists of a partition forget what has expired.
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { c.Desk = bot.Desk{Last: noon, Waiting: noon} })
	turn(t, s, "telegram:2", "1", func(c *bot.Commit) {
		c.At = noon.Add(life + time.Millisecond)
		c.Desk.Last = c.At
	})
	for _, list := range []string{"desks", "waiting"} {
		if s.client.ZScore(t.Context(), s.base(0)+list, "telegram:1").Err() == nil {
			t.Errorf("%s still has an expired conversation", list)
		}
	}
}

func fifty(t *testing.T, open opener) {
	s := open(t, Options{})
	start := loaded(t, s, "web:a", "-").Version
	var done sync.WaitGroup
	var conflicts atomic.Int64
	for i := range 50 {
		done.Go(func() {
			for {
				input := fmt.Sprint(i)
				snapshot, err := s.Load(t.Context(), "web:a", input)
				if err != nil || snapshot.Seen {
					t.Errorf("load: seen %v, %v", snapshot.Seen, err)
					return
				}
				c := bot.Commit{
					Conversation: "web:a", Channel: "web", Input: input, At: noon,
					Version: snapshot.Version, Seq: snapshot.Seq, New: snapshot.State == nil,
					State: append(snapshot.State, byte(i)),
				}
				say(&c, "customer", input)
				err = s.Commit(t.Context(), c)
				if err == nil {
					return
				}
				if !errors.Is(err, bot.ErrConflict) {
					t.Error(err)
					return
				}
				conflicts.Add(1)
			}
		})
	}
	done.Wait()
	end := loaded(t, s, "web:a", "-")
	same(t, "version", end.Version, start+50)
	same(t, "number of the last message", end.Seq, start+50)
	log, err := s.Messages(t.Context(), "web:a", 0)
	if err != nil || len(log) != 50 {
		t.Fatalf("%d messages, %v", len(log), err)
	}
	for i, m := range log {
		if m.Seq != start+int64(i)+1 || m.Text != fmt.Sprint(end.State[i]) {
			t.Errorf("message %d is %+v, and the state's turn %d", i, m, end.State[i])
		}
	}
	t.Logf("%d conflicts", conflicts.Load())
}

// woken waits for a signal that comes sooner than the regular look.
func woken(t *testing.T, watcher <-chan struct{}) {
	t.Helper()
	select {
	case _, open := <-watcher:
		if !open {
			t.Fatal("the watch has ended")
		}
	case <-time.After(lookAgain - time.Second):
		t.Fatal("no signal")
	}
}

func watching(t *testing.T, open opener) {
	s := open(t, Options{Partitions: 1})
	ctx, stop := context.WithCancel(t.Context())
	a, b, all := s.Watch(ctx, "web:a"), s.Watch(ctx, "web:b"), s.Watch(ctx, "")
	woken(t, a) // the subscription stands; with one partition that is told once
	s.hub.mu.Lock()
	for _, watcher := range []<-chan struct{}{b, all} {
		select {
		case <-watcher:
		default:
		}
	}
	s.hub.mu.Unlock()

	turn(t, s, "web:a", "1", nil)
	woken(t, a)
	woken(t, all)
	for i := range 3 { // merged: nobody reads meanwhile
		turn(t, s, "web:b", fmt.Sprint(i), nil)
	}
	woken(t, b)
	woken(t, all)
	select {
	case <-a:
		t.Error("a signal for another conversation's change")
	default:
	}

	stop()
	for _, watcher := range []<-chan struct{}{a, b, all} {
		for range watcher {
		}
	}
	again, stop := context.WithCancel(t.Context())
	defer stop()
	woken(t, s.Watch(again, "web:a"))
}

func watchingFar(t *testing.T, open opener) {
	near := open(t, Options{Partitions: 2})
	if near.inside != nil {
		t.Skip("the Redis inside a process has no other nodes")
	}
	far := open(t, Options{Partitions: 2, Prefix: near.prefix})
	if far.partition("web:a") == far.partition("web:b") {
		t.Fatal("both are in one partition")
	}
	for _, conversation := range []string{"web:a", "web:b"} {
		watcher := near.Watch(t.Context(), conversation)
		for i := range 5 { // two signals at most are the subscription's
			turn(t, far, conversation, fmt.Sprint(i), nil)
			woken(t, watcher)
		}
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
	if err == nil || !strings.Contains(err.Error(), "8 partitions, but the setting is 16") {
		t.Errorf("another number of partitions: %v", err)
	}
}

func limits(t *testing.T, open opener) {
	s := open(t, Options{})
	long := strings.Repeat("x", MaxID)
	many := func(n int) (ms []string) {
		for i := range n {
			ms = append(ms, fmt.Sprint(i))
		}
		return ms
	}
	for what, over := range map[string]func(c *bot.Commit, beyond int){
		"state": func(c *bot.Commit, beyond int) { c.State = make([]byte, MaxState+beyond) },
		"messages": func(c *bot.Commit, beyond int) {
			for range MaxMessages + beyond {
				say(c, "bot", "x")
			}
		},
		"message": func(c *bot.Commit, beyond int) {
			say(c, "bot", "")
			line, _ := lineOf(c.Log[0])
			c.Log[0].Text = strings.Repeat("x", MaxMessage-len(line)+beyond)
		},
		"desk": func(c *bot.Commit, beyond int) {
			c.Desk.Conversation = c.Conversation
			c.Desk.Name = strings.Repeat("x", MaxDesk-len(`{"conversation":"web:desk-0","name":"","last":"0001-01-01T00:00:00Z"}`)+beyond)
		},
		"work": func(c *bot.Commit, beyond int) {
			for _, id := range many(MaxWork + beyond) {
				c.Work = append(c.Work, bot.Work{ID: id, Effect: []byte("0")})
			}
		},
		"effect": func(c *bot.Commit, beyond int) {
			c.Work = []bot.Work{{ID: "1", Effect: []byte(strings.Repeat("1", MaxEffect+beyond))}}
		},
		"timers": func(c *bot.Commit, beyond int) {
			for _, name := range many(MaxWork + beyond) {
				c.Timers = append(c.Timers, bot.Timer{Name: name, At: noon})
			}
		},
		"drop": func(c *bot.Commit, beyond int) { c.Drop = many(MaxWork + beyond) },
		"done": func(c *bot.Commit, beyond int) { c.Done = many(MaxWork + beyond) },
		"timer id": func(c *bot.Commit, beyond int) {
			c.Timers = []bot.Timer{{Name: long[beyond:] + strings.Repeat("xx", beyond)}}
		},
		"work id": func(c *bot.Commit, beyond int) {
			c.Work = []bot.Work{{ID: long + strings.Repeat("x", beyond), Effect: []byte("0")}}
		},
		"input":    func(c *bot.Commit, beyond int) { c.Input = long + strings.Repeat("x", beyond) },
		"line end": func(c *bot.Commit, beyond int) { c.Drop = []string{"a" + strings.Repeat("\n", beyond)} },
		"number":   func(c *bot.Commit, beyond int) { say(c, "bot", "x"); c.Log[0].Seq += int64(beyond) },
		"queue":    func(c *bot.Commit, beyond int) { tell(c, "bot", "x"); c.Outbox[0].Seq += int64(beyond) },
		"channel":  func(c *bot.Commit, beyond int) { c.Channel = strings.Repeat("x", 1-beyond) },
	} {
		for beyond := range 2 {
			conversation := fmt.Sprintf("web:%s-%d", what, beyond)
			c := begin(t, s, conversation, "1")
			over(&c, beyond)
			err := s.Commit(t.Context(), c)
			if beyond == 0 && err != nil {
				t.Errorf("%s at the limit: %v", what, err)
			}
			if beyond == 1 && !errors.Is(err, bot.ErrUnfit) {
				t.Errorf("%s just over the limit: %v", what, err)
			}
			if known := loaded(t, s, conversation, "2").State != nil; known != (err == nil) {
				t.Errorf("%s: known %v after %v", what, known, err)
			}
		}
	}
	for _, id := range []string{"", long + "x", "web:a\nb"} {
		if _, err := s.Load(t.Context(), id, "1"); !errors.Is(err, bot.ErrUnfit) {
			t.Errorf("load conversation %q: %v", id, err)
		}
		if _, err := s.Load(t.Context(), "web:a", id); !errors.Is(err, bot.ErrUnfit) {
			t.Errorf("load input %q: %v", id, err)
		}
	}
}

func leases(t *testing.T, open opener) {
	s := open(t, Options{})
	lease := func(holder string, ttl time.Duration) bool {
		t.Helper()
		ours, err := s.Lease(t.Context(), "polling", holder, ttl)
		if err != nil {
			t.Fatal(err)
		}
		return ours
	}
	release := func(holder string) {
		t.Helper()
		if err := s.Release(t.Context(), "polling", holder); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "a takes it", lease("a", time.Hour), true)
	same(t, "b", lease("b", time.Hour), false)
	same(t, "a renews it", lease("a", time.Hour), true)
	release("b")
	same(t, "b, having released what is not its own", lease("b", time.Hour), false)
	release("a")
	same(t, "b, after a", lease("b", 100*time.Millisecond), true)
	for end := time.Now().Add(5 * time.Second); !lease("a", time.Hour); {
		if time.Now().After(end) {
			t.Fatal("a lease outlives its time")
		}
	}
	release("a")
	release("a")
}

func rates(t *testing.T, open opener) {
	now := noon.Truncate(time.Minute).Add(40 * time.Second)
	s := open(t, Options{Clock: func() time.Time { return now }})
	use := func(key string) (bool, time.Duration) {
		t.Helper()
		ok, wait, err := s.Allow(t.Context(), key, 3, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return ok, wait
	}
	for i := range 3 {
		if ok, _ := use("a"); !ok {
			t.Fatalf("use %d of 3 is refused", i+1)
		}
	}
	ok, wait := use("a")
	same(t, "a fourth use", ok, false)
	same(t, "wait", wait, 20*time.Second)
	ok, _ = use("b")
	same(t, "another's first use", ok, true)
	now = now.Add(wait)
	ok, _ = use("a")
	same(t, "after the wait", ok, true)
}

func offsets(t *testing.T, open opener) {
	s := open(t, Options{})
	for _, want := range []int64{0, 1 << 60, 7} {
		if want != 0 {
			if err := s.SetOffset(t.Context(), "telegram", want); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Offset(t.Context(), "telegram")
		if err != nil || got != want {
			t.Errorf("offset %d, %v; want %d", got, err, want)
		}
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
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
		want.do() // now Redis knows the script
		counted.n = 0
		want.do()
		if counted.n != want.trips {
			t.Errorf("%s takes %d round trips, not %d", what, counted.n, want.trips)
		}
	}
}
