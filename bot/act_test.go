package bot_test

import (
	"errors"
	"testing"

	"tiski/bot"
	"tiski/bot/dialogue"
)

func TestAnActBeginsNoConversation(t *testing.T) {
	t.Parallel()
	s := open(t)
	take := bot.Input{ID: "staff/take/1", What: dialogue.Taken{Staff: "maija", Name: "Maija"}}
	if _, err := s.bot.Act(t.Context(), "widget:none", take); !errors.Is(err, bot.ErrUnknown) {
		t.Errorf("%v", err)
	}
	if _, err := s.bot.Handle(t.Context(), "widget:a", bot.Input{ID: "1", What: dialogue.Said{Text: "moi"}}); err != nil {
		t.Fatal(err)
	}
	turn, err := s.bot.Act(t.Context(), "widget:a", take)
	if err != nil || turn.State.Handoff.With("maija") != dialogue.WithMe || turn.State.Handoff.With("eero") != dialogue.WithOther {
		t.Errorf("%+v, %v", turn.State.Handoff, err)
	}
}

// A conversation may be erased while what staff do in it is on its way.
func TestAnActBeginsNoConversationAnew(t *testing.T) {
	t.Parallel()
	s := open(t)
	memory := &brokenMemory{Conversations: s.state}
	b := s.node(memory, s.store)
	if _, err := b.Handle(t.Context(), "widget:a", bot.Input{ID: "1", What: dialogue.Said{Text: "moi"}}); err != nil {
		t.Fatal(err)
	}
	b.Meter = func(h bot.Handled) { t.Errorf("%q is counted", h.Input) }
	memory.commit = func(bot.Commit) (bool, error) {
		memory.commit = nil
		return true, b.Erase(t.Context(), bot.Belongings{Conversations: []string{"widget:a"}}, "")
	}
	if _, err := b.Act(t.Context(), "widget:a", bot.Input{ID: "staff/say/1", What: dialogue.StaffSaid{Staff: "maija", Text: "Moi"}}); !errors.Is(err, bot.ErrUnknown) {
		t.Errorf("%v", err)
	}
	if s.load("widget:a").State != nil {
		t.Error("it has begun anew")
	}
}
