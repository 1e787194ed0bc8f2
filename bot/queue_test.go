package bot

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
)

// stand enters a queue in a goroutine of its own and, let in, notes its name
// and waits to be sent on.
type stand struct {
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
	err    error
}

func (q *queues) stand(t *testing.T, conversation, name string, in *[]string) *stand {
	s := &stand{done: make(chan struct{})}
	s.ctx, s.cancel = context.WithCancel(t.Context())
	go func() {
		leave, err := q.enter(s.ctx, conversation)
		if err != nil {
			s.err = err
			return
		}
		*in = append(*in, name)
		<-s.done
		leave()
	}()
	synctest.Wait()
	return s
}

func (s *stand) leave() {
	close(s.done)
	synctest.Wait()
}

func TestQueueKeepsItsOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var q queues
		var in []string
		first, second, third := q.stand(t, "c", "first", &in), q.stand(t, "c", "second", &in), q.stand(t, "c", "third", &in)
		other := q.stand(t, "d", "other", &in)
		if want := []string{"first", "other"}; !slices.Equal(in, want) {
			t.Fatalf("inside are %v, want %v", in, want)
		}
		for _, s := range []*stand{first, second, third, other} {
			s.leave()
		}
		if want := []string{"first", "other", "second", "third"}; !slices.Equal(in, want) {
			t.Errorf("they came in as %v, want %v", in, want)
		}
		if len(q.lines) != 0 {
			t.Errorf("%d queues are kept after all have left", len(q.lines))
		}
	})
}

func TestQueueIsLeftByWhoeverGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var q queues
		var in []string
		first, second, third := q.stand(t, "c", "first", &in), q.stand(t, "c", "second", &in), q.stand(t, "c", "third", &in)
		second.cancel()
		synctest.Wait()
		if !errors.Is(second.err, context.Canceled) {
			t.Errorf("who gave up waiting was told %v", second.err)
		}
		if want := []string{"first"}; !slices.Equal(in, want) {
			t.Fatalf("inside are %v: the third passed the first", in)
		}
		first.leave()
		if want := []string{"first", "third"}; !slices.Equal(in, want) {
			t.Fatalf("they came in as %v, want %v", in, want)
		}
		third.cancel() // too late to matter
		third.leave()
		if len(q.lines) != 0 {
			t.Errorf("%d queues are kept after all have left", len(q.lines))
		}
	})
}

func TestQueueIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var q queues
		var in []string
		var all []*stand
		for range maxQueue {
			all = append(all, q.stand(t, "c", "c", &in))
		}
		if late := q.stand(t, "c", "late", &in); !errors.Is(late.err, ErrCrowded) {
			t.Errorf("one too many was told %v", late.err)
		}
		other := q.stand(t, "d", "other", &in)
		all[0].leave()
		again := q.stand(t, "c", "again", &in)
		for _, s := range append(all[1:], other, again) {
			if s.leave(); s.err != nil {
				t.Error(s.err)
			}
		}
		if len(in) != maxQueue+2 || in[len(in)-1] != "again" {
			t.Errorf("they came in as %v", in)
		}
	})
}
