package state

import (
	"context"
	"fmt"
	"time"
)

var turns = script("pace")

// Pace gives n turns of what may be done limit times within any span of time, by
// all nodes together, and says how long to wait for them; n is at most limit.
// When that is longer than patience, ok is false and none are taken.
func (s *Conversations) Pace(ctx context.Context, key string, n, limit int, span, patience time.Duration) (wait time.Duration, ok bool, err error) {
	millis, err := s.run(ctx, turns, []string{s.prefix + ":pace:" + key},
		s.clock().UnixMilli(), min(n, limit), limit, span.Milliseconds(), patience.Milliseconds()).Int64()
	if err != nil {
		return 0, false, fmt.Errorf("wait for a turn: %w", err)
	}
	wait = time.Duration(millis) * time.Millisecond
	return max(wait, -wait), millis >= 0, nil
}
