//go:build linux

package faulttest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is a program that is started again whenever it ends, as a supervisor
// does, until the test is over.
type process struct {
	name string
	make func() *exec.Cmd // the next start
	up   func() bool      // whether it serves
	said func(string)     // is told each line that it prints, and "" when it has ended; nil: nobody is

	mu    sync.Mutex
	cmd   *exec.Cmd
	ended bool // no start follows
	done  chan struct{}
}

// restartPause is how soon a supervisor starts what has ended.
const restartPause = 100 * time.Millisecond

// keep starts the process and keeps it running until the test ends.
func (p *process) keep(t testing.TB) {
	t.Helper()
	p.done = make(chan struct{})
	go func() {
		defer close(p.done)
		for p.once(t) {
			time.Sleep(restartPause)
		}
	}()
	t.Cleanup(func() {
		p.mu.Lock()
		p.ended = true
		p.mu.Unlock()
		p.signal(syscall.SIGKILL)
		<-p.done
	})
}

// once runs the process to its end; it returns false when it is not to start again.
func (p *process) once(t testing.TB) bool {
	cmd := p.make()
	var prints io.Reader
	var err error
	if p.said != nil {
		if prints, err = cmd.StdoutPipe(); err != nil {
			t.Errorf("start %s: %v", p.name, err)
			return false
		}
	}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	// It has a group of its own, so that its children die with it, and it dies
	// with the test.
	cmd.SysProcAttr.Setpgid, cmd.SysProcAttr.Pdeathsig = true, syscall.SIGKILL
	p.mu.Lock()
	if p.ended {
		p.mu.Unlock()
		return false
	}
	err = cmd.Start()
	p.cmd = cmd
	p.mu.Unlock()
	if err != nil {
		t.Errorf("start %s: %v", p.name, err)
		return false
	}
	if prints != nil {
		for lines := bufio.NewScanner(prints); lines.Scan(); {
			p.said(lines.Text())
		}
		p.said("")
	}
	cmd.Wait() // how it ends does not matter
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cmd = nil
	return !p.ended
}

// signal sends a signal to the process and its children, if it runs.
func (p *process) signal(s syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd != nil {
		syscall.Kill(-p.cmd.Process.Pid, s)
	}
}

// kill ends it as a power cut does; the supervisor starts it again.
func (p *process) kill() { p.signal(syscall.SIGKILL) }

// stopAndGo pauses it for a while.
func (p *process) stopAndGo(d time.Duration) {
	p.signal(syscall.SIGSTOP)
	time.Sleep(d)
	p.signal(syscall.SIGCONT)
}

// ready waits until the process serves.
func (p *process) ready(t testing.TB) {
	t.Helper()
	eventually(t, p.name, p.up)
}

// eventually waits for something that another process does.
func eventually(t testing.TB, what string, done func() bool) {
	t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for !done() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not in time", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// answers reports whether somebody takes connections at an address.
func answers(address string) bool {
	c, err := net.DialTimeout("tcp", address, time.Second)
	if err == nil {
		c.Close()
	}
	return err == nil
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

// missing skips a test for want of a program; CI has them all.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed", what)
	}
	t.Skipf("%s is not installed", what)
}

// redisServer keeps a redis-server running that has written a commit to disk
// before it answers, and returns its address.
func redisServer(t testing.TB, dir string) (*process, string) {
	t.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		missing(t, "redis-server")
	}
	address := freePort(t)
	host, port, _ := net.SplitHostPort(address)
	p := &process{name: "redis-server", up: func() bool { return answers(address) }, make: func() *exec.Cmd {
		return exec.Command(binary, "--bind", host, "--port", port, "--dir", dir,
			"--save", "", "--appendonly", "yes", "--appendfsync", "always")
	}}
	p.keep(t)
	p.ready(t)
	return p, address
}

// postgres keeps a PostgreSQL running and returns its address and the name of an
// empty database.
func postgres(t testing.TB) (p *process, address, database string) {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		missing(t, "postgresql")
	}
	bin := filepath.Dir(found[len(found)-1])
	dir, err := os.MkdirTemp("/tmp", "tiski-faults") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	owner := func() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }
	if os.Getuid() == 0 { // which PostgreSQL refuses
		credential, err := nobody(dir)
		if err != nil {
			t.Fatal(err)
		}
		owner = func() *syscall.SysProcAttr { return &syscall.SysProcAttr{Credential: credential} }
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "tiski", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = dir, owner()
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v: %s", err, out)
	}
	address = freePort(t)
	host, port, _ := net.SplitHostPort(address)
	takesUs := func() bool {
		return exec.Command(filepath.Join(bin, "pg_isready"), "-q", "-h", host, "-p", port).Run() == nil
	}
	p = &process{name: "postgres", up: takesUs, make: func() *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-h", host, "-p", port,
			"-c", "max_connections=100", "-c", "log_min_messages=fatal")
		cmd.Dir, cmd.SysProcAttr = dir, owner()
		return cmd
	}}
	p.keep(t)
	p.ready(t)
	return p, address, "postgres"
}

// nobody gives a folder to a user who is not root.
func nobody(dir string) (*syscall.Credential, error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, first := strconv.Atoi(u.Uid)
	gid, second := strconv.Atoi(u.Gid)
	if err := errors.Join(first, second, os.Chown(dir, uid, gid)); err != nil {
		return nil, fmt.Errorf("give %s to %s: %w", dir, u.Username, err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// disk is a small disk of the test's own, and how to fill and empty it.
func disk(t testing.TB, bytes int) (dir string, fill func() error, empty func() error) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprint("size=", bytes)); err != nil {
		t.Skipf("a disk of the test's own needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	stone := filepath.Join(dir, "stone")
	fill = func() error {
		f, err := os.Create(stone)
		if err != nil {
			return err
		}
		defer f.Close()
		for block := make([]byte, 64<<10); ; {
			if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
	return dir, fill, func() error { return os.Remove(stone) }
}
