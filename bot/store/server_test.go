package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// server is the PostgreSQL that the tests of this package share; the first
// test that needs it starts it.
var server postgres

type postgres struct {
	once  sync.Once
	err   error
	dir   string
	cmd   *exec.Cmd
	leash io.Closer // the server ends when it closes, also when the test is killed
	admin *sql.DB
	last  atomic.Int64
}

// errNoPostgres means that the machine has none.
var errNoPostgres = errors.New("PostgreSQL is not installed: no initdb in the PATH or /usr/lib/postgresql")

// Databases that others are made like.
const (
	withTables = "tables"
	empty      = "template1"
)

// database makes a database like another and returns its URL.
func (p *postgres) database(t testing.TB, like string) string {
	t.Helper()
	p.once.Do(func() { p.err = p.start() })
	if errors.Is(p.err, errNoPostgres) && os.Getenv("CI") != "true" {
		t.Skip(p.err)
	}
	if p.err != nil {
		t.Fatal(p.err)
	}
	name := fmt.Sprintf("test%d", p.last.Add(1))
	if _, err := p.admin.ExecContext(t.Context(), `CREATE DATABASE `+name+` TEMPLATE `+like); err != nil {
		t.Fatal(err)
	}
	return p.url(name)
}

func (p *postgres) url(database string) string {
	return fmt.Sprintf("postgres://tiski@/%s?host=%s", database, p.dir)
}

func (p *postgres) start() error {
	bin, err := postgresBin()
	if err != nil {
		return err
	}
	if p.dir, err = os.MkdirTemp("/tmp", "tiski-postgres"); err != nil { // a socket's path must be short
		return err
	}
	owner, err := p.owner()
	if err != nil {
		return err
	}
	data := filepath.Join(p.dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "tiski", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = p.dir, owner
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	p.cmd = exec.Command("/bin/sh", "-c", `"$@" & cat; kill -INT $!; wait $!`, "sh",
		filepath.Join(bin, "postgres"), "-D", data, "-k", p.dir, "-F",
		"-c", "listen_addresses=", "-c", "max_connections=200", "-c", "log_min_messages=fatal")
	p.cmd.Dir, p.cmd.SysProcAttr = p.dir, owner
	if p.leash, err = p.cmd.StdinPipe(); err != nil {
		return err
	}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	if p.admin, err = sql.Open("pgx", p.url("postgres")); err != nil {
		return err
	}
	if err := p.wait(); err != nil {
		return err
	}
	if _, err := p.admin.Exec(`CREATE DATABASE ` + withTables); err != nil {
		return err
	}
	s, err := Open(context.Background(), p.url(withTables))
	if err != nil {
		return err
	}
	return s.Close()
}

// wait returns when the server answers.
func (p *postgres) wait() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		err := p.admin.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("postgres does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// owner is who runs the server: not root, which PostgreSQL refuses.
func (p *postgres) owner() (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	if err := os.Chown(p.dir, int(uid), int(gid)); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func postgresBin() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errNoPostgres
	}
	return filepath.Dir(found[len(found)-1]), nil
}

func (p *postgres) stop() error {
	if p.admin != nil {
		p.admin.Close()
	}
	var err error
	if p.leash != nil {
		p.leash.Close()
		err = p.cmd.Wait()
	}
	if p.dir != "" {
		err = errors.Join(err, os.RemoveAll(p.dir))
	}
	return err
}
