package state

import (
	"log/slog"
	"testing"
	"time"

	"tiski/bot"
)

// openAt opens a memory of its own in which it is what time now tells.
func openAt(t *testing.T, now *time.Time) *Conversations {
	t.Helper()
	s, err := Open(t.Context(), Options{Clock: func() time.Time { return *now }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestLooks(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s := openAt(t, &now)
	see := func(staff string) {
		t.Helper()
		if err := s.See(t.Context(), bot.Presence{Conversation: "widget:1", Doing: bot.Looking, Staff: staff, At: now}); err != nil {
			t.Fatal(err)
		}
	}
	see("mia")
	now = now.Add(bot.Looking.Life() - 1)
	see("aino")
	looks, err := s.Present(t.Context(), bot.Looking, "widget:1")
	if err != nil || len(looks) != 2 || looks[0].Staff != "aino" {
		t.Errorf("%+v, %v", looks, err)
	}
	now = now.Add(1)
	if looks, err = s.Present(t.Context(), bot.Looking, "widget:1"); err != nil || len(looks) != 1 {
		t.Errorf("a minute later: %+v, %v", looks, err)
	}
	if looks, err = s.Present(t.Context(), bot.Looking, "widget:2"); err != nil || len(looks) != 0 {
		t.Errorf("another conversation: %+v, %v", looks, err)
	}
}

func TestTyping(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s := openAt(t, &now)
	const conversation = "widget:1"
	writes := func(staff string) {
		t.Helper()
		if err := s.See(t.Context(), bot.Presence{Conversation: conversation, Doing: bot.Typing, Staff: staff, At: now}); err != nil {
			t.Fatal(err)
		}
	}
	writing := func(where string) (names []string) {
		t.Helper()
		all, err := s.Present(t.Context(), bot.Typing, where)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range all {
			names = append(names, one.Staff)
		}
		return names
	}
	news := s.client.Subscribe(t.Context(), s.news(conversation))
	defer news.Close()
	if _, err := news.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	heard := news.Channel()

	writes("") // nobody looks
	same(t, "unseen", writing(conversation), []string(nil))
	if kept := s.client.Exists(t.Context(), s.home(conversation)+"typing:"+conversation).Val(); kept != 0 {
		t.Error("that a customer writes is kept though nobody looks")
	}

	if err := s.See(t.Context(), bot.Presence{Conversation: conversation, Doing: bot.Looking, Staff: "mia", At: now}); err != nil {
		t.Fatal(err)
	}
	writes("mia")
	now = now.Add(bot.Typing.Life() - 1)
	writes("")
	same(t, "both", writing(conversation), []string{"", "mia"})
	same(t, "elsewhere", writing("widget:2"), []string(nil))
	for range 3 { // the look, and both who write
		if m := <-heard; m.Payload != conversation {
			t.Errorf("told of %s", m.Payload)
		}
	}
	now = now.Add(1)
	same(t, "one is still", writing(conversation), []string{""})
	if left := s.client.PTTL(t.Context(), s.home(conversation)+"typing:"+conversation).Val(); left <= 0 || left > presenceKept {
		t.Errorf("kept for %v", left)
	}
}
