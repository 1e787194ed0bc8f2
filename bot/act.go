package bot

import (
	"context"
	"errors"
	"fmt"
)

// ErrUnknown means that there is no such conversation.
var ErrUnknown = errors.New("no such conversation")

// Act hands in what a member of staff does in a conversation. It never begins
// one: that of which nothing is known is ErrUnknown.
func (b *Bot) Act(ctx context.Context, conversation string, in Input) (Turn, error) {
	s, err := b.conversations.Load(ctx, conversation, in.ID)
	if err != nil {
		return Turn{}, fmt.Errorf("load %s: %w", conversation, err)
	}
	if s.State == nil {
		return Turn{}, ErrUnknown
	}
	return b.Handle(ctx, conversation, in)
}
