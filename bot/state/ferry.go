package state

import (
	"context"
	"slices"
	"sync"

	"github.com/redis/go-redis/v9"
)

const (
	mostCrossings = 4  // on their way at once
	mostAboard    = 64 // scripts in one
)

// ferry takes scripts to one Redis and brings their answers back. While few ask,
// each crosses by itself. Who asks while that many are on their way waits for the
// next to return, and all who wait cross together in one pipeline, which spares
// both ends system calls. Nobody waits for company.
type ferry struct {
	client  redis.UniversalClient
	mu      sync.Mutex
	under   int // crossings on their way
	waiting []*passenger
}

// passenger is a script to be run.
type passenger struct {
	script *redis.Script
	keys   []string
	args   []any
	answer *redis.Cmd
	called chan []*passenger // whom to take across, oneself among them; nil: the answer is there
}

// run runs a script by its digest, or by its text where Redis does not know it yet.
func (f *ferry) run(ctx context.Context, script *redis.Script, keys []string, args ...any) *redis.Cmd {
	f.mu.Lock()
	if f.under < mostCrossings {
		f.under++
		f.mu.Unlock()
		defer f.returned()
		return script.Run(ctx, f.client, keys, args...)
	}
	p := &passenger{script: script, keys: keys, args: args, called: make(chan []*passenger, 1)}
	f.waiting = append(f.waiting, p)
	f.mu.Unlock()

	var aboard []*passenger
	select {
	case aboard = <-p.called:
	case <-ctx.Done():
		if f.left(p) {
			p.answer = redis.NewCmd(ctx)
			p.answer.SetErr(ctx.Err())
			return p.answer
		}
		aboard = <-p.called
	}
	if aboard != nil {
		defer f.returned()
		f.cross(context.WithoutCancel(ctx), aboard) // who is tired of waiting takes the others across all the same
		for _, other := range aboard {
			if other != p {
				other.called <- nil
			}
		}
	}
	return p.answer
}

// left takes who waits out of the queue; false when it is too late for that.
func (f *ferry) left(p *passenger) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.Index(f.waiting, p)
	if i < 0 {
		return false
	}
	f.waiting = slices.Delete(f.waiting, i, i+1)
	return true
}

// returned calls the first who waits to take the others across, if anybody waits.
func (f *ferry) returned() {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := min(len(f.waiting), mostAboard)
	if n == 0 {
		f.under--
		return
	}
	aboard := slices.Clone(f.waiting[:n])
	f.waiting = slices.Delete(f.waiting, 0, n)
	aboard[0].called <- aboard
}

// cross runs the scripts of all in one pipeline.
func (f *ferry) cross(ctx context.Context, aboard []*passenger) {
	pipe := f.client.Pipeline()
	for _, p := range aboard {
		p.answer = p.script.EvalSha(ctx, pipe, p.keys, p.args...)
	}
	_, _ = pipe.Exec(ctx) // every answer has its own error
	for _, p := range aboard {
		if redis.HasErrorPrefix(p.answer.Err(), "NOSCRIPT") {
			p.answer = p.script.Eval(ctx, f.client, p.keys, p.args...)
		}
	}
}
