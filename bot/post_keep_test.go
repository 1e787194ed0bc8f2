package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
)

// oneLetter is an outbox with one message. Its Redis may be away when the
// sending is noted.
type oneLetter struct {
	mu        sync.Mutex
	until     time.Time // of the claim; zero when there is none
	delivered int
	away      int // how often the note fails
	gaps      int // moments at which the claim had run out before it was kept
}

func (o *oneLetter) ClaimDelivery(_ context.Context, _ string, now time.Time, hold time.Duration) (bot.Delivery, bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.delivered > 0 || now.Before(o.until) {
		return bot.Delivery{}, false, nil
	}
	o.until = now.Add(hold)
	return bot.Delivery{Conversation: "push:a"}, true, nil
}

func (o *oneLetter) ClaimHead(ctx context.Context, channel, _ string, now time.Time, hold time.Duration) (bot.Delivery, bool, error) {
	return o.ClaimDelivery(ctx, channel, now, hold)
}

func (o *oneLetter) Keep(_ context.Context, _ bot.Delivery, until time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if time.Now().After(o.until) {
		o.gaps++
	}
	o.until = until
	return nil
}

func (o *oneLetter) Delivered(ctx context.Context, _ bot.Delivery, _ time.Time, _ time.Duration) (bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.away > 0 || ctx.Err() != nil {
		o.away--
		return false, errAway
	}
	o.delivered++
	return false, nil
}

func (o *oneLetter) Postpone(context.Context, bot.Delivery, time.Time, bool) error {
	return errors.New("nothing failed")
}

// slowly is a channel that needs some time for a message, unless it is cut off.
type slowly struct {
	takes time.Duration
	sent  int
}

func (s *slowly) Send(ctx context.Context, _ string, _ bot.Message) error {
	select {
	case <-time.After(s.takes):
		s.sent++
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A message is sent once although that takes long, although Redis is away when
// it has been sent, and although the program is told to stop meanwhile.
func TestPostSendsOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		takes time.Duration
		away  int
		stop  time.Duration // when the program is told to stop
	}{
		"at once":                      {0, 0, time.Minute},
		"slowly":                       {24 * time.Second, 0, time.Minute},
		"while Redis is away":          {time.Second, 6, time.Minute},
		"while the program is stopped": {3 * time.Second, 2, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				o, ch := &oneLetter{away: c.away}, &slowly{takes: c.takes}
				p := &bot.Post{Outbox: o, Channel: ch, Name: pushed, Workers: 1, Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
				ctx, stop := context.WithTimeout(t.Context(), c.stop)
				defer stop()
				if err := p.Run(ctx); err != nil {
					t.Error(err)
				}
				if ch.sent != 1 || o.delivered != 1 || o.gaps != 0 {
					t.Errorf("sent %d times, noted %d times, claimed anew after %d gaps", ch.sent, o.delivered, o.gaps)
				}
			})
		})
	}
}

// A program that is told to stop does so within five seconds, whoever does not
// answer.
func TestPostStopsInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o, ch := &oneLetter{}, &slowly{takes: time.Hour}
		p := &bot.Post{Outbox: o, Channel: ch, Name: pushed, Workers: 1, Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		start := time.Now()
		if err := p.Run(ctx); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 6*time.Second {
			t.Errorf("stopped %v after it was told to", took-time.Second)
		}
	})
}

// sleeper is an outbox whose node is put to sleep as soon as it has claimed a
// message.
type sleeper struct {
	oneLetter
	asleep time.Duration
}

func (o *sleeper) ClaimDelivery(ctx context.Context, channel string, now time.Time, hold time.Duration) (bot.Delivery, bool, error) {
	d, ok, err := o.oneLetter.ClaimDelivery(ctx, channel, now, hold)
	time.Sleep(o.asleep)
	o.asleep = 0
	return d, ok, err
}

func (o *sleeper) Postpone(context.Context, bot.Delivery, time.Time, bool) error {
	o.until = time.Time{}
	return nil
}

// What a node has claimed before it was put to sleep it does not send when it
// wakes: another has done so. It claims again, as any other does.
func TestPostSendsNothingLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o, ch := &sleeper{asleep: 10 * time.Second}, &slowly{}
		p := &bot.Post{Outbox: o, Channel: ch, Name: pushed, Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
		if _, err := p.Once(t.Context()); err != nil || ch.sent != 0 || o.delivered != 0 {
			t.Errorf("sent %d times late: %v", ch.sent, err)
		}
		if _, err := p.Once(t.Context()); err != nil || ch.sent != 1 || o.delivered != 1 {
			t.Errorf("sent %d times then: %v", ch.sent, err)
		}
	})
}
