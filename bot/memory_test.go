package bot_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// tripping is a memory of conversations that counts the trips to it: Load and
// Commit are one each.
type tripping struct {
	bot.Conversations
	loads, commits int
}

func (c *tripping) Load(ctx context.Context, conversation, input string) (bot.Snapshot, error) {
	c.loads++
	return c.Conversations.Load(ctx, conversation, input)
}

func (c *tripping) Commit(ctx context.Context, commit bot.Commit) error {
	c.commits++
	return c.Conversations.Commit(ctx, commit)
}

// trips are those that saying something took.
func (c *tripping) trips(t *testing.T, from *customer, text string) (loads, commits int) {
	t.Helper()
	loads, commits = c.loads, c.commits
	from.say(text)
	return c.loads - loads, c.commits - commits
}

// The first message of a conversation takes two trips, and every other one, at
// the commit.
func TestMostMessagesTakeOneTrip(t *testing.T) {
	t.Parallel()
	s := open(t)
	memory := &tripping{Conversations: s.state}
	c := s.customer("web:1")
	c.bot = s.node(memory, s.store)
	for i := range 10 {
		loads, commits := memory.trips(t, c, fmt.Sprint("paljonko toimitus maksaa ", i))
		want := 0
		if i == 0 {
			want = 1
		}
		if loads != want || commits != 1 {
			t.Errorf("message %d took %d loads and %d commits", i, loads, commits)
		}
	}
	var said []string
	for _, m := range s.log("web:1") {
		if m.From == dialogue.ByCustomer {
			said = append(said, m.Text)
		}
	}
	if len(said) != 10 || !slices.IsSorted(said) {
		t.Errorf("the log has %q", said)
	}
}

// A message that another node has handled meanwhile is not lost on this one, nor
// handled twice, and who cannot rely on what it remembers stops guessing.
func TestAStaleMemoryDoesNoHarm(t *testing.T) {
	t.Parallel()
	s := open(t)
	memory := &tripping{Conversations: s.state}
	here, there := s.customer("web:1"), s.customer("web:1")
	here.bot, there.bot = s.node(memory, s.store), s.node(s.state, s.store)
	stale := 0
	for i := range 20 {
		in := here.input(dialogue.Said{Text: fmt.Sprint("hei ", i)})
		first, err := here.bot.Handle(t.Context(), "web:1", in)
		if err != nil {
			t.Fatal(err)
		}
		again, err := here.bot.Handle(t.Context(), "web:1", in)
		if err != nil || !again.Repeated || texts(again.Messages) != texts(first.Messages) {
			t.Fatalf("input %d came again: %v %v", i, again, err)
		}
		before := memory.commits
		if _, err := there.bot.Handle(t.Context(), "web:1", bot.Input{ID: fmt.Sprint("there/", i), What: dialogue.Said{Text: fmt.Sprint("moi ", i)}}); err != nil {
			t.Fatal(err)
		}
		here.say(fmt.Sprint("terve ", i))
		stale += memory.commits - before - 1
	}
	if all := s.log("web:1"); len(all) < 60 {
		t.Errorf("the log has %d messages", len(all))
	}
	if stale > 5 {
		t.Errorf("%d guesses were wrong, and more were made", stale)
	}
}

// What a customer wants forgotten is not remembered here either.
func TestMemoryForgets(t *testing.T) {
	t.Parallel()
	s := open(t)
	memory := &tripping{Conversations: s.state}
	c := s.customer("web:1")
	c.bot = s.node(memory, s.store)
	for _, step := range []struct {
		name  string
		does  func() error
		loads int
	}{
		{"begin", func() error { return nil }, 1},
		{"nothing", func() error { return nil }, 0},
		{"erase", func() error { return c.bot.Erase(t.Context(), bot.Belongings{Conversations: []string{"web:1"}}, "") }, 1},
		{"minutes go by", func() error { s.wait(4 * time.Minute); return nil }, 0},
		{"a busy time is over", func() error { c.bot.Rest(); return nil }, 1},
		{"others talk for long", func() error {
			other := s.customer("web:2")
			other.bot = c.bot
			for range 2 {
				s.wait(6 * time.Minute)
				other.say("moi")
			}
			return nil
		}, 1},
	} {
		if err := step.does(); err != nil {
			t.Fatal(err)
		}
		if loads, _ := memory.trips(t, c, "moi"); loads != step.loads {
			t.Errorf("%s: %d loads, want %d", step.name, loads, step.loads)
		}
	}
}
