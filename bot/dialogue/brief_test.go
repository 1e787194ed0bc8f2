package dialogue_test

import (
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

func TestBrief(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki)
	soon := dialogue.Promise{Text: "palaan huomenna", Due: now.Add(23 * time.Hour)}
	later := dialogue.Promise{Text: "soitan perjantaina", Due: now.Add(25 * time.Hour)}
	returning := dialogue.Task{Kind: dialogue.Return, Order: "T-1", Asked: "reason", Values: map[string]string{"lines": "1", "reason": " "}, Filled: []string{"lines"}}
	for name, test := range map[string]struct {
		state            dialogue.State
		goal, mood, next string
	}{
		"new":          {dialogue.State{}, "browse", dialogue.Calm, dialogue.NextAsk},
		"task":         {dialogue.State{Tasks: []dialogue.Task{returning}, Misses: 1}, dialogue.Return, dialogue.Confused, "reason"},
		"waits":        {dialogue.State{Handoff: dialogue.Handoff{Stage: dialogue.Requested, Why: "refund"}, Angry: 1, Misses: 1}, "refund", dialogue.Angry, dialogue.NextAnswer},
		"unheard":      {dialogue.State{Handoff: dialogue.Handoff{Stage: dialogue.Held, Unheard: now}}, "browse", dialogue.Calm, dialogue.NextAnswer},
		"held":         {dialogue.State{Handoff: dialogue.Handoff{Stage: dialogue.Held}}, "browse", dialogue.Calm, dialogue.NextAsk},
		"promise soon": {dialogue.State{Promises: []dialogue.Promise{later, soon}, Handoff: dialogue.Handoff{Stage: dialogue.Requested, Why: "promise"}}, "promise", dialogue.Calm, dialogue.NextPromise},
		"promise late": {dialogue.State{Promises: []dialogue.Promise{later}}, "browse", dialogue.Calm, dialogue.NextAsk},
		"pays":         {dialogue.State{Paying: &dialogue.Paying{}}, "browse", dialogue.Calm, dialogue.NextPayment},
	} {
		b := test.state.Brief(now)
		if b.Mood != test.mood || b.Next != test.next || test.goal != "browse" && b.Goal != test.goal {
			t.Errorf("%s: %+v", name, b)
		}
		if len(b.Promises) == 2 && b.Promises[0].Text != soon.Text {
			t.Errorf("%s: the promise due first stands second", name)
		}
	}
	b := dialogue.State{Tasks: []dialogue.Task{returning}, Order: &dialogue.OrderRef{Number: "T-9"}}.Brief(now)
	if b.Order != "T-1" || len(b.Facts) != 1 || b.Facts[0] != (dialogue.Fact{Slot: "lines", Value: "1"}) {
		t.Errorf("%+v", b)
	}
	b = dialogue.State{Handoff: dialogue.Handoff{Stage: dialogue.Held, What: "paketti on hukassa"}}.Brief(now)
	if len(b.Facts) != 1 || b.Facts[0] != (dialogue.Fact{Slot: "matter", Value: "paketti on hukassa"}) {
		t.Errorf("what was left at night: %+v", b)
	}
}
