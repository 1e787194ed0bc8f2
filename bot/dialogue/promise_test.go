package dialogue_test

import (
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// TestPromisesAreKept: who still holds the conversation keeps by speaking what they
// promised on an earlier day for a day that has come, or gone.
func TestPromisesAreKept(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki)
	for name, test := range map[string]struct {
		at, due time.Time
		left    int
	}{
		"due today":               {now.AddDate(0, 0, -1), now.Add(5 * time.Hour), 0},
		"due yesterday":           {now.AddDate(0, 0, -2), now.AddDate(0, 0, -1), 0},
		"due tomorrow":            {now.AddDate(0, 0, -1), now.AddDate(0, 0, 1), 1},
		"due in a year":           {now.AddDate(0, 0, -1), now.AddDate(1, 0, 0), 1},
		"made today":              {now.Add(-time.Hour), now.Add(5 * time.Hour), 1},
		"made before it was held": {now.AddDate(0, 0, -4), now.AddDate(0, 0, 1), 0},
	} {
		s := dialogue.State{
			Lang: "fi", Greeted: true, Promises: []dialogue.Promise{{Name: "Maija", Text: "Palaan asiaan.", At: test.at, Due: test.due}},
			Handoff: dialogue.Handoff{Stage: dialogue.Held, Staff: "m", Name: "Maija", Since: now.AddDate(0, 0, -3)},
		}
		s, _ = dialogue.Step(s, dialogue.StaffSaid{Staff: "m", Name: "Maija", Text: "Hei taas!"}, shelves[0].world(now, 1, nil))
		if len(s.Promises) != test.left {
			t.Errorf("%s: %d left", name, len(s.Promises))
		}
	}
}
