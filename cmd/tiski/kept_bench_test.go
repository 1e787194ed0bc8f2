package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"tiski/bot"
	"tiski/bot/state"
	"tiski/catalog"
)

var kept = flag.Int("kept", 100_000, "how many conversations BenchmarkKept keeps")

// BenchmarkKept keeps conversations in a Redis of their own, each as one of the
// stories goes, and tells how many bytes of it one takes, and how long a load and a
// commit take there ("full-µs") as against in one that keeps few ("empty-µs"), by turns.
func BenchmarkKept(b *testing.B) {
	talks := recordedTalks(b, 20)
	empty, full := openTalks(b), openTalks(b)
	empty.keep(b, few, talks)
	full.keep(b, few, talks) // its scripts and connections
	before := full.memory(b)
	for b.Loop() {
		full.keep(b, few+*kept, talks)
	}
	bytes := full.memory(b) - before
	turns, messages, states := 0, 0, 0
	for _, talk := range talks {
		turns += len(talk)
		states += len(talk[len(talk)-1].State)
		for _, c := range talk {
			messages += len(c.Log)
		}
	}
	b.ReportMetric(float64(bytes)/float64(*kept), "B/conversation")
	b.ReportMetric(float64(turns)/float64(len(talks)), "turns")
	b.ReportMetric(float64(messages)/float64(len(talks)), "messages")
	b.ReportMetric(float64(states)/float64(len(talks)), "B-state")
	var ofEmpty, ofFull []float64
	for range turnsOfLatency {
		ofEmpty, ofFull = append(ofEmpty, empty.latency(b)), append(ofFull, full.latency(b))
	}
	b.ReportMetric(median(ofEmpty), "empty-µs")
	b.ReportMetric(median(ofFull), "full-µs")
	b.ReportMetric(0, "ns/op")
}

const few = turnsOfLatency * loadsInATurn // conversations of the one that keeps few: each is loaded once

// How latency is measured.
const (
	turnsOfLatency = 15
	loadsInATurn   = 200
)

// keptTalks is a Redis that keeps conversations.
type keptTalks struct {
	conversations *state.Conversations
	client        *redis.Client
	kept, again   int // conversations; loads and commits measured
}

func openTalks(b *testing.B) *keptTalks {
	b.Helper()
	url := realRedis(b)
	conversations, err := state.Open(b.Context(), state.Options{URL: url})
	if err != nil {
		b.Fatal(err)
	}
	options, err := redis.ParseURL(url)
	if err != nil {
		b.Fatal(err)
	}
	client := redis.NewClient(options)
	b.Cleanup(func() { client.Close(); conversations.Close() })
	return &keptTalks{conversations: conversations, client: client}
}

// talkName is a name as long as the widget gives.
func talkName(i int) string {
	sum := sha256.Sum256([]byte(strconv.Itoa(i)))
	return "widget:" + base64.RawURLEncoding.EncodeToString(sum[:16])
}

// inputName is the id of an input, as long as the widget gives.
func inputName(id string) string {
	if id == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}

// keep writes the turns of talks under the names of so many numbers, but for those
// that are kept.
func (k *keptTalks) keep(b *testing.B, n int, talks [][]bot.Commit) {
	b.Helper()
	var next atomic.Int64
	next.Store(int64(k.kept))
	g, ctx := errgroup.WithContext(b.Context())
	for range 8 {
		g.Go(func() error {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := keepOne(ctx, k.conversations, talkName(i), talks[i%len(talks)]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
	k.kept = n
}

// keepOne writes the turns of a talk as those of a conversation, and says that its
// messages are in the archive.
func keepOne(ctx context.Context, conversations *state.Conversations, name string, talk []bot.Commit) error {
	s := bot.Snapshot{Version: talk[0].At.UnixMilli(), Seq: talk[0].At.UnixMilli()}
	for i, c := range talk {
		c.Conversation, c.Version, c.Seq, c.New = name, s.Version, s.Seq, i == 0
		c.Input, c.Cause = inputName(c.Input), inputName(c.Cause)
		c.Channel, _, _ = strings.Cut(name, ":")
		c.Log = append([]bot.Message(nil), c.Log...)
		for j := range c.Log {
			s.Seq++
			c.Log[j].Seq = s.Seq
		}
		s.Version++
		if err := conversations.Commit(ctx, c); err != nil {
			return err
		}
	}
	return conversations.Archived(ctx, name, s.Seq)
}

// latency is how many microseconds a load and a commit take, one after the other, in
// conversations that have been packed.
func (k *keptTalks) latency(b *testing.B) float64 {
	b.Helper()
	const stride = 7919 // a prime, so that all come before any comes again
	start := time.Now()
	for range loadsInATurn {
		k.again++
		name, input := talkName(k.again*stride%k.kept), inputName(fmt.Sprint("again ", k.again))
		s, err := k.conversations.Load(b.Context(), name, input)
		if err != nil {
			b.Fatal(err)
		}
		c := bot.Commit{Conversation: name, Channel: "widget", Input: input, Version: s.Version, Seq: s.Seq, State: s.State, At: time.Now()}
		if err := k.conversations.Commit(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
	return float64(time.Since(start).Microseconds()) / loadsInATurn
}

func (k *keptTalks) memory(b *testing.B) int {
	b.Helper()
	told, err := k.client.Info(b.Context(), "memory").Result()
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(told, "used_memory:")
	used, err := strconv.Atoi(strings.TrimSpace(rest[:strings.IndexByte(rest, '\n')]))
	if err != nil {
		b.Fatal(err)
	}
	return used
}

// recorder notes what is committed.
type recorder struct {
	*state.Conversations
	commits []bot.Commit
}

func (r *recorder) Commit(ctx context.Context, c bot.Commit) error {
	err := r.Conversations.Commit(ctx, c)
	if err == nil {
		r.commits = append(r.commits, c)
	}
	return err
}

// recordedTalks are the commits of every so-and-so-many-th of the stories, each from
// a conversation of its own.
func recordedTalks(b *testing.B, every int) (talks [][]bot.Commit) {
	b.Helper()
	shelf, err := openShelf(b.Context(), "", "")
	if err != nil {
		b.Fatal(err)
	}
	stories, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; i < len(stories); i += every {
		story, err := os.ReadFile(stories[i])
		if err != nil {
			b.Fatal(err)
		}
		c, err := openCounter(b.Context(), shelf, "story:teller", time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki), practised...)
		if err != nil {
			b.Fatal(err)
		}
		r := &recorder{Conversations: c.conversations}
		recorded := bot.New(r, c.store, shelf, nil, c.clock, slog.New(slog.DiscardHandler))
		recorded.Public, recorded.Till, recorded.Customers, recorded.Sendings = "https://tiski.example", c.bot.Till, c.store, c.store
		recorded.Subscribers, recorded.Reviews, recorded.Purses, recorded.Passes = c.store, c.store, c.store, c.bot.Passes
		if err := recorded.RefreshStock(b.Context()); err != nil {
			b.Fatal(err)
		}
		c.bot = recorded
		for line := range strings.Lines(string(story)) {
			if said, ok := strings.CutPrefix(strings.TrimSpace(line), "> "); ok && !strings.HasPrefix(said, "!") {
				if _, err := c.line(b.Context(), said); err != nil {
					b.Fatal(err)
				}
			}
		}
		c.close()
		if len(r.commits) > 0 {
			talks = append(talks, r.commits)
		}
	}
	return talks
}
