package dialogue_test

import (
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/intents"
)

func BenchmarkStep(b *testing.B) {
	shelves, err := demoShelves()
	if err != nil {
		b.Fatal(err)
	}
	s := shelves[0]
	world := s.world(time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki), 1, nil)
	const text = "etsin vedenpitäviä talvikenkiä lapselle koko 30"
	world.Reading = s.model.Read(text, intents.Hint{Now: world.Now})
	for b.Loop() {
		dialogue.Step(dialogue.State{}, dialogue.Said{Text: text}, world)
	}
}
