package state

import (
	"context"
	"fmt"
	"strings"
)

var erase = script("erase")

// Erase forgets a conversation at once: what it knows, what was said, what is
// still to be sent, and what was to be done but for the work of one id, "" for
// none.
func (s *Conversations) Erase(ctx context.Context, conversation, except string) error {
	home := s.home(conversation)
	var keys []string
	for _, kind := range []string{"talk:", "log:", "ids:", "out:", "claim:"} {
		keys = append(keys, home+kind+conversation)
	}
	channel, _, _ := strings.Cut(conversation, ":")
	for _, name := range []string{"desks", "waiting", "changed", "send:" + channel, "due", "work", "claimed"} {
		keys = append(keys, home+name)
	}
	if err := s.run(ctx, erase, keys, conversation, except).Err(); err != nil {
		return fmt.Errorf("erase %s: %w", conversation, err)
	}
	return nil
}
