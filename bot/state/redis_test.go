package state

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
)

func TestInside(t *testing.T) {
	t.Parallel()
	run(t, opening(""))
}

func TestRedis(t *testing.T) {
	t.Parallel()
	run(t, opening("redis://"+startRedis(t)))
}

var prefixes atomic.Int64

// opening opens memories that share one Redis under prefixes of their own.
func opening(url string) opener {
	return func(t testing.TB, o Options) *Conversations {
		t.Helper()
		o.URL = url
		if o.Prefix == "" {
			o.Prefix = fmt.Sprint("test-", prefixes.Add(1))
		}
		if o.Clock == nil {
			o.Clock = clock
		}
		o.Log = slog.New(slog.DiscardHandler)
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	}
}

// startRedis starts a redis-server of the test's own and returns its address.
func startRedis(t testing.TB, settings ...string) string {
	t.Helper()
	address, _ := startServer(t, settings...)
	return address
}

// startServer is startRedis, and returns how to kill it too.
func startServer(t testing.TB, settings ...string) (address string, kill func()) {
	t.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("redis-server is not installed")
		}
		t.Skip("redis-server is not installed: this Redis is not tested here")
	}
	address = freePort(t)
	_, port, _ := net.SplitHostPort(address)
	server := exec.Command(binary, append(slices.Clone(settings), "--bind", "127.0.0.1", "--port", port, "--dir", t.TempDir(),
		"--save", "", "--appendonly", "no")...)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() {
		server.Process.Kill()
		server.Wait()
	}
	t.Cleanup(kill)
	client := redis.NewClient(&redis.Options{Addr: address, MaintNotificationsConfig: quiet})
	defer client.Close()
	eventually(t, "redis-server at "+address, func(ctx context.Context) bool { return client.Ping(ctx).Err() == nil })
	return address, kill
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func eventually(t testing.TB, what string, true func(context.Context) bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !true(ctx) {
		select {
		case <-ctx.Done():
			t.Fatalf("%s is not ready in time", what)
		case <-again.C:
		}
	}
}

// benchmark runs on the Redis inside the process and on a real one.
func benchmark(b *testing.B, measure func(*testing.B, *Conversations)) {
	b.Run("inside", func(b *testing.B) { measure(b, opening("")(b, Options{})) })
	b.Run("redis", func(b *testing.B) { measure(b, opening("redis://"+startRedis(b))(b, Options{})) })
}

func BenchmarkLoadCommit(b *testing.B) {
	benchmark(b, func(b *testing.B, s *Conversations) {
		state := []byte(strings.Repeat("s", 4000))
		var n atomic.Int64
		b.RunParallel(func(p *testing.PB) {
			conversation := "telegram:" + strconv.FormatInt(n.Add(1), 10)
			for i := 0; p.Next(); i++ {
				turn(b, s, conversation, strconv.Itoa(i), func(c *bot.Commit) {
					c.State = state
					say(c, "customer", "etsin talvikenkiä")
					tell(c, "bot", "Löysin nämä")
					c.Unsay = true
				})
			}
		})
	})
}

func BenchmarkNothingToSend(b *testing.B) {
	benchmark(b, func(b *testing.B, s *Conversations) {
		for b.Loop() {
			next(b, s, noon)
		}
	})
}
