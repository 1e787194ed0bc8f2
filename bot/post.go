package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"
)

// Post takes messages from the outbox to one pushing channel.
type Post struct {
	Outbox  Outbox
	Channel Channel
	Name    string        // of the channel
	Pause   time.Duration // between two messages to one conversation
	Workers int           // messages on their way at once
	Clock   func() time.Time
	Log     *slog.Logger
}

// How long Post waits.
const (
	postIdle  = 100 * time.Millisecond // when nothing is due
	postHold  = 30 * time.Second       // how long a claimed message is kept from others
	postRetry = time.Second            // the first delay after a fault; it doubles
	postMost  = 5 * time.Minute        // the longest delay
	postTries = 12                     // then the message is given up, with a trace
)

// Run delivers until ctx ends.
func (p *Post) Run(ctx context.Context) error {
	var g errgroup.Group
	for range p.Workers {
		g.Go(func() error {
			for ctx.Err() == nil {
				sent, err := p.Once(ctx)
				if err != nil && ctx.Err() == nil {
					p.Log.Error("cannot deliver", "channel", p.Name, "err", err)
				}
				if !sent || err != nil {
					select {
					case <-ctx.Done():
					case <-time.After(postIdle):
					}
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// Once delivers one message, if one is due.
func (p *Post) Once(ctx context.Context) (sent bool, err error) {
	d, ok, err := p.Outbox.ClaimDelivery(ctx, p.Name, p.Clock(), postHold)
	if err != nil || !ok {
		return false, err
	}
	err = p.Channel.Send(ctx, d.Conversation, d.Message)
	var fault *SendError
	switch {
	case err == nil:
		return true, p.Outbox.Delivered(ctx, d, p.Clock().Add(p.Pause))
	case errors.As(err, &fault) && fault.Gone:
		p.Log.Info("the customer cannot be reached", "channel", p.Name, "conversation", d.Conversation)
		return true, p.Outbox.Delivered(ctx, d, p.Clock())
	case errors.As(err, &fault) && fault.After > 0:
		return true, p.Outbox.Postpone(ctx, d, p.Clock().Add(fault.After))
	case d.Tries+1 >= postTries, errors.As(err, &fault) && fault.Refused:
		p.Log.Error("gave up a message", "channel", p.Name, "conversation", d.Conversation, "err", err)
		return true, p.Outbox.Delivered(ctx, d, p.Clock())
	}
	return true, p.Outbox.Postpone(ctx, d, p.Clock().Add(min(postRetry<<d.Tries, postMost)))
}
