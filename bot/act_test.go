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
