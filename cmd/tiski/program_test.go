package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// compiled is the program, built once for all tests.
var compiled = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(folder, "tiski")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return binary, nil
})

// folder is where the program is compiled to.
var folder string

// atOnce is how many tests run at once: those of the compiled program mostly wait.
const atOnce = "6"

func TestMain(m *testing.M) {
	if url := os.Getenv(floorRedis); url != "" {
		fmt.Fprintln(os.Stderr, floorServer(url))
		os.Exit(1)
	}
	flag.Parse()
	err := flag.Set("test.parallel", atOnce)
	if err == nil {
		folder, err = os.MkdirTemp("", "tiski-test-")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// program is the compiled program, running.
type program struct {
	base string // address
	link string // of the console, once
	said string // what it printed at its start
	cmd  *exec.Cmd
	log  *record
}

// record keeps what a program writes while it may be read.
type record struct {
	mu   sync.Mutex
	text strings.Builder
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// launch starts the program on a free port and waits until it says where it is.
func launch(t testing.TB, data string, settings []string, flags ...string) *program {
	t.Helper()
	binary, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{log: &record{}}
	p.cmd = exec.Command(binary, append([]string{"-addr", "127.0.0.1:0", "-data", data}, flags...)...)
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, settings...)
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		p.said += lines.Text() + "\n"
		if at := regexp.MustCompile(`(?:shop page|listens at) +(http://\S+)/`).FindStringSubmatch(lines.Text()); at != nil {
			p.base = at[1]
		}
		if at := regexp.MustCompile(`staff console +(\S+)`).FindStringSubmatch(lines.Text()); at != nil {
			p.link = at[1]
		}
		if strings.Contains(lines.Text(), "conversations") {
			break
		}
	}
	if p.base == "" || p.link == "" {
		p.kill()
		t.Fatalf("the program did not start:\n%s%s", p.said, p.log)
	}
	go io.Copy(io.Discard, out)
	return p
}

// kill ends the program as a power cut does.
func (p *program) kill() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

// visitor is a customer in the widget.
type visitor struct {
	t            testing.TB
	base         string
	conversation string
	token        string
	sent         int
}

func (p *program) visit(t testing.TB) *visitor {
	t.Helper()
	v := &visitor{t: t, base: p.base}
	var session struct{ Conversation, Token string }
	if status := v.call(http.MethodPost, "/widget/v1/session", `{"lang":"fi"}`, &session); status != http.StatusOK {
		t.Fatalf("session: %d", status)
	}
	v.conversation, v.token = session.Conversation, session.Token
	return v
}

// call makes a request and decodes the answer; the status is 0 when there is
// no answer at all.
func (v *visitor) call(method, path, body string, into any) int {
	request, err := http.NewRequest(method, v.base+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if v.token != "" {
		request.Header.Set("Authorization", "Bearer "+v.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	if into != nil {
		if err := json.NewDecoder(response.Body).Decode(into); err != nil && response.StatusCode == http.StatusOK {
			return 0
		}
	}
	return response.StatusCode
}

type heard struct{ Messages []reply }

func (h heard) text() string {
	var all []string
	for _, m := range h.Messages {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n")
}

// tap finds what the button with a label does; the last such button counts.
func (h heard) tap(label string) string {
	tap := ""
	for _, m := range h.Messages {
		for _, b := range m.Buttons {
			if strings.HasPrefix(b.Label, label) {
				tap = b.Tap
			}
		}
		for _, c := range m.Cards {
			for _, b := range c.Buttons {
				if strings.HasPrefix(b.Label, label) && tap == "" {
					tap = b.Tap
				}
			}
		}
	}
	return tap
}

// post sends {"id", "text"} or, for a tap, {"id", "tap"}.
func (v *visitor) post(id, kind, what string) (heard, int) {
	body, err := json.Marshal(map[string]string{"id": id, kind: what})
	if err != nil {
		v.t.Fatal(err)
	}
	var h heard
	status := v.call(http.MethodPost, "/widget/v1/messages", string(body), &h)
	return h, status
}

func (v *visitor) say(text string) heard  { return v.must("text", text) }
func (v *visitor) press(tap string) heard { return v.must("tap", tap) }

func (v *visitor) must(kind, what string) heard {
	v.t.Helper()
	v.sent++
	h, status := v.post(fmt.Sprint("m", v.sent), kind, what)
	if status != http.StatusOK {
		v.t.Fatalf("%s %q: status %d", kind, what, status)
	}
	return h
}

func (v *visitor) all() heard {
	v.t.Helper()
	var h heard
	if status := v.call(http.MethodGet, "/widget/v1/messages?after=0", "", &h); status != http.StatusOK {
		v.t.Fatalf("messages: status %d", status)
	}
	return h
}

// toSummary goes shopping until the order button is shown, and returns its tap.
func (v *visitor) toSummary() string {
	v.t.Helper()
	v.press(v.say("onko teillä kahvinkeittimiä").tap("Lisää koriin"))
	v.say("musta")
	v.say("kassalle")
	v.say("Maija Testinen")
	v.say("maija@example.fi")
	v.say("040 123 4567")
	v.say("Kotikatu 5 A 2, 00530 Helsinki")
	v.say("lähimpään noutopisteeseen")
	h := v.say("lasku")
	tap := h.tap("Tilaa ja maksa")
	if tap == "" {
		v.t.Fatalf("no order button in %q", h.text())
	}
	return tap
}

// realRedis starts a redis-server of the test's own.
func realRedis(t testing.TB) (url string) {
	t.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("redis-server is not installed")
		}
		t.Skip("redis-server is not installed: the program is not tested with it here")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	server := exec.Command(binary, "--bind", "127.0.0.1", "--port", port, "--dir", t.TempDir(), "--save", "", "--appendonly", "no")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait()
	})
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + port})
	defer client.Close()
	eventually(t, "redis-server", func() bool { return client.Ping(context.Background()).Err() == nil })
	return "redis://127.0.0.1:" + port
}

// eventually waits for something that another process does.
func eventually(t testing.TB, what string, done func() bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not in time", what)
		}
		<-tick.C
	}
}
