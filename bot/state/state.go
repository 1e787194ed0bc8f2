// Package state keeps conversations in Redis: what was decided, what was said,
// what is still to be sent and done. It is [bot.Conversations], [bot.Outbox],
// [bot.Log] and [bot.Archive].
//
// A conversation lives in partition p = FNV-1a(conversation) mod P. All keys of
// a partition carry the hash tag {p} and so share one slot of a Redis Cluster:
// one Lua script can change a conversation, its queues and its timers as a
// whole. Scripts move bytes and never look inside a state or a message. Times
// are Unix milliseconds of the caller's clock; only lifetimes of keys and
// leases run by the clock of Redis.
//
//	key                     type    holds
//	tiski:partitions        string  P, written at the first start
//	tiski:{p}:talk:C        string  "version seq fresh i" n " " (fresh messages are not archived), n notes of inputs as talk.lua tells, m " ", m bytes of desk (JSON of bot.Desk), and the state; both packed once archived
//	tiski:{p}:log:C         list    when, and JSON of bot.Message, packed once archived; the last element has number seq, without gaps
//	tiski:{p}:ids:C         hash    the notes, where a program before wrote them
//	tiski:{p}:out:C         list    to be pushed: "b" (the bot's words) or "o" (other), seq, space, JSON
//	tiski:{p}:claim:C       hash    seq, tries, token of the queue's head while it is being sent
//	tiski:{p}:send:CHANNEL  zset    conversation -> next sending time
//	tiski:{p}:due           zset    "w" C newline id, or "t" C newline name -> due, or claimed until
//	tiski:{p}:work          hash    "w" C newline id -> JSON of bot.Work
//	tiski:{p}:claimed       hash    a member of due -> when it was first due
//	tiski:{p}:desks         zset    conversation -> last message, of those that spoke last
//	tiski:{p}:looks:C       hash    account -> JSON of bot.Presence: who looks; lives a minute
//	tiski:{p}:typing:C      hash    likewise who writes, "" for the customer
//	tiski:{p}:waiting       zset    conversation -> waiting for a person since
//	tiski:{p}:changed       zset    conversation -> oldest change that is not archived and packed
//	tiski:{p}:news          channel a conversation that has changed
//	tiski:lease:NAME        string  holder
//	tiski:offset:NAME       string  a number
//	tiski:rate:KEY:WINDOW   string  how many so far in this window
//	tiski:pace:KEY          list    times of the last turns, the newest first
//
// Keys of a conversation (C) live 90 days after its last commit, or up to
// a day less; work lives until it is finished.
package state

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
)

var (
	_ bot.Conversations = (*Conversations)(nil)
	_ bot.Outbox        = (*Conversations)(nil)
	_ bot.Log           = (*Conversations)(nil)
	_ bot.Archive       = (*Conversations)(nil)
)

// Options say where conversations are kept. The zero Options keep them inside
// the process.
type Options struct {
	// URL is the address of Redis 7.0 or newer:
	//
	//	redis://user:password@host:6379/0                            one server
	//	redis+cluster://user:password@host1:6379,host2:6379          a Cluster
	//	redis+sentinel://host1:26379,host2:26379/0?master_name=shop  Sentinels
	//
	// rediss instead of redis means TLS. Parameters are those of go-redis
	// (read_timeout=2s&pool_size=50). An empty URL means a Redis inside the
	// process, which forgets everything when it closes.
	URL string
	// Prefix begins every key, "tiski" when empty: shops that share one Redis
	// need different ones. Letters, digits and hyphens.
	Prefix string
	// Partitions is how many there are, 64 when zero; inside the process 1,
	// because there they share nothing out. It cannot change while there are
	// conversations.
	Partitions int
	// Clock tells the time; nil means time.Now.
	Clock func() time.Time
	// Log gets what no caller can be told; nil means slog.Default().
	Log *slog.Logger
}

// Conversations is the memory of conversations. All methods may be called from
// any number of goroutines.
type Conversations struct {
	client     redis.UniversalClient
	inside     *inside // nil when Redis is outside
	ferry      *ferry  // nil with a Cluster, where one master's absence would delay what goes to the others
	prefix     string
	partitions int
	clock      func() time.Time
	log        *slog.Logger
	hub        hub
	own        ownUses
}

const (
	defaultPrefix     = "tiski"
	defaultPartitions = 64
	maxPartitions     = 4096
)

// Open connects to Redis. It fails when Redis does not answer, and when the
// conversations there are divided into another number of partitions.
func Open(ctx context.Context, o Options) (*Conversations, error) {
	s := &Conversations{
		prefix:     cmp.Or(o.Prefix, defaultPrefix),
		partitions: o.Partitions,
		clock:      o.Clock,
		log:        cmp.Or(o.Log, slog.Default()),
	}
	if s.partitions == 0 {
		s.partitions = defaultPartitions
		if o.URL == "" {
			s.partitions = 1
		}
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if strings.Trim(s.prefix, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		return nil, fmt.Errorf("prefix %q of the Redis keys: only letters, digits and hyphens", s.prefix)
	}
	if s.partitions < 1 || s.partitions > maxPartitions {
		return nil, fmt.Errorf("%d partitions: must be 1 to %d", s.partitions, maxPartitions)
	}
	if o.URL == "" {
		s.inside = startInside()
		s.client = s.inside.client()
	} else {
		client, err := dial(o.URL)
		if err != nil {
			return nil, err
		}
		s.client = client
	}
	if _, many := s.client.(*redis.ClusterClient); !many {
		s.ferry = &ferry{client: s.client}
	}
	if err := s.agree(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// agree writes the number of partitions at the first start, and compares it at
// every later one.
func (s *Conversations) agree(ctx context.Context) error {
	key := s.prefix + ":partitions"
	if err := s.client.SetNX(ctx, key, s.partitions, 0).Err(); err != nil {
		return fmt.Errorf("reach Redis: %w", err)
	}
	stored, err := s.client.Get(ctx, key).Int()
	if err != nil {
		return fmt.Errorf("read the number of partitions: %w", err)
	}
	if stored != s.partitions {
		return fmt.Errorf("conversations in this Redis are divided into %d partitions, but this program divides them into %d: use an empty Redis, or another of its databases",
			stored, s.partitions)
	}
	return nil
}

// Ping says whether Redis answers.
func (s *Conversations) Ping(ctx context.Context) error {
	if err := s.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ping Redis: %w", err)
	}
	return nil
}

// Close ends the connections, and the Redis inside the process with all it knew.
func (s *Conversations) Close() error {
	s.hub.close()
	err := s.client.Close()
	if s.inside != nil {
		s.inside.server.Close()
	}
	return err
}

// partition returns the number of a conversation's partition.
func (s *Conversations) partition(conversation string) int {
	h := fnv.New32a()
	h.Write([]byte(conversation))
	return int(h.Sum32() % uint32(s.partitions))
}

// base begins the keys of a partition.
func (s *Conversations) base(partition int) string {
	return s.prefix + ":{" + strconv.Itoa(partition) + "}:"
}

// home begins the keys of a conversation's partition.
func (s *Conversations) home(conversation string) string {
	return s.base(s.partition(conversation))
}

// opening are the keys that talk.lua opens a conversation by.
func (s *Conversations) opening(conversation string) []string {
	home := s.home(conversation)
	return []string{home + "talk:" + conversation, home + "log:" + conversation, home + "ids:" + conversation}
}

// inAll asks the same of every partition in one round trip; answers are by partition.
func inAll[C redis.Cmder](ctx context.Context, s *Conversations, ask func(redis.Pipeliner, string) C) ([]C, error) {
	answers := make([]C, s.partitions)
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range answers {
			answers[i] = ask(p, s.base(i))
		}
		return nil
	})
	return answers, err
}

//go:embed scripts/*.lua
var scripts embed.FS

// script is the files of these names, one after the other.
func script(names ...string) *redis.Script {
	var whole strings.Builder
	for _, name := range names {
		text, err := scripts.ReadFile("scripts/" + name + ".lua")
		if err != nil {
			panic(err)
		}
		whole.Write(text)
	}
	return redis.NewScript(whole.String())
}

// run runs a script.
func (s *Conversations) run(ctx context.Context, script *redis.Script, keys []string, args ...any) *redis.Cmd {
	if s.inside != nil {
		s.inside.tick()
	}
	if s.ferry != nil {
		return s.ferry.run(ctx, script, keys, args...)
	}
	return script.Run(ctx, s.client, keys, args...)
}
