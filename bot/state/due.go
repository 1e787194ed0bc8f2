package state

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
)

var claimDue = script("claim_due")

// Claim returns work and timers that are due, oldest first. At is when each was
// first due and stays the same when a claim has run out and is made again.
// One round trip, and one more for each partition in which something is due.
func (s *Conversations) Claim(ctx context.Context, now time.Time, hold time.Duration, limit int) ([]bot.Due, error) {
	ready, err := s.ready(ctx, "due", now)
	if err != nil {
		return nil, fmt.Errorf("look for what is due: %w", err)
	}
	var found []bot.Due
	for _, partition := range ready {
		if len(found) >= limit {
			break
		}
		base := s.base(partition)
		keys := []string{base + "due", base + "work", base + "claimed"}
		answer, err := s.run(ctx, claimDue, keys, millis(now), millis(now.Add(hold)), limit-len(found)).StringSlice()
		if err != nil {
			return nil, fmt.Errorf("claim what is due: %w", err)
		}
		for part := range slices.Chunk(answer, 3) {
			d, err := dueOf(part)
			if err != nil {
				return nil, err
			}
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(a, b bot.Due) int { return a.At.Compare(b.At) })
	return found, nil
}

// dueOf reads one claim of claim_due.lua: member, time, work.
func dueOf(part []string) (bot.Due, error) {
	conversation, name, ok := strings.Cut(part[0][1:], "\n")
	at, err := strconv.ParseInt(part[1], 10, 64)
	if !ok || err != nil {
		return bot.Due{}, fmt.Errorf("claim what is due: %q at %q cannot be read", part[0], part[1])
	}
	d := bot.Due{Conversation: conversation, At: time.UnixMilli(at)}
	if part[0][0] == 't' {
		d.Timer = name
		return d, nil
	}
	d.Work = new(bot.Work)
	if err := json.Unmarshal([]byte(part[2]), d.Work); err != nil {
		return bot.Due{}, fmt.Errorf("claim work %s: %w", name, err)
	}
	return d, nil
}

// ready returns the partitions in which the sorted set called name has a time
// that has come, the longest overdue first. One round trip. Partitions that do
// not answer, as while a server of a Cluster is replaced, keep no other waiting:
// they are an error when nothing else is ready.
func (s *Conversations) ready(ctx context.Context, name string, now time.Time) ([]int, error) {
	heads, err := inAll(ctx, s, func(p redis.Pipeliner, base string) *redis.ZSliceCmd {
		return p.ZRangeByScoreWithScores(ctx, base+name, &redis.ZRangeBy{Min: "-inf", Max: millis(now), Count: 1})
	})
	var ready []int
	for i, h := range heads {
		if len(h.Val()) > 0 {
			ready = append(ready, i)
		}
	}
	if err != nil && len(ready) == 0 {
		return nil, err
	}
	slices.SortFunc(ready, func(a, b int) int { return cmp.Compare(heads[a].Val()[0].Score, heads[b].Val()[0].Score) })
	return ready, nil
}
