package bot

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"tiski/bot/dialogue"
)

// Post takes messages from the outbox to one pushing channel.
type Post struct {
	Outbox  Outbox
	Channel Channel
	Name    string        // of the channel
	Pause   time.Duration // between two messages to one conversation
	Workers int           // messages on their way at once
	Bot     *Bot          // hears of messages of staff that are given up
	Clock   func() time.Time
	Log     *slog.Logger

	begin sync.Once
	woken chan string // conversations that were just given something to send
}

// mostWoken is how many conversations Post may be told of that it has not seen
// to yet; it finds others when it looks.
const mostWoken = 1000

// Wake lets Post see at once to a conversation that has something to be sent.
func (p *Post) Wake(conversation string) {
	select {
	case p.wakes() <- conversation:
	default:
	}
}

func (p *Post) wakes() chan string {
	p.begin.Do(func() { p.woken = make(chan string, mostWoken) })
	return p.woken
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

// Run delivers until ctx ends: at once where it is woken, and what else is due
// when it looks. One worker looks at a time, and the next while something is found.
func (p *Post) Run(ctx context.Context) error {
	look := time.NewTicker(postIdle)
	defer look.Stop()
	more := make(chan struct{}, 1)
	more <- struct{}{}
	var g errgroup.Group
	for range p.Workers {
		g.Go(func() error {
			for {
				var err error
				select {
				case <-ctx.Done():
					return nil
				case conversation := <-p.wakes():
					err = p.head(ctx, conversation)
				case <-look.C:
					err = p.look(ctx, more)
				case <-more:
					err = p.look(ctx, more)
				}
				if err != nil && ctx.Err() == nil {
					p.Log.Error("cannot deliver", "channel", p.Name, "err", err)
				}
			}
		})
	}
	return g.Wait()
}

// head delivers what waits in a conversation and is due.
func (p *Post) head(ctx context.Context, conversation string) error {
	for {
		until := p.Clock().Add(postHold)
		d, ok, err := p.Outbox.ClaimHead(ctx, p.Name, conversation, p.Clock(), postHold)
		if err != nil || !ok {
			return err
		}
		if more, err := p.deliver(ctx, d, until); err != nil || !more || p.Pause > 0 {
			return err
		}
	}
}

// look delivers one message, if one is due, and lets another worker look, unless
// they have enough to do: a look goes through all partitions.
func (p *Post) look(ctx context.Context, more chan<- struct{}) error {
	d, until, ok, err := p.due(ctx)
	if err != nil || !ok {
		return err
	}
	if len(p.wakes()) == 0 {
		select {
		case more <- struct{}{}:
		default:
		}
	}
	_, err = p.deliver(ctx, d, until)
	return err
}

// Once delivers one message, if one is due.
func (p *Post) Once(ctx context.Context) (sent bool, err error) {
	d, until, ok, err := p.due(ctx)
	if err != nil || !ok {
		return false, err
	}
	_, err = p.deliver(ctx, d, until)
	return true, err
}

// due claims a message that is due, until a moment.
func (p *Post) due(ctx context.Context) (d Delivery, until time.Time, ok bool, err error) {
	until = p.Clock().Add(postHold)
	d, ok, err = p.Outbox.ClaimDelivery(ctx, p.Name, p.Clock(), postHold)
	return d, until, ok, err
}

// deliver sends what was claimed, notes what came of it, and tells whether more
// can be sent. What is being sent when ctx ends has a little time left, so that
// it need not be sent again.
func (p *Post) deliver(ctx context.Context, d Delivery, until time.Time) (more bool, err error) {
	ctx, end := lingering(ctx, postStop)
	defer end()
	err = p.send(ctx, d, until)
	var fault *SendError
	var pause, again time.Duration
	failed := true
	switch {
	case err == nil:
		pause = p.Pause
		p.Log.Debug("a message is sent", "channel", p.Name, "conversation", d.Conversation, "seq", d.Message.Seq)
	case errors.As(err, &fault) && fault.Gone:
		p.Log.Info("the customer cannot be reached", "channel", p.Name, "conversation", d.Conversation)
		again = p.giveUp(ctx, d)
	case errors.As(err, &fault) && fault.After > 0:
		again, failed = fault.After, false
	case d.Tries+1 >= postTries, errors.As(err, &fault) && fault.Refused:
		p.Log.Error("gave up a message", "channel", p.Name, "conversation", d.Conversation, "seq", d.Message.Seq, "err", err)
		again = p.giveUp(ctx, d)
	default:
		p.Log.Warn("a message is sent again later", "channel", p.Name, "conversation", d.Conversation, "seq", d.Message.Seq, "err", err)
		again = min(postRetry<<d.Tries, postMost)
	}
	now := p.Clock()
	err = insist(ctx, postHold, func() error {
		if again > 0 {
			return p.Outbox.Postpone(ctx, d, now.Add(again), failed)
		}
		more, err = p.Outbox.Delivered(ctx, d, now, pause)
		return err
	})
	return more, err
}

// giveUp tells the conversation of a message of staff that will never reach the
// customer, as they may say it in another way. It returns after how long to try
// again, when that could not be told; 0 when the message may go.
func (p *Post) giveUp(ctx context.Context, d Delivery) (again time.Duration) {
	if d.Message.From == dialogue.ByStaff {
		in := Input{ID: "unsent/" + strconv.FormatInt(d.Message.Seq, 10), What: dialogue.Unsent{Seq: d.Message.Seq}}
		if _, err := p.Bot.Handle(ctx, d.Conversation, in); err != nil {
			p.Log.Warn("nobody knows that a message is given up", "channel", p.Name, "conversation", d.Conversation, "seq", d.Message.Seq, "err", err)
			return postRetry
		}
	}
	return 0
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
