package state

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

var (
	lease   = script("lease")
	release = script("release")
)

// Lease takes or renews a lease that one holder among all nodes can have, and
// says whether it is the holder's now. Renew it well before ttl has passed.
func (s *Conversations) Lease(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	ours, err := s.run(ctx, lease, []string{s.prefix + ":lease:" + name}, holder, ttl.Milliseconds()).Bool()
	if err != nil {
		return false, fmt.Errorf("take lease %s: %w", name, err)
	}
	return ours, nil
}

// Release gives a lease back, if it is still the holder's.
func (s *Conversations) Release(ctx context.Context, name, holder string) error {
	err := s.run(ctx, release, []string{s.prefix + ":lease:" + name}, holder).Err()
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("release lease %s: %w", name, err)
	}
	return nil
}

// Offset returns how far a poller has come; 0 before the first SetOffset.
func (s *Conversations) Offset(ctx context.Context, name string) (int64, error) {
	n, err := s.client.Get(ctx, s.prefix+":offset:"+name).Int64()
	if err != nil && !errors.Is(err, redis.Nil) {
		return 0, fmt.Errorf("read offset %s: %w", name, err)
	}
	return n, nil
}

// SetOffset notes how far a poller has come.
func (s *Conversations) SetOffset(ctx context.Context, name string, offset int64) error {
	if err := s.client.Set(ctx, s.prefix+":offset:"+name, offset, 0).Err(); err != nil {
		return fmt.Errorf("note offset %s: %w", name, err)
	}
	return nil
}
