package dialogue_test

import (
	"slices"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// TestOptionTappedAgain: a button pressed over and over is one thing told, so that the
// state does not grow and a step back goes to what was told before it.
func TestOptionTappedAgain(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	p := shelves[0].shop.Product("pohjanaho-miesten-tpaita")
	colors := p.Values("color")
	s := dialogue.State{Lang: "fi", Greeted: true}
	for i := range 20 {
		w := shelves[0].world(time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki), int64(1+i), nil)
		s, _ = dialogue.Step(s, dialogue.Tapped{Tap: "opt:" + p.ID + ":color:" + colors[i%2]}, w)
	}
	if len(s.Tasks) != 1 || !slices.Equal(s.Tasks[0].Filled, []string{"color"}) {
		t.Errorf("in the middle of %+v", s.Tasks)
	}
}
