package state

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Unsent is how many conversations have messages that wait to be sent to a
// channel, also those that are not due yet or have their pause after one. One
// round trip.
func (s *Conversations) Unsent(ctx context.Context, channel string) (int, error) {
	n, err := s.members(ctx, "send:"+channel)
	if err != nil {
		return 0, fmt.Errorf("count what waits to be sent: %w", err)
	}
	return n, nil
}

// Waiting is how many customers wait for a person, and for how long the one who
// has waited longest; 0 when nobody does. Two round trips.
func (s *Conversations) Waiting(ctx context.Context, now time.Time) (customers int, longest time.Duration, err error) {
	if customers, err = s.members(ctx, "waiting"); err == nil {
		longest, err = s.oldest(ctx, "waiting", now)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("look who waits: %w", err)
	}
	return customers, longest, nil
}

// members is how many are in the sorted sets of a name, of all partitions.
func (s *Conversations) members(ctx context.Context, name string) (int, error) {
	counts, err := inAll(ctx, s, func(p redis.Pipeliner, base string) *redis.IntCmd { return p.ZCard(ctx, base+name) })
	n := 0
	for _, c := range counts {
		n += int(c.Val())
	}
	return n, err
}

// oldest is how long ago the earliest time in the sorted sets of a name was; 0
// when there is none, or it is yet to come.
func (s *Conversations) oldest(ctx context.Context, name string, now time.Time) (time.Duration, error) {
	heads, err := inAll(ctx, s, func(p redis.Pipeliner, base string) *redis.ZSliceCmd {
		return p.ZRangeWithScores(ctx, base+name, 0, 0)
	})
	age := time.Duration(0)
	for _, head := range heads {
		for _, first := range head.Val() {
			age = max(age, now.Sub(time.UnixMilli(int64(first.Score))))
		}
	}
	return age, err
}
