package state

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// woken waits for a signal that comes sooner than the regular look.
func woken(t *testing.T, watcher <-chan struct{}) {
	t.Helper()
	select {
	case _, open := <-watcher:
		if !open {
			t.Fatal("the watch has ended")
		}
	case <-time.After(lookAgain - time.Second):
		t.Fatal("no signal")
	}
}

func watching(t *testing.T, open opener) {
	s := open(t, Options{Partitions: 1})
	ctx, stop := context.WithCancel(t.Context())
	a, b, all := s.Watch(ctx, "web:a"), s.Watch(ctx, "web:b"), s.Watch(ctx, "")
	woken(t, a) // the subscription stands; with one partition that is told once
	s.hub.mu.Lock()
	for _, watcher := range []<-chan struct{}{b, all} {
		select {
		case <-watcher:
		default:
		}
	}
	s.hub.mu.Unlock()

	turn(t, s, "web:a", "1", nil)
	woken(t, a)
	woken(t, all)
	for i := range 3 { // merged: nobody reads meanwhile
		turn(t, s, "web:b", fmt.Sprint(i), nil)
	}
	woken(t, b)
	woken(t, all)
	select {
	case <-a:
		t.Error("a signal for another conversation's change")
	default:
	}

	stop()
	for _, watcher := range []<-chan struct{}{a, b, all} {
		for range watcher {
		}
	}
	again, stop := context.WithCancel(t.Context())
	defer stop()
	woken(t, s.Watch(again, "web:a"))
}

func watchingFar(t *testing.T, open opener) {
	near := open(t, Options{Partitions: 2})
	if near.inside != nil {
		t.Skip("the Redis inside a process has no other nodes")
	}
	far := open(t, Options{Partitions: 2, Prefix: near.prefix})
	if far.partition("web:a") == far.partition("web:b") {
		t.Fatal("both are in one partition")
	}
	for _, conversation := range []string{"web:a", "web:b"} {
		watcher := near.Watch(t.Context(), conversation)
		for i := range 5 { // two signals at most are the subscription's
			turn(t, far, conversation, fmt.Sprint(i), nil)
			woken(t, watcher)
		}
	}
}
