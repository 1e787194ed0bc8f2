package dialogue_test

import (
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/intents"
)

// TestUnsureOfPerson: a person is called at once only when it is likely that one
// is wanted; else it is asked, with two buttons.
func TestUnsureOfPerson(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for p, stage := range map[float64]string{0.69: dialogue.Offered, 0.7: dialogue.Requested} {
		w := shelves[0].world(now, 1, nil)
		w.Reading = intents.Reading{
			Text: "onkohan siellä ketään", Lang: "fi", Acted: []string{intents.HumanAgent},
			Intents: []intents.Intent{{Name: intents.HumanAgent, P: p}, {Name: intents.OutOfScope, P: 0.3}},
		}
		s, effects := dialogue.Step(dialogue.State{Lang: "fi", Greeted: true}, dialogue.Said{Text: w.Reading.Text}, w)
		if s.Handoff.Stage != stage {
			t.Errorf("likely by %v: %q, not %q", p, s.Handoff.Stage, stage)
		}
		if stage != dialogue.Offered {
			continue
		}
		if say := effects[0].(dialogue.Say); len(say.Buttons) != 2 {
			t.Errorf("asks with %d buttons", len(say.Buttons))
		}
		w.Version = 2
		if s, _ = dialogue.Step(s, dialogue.Tapped{Tap: "stay"}, w); s.Handoff.Stage != "" {
			t.Errorf("after going on here: %q", s.Handoff.Stage)
		}
	}
}
