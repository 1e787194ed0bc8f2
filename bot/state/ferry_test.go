package state

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"
)

var answering = redis.NewScript(`if ARGV[1] == 'wrong' then return redis.error_reply('WRONG') end redis.call('INCR', KEYS[1]) return ARGV[1]`)

// gate stands in for Redis: it answers nothing until it is open, and then every
// script with its last argument.
type gate struct {
	redis.Hook
	open chan struct{}
	mu   sync.Mutex
	ran  []string // in pipelines, "a+b"
}

func (g *gate) ProcessHook(redis.ProcessHook) redis.ProcessHook {
	return func(_ context.Context, cmd redis.Cmder) error {
		g.answer(cmd)
		return nil
	}
}

func (g *gate) ProcessPipelineHook(redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(_ context.Context, cmds []redis.Cmder) error {
		g.answer(cmds...)
		return nil
	}
}

func (g *gate) DialHook(next redis.DialHook) redis.DialHook { return next }

func (g *gate) answer(cmds ...redis.Cmder) {
	<-g.open
	var said []string
	for _, cmd := range cmds {
		last := cmd.Args()[len(cmd.Args())-1].(string)
		cmd.(*redis.Cmd).SetVal(last)
		said = append(said, last)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ran = append(g.ran, strings.Join(said, "+"))
}

// crossing is of many at once: each gets its own answer or error, also of a script
// that Redis does not know yet, and each is run once.
func crossing(t *testing.T, open opener) {
	s := open(t, Options{})
	key := []string{"tiski:{1}:crossing"}
	var all errgroup.Group
	const many = 500
	for i := range many {
		all.Go(func() error {
			got, err := s.run(t.Context(), answering, key, i).Text()
			if err != nil || got != fmt.Sprint(i) {
				return fmt.Errorf("%d: %q, %v", i, got, err)
			}
			if err := s.run(t.Context(), answering, key, "wrong").Err(); err == nil || err.Error() != "ERR WRONG" {
				return fmt.Errorf("what is wrong: %v", err)
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		t.Error(err)
	}
	same(t, "how many were run", s.client.Get(t.Context(), key[0]).Val(), fmt.Sprint(many))
}

// TestTired gives up waiting for a crossing: what was asked is not run, and the
// others get theirs, together.
func TestTired(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:0", MaintNotificationsConfig: quiet})
		defer client.Close()
		g := &gate{open: make(chan struct{})}
		client.AddHook(g)
		f := &ferry{client: client}
		answers := make(chan string, mostCrossings+3)
		ask := func(ctx context.Context, what string) {
			go func() {
				got, err := f.run(ctx, answering, nil, what).Text()
				answers <- fmt.Sprint(got, " ", err)
			}()
			synctest.Wait()
		}
		for range mostCrossings {
			ask(t.Context(), "at once")
		}
		tired, giveUp := context.WithCancel(t.Context())
		ask(tired, "tired")
		ask(t.Context(), "patient")
		ask(t.Context(), "late")
		giveUp()
		if got := <-answers; got != fmt.Sprint(" ", context.Canceled) {
			t.Errorf("who was tired got %q", got)
		}
		close(g.open)
		synctest.Wait()
		var got []string
		for range mostCrossings + 2 {
			got = append(got, <-answers)
		}
		slices.Sort(got)
		want := append(slices.Repeat([]string{"at once <nil>"}, mostCrossings), "late <nil>", "patient <nil>")
		slices.Sort(g.ran)
		crossed := append(slices.Repeat([]string{"at once"}, mostCrossings), "patient+late")
		if !slices.Equal(got, want) || !slices.Equal(g.ran, crossed) {
			t.Errorf("answers %q, crossings %q", got, g.ran)
		}
		if f.under != 0 || len(f.waiting) != 0 {
			t.Errorf("at the end %d are on their way, %d wait", f.under, len(f.waiting))
		}
	})
}
