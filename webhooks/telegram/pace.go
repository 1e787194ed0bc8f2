package telegram

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Telegram lets a bot send about 30 messages a second in all; a few may go at
// once after a silence. The limit holds for this process: where several send,
// Telegram's own answers (429) slow them down.
const (
	perMessage = time.Second / 28
	burst      = 20
)

// pace spreads messages over time.
type pace struct {
	mu   sync.Mutex
	next time.Time // when the next message may go, if none had been saved up
}

// wait waits until n messages may go.
func (p *pace) wait(ctx context.Context, n int) error {
	p.mu.Lock()
	now := time.Now()
	if saved := now.Add(-burst * perMessage); p.next.Before(saved) {
		p.next = saved
	}
	at := p.next
	p.next = at.Add(time.Duration(n) * perMessage)
	p.mu.Unlock()
	if !at.After(now) {
		return nil
	}
	pause(ctx, at.Sub(now))
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait to send: %w", err)
	}
	return nil
}
