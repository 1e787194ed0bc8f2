package dialogue_test

import (
	"slices"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// TestAGuessIsKnown: who is only guessed about is not told that nothing is known of them.
func TestAGuessIsKnown(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	w := shelves[0].world(time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki), 1, nil)
	nobody, somebody := dialogue.State{Lang: "fi", Greeted: true}, dialogue.State{Lang: "fi", Greeted: true}
	for _, word := range shelves[0].personas.All()[1].Words[:4] {
		w.Reading = intents.Reading{Text: word, Lang: "fi", Intents: []intents.Intent{{Name: intents.Greeting, P: 1}}, Acted: []string{intents.Greeting}}
		somebody, _ = dialogue.Step(somebody, dialogue.Said{Text: word}, w)
	}
	if somebody.Persona.Persona() == persona.Neutral {
		t.Fatal("nothing is guessed")
	}
	w.Reading = intents.Reading{Text: "mitä tiedät minusta", Lang: "fi"}
	for first, s := range map[string]dialogue.State{"privacy.nothing": nobody, "privacy.known": somebody} {
		_, effects := dialogue.Step(s, dialogue.Said{Text: w.Reading.Text}, w)
		parts := effects[0].(dialogue.Say).Parts
		guessed := slices.ContainsFunc(parts, func(p dialogue.Part) bool { return p.Key == "privacy.known.guess" })
		if parts[0].Key != first || guessed != (first == "privacy.known") {
			t.Errorf("begins with %q, not %q", parts[0].Key, first)
		}
	}
}
