package state

import (
	"log/slog"
	"testing"
	"time"

	"tiski/bot"
)

func TestTyping(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s, err := Open(t.Context(), Options{Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	const conversation = "widget:1"
	writes := func(staff string) {
		t.Helper()
		if err := s.Type(t.Context(), bot.Typing{Conversation: conversation, Staff: staff, At: now}); err != nil {
			t.Fatal(err)
		}
	}
	writing := func(where string) (names []string) {
		t.Helper()
		all, err := s.Typing(t.Context(), where)
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

	if err := s.See(t.Context(), bot.Look{Conversation: conversation, Staff: "mia", At: now}); err != nil {
		t.Fatal(err)
	}
	writes("mia")
	now = now.Add(bot.TypingLife - 1)
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
	if left := s.client.PTTL(t.Context(), s.home(conversation)+"typing:"+conversation).Val(); left <= 0 || left > typingKept {
		t.Errorf("kept for %v", left)
	}
}
