package state

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
)

var (
	after      = script("messages")
	unarchived = script("unarchived")
	archived   = script("archived")
)

// Messages returns the messages of a conversation after a sequence number, at
// most the last [LogLength]. An unknown conversation has none.
func (s *Conversations) Messages(ctx context.Context, conversation string, seq int64) ([]bot.Message, error) {
	return s.read(ctx, after, conversation, seq, LogLength)
}

// Unarchived returns the oldest messages that are not archived, at most [LogLength].
func (s *Conversations) Unarchived(ctx context.Context, conversation string) ([]bot.Message, error) {
	return s.read(ctx, unarchived, conversation, LogLength)
}

func (s *Conversations) read(ctx context.Context, script *redis.Script, conversation string, args ...any) ([]bot.Message, error) {
	home := s.home(conversation)
	said, err := s.run(ctx, script, []string{home + "talk:" + conversation, home + "log:" + conversation}, args...).Slice()
	if err != nil {
		return nil, fmt.Errorf("read the log of %s: %w", conversation, err)
	}
	all, err := messages(said)
	if err != nil {
		return nil, fmt.Errorf("read the log of %s: %w", conversation, err)
	}
	return all, nil
}

// Changed returns conversations whose messages wait for the archive, the
// longest waiting first.
func (s *Conversations) Changed(ctx context.Context, limit int) ([]string, error) {
	waiting, err := inAll(ctx, s, func(p redis.Pipeliner, base string) *redis.ZSliceCmd {
		return p.ZRangeWithScores(ctx, base+"changed", 0, int64(limit)-1)
	})
	if err != nil {
		return nil, fmt.Errorf("look for changed conversations: %w", err)
	}
	return names(merged(waiting, 1), limit), nil
}

// Archived notes that messages up to seq are safe elsewhere. The log keeps the
// last [LogLength], and what a repeated input would have to be answered with.
func (s *Conversations) Archived(ctx context.Context, conversation string, seq int64) error {
	home := s.home(conversation)
	var keys []string
	for _, kind := range []string{"talk:", "log:", "ids:", "order:"} {
		keys = append(keys, home+kind+conversation)
	}
	err := s.run(ctx, archived, append(keys, home+"changed"), conversation, seq, LogLength).Err()
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("note what is archived of %s: %w", conversation, err)
	}
	return nil
}

// Desks returns the staff's list: who has waited longest first, and after those
// who wait, who spoke last. Two round trips.
func (s *Conversations) Desks(ctx context.Context, limit int) ([]bot.Desk, error) {
	if limit < 1 {
		return nil, nil
	}
	type both struct{ waiting, recent *redis.ZSliceCmd }
	lists := make([]both, s.partitions)
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range lists {
			lists[i].waiting = p.ZRangeWithScores(ctx, s.base(i)+"waiting", 0, int64(limit)-1)
			lists[i].recent = p.ZRevRangeWithScores(ctx, s.base(i)+"desks", 0, int64(limit)-1)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the desks: %w", err)
	}
	var waiting, recent []*redis.ZSliceCmd
	for _, l := range lists {
		waiting, recent = append(waiting, l.waiting), append(recent, l.recent)
	}
	order := names(merged(waiting, 1), limit)
	for _, c := range names(merged(recent, -1), limit) {
		if len(order) < limit && !slices.Contains(order, c) {
			order = append(order, c)
		}
	}
	return s.desks(ctx, order)
}

// desks reads the desks of conversations; those that have expired are left out.
func (s *Conversations) desks(ctx context.Context, conversations []string) ([]bot.Desk, error) {
	lines := make([]*redis.StringCmd, len(conversations))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, c := range conversations {
			lines[i] = p.HGet(ctx, s.home(c)+"talk:"+c, "desk")
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, fmt.Errorf("read the desks: %w", err)
	}
	desks := make([]bot.Desk, 0, len(lines))
	for i, line := range lines {
		if errors.Is(line.Err(), redis.Nil) {
			continue
		}
		var d bot.Desk
		if err := json.Unmarshal([]byte(line.Val()), &d); err != nil {
			return nil, fmt.Errorf("read the desk of %s: %w", conversations[i], err)
		}
		desks = append(desks, d)
	}
	return desks, nil
}

// merged is one list of those of all partitions: by score, rising for 1 and
// falling for -1.
func merged(lists []*redis.ZSliceCmd, direction int) []redis.Z {
	var all []redis.Z
	for _, l := range lists {
		all = append(all, l.Val()...)
	}
	slices.SortStableFunc(all, func(a, b redis.Z) int { return direction * cmp.Compare(a.Score, b.Score) })
	return all
}

func names(of []redis.Z, limit int) []string {
	found := make([]string, 0, min(len(of), limit))
	for _, z := range of[:min(len(of), max(limit, 0))] {
		found = append(found, z.Member.(string))
	}
	return found
}
