package dialogue_test

import (
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// TestFirstReplyTellsOfABot: also when the first message is too long to be read.
func TestFirstReplyTellsOfABot(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	w := shelves[0].world(time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki), 1, nil)
	s, effects := dialogue.Step(dialogue.State{}, dialogue.Said{Text: strings.Repeat("a", dialogue.MaxText+1)}, w)
	if key := effects[0].(dialogue.Say).Parts[0].Key; key != "intro" || !s.Greeted {
		t.Errorf("begins with %q, greeted: %v", key, s.Greeted)
	}
}
