package state

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tiski/bot"
)

// lookLife is how long somebody is taken to look at a conversation after they
// last said so.
const lookLife = time.Minute

// See notes that a member of staff looks at a conversation, and tells those who
// watch it when that is news.
func (s *Conversations) See(ctx context.Context, l bot.Look) error {
	key := s.home(l.Conversation) + "looks:" + l.Conversation
	known, err := s.Looks(ctx, l.Conversation)
	if err != nil {
		return err
	}
	document, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("note who looks at %s: %w", l.Conversation, err)
	}
	pipe := s.client.TxPipeline()
	pipe.HSet(ctx, key, l.Staff, document)
	pipe.PExpire(ctx, key, lookLife)
	if !slices.ContainsFunc(known, func(k bot.Look) bool { return k.Staff == l.Staff }) {
		pipe.Publish(ctx, s.news(l.Conversation), l.Conversation)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return fmt.Errorf("note who looks at %s: %w", l.Conversation, err)
	}
	return nil
}

// Looks returns who looks at a conversation now, by name.
func (s *Conversations) Looks(ctx context.Context, conversation string) ([]bot.Look, error) {
	looks, err := s.present(ctx, "looks", conversation, lookLife)
	if err != nil {
		return nil, fmt.Errorf("see who looks at %s: %w", conversation, err)
	}
	return looks, nil
}

// present returns who was noted in a conversation under a name no longer ago than
// life, by their accounts.
func (s *Conversations) present(ctx context.Context, name, conversation string, life time.Duration) ([]bot.Look, error) {
	all, err := s.client.HGetAll(ctx, s.home(conversation)+name+":"+conversation).Result()
	if err != nil {
		return nil, err
	}
	var here []bot.Look
	for _, document := range all {
		var l bot.Look
		if err := json.Unmarshal([]byte(document), &l); err != nil {
			return nil, err
		}
		if s.clock().Sub(l.At) < life {
			here = append(here, l)
		}
	}
	slices.SortFunc(here, func(a, b bot.Look) int { return cmp.Compare(a.Staff, b.Staff) })
	return here, nil
}
