package state

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Each process lets the first of a window through by itself, so that hardly
// anybody is counted in Redis: one in ownShare of a limit, and none of a limit
// under leastShared, such as that of guesses at a password. What comes more often
// is counted by all nodes together, with what was let through so.
const (
	ownShare    = 4
	leastShared = 20
)

// Allow counts one more use of key and says whether it is among the first limit
// of the present window of time, which all nodes share; of a limit of 20 or more
// each other node may let through a quarter on top. When it is not, retryAfter is
// how long the window lasts still. No round trip for that quarter, else one.
func (s *Conversations) Allow(ctx context.Context, key string, limit int, per time.Duration) (ok bool, retryAfter time.Duration, err error) {
	now := s.clock().UnixNano()
	number := now / int64(per)
	uses := int64(1)
	if limit >= leastShared {
		switch own := s.own.use(key, per, number); {
		case own <= limit/ownShare:
			return true, 0, nil
		case own == limit/ownShare+1:
			uses = int64(own)
		}
	}
	window := s.prefix + ":rate:" + key + ":" + strconv.FormatInt(number, 10)
	var used *redis.IntCmd
	_, err = s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		used = p.IncrBy(ctx, window, uses)
		p.PExpire(ctx, window, per+time.Second)
		return nil
	})
	if err != nil {
		return false, 0, fmt.Errorf("count a use: %w", err)
	}
	if used.Val() > int64(limit) {
		return false, per - time.Duration(now%int64(per)), nil
	}
	return true, 0, nil
}

// ownUses counts uses in this process, in the present windows.
type ownUses struct {
	mu      sync.Mutex
	windows map[time.Duration]*window
}

// window is a span of time and the uses in it by key.
type window struct {
	number int64
	uses   map[string]int
}

// use counts one more use and returns how many they are.
func (r *ownUses) use(key string, per time.Duration, number int64) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := r.windows[per]
	if w == nil || w.number != number {
		if r.windows == nil {
			r.windows = map[time.Duration]*window{}
		}
		w = &window{number, map[string]int{}}
		r.windows[per] = w
	}
	w.uses[key]++
	return w.uses[key]
}
