package state

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
	"tiski/bot/dialogue"
)

var (
	claimDelivery = script("claim_delivery")
	keep          = script("keep")
	settle        = script("settle")
)

// entryOf is a message as the outbox keeps it: whose words, which number, what.
func entryOf(m bot.Message) (string, error) {
	line, err := lineOf(m)
	whose := "o"
	if m.From == dialogue.ByBot {
		whose = "b"
	}
	return fmt.Sprintf("%s%d %s", whose, m.Seq, line), err
}

// ClaimDelivery claims the message that has waited longest among the heads of
// the channel's queues. One round trip when nothing is due, else two.
func (s *Conversations) ClaimDelivery(ctx context.Context, channel string, now time.Time, hold time.Duration) (bot.Delivery, bool, error) {
	ready, err := s.ready(ctx, "send:"+channel, now)
	if err != nil {
		return bot.Delivery{}, false, fmt.Errorf("look for messages to send: %w", err)
	}
	for _, partition := range ready {
		if d, ok, err := s.claim(ctx, s.base(partition), channel, "", now, hold); ok || err != nil {
			return d, ok, err
		}
	}
	return bot.Delivery{}, false, nil
}

// ClaimHead is ClaimDelivery of one conversation. One round trip.
func (s *Conversations) ClaimHead(ctx context.Context, channel, conversation string, now time.Time, hold time.Duration) (bot.Delivery, bool, error) {
	return s.claim(ctx, s.home(conversation), channel, conversation, now, hold)
}

// claim claims a message of one partition; conversation is "" for whose turn it
// is. ok is false when somebody else was quicker, or the queue was empty.
func (s *Conversations) claim(ctx context.Context, base, channel, conversation string, now time.Time, hold time.Duration) (d bot.Delivery, ok bool, err error) {
	d = bot.Delivery{Channel: channel, Token: rand.Text()}
	answer, err := s.run(ctx, claimDelivery, []string{base + "send:" + channel},
		base, millis(now), millis(now.Add(hold)), d.Token, life.Milliseconds(), conversation).Slice()
	if errors.Is(err, redis.Nil) {
		return bot.Delivery{}, false, nil
	}
	if err != nil {
		return bot.Delivery{}, false, fmt.Errorf("claim a message to send: %w", err)
	}
	d.Conversation = text(answer[0])
	tries, _ := answer[2].(int64)
	d.Tries = int(tries)
	_, line, _ := strings.Cut(text(answer[1]), " ")
	if err := json.Unmarshal([]byte(line), &d.Message); err != nil {
		return bot.Delivery{}, false, fmt.Errorf("claim a message of %s: %w", d.Conversation, err)
	}
	return d, true, nil
}

// Keep lets a claim last until a later moment. A claim that has run out and is
// somebody else's by now, or has ended, is a [bot.ErrConflict].
func (s *Conversations) Keep(ctx context.Context, d bot.Delivery, until time.Time) error {
	home := s.home(d.Conversation)
	keys := []string{home + "send:" + d.Channel, home + "claim:" + d.Conversation}
	ours, err := s.run(ctx, keep, keys, d.Conversation, d.Token, millis(until)).Bool()
	if err == nil && !ours {
		err = bot.ErrConflict
	}
	if err != nil {
		return fmt.Errorf("keep message %d of %s: %w", d.Message.Seq, d.Conversation, err)
	}
	return nil
}

// Delivered removes a message that was sent. A claim that has run out and is
// somebody else's by now is a [bot.ErrConflict].
func (s *Conversations) Delivered(ctx context.Context, d bot.Delivery, now time.Time, pause time.Duration) (more bool, err error) {
	left, err := s.settle(ctx, d, now.Add(pause), true, pause <= 0)
	return left == moreWaits, err
}

// Postpone leaves a message in its place and the queue waiting until next. A
// claim that has run out and is somebody else's by now is a [bot.ErrConflict].
func (s *Conversations) Postpone(ctx context.Context, d bot.Delivery, next time.Time, failed bool) error {
	_, err := s.settle(ctx, d, next, false, !failed)
	return err
}

// Answers of settle.lua.
const (
	settledByAnother = 0
	moreWaits        = 2
)

func (s *Conversations) settle(ctx context.Context, d bot.Delivery, next time.Time, sent, spared bool) (left int, err error) {
	home := s.home(d.Conversation)
	keys := []string{home + "send:" + d.Channel, home + "out:" + d.Conversation, home + "claim:" + d.Conversation}
	left, err = s.run(ctx, settle, keys, d.Conversation, d.Token, millis(next), sent, spared).Int()
	if err != nil {
		return 0, fmt.Errorf("settle message %d of %s: %w", d.Message.Seq, d.Conversation, err)
	}
	if left == settledByAnother {
		return 0, fmt.Errorf("settle message %d of %s: claimed again: %w", d.Message.Seq, d.Conversation, bot.ErrConflict)
	}
	return left, nil
}

// Late is for how long the message has been due that waits longest to be sent to
// a channel; 0 when none is due. One round trip.
func (s *Conversations) Late(ctx context.Context, channel string, now time.Time) (time.Duration, error) {
	late, err := s.oldest(ctx, "send:"+channel, now)
	if err != nil {
		return 0, fmt.Errorf("look for messages that wait: %w", err)
	}
	return late, nil
}
