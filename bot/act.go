package bot

import (
	"context"
	"errors"
)

// ErrUnknown means that there is no such conversation.
var ErrUnknown = errors.New("no such conversation")

// Act hands in what a member of staff does in a conversation. It never begins
// one: that of which nothing is known is ErrUnknown.
func (b *Bot) Act(ctx context.Context, conversation string, in Input) (Turn, error) {
	in.begun = true
	return b.Handle(ctx, conversation, in)
}
