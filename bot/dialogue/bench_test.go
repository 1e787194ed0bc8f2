package dialogue_test

import (
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// BenchmarkStep steps through the messages of a purchase with questions in
// between, in turn; what they mean was read before. "search" is the dearest of
// them alone.
func BenchmarkStep(b *testing.B) {
	shelves, err := demoShelves()
	if err != nil {
		b.Fatal(err)
	}
	s := shelves[0]
	type said struct {
		before dialogue.State
		text   string
		world  dialogue.World
	}
	talk := func(texts ...string) (all []said) {
		state := dialogue.State{}
		for i, text := range texts {
			world := s.world(time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki), int64(i+1), nil)
			world.Reading = s.model.Read(text, state.Hint(world.Now))
			all = append(all, said{state, text, world})
			state, _ = dialogue.Step(state, dialogue.Said{Text: text}, world)
		}
		return all
	}
	for name, all := range map[string][]said{
		"purchase": talk("moi", "etsin villasukkia koko 40", "otan ekan", "harmaa", "kassalle", "Maija Virtanen", "paljonko toimitus maksaa?", "maija@example.com",
			"040 123 4567", "Kotikatu 5, 00530 Helsinki", "noutopisteeseen", "eiku kotiin", "laskulla", "mikä on palautusaika?"),
		"search": talk("etsin vedenpitäviä talvikenkiä lapselle koko 30"),
	} {
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				m := all[i%len(all)]
				dialogue.Step(m.before, dialogue.Said{Text: m.text}, m.world)
				i++
			}
		})
	}
}
