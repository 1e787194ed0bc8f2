package bot

import (
	"context"
	"fmt"

	"tiski/bot/dialogue"
	"tiski/bot/voice"
)

// Suggest returns what the bot would answer to a message if no person held the
// conversation, "" when it would look something up or say nothing. Nothing comes
// of it.
func (b *Bot) Suggest(ctx context.Context, conversation, text string) (string, error) {
	s, err := b.conversations.Load(ctx, conversation, "suggest")
	if err != nil {
		return "", fmt.Errorf("load %s: %w", conversation, err)
	}
	state, err := dialogue.Decode(s.State)
	if err != nil {
		return "", fmt.Errorf("suggest a reply in %s: %w", conversation, err)
	}
	shelf := b.shelf.Load()
	world := b.world(shelf, conversation, s.Version+1)
	world.Reading = shelf.Model.Read(Mask(text), state.Hint(world.Now))
	state.Handoff, state.Greeted = dialogue.Handoff{}, true
	next, effects := dialogue.Step(state, dialogue.Said{Text: world.Reading.Text}, world)
	if pendingLook(effects) != nil {
		return "", nil
	}
	for _, e := range effects {
		if say, ok := e.(dialogue.Say); ok && say.As == dialogue.ByBot {
			return shelf.Voice.Render(say, voice.Tone{Lang: next.Lang, Persona: next.Persona.Persona(), Seed: conversation}).Text, nil
		}
	}
	return "", nil
}
