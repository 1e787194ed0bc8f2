package state

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
	"tiski/catalog"
)

var (
	after      = script("talk", "messages")
	unarchived = script("talk", "unarchived")
	archived   = script("talk", "archived")
	packed     = script("talk", "packed")
)

// Messages returns the messages of a conversation after a sequence number, at
// most the last [LogLength]. An unknown conversation has none.
func (s *Conversations) Messages(ctx context.Context, conversation string, seq int64) ([]bot.Message, error) {
	return s.read(ctx, after, conversation, seq, LogLength)
}

// Unarchived returns the oldest messages that are not archived, at most [LogLength].
func (s *Conversations) Unarchived(ctx context.Context, conversation string) ([]bot.Message, error) {
	return s.read(ctx, unarchived, conversation, LogLength)
}

// An entry of the log begins with when: by how many milliseconds the time of a
// message differs from its number, as numbers begin with the time of the first. Twice
// that, less one if it is before, is the low half of a byte and as many bytes more as
// the high half counts, less one. Then comes the rest of the message as JSON, or packed.
//
// A program before wrote when as six bytes of Unix milliseconds, of which the first is
// olderWhen, and one before that wrote the whole message as JSON.
const (
	olderWhen      = 1
	olderWhenBytes = 6
)

// logged is a message as the log keeps it, but for its number, which its place tells;
// not packed yet.
func logged(m bot.Message) ([]byte, error) {
	seq, late := m.Seq, m.At.UnixMilli()-m.Seq
	m.Seq, m.At = 0, time.Time{}
	line, err := lineOf(m)
	if err != nil {
		return nil, fmt.Errorf("message %d: %w", seq, err)
	}
	when := uint64(late)<<1 ^ uint64(late>>63)
	more := max(bits.Len64(when)-4+7, 0) / 8
	entry := append(make([]byte, 0, 1+more+len(line)), byte((more+1)<<4)|byte(when>>(8*more)))
	for more > 0 {
		more--
		entry = append(entry, byte(when>>(8*more)))
	}
	return append(entry, line...), nil
}

// whenBytes is how many bytes of an entry tell when.
func whenBytes(entry string) (int, error) {
	n := olderWhenBytes
	if entry != "" && entry[0] != olderWhen {
		n = int(entry[0] >> 4)
	}
	if n == 0 || n > len(entry) {
		return 0, errDamaged
	}
	return n, nil
}

// whenOf reads when of a message.
func whenOf(when string, seq int64) time.Time {
	if when[0] == olderWhen {
		return time.UnixMilli(int64(binary.BigEndian.Uint64([]byte(when+"\x00\x00"))) >> 16)
	}
	late := uint64(when[0] & 15)
	for _, b := range []byte(when[1:]) {
		late = late<<8 | uint64(b)
	}
	return time.UnixMilli(seq + (int64(late>>1) ^ -int64(late&1)))
}

// messages reads {number of the last, {messages}} of a script, or nothing.
func messages(answer []any) ([]bot.Message, error) {
	if len(answer) == 0 {
		return []bot.Message{}, nil
	}
	last, _ := answer[0].(int64)
	said, _ := answer[1].([]any)
	all := make([]bot.Message, len(said))
	for i := range said {
		seq := last - int64(len(said)-1-i)
		if err := readLogged(&all[i], seq, text(said[i])); err != nil {
			return nil, fmt.Errorf("message %d: %w", seq, err)
		}
	}
	return all, nil
}

// readLogged reads what logged wrote, or the JSON that was kept before.
func readLogged(m *bot.Message, seq int64, entry string) error {
	if strings.HasPrefix(entry, "{") {
		return json.Unmarshal([]byte(entry), m)
	}
	when, err := whenBytes(entry)
	if err != nil {
		return err
	}
	line, err := unpack([]byte(entry[when:]))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(line, m); err != nil {
		return err
	}
	m.Seq, m.At = seq, whenOf(entry[:when], seq).In(catalog.Helsinki)
	return nil
}

func (s *Conversations) read(ctx context.Context, script *redis.Script, conversation string, args ...any) ([]bot.Message, error) {
	answer, err := s.run(ctx, script, s.opening(conversation), args...).Slice()
	if err != nil {
		return nil, fmt.Errorf("read the log of %s: %w", conversation, err)
	}
	all, err := messages(answer)
	if err != nil {
		return nil, fmt.Errorf("read the log of %s: %w", conversation, err)
	}
	return all, nil
}

// Changed returns conversations whose messages wait for the archive, the
// longest waiting first.
func (s *Conversations) Changed(ctx context.Context, limit int) ([]string, error) {
	waiting, err := inAll(ctx, s, func(p redis.Pipeliner, base string) *redis.ZSliceCmd {
		return p.ZRangeWithScores(ctx, base+"changed", 0, int64(limit)-1)
	})
	if err != nil {
		return nil, fmt.Errorf("look for changed conversations: %w", err)
	}
	return names(merged(waiting, 1), limit), nil
}

// Archived notes that messages up to seq are safe elsewhere. The log keeps the
// last [LogLength], and what a repeated input would have to be answered with;
// those, and what is known, are packed now that nobody waits for it.
func (s *Conversations) Archived(ctx context.Context, conversation string, seq int64) error {
	keys := append(s.opening(conversation), s.home(conversation)+"changed")
	told, err := s.run(ctx, archived, keys, conversation, seq, LogLength).Slice()
	if err == nil {
		err = s.putPacked(ctx, conversation, told)
	}
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("note what is archived of %s: %w", conversation, err)
	}
	return nil
}

// putPacked packs what archived.lua tells.
func (s *Conversations) putPacked(ctx context.Context, conversation string, told []any) error {
	if len(told) != 4 {
		return fmt.Errorf("an answer of %d parts", len(told))
	}
	desk, state, err := desked(text(told[1]))
	if err != nil {
		return err
	}
	args := []any{told[0], deskAndState(repack(desk), repack(state)), told[2]}
	entries, _ := told[3].([]any)
	for _, entry := range entries {
		e := text(entry)
		if !strings.HasPrefix(e, "{") { // kept before, as it stands
			when, err := whenBytes(e)
			if err != nil {
				return err
			}
			e = e[:when] + repack(e[when:])
		}
		args = append(args, e)
	}
	return s.run(ctx, packed, s.opening(conversation), args...).Err()
}

// Desks returns the staff's list: who has waited longest first, and after those
// who wait, who spoke last. Two round trips.
func (s *Conversations) Desks(ctx context.Context, limit int) ([]bot.Desk, error) {
	if limit < 1 {
		return nil, nil
	}
	type both struct{ waiting, recent *redis.ZSliceCmd }
	lists := make([]both, s.partitions)
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range lists {
			lists[i].waiting = p.ZRangeWithScores(ctx, s.base(i)+"waiting", 0, int64(limit)-1)
			lists[i].recent = p.ZRevRangeWithScores(ctx, s.base(i)+"desks", 0, int64(limit)-1)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the desks: %w", err)
	}
	var waiting, recent []*redis.ZSliceCmd
	for _, l := range lists {
		waiting, recent = append(waiting, l.waiting), append(recent, l.recent)
	}
	order := names(merged(waiting, 1), limit)
	for _, c := range names(merged(recent, -1), limit) {
		if len(order) < limit && !slices.Contains(order, c) {
			order = append(order, c)
		}
	}
	return s.desks(ctx, order)
}

// desks reads the desks of conversations; those that have expired are left out.
func (s *Conversations) desks(ctx context.Context, conversations []string) ([]bot.Desk, error) {
	talks := make([]*redis.StringCmd, len(conversations))
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, c := range conversations {
			talks[i] = p.Get(ctx, s.home(c)+"talk:"+c)
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, fmt.Errorf("read the desks: %w", err)
	}
	desks := make([]bot.Desk, 0, len(talks))
	for i, talk := range talks {
		if errors.Is(talk.Err(), redis.Nil) {
			continue
		}
		d, err := deskOf(talk)
		if err != nil {
			return nil, fmt.Errorf("read the desk of %s: %w", conversations[i], err)
		}
		d.Conversation = conversations[i]
		desks = append(desks, d)
	}
	return desks, nil
}

// deskOf reads the desk of what talk.lua joined.
func deskOf(talk *redis.StringCmd) (d bot.Desk, err error) {
	known, err := talk.Result()
	if err != nil {
		return d, err
	}
	packed, _, err := desked(afterNotes(known))
	if err != nil {
		return d, err
	}
	line, err := unpack([]byte(packed))
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(line, &d)
}

// afterNotes is what scripts do not look into of what talk.lua joined.
func afterNotes(known string) string {
	parts := strings.SplitN(known, " ", 5) // version, seq, fresh, how many notes, and those with the rest
	if len(parts) < 5 {
		return ""
	}
	many, noted := strings.CutPrefix(parts[3], "i")
	if !noted { // as a program before wrote it
		return parts[3] + " " + parts[4]
	}
	n, _ := strconv.Atoi(many)
	return parts[4][min(n*noteSize, len(parts[4])):]
}

// merged is one list of those of all partitions: by score, rising for 1 and
// falling for -1.
func merged(lists []*redis.ZSliceCmd, direction int) []redis.Z {
	var all []redis.Z
	for _, l := range lists {
		all = append(all, l.Val()...)
	}
	slices.SortStableFunc(all, func(a, b redis.Z) int { return direction * cmp.Compare(a.Score, b.Score) })
	return all
}

func names(of []redis.Z, limit int) []string {
	found := make([]string, 0, min(len(of), limit))
	for _, z := range of[:min(len(of), max(limit, 0))] {
		found = append(found, z.Member.(string))
	}
	return found
}
