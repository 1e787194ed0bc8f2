package state

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tiski/bot"
)

// typingKept is how long Redis keeps that somebody writes: longer than it counts,
// for nodes whose clocks differ.
const typingKept = 30 * time.Second

// Type notes that somebody writes in a conversation, and tells those who watch
// it. It is forgotten within seconds; that a customer writes is not even noted
// while nobody of the staff looks at the conversation.
func (s *Conversations) Type(ctx context.Context, t bot.Typing) error {
	home := s.home(t.Conversation)
	if t.Staff == "" {
		looked, err := s.client.Exists(ctx, home+"looks:"+t.Conversation).Result()
		if err != nil {
			return fmt.Errorf("note who writes in %s: %w", t.Conversation, err)
		}
		if looked == 0 {
			return nil
		}
	}
	document, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("note who writes in %s: %w", t.Conversation, err)
	}
	pipe := s.client.TxPipeline()
	pipe.HSet(ctx, home+"typing:"+t.Conversation, t.Staff, document)
	pipe.PExpire(ctx, home+"typing:"+t.Conversation, typingKept)
	pipe.Publish(ctx, s.news(t.Conversation), t.Conversation)
	if _, err := pipe.Exec(ctx); err != nil {
		return fmt.Errorf("note who writes in %s: %w", t.Conversation, err)
	}
	return nil
}

// Typing returns who writes in a conversation now: the customer first, then the
// staff by name.
func (s *Conversations) Typing(ctx context.Context, conversation string) ([]bot.Typing, error) {
	here, err := s.present(ctx, "typing", conversation, bot.TypingLife)
	if err != nil {
		return nil, fmt.Errorf("see who writes in %s: %w", conversation, err)
	}
	var typing []bot.Typing
	for _, l := range here {
		typing = append(typing, bot.Typing(l))
	}
	return typing, nil
}
