package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"tiski/bot/dialogue"
)

// recognise tells a conversation what is known of its customer, when they
// arrive.
func (b *Bot) recognise(ctx context.Context, s dialogue.State, what dialogue.Input, w dialogue.World) (dialogue.State, error) {
	if b.Customers == nil || !s.Arrives(what, w.Now) {
		return s, nil
	}
	known, found, err := b.Customers.Recognise(ctx, w.Conversation)
	if err != nil {
		return s, fmt.Errorf("recognise the customer of %s: %w", w.Conversation, err)
	}
	if found {
		s, _ = dialogue.Step(s, known, w)
	}
	return s, nil
}

// learn keeps what is to be remembered, with the questions of consent as they
// were worded.
func (b *Bot) learn(ctx context.Context, conversation string, w Work) error {
	var l dialogue.Learn
	if err := json.Unmarshal(w.Effect, &l); err != nil {
		return fmt.Errorf("read work %s: %w", w.ID, err)
	}
	if b.Customers == nil {
		return nil
	}
	voice := b.shelf.Load().Voice
	for i, c := range l.Consents {
		l.Consents[i].Wording = voice.Sentence(c.Lang, c.Reply, nil)
	}
	return b.Customers.Learn(ctx, w.ID, conversation, l)
}
