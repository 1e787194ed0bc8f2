//go:build linux

package faulttest

import (
	"net"
	"sync"
	"testing"
	"time"
)

// link is a line between a node and a server, which can be cut and made slow.
type link struct {
	address string // where the node finds the server
	to      string

	mu    sync.Mutex
	cut   bool
	delay time.Duration // of each piece that passes
	open  map[net.Conn]bool
}

func newLink(t testing.TB, to string) *link {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &link{address: listener.Addr().String(), to: to, open: map[net.Conn]bool{}}
	t.Cleanup(func() { listener.Close(); l.set(true, 0) })
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			go l.join(near)
		}
	}()
	return l
}

// set cuts the line or mends it, and sets how slow it is. What is under way when
// it is cut is lost in the middle.
func (l *link) set(cut bool, delay time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.delay = cut, delay
	if cut {
		for c := range l.open {
			c.Close()
		}
	}
}

// enter notes a connection, and closes it when the line is cut.
func (l *link) enter(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		c.Close()
		return false
	}
	l.open[c] = true
	return true
}

func (l *link) join(near net.Conn) {
	far, err := net.DialTimeout("tcp", l.to, time.Second)
	if err != nil {
		near.Close()
		return
	}
	if l.enter(near) && l.enter(far) {
		go l.pass(far, near)
		l.pass(near, far)
	}
	near.Close()
	far.Close()
}

// pass hands on what comes, until either side ends.
func (l *link) pass(from, to net.Conn) {
	defer func() {
		from.Close()
		to.Close()
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.open, from)
	}()
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		l.mu.Lock()
		delay := l.delay
		l.mu.Unlock()
		time.Sleep(delay)
		if n > 0 {
			if _, err := to.Write(piece[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
