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

// TestAngerIsTold: who takes a conversation is told that the customer is angry,
// whether the anger called the person, came with the wish for one, or while one was
// waited for or spoke; and a new start is a new start.
func TestAngerIsTold(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	said := func(text string, annoyed bool, acted string) intents.Reading {
		return intents.Reading{Text: text, Lang: "fi", Mood: intents.Mood{Annoyed: annoyed}, Acted: []string{acted}, Intents: []intents.Intent{{Name: acted, P: 1}}}
	}
	wish, calm, cross := said("haluan puhua ihmiselle", false, intents.HumanAgent), said("hei", false, intents.Greeting), said("olen todella vihainen", true, intents.Feedback)
	both := said("olen vihainen ja haluan puhua ihmiselle", true, intents.HumanAgent)
	taken, back := dialogue.Taken{Staff: "m", Name: "Maija"}, dialogue.HandedBack{Staff: "m"}
	for name, test := range map[string]struct {
		inputs []any
		mood   string
	}{
		"with the wish":   {[]any{both}, dialogue.Angry},
		"thrice":          {[]any{cross, cross, cross}, dialogue.Angry},
		"while it waits":  {[]any{wish, cross}, dialogue.Angry},
		"to the person":   {[]any{wish, taken, cross}, dialogue.Angry},
		"when it's taken": {[]any{both, taken, calm}, dialogue.Angry},
		"never":           {[]any{wish, taken, calm}, dialogue.Calm},
		"back again":      {[]any{both, taken, back}, dialogue.Calm},
	} {
		s := dialogue.State{Lang: "fi", Greeted: true}
		for i, what := range test.inputs {
			w := shelves[0].world(now, int64(1+i), nil)
			switch what := what.(type) {
			case intents.Reading:
				w.Reading = what
				s, _ = dialogue.Step(s, dialogue.Said{Text: what.Text}, w)
			case dialogue.Input:
				s, _ = dialogue.Step(s, what, w)
			}
		}
		if mood := s.Brief(now).Mood; mood != test.mood {
			t.Errorf("angry %s: %s", name, mood)
		}
	}
}

// TestMatterOutlivesQuiet: what the customer left for a person is known to the next one
// when the first lets them wait.
func TestMatterOutlivesQuiet(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	held := dialogue.Handoff{Stage: dialogue.Held, Staff: "m", Name: "Maija", Since: now.Add(-48 * time.Hour), Unheard: now.Add(-24 * time.Hour), What: "takki on rikki"}
	s, _ := dialogue.Step(dialogue.State{Lang: "fi", Greeted: true, Handoff: held}, dialogue.Rang{Timer: "quiet"}, shelves[0].world(now, 1, nil))
	if s.Handoff.Stage != dialogue.Requested || s.Handoff.What != held.What {
		t.Errorf("%q of %q", s.Handoff.Stage, s.Handoff.What)
	}
}
