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
	postHold  = 5 * time.Second        // how long a claimed message is kept from others when its sender dies
	postKeep  = postHold / 4           // between two times that a claim is made to last, while it is being sent
	postStop  = 4 * time.Second        // what is left to a message that is being sent when the program stops
	postAgain = 50 * time.Millisecond  // the first pause before the end of a sending is noted again; it doubles
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

// Once delivers one message, if one is due. One that is being sent when ctx ends
// has a little time left, so that it need not be sent again.
func (p *Post) Once(ctx context.Context) (sent bool, err error) {
	until := p.Clock().Add(postHold)
	d, ok, err := p.Outbox.ClaimDelivery(ctx, p.Name, p.Clock(), postHold)
	if err != nil || !ok {
		return false, err
	}
	ctx, end := lingering(ctx, postStop)
	defer end()
	err = p.send(ctx, d, until)
	var fault *SendError
	next, note := p.Clock(), p.Outbox.Delivered
	switch {
	case err == nil:
		next = next.Add(p.Pause)
		p.Log.Debug("a message is sent", "channel", p.Name, "conversation", d.Conversation, "seq", d.Message.Seq)
	case errors.As(err, &fault) && fault.Gone:
		p.Log.Info("the customer cannot be reached", "channel", p.Name, "conversation", d.Conversation)
	case errors.As(err, &fault) && fault.After > 0:
		next, note = next.Add(fault.After), p.Outbox.Postpone
	case d.Tries+1 >= postTries, errors.As(err, &fault) && fault.Refused:
		p.Log.Error("gave up a message", "channel", p.Name, "conversation", d.Conversation, "seq", d.Message.Seq, "err", err)
	default:
		p.Log.Warn("a message is sent again later", "channel", p.Name, "conversation", d.Conversation, "seq", d.Message.Seq, "err", err)
		next, note = next.Add(min(postRetry<<d.Tries, postMost)), p.Outbox.Postpone
	}
	return true, insist(ctx, postHold, func() error { return note(ctx, d, next) })
}

// send sends a message, and keeps others from it for as long as that takes. When
// they cannot be kept from it any longer it gives up: what stood still for long,
// as a machine that was put to sleep, must not send late what another has sent.
func (p *Post) send(ctx context.Context, d Delivery, until time.Time) error {
	ctx, done := context.WithCancelCause(ctx)
	defer done(nil)
	lapse := time.AfterFunc(until.Sub(p.Clock()), func() { done(errLapsed) })
	defer lapse.Stop()
	go func() {
		again := time.NewTicker(postKeep)
		defer again.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-again.C:
				if err := p.Outbox.Keep(ctx, d, p.Clock().Add(postHold)); err == nil {
					lapse.Reset(postHold)
				} else if ctx.Err() == nil {
					p.Log.Warn("a message may be sent twice", "channel", p.Name, "conversation", d.Conversation, "err", err)
				}
			}
		}
	}()
	if !p.Clock().Before(until) {
		return errLapsed
	}
	return p.Channel.Send(ctx, d.Conversation, d.Message)
}

var errLapsed = errors.New("the claim has run out")

// lingering returns a context that ends so much later than ctx.
func lingering(ctx context.Context, d time.Duration) (context.Context, func()) {
	later, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(d, end) })
	return later, func() { stop(); end() }
}

// insist does something again while Redis is away, so long at most.
func insist(ctx context.Context, most time.Duration, do func() error) error {
	ctx, done := context.WithTimeout(ctx, most)
	defer done()
	for pause := postAgain; ; pause *= 2 {
		err := do()
		if err == nil || errors.Is(err, ErrConflict) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}
