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

// presenceKept is how long Redis keeps that somebody is at a conversation: no
// shorter than it counts. That somebody writes is kept longer, for nodes whose
// clocks differ.
const presenceKept = time.Minute

// See notes that somebody is at a conversation, and tells those who watch it: of
// who looks when that is news, of who writes each time. That a customer writes is
// not even noted while nobody of the staff looks.
func (s *Conversations) See(ctx context.Context, p bot.Presence) error {
	lookers, err := s.Present(ctx, bot.Looking, p.Conversation)
	if err != nil {
		return err
	}
	if p.Staff == "" && len(lookers) == 0 {
		return nil
	}
	document, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("note who is at %s: %w", p.Conversation, err)
	}
	key := s.presence(p.Doing, p.Conversation)
	pipe := s.client.TxPipeline()
	pipe.HSet(ctx, key, p.Staff, document)
	pipe.PExpire(ctx, key, presenceKept)
	if p.Doing == bot.Typing || !slices.ContainsFunc(lookers, func(l bot.Presence) bool { return l.Staff == p.Staff }) {
		pipe.Publish(ctx, s.news(p.Conversation), p.Conversation)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return fmt.Errorf("note who is at %s: %w", p.Conversation, err)
	}
	return nil
}

// Present returns who does something at a conversation now: the customer first,
// then the staff by their accounts.
func (s *Conversations) Present(ctx context.Context, doing bot.Doing, conversation string) ([]bot.Presence, error) {
	all, err := s.client.HGetAll(ctx, s.presence(doing, conversation)).Result()
	if err != nil {
		return nil, fmt.Errorf("see who is at %s: %w", conversation, err)
	}
	var here []bot.Presence
	for _, document := range all {
		var p bot.Presence
		if err := json.Unmarshal([]byte(document), &p); err != nil {
			return nil, fmt.Errorf("see who is at %s: %w", conversation, err)
		}
		if s.clock().Sub(p.At) < doing.Life() {
			here = append(here, p)
		}
	}
	slices.SortFunc(here, func(a, b bot.Presence) int { return cmp.Compare(a.Staff, b.Staff) })
	return here, nil
}

func (s *Conversations) presence(doing bot.Doing, conversation string) string {
	return s.home(conversation) + string(doing) + ":" + conversation
}
