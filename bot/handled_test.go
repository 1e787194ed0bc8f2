package bot_test

import (
	"context"
	"errors"
	"testing"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// stubborn is a memory in which another node is faster for a while.
type stubborn struct {
	bot.Conversations
	conflicts int
	away      error
}

func (s *stubborn) Commit(ctx context.Context, c bot.Commit) error {
	switch {
	case s.away != nil:
		return s.away
	case s.conflicts > 0:
		s.conflicts--
		return bot.ErrConflict
	}
	return s.Conversations.Commit(ctx, c)
}

// The meter is told of every input once.
func TestMeter(t *testing.T) {
	t.Parallel()
	s := open(t)
	memory := &stubborn{Conversations: s.state}
	b := s.node(memory, s.store)
	var told []bot.Handled
	b.Meter = func(h bot.Handled) { told = append(told, h) }
	c := s.customer("web:1")
	handle := func(in bot.Input) bot.Handled {
		t.Helper()
		told = nil
		if _, err := b.Handle(t.Context(), c.name, in); (err != nil) != (memory.away != nil) {
			t.Fatal(err)
		}
		if len(told) == 0 {
			return bot.Handled{}
		}
		if len(told) > 1 {
			t.Errorf("told %d times", len(told))
		}
		if told[0].Channel != "web" {
			t.Errorf("the channel is %q", told[0].Channel)
		}
		return told[0]
	}
	memory.conflicts = 3
	in := c.input(dialogue.Said{Text: "paljonko toimitus maksaa?"})
	if h := handle(in); h.Kind != bot.KindMessage || h.Conflicts != 3 || h.Missed || h.Failed || len(h.Acted) != 1 || h.Acted[0] != "delivery_cost" {
		t.Errorf("a question: %+v", h)
	}
	if h := handle(in); h.Kind != "" {
		t.Errorf("a repeated input was told: %+v", h)
	}
	if h := handle(c.input(dialogue.Said{Text: "qwrtp zxcvb"})); !h.Missed || h.Conflicts != 0 {
		t.Errorf("what nobody understands: %+v", h)
	}
	if h := handle(c.input(dialogue.Tapped{Tap: "help"})); h.Kind != bot.KindTap || h.Missed {
		t.Errorf("a tap: %+v", h)
	}
	memory.away = errors.New("away")
	if h := handle(c.input(dialogue.Said{Text: "moi"})); !h.Failed {
		t.Errorf("a failure: %+v", h)
	}
}
