package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// faultLife is how long somebody who did not answer is not asked the same again.
const faultLife = 20 * time.Second

// answers remembers what others answered, for a while. Who asks while the same
// question is on its way gets that answer.
type answers[V any] struct {
	life  time.Duration
	most  int   // how many are remembered
	also  error // an error that is an answer too
	clock func() time.Time

	mu     sync.Mutex
	known  map[string]answer[V]
	asking singleflight.Group
}

type answer[V any] struct {
	value V
	err   error
	until time.Time
}

// get returns what is remembered, else asks. Who asks waits carrierPatience at
// most; somebody who gives up waiting does not stop the question of others.
func (a *answers[V]) get(ctx context.Context, key string, ask func(context.Context) (V, error)) (V, error) {
	if known, ok := a.recall(key); ok {
		return known.value, known.err
	}
	coming := a.asking.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), carrierPatience)
		defer cancel()
		value, err := ask(ctx)
		a.remember(key, answer[V]{value: value, err: err})
		return value, err
	})
	select {
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	case got := <-coming:
		return got.Val.(V), got.Err
	}
}

func (a *answers[V]) recall(key string) (answer[V], bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	known, ok := a.known[key]
	return known, ok && a.clock().Before(known.until)
}

func (a *answers[V]) remember(key string, new answer[V]) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.clock()
	new.until = now.Add(a.life)
	if new.err != nil && !errors.Is(new.err, a.also) {
		new.until = now.Add(min(a.life, faultLife))
	}
	if a.known == nil {
		a.known = map[string]answer[V]{}
	}
	if _, there := a.known[key]; !there && len(a.known) >= a.most {
		a.forget(now)
	}
	a.known[key] = new
}

// forget makes room: what is too old goes, else half of all, whichever they are.
func (a *answers[V]) forget(now time.Time) {
	for key, known := range a.known {
		if !now.Before(known.until) {
			delete(a.known, key)
		}
	}
	for key := range a.known {
		if len(a.known) <= a.most/2 {
			return
		}
		delete(a.known, key)
	}
}
