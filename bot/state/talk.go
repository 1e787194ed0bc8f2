package state

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
	"tiski/bot/dialogue"
)

var (
	load   = script("talk", "load")
	commit = script("talk", "commit")
)

// Load returns what is known of a conversation. An id that no conversation or
// input can have is a [bot.ErrUnfit].
func (s *Conversations) Load(ctx context.Context, conversation, input string) (bot.Snapshot, error) {
	if err := errors.Join(checkID("conversation", conversation), checkID("input", input)); err != nil {
		return bot.Snapshot{}, fmt.Errorf("load: %w", err)
	}
	answer, err := s.run(ctx, load, s.opening(conversation), mark(input)).Slice()
	if errors.Is(err, redis.Nil) {
		now := s.clock().UnixMilli()
		return bot.Snapshot{Version: now, Seq: now}, nil
	}
	if err != nil {
		return bot.Snapshot{}, fmt.Errorf("load %s: %w", conversation, err)
	}
	snapshot, err := snapshotOf(answer)
	if err != nil {
		return bot.Snapshot{}, fmt.Errorf("load %s: %w", conversation, err)
	}
	return snapshot, nil
}

// snapshotOf reads the answer of load.lua.
func snapshotOf(answer []any) (bot.Snapshot, error) {
	if len(answer) != 6 {
		return bot.Snapshot{}, fmt.Errorf("an answer of %d parts", len(answer))
	}
	version, seq := text(answer[0]), text(answer[1])
	seen, _ := answer[3].(int64)

	snapshot := bot.Snapshot{Seen: seen == 1}
	_, state, err := desked(text(answer[2]))
	if err != nil {
		return bot.Snapshot{}, err
	}
	if snapshot.State, err = unpack([]byte(state)); err != nil {
		return bot.Snapshot{}, fmt.Errorf("state: %w", err)
	}
	if snapshot.Version, err = strconv.ParseInt(version, 10, 64); err != nil {
		return bot.Snapshot{}, fmt.Errorf("version: %w", err)
	}
	if snapshot.Seq, err = strconv.ParseInt(seq, 10, 64); err != nil {
		return bot.Snapshot{}, fmt.Errorf("sequence: %w", err)
	}
	all, err := messages(answer[4:])
	snapshot.Replies = slices.DeleteFunc(all, func(m bot.Message) bool { return m.From == dialogue.ByCustomer })
	return snapshot, err
}

// text returns an answer of Redis as a string; "" when it is nil.
func text(answer any) string {
	s, _ := answer.(string)
	return s
}

// deskAndState is what follows the numbers of a conversation.
func deskAndState[text string | []byte](desk, state text) []byte {
	b := strconv.AppendInt(make([]byte, 0, len("1234 ")+len(desk)+len(state)), int64(len(desk)), 10)
	return append(append(append(b, ' '), desk...), state...)
}

// desked takes apart what deskAndState joined: either may be packed.
func desked(rest string) (desk, state string, err error) {
	length, both, ok := strings.Cut(rest, " ")
	n, err := strconv.Atoi(length)
	if !ok || err != nil || n < 0 || n > len(both) {
		return "", "", fmt.Errorf("desk and state: %w", errDamaged)
	}
	return both[:n], both[n:], nil
}

// Commit writes a turn. While a person holds the conversation the bot's words
// are neither queued nor left in the queue, so that none can be sent. Log
// must be numbered without gaps from Seq+1, and Outbox be part of it. A turn
// over the limits of this package is a [bot.ErrUnfit].
func (s *Conversations) Commit(ctx context.Context, c bot.Commit) error {
	err := errors.Join(checkID("conversation", c.Conversation), checkID("input", c.Input))
	if err == nil {
		err = check(c)
	}
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if c.At.IsZero() {
		c.At = s.clock()
	}
	args, err := s.told(c)
	if err != nil {
		return fmt.Errorf("commit %s: %w", c.Conversation, err)
	}
	written, err := s.run(ctx, commit, s.touched(c), args...).Bool()
	if err != nil {
		return fmt.Errorf("commit %s: %w", c.Conversation, err)
	}
	if !written {
		return fmt.Errorf("commit %s: %w", c.Conversation, bot.ErrConflict)
	}
	if c.New && s.inside != nil {
		return s.makeRoom(ctx, s.partition(c.Conversation))
	}
	return nil
}

// touched are the keys of commit.lua.
func (s *Conversations) touched(c bot.Commit) []string {
	home := s.home(c.Conversation)
	keys := append(s.opening(c.Conversation), home+"out:"+c.Conversation, home+"send:"+c.Channel)
	for _, name := range []string{"due", "work", "claimed", "desks", "waiting", "changed"} {
		keys = append(keys, home+name)
	}
	return keys
}

const usualArguments = 48 // of commit.lua

// told are the arguments of commit.lua, in the order in which it takes them.
func (s *Conversations) told(c bot.Commit) ([]any, error) {
	c.Desk.Conversation = "" // the key tells
	desk, err := json.Marshal(c.Desk)
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	if len(desk) > MaxDesk {
		return nil, tooLarge("bytes of desk", len(desk), MaxDesk)
	}

	args := append(make([]any, 0, usualArguments),
		c.Conversation, mark(c.Input), c.New, c.Version,
		c.At.UnixMilli(), life.Milliseconds(), renewed.Milliseconds(),
		c.Version+1, c.Seq+int64(len(c.Log)), deskAndState(desk, loose(c.State)),
	)

	args = append(args, MaxLog, len(c.Log))
	for _, m := range c.Log {
		entry, err := logged(m)
		if err != nil {
			return nil, err
		}
		args = append(args, entry)
	}

	args = append(args, leastInputs, mostInputs, int64(remember.Seconds()), c.At.Unix(), noteOf(c.At, c.Seq+1), mark(c.Cause))

	queue := c.Outbox
	if c.Held {
		queue = slices.DeleteFunc(slices.Clone(queue), func(m bot.Message) bool { return m.From == dialogue.ByBot })
	}
	args = append(args, c.Unsay || c.Held, MaxOutbox, len(queue))
	for _, m := range queue {
		entry, err := entryOf(m)
		if err != nil {
			return nil, err
		}
		args = append(args, entry)
	}

	args = append(args, len(c.Done))
	for _, ended := range c.Done {
		args = append(args, ended)
	}
	args = append(args, len(c.Drop))
	for _, name := range c.Drop {
		args = append(args, name)
	}
	args = append(args, len(c.Timers))
	for _, t := range c.Timers {
		args = append(args, t.Name, t.At.UnixMilli())
	}
	args = append(args, c.At.Add(workAfter).UnixMilli(), len(c.Work))
	for _, w := range c.Work {
		job, err := json.Marshal(w)
		if err != nil {
			return nil, fmt.Errorf("work %s: %w", w.ID, err)
		}
		args = append(args, w.ID, job)
	}

	spoke, since := cmp.Or(c.Desk.Last, c.At), ""
	if !c.Desk.Waiting.IsZero() {
		since = millis(c.Desk.Waiting)
	}
	listed := mostDesks
	if s.inside != nil {
		listed = MaxInside + 1 // makeRoom finds there what it forgets
	}
	return append(args, spoke.UnixMilli(), since, listed, s.news(c.Conversation)), nil
}

// mark is what an input is known by once it is handled: eight bytes of the SHA-256
// of its id; none of none.
func mark(input string) string {
	if input == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(input))
	return string(sum[:8])
}

const noteSize = 18 // of talk.lua

// noteOf is the middle of a note of an input: when, and the number of the first
// message it caused.
func noteOf(at time.Time, first int64) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(at.Unix())), uint32(first))
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

// lineOf is a message as JSON, as the log packs it and the outbox keeps it.
func lineOf(m bot.Message) ([]byte, error) {
	line, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("message %d: %w", m.Seq, err)
	}
	if len(line) > MaxMessage {
		return nil, tooLarge("bytes of message", len(line), MaxMessage)
	}
	return line, nil
}
