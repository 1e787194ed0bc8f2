package main

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The program is told to stop while customers talk, and another takes over. It
// stops in time and without a fault; what was not answered is sent again, as
// any sender does, and nothing is lost, doubled or out of order.
func TestStopUnderLoad(t *testing.T) {
	t.Parallel()
	const visitors, messages = 6, 30
	data, settings := t.TempDir(), []string{"REDIS_URL=" + realRedis(t)}
	first := launch(t, data, settings)
	var base atomic.Pointer[string]
	base.Store(&first.base)
	var answered atomic.Int64
	var talks sync.WaitGroup
	var all []*visitor
	midway := make(chan struct{})
	for range visitors {
		v := first.visit(t)
		all = append(all, v)
		talks.Go(func() {
			deadline := time.Now().Add(2 * time.Minute)
			for i := 0; i < messages && time.Now().Before(deadline); {
				v.base = *base.Load()
				text := fmt.Sprint("villasukat ", i)
				if h, status := v.post(fmt.Sprint("m", i), "text", text); status != http.StatusOK {
					time.Sleep(10 * time.Millisecond)
					continue
				} else if len(h.Messages) == 0 {
					t.Errorf("%q has no answer", text)
				}
				i++
				if answered.Add(1) == visitors*messages/2 {
					close(midway)
				}
			}
		})
	}
	<-midway
	told := time.Now()
	if err := first.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v:\n%s", err, first.log)
	}
	if took := time.Since(told); took > 20*time.Second { // 5 s, on a machine that does nothing else
		t.Errorf("it took %v to stop", took)
	}
	second := launch(t, data, settings)
	base.Store(&second.base)
	talks.Wait()
	var want []string
	for i := range messages {
		want = append(want, fmt.Sprint("villasukat ", i))
	}
	for _, v := range all {
		var said []string
		for _, m := range v.all().Messages {
			if m.From == "customer" {
				said = append(said, m.Text)
			}
		}
		if !slices.Equal(said, want) {
			t.Errorf("the log has %q", said)
		}
	}
}
