//go:build linux

package faulttest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// compiled is the program, built once for all tests; newer is the same with a
// newer version of the state of conversations.
var (
	compiled = sync.OnceValues(func() (string, error) { return build("tiski") })
	newer    = sync.OnceValues(buildNewer)
)

var folder string // of the built programs

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "tiski-faults-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

func build(name string, flags ...string) (string, error) {
	binary := filepath.Join(folder, name)
	if out, err := exec.Command("go", append(append([]string{"build"}, flags...), "-o", binary, "tiski/cmd/tiski")...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return binary, nil
}

// buildNewer builds the program from its sources, but for the version of the state.
func buildNewer() (string, error) {
	source, err := filepath.Abs("../dialogue/state.go")
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(source)
	if err != nil {
		return "", err
	}
	line := regexp.MustCompile(`(?m)^const schema = \d+$`)
	if !line.Match(text) {
		return "", fmt.Errorf("%s has no version of the state", source)
	}
	changed := filepath.Join(folder, "state.go")
	if err := os.WriteFile(changed, line.ReplaceAll(text, []byte("const schema = 1000")), 0o600); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {source: changed}})
	if err != nil {
		return "", err
	}
	list := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return "", err
	}
	return build("tiski-newer", "-overlay", list)
}

// site is a shop that runs: nodes of the program, Redis, a database, and
// Telegram beside them.
type site struct {
	t        testing.TB
	redis    *process
	database *process // nil for SQLite
	redisAt  string
	sql      string // as store.Open takes it
	api      *botAPI
	nodes    []*node
	fill     func() error // the disk; nil when it is that of the machine
	empty    func() error
	turn     atomic.Int64
}

// node is one process of the program.
type node struct {
	process
	binary    atomic.Pointer[string]
	base      atomic.Pointer[string] // its address; nil while it is down
	log       string                 // the file of what it logs
	redis, db *link
}

const (
	token  = "42:fault-token"
	secret = "fault-secret"
)

// openSite starts a shop of so many nodes. dir is where Redis and SQLite write.
func openSite(t testing.TB, dir string, nodes int, withPostgres bool) *site {
	t.Helper()
	binary, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, api: newBotAPI(t), sql: filepath.Join(dir, "data", "tiski.db")}
	for _, name := range []string{"redis", "data"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	s.redis, s.redisAt = redisServer(t, filepath.Join(dir, "redis"))
	databaseAt, name := "", ""
	if withPostgres {
		s.database, databaseAt, name = postgres(t)
		s.sql = "postgres://tiski@" + databaseAt + "/" + name
	}
	shop, err := filepath.Abs("testdata/shop")
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	for i := range nodes {
		n := &node{redis: newLink(t, s.redisAt), log: filepath.Join(home, fmt.Sprintf("node%d.log", i))}
		n.binary.Store(&binary)
		n.name, n.up = fmt.Sprint("node ", i), func() bool { return n.base.Load() != nil }
		settings := []string{
			"PATH=" + os.Getenv("PATH"), "HOME=" + home, "PUBLIC_URL=http://127.0.0.1:1", "WIDGET_SECRET=" + strings.Repeat("x", 40),
			"REDIS_URL=redis://" + n.redis.address, "TELEGRAM_LIMITS=0,0,0",
			"TELEGRAM_BOT_TOKEN=" + token, "TELEGRAM_API_URL=" + s.api.url, "TELEGRAM_WEBHOOK_SECRET=" + secret,
		}
		if withPostgres {
			n.db = newLink(t, databaseAt)
			settings = append(settings, "DATABASE_URL=postgres://tiski@"+n.db.address+"/"+name)
		}
		log, err := os.OpenFile(n.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { log.Close() })
		n.make = func() *exec.Cmd {
			cmd := exec.Command(*n.binary.Load(), "-addr", "127.0.0.1:0", "-data", filepath.Join(dir, "data"), "-shop", shop)
			cmd.Env, cmd.Stderr = settings, log
			return cmd
		}
		n.said = func(line string) {
			if line == "" {
				n.base.Store(nil)
			} else if at := listens.FindStringSubmatch(line); at != nil {
				n.base.Store(&at[1])
			}
		}
		n.keep(t)
		s.nodes = append(s.nodes, n)
	}
	for _, n := range s.nodes {
		n.ready(t)
	}
	t.Cleanup(func() {
		if t.Failed() {
			for _, n := range s.nodes {
				t.Logf("%s ends its log with\n%s", n.name, tail(n.log))
			}
		}
	})
	return s
}

var listens = regexp.MustCompile(`listens at +(http://\S+)/`)

// tail is the end of a file.
func tail(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-3000):])
}

// at is the address of a node that serves, each in its turn as a load balancer
// does; "" when none does.
func (s *site) at() string {
	for range s.nodes {
		n := s.nodes[int(s.turn.Add(1))%len(s.nodes)]
		if base := n.base.Load(); base != nil {
			return *base
		}
	}
	return ""
}

// grumbles fails the test when a node could not handle what it was given, or
// logged otherwise than it should.
func (s *site) grumbles() {
	s.t.Helper()
	for _, n := range s.nodes {
		text, err := os.ReadFile(n.log)
		if err != nil {
			s.t.Error(err)
		}
		for _, fault := range []string{"could not be handled", "over a limit", "panic", "gave up a message"} {
			if strings.Contains(string(text), fault) {
				s.t.Errorf("%s has logged %q", n.name, fault)
			}
		}
		for line := range strings.Lines(string(text)) {
			// What a kill leaves has no end.
			if strings.HasSuffix(line, "\n") && !strings.HasPrefix(line, "{") {
				s.t.Errorf("%s has logged otherwise than as JSON: %q", n.name, line)
				break
			}
		}
	}
}
