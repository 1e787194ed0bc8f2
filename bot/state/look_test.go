package state

import (
	"log/slog"
	"testing"
	"time"

	"tiski/bot"
)

func TestLooks(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s, err := Open(t.Context(), Options{Clock: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	see := func(staff string) {
		t.Helper()
		if err := s.See(t.Context(), bot.Look{Conversation: "widget:1", Staff: staff, At: now}); err != nil {
			t.Fatal(err)
		}
	}
	see("mia")
	now = now.Add(lookLife - 1)
	see("aino")
	looks, err := s.Looks(t.Context(), "widget:1")
	if err != nil || len(looks) != 2 || looks[0].Staff != "aino" {
		t.Errorf("%+v, %v", looks, err)
	}
	now = now.Add(1)
	if looks, err = s.Looks(t.Context(), "widget:1"); err != nil || len(looks) != 1 {
		t.Errorf("a minute later: %+v, %v", looks, err)
	}
	if looks, err = s.Looks(t.Context(), "widget:2"); err != nil || len(looks) != 0 {
		t.Errorf("another conversation: %+v, %v", looks, err)
	}
}
