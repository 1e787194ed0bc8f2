package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
)

// busy is how long a process waits for another that writes to the same file.
const busy = 10 * time.Second

func openSQLite(ctx context.Context, path string) (*Store, error) {
	name := Memory
	if path != Memory {
		var err error
		if name, err = file(path); err != nil {
			return nil, fmt.Errorf("open database: %w", err)
		}
	}
	settings := url.Values{
		// A writer takes the file before it reads, so what it read still holds
		// when it writes.
		"_txlock": {"immediate"},
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()),
			"journal_mode(WAL)",
			"synchronous(FULL)", // an order that was confirmed outlives a power cut
			"foreign_keys(ON)",
		},
	}
	connector, err := sqlite.NewConnector(name + "?" + settings.Encode())
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	db := sql.OpenDB(parsed{connector})
	// SQLite has one writer at a time. Waiting for the one connection is fair
	// and cheap; waiting for the file is neither.
	db.SetMaxOpenConns(1)
	prepare := migrateSQLite
	if path == Memory {
		prepare = copyTables
	}
	if err := prepare(ctx, db); err != nil {
		db.Close()
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return &Store{Now: time.Now, db: db, file: true}, nil
}

// copyTables gives a new database in memory all tables, with nothing in them.
func copyTables(ctx context.Context, db *sql.DB) error {
	empty, err := tables()
	if err != nil {
		return err
	}
	return onConn(ctx, db, func(c *parsedConn) error { return c.Deserialize(empty) })
}

// tables is a database with all tables: to make them takes longer than to use a
// database that is soon forgotten.
var tables = sync.OnceValues(func() (empty []byte, err error) {
	connector, err := sqlite.NewConnector(Memory)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(parsed{connector})
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := migrateSQLite(context.Background(), db); err != nil {
		return nil, err
	}
	err = onConn(context.Background(), db, func(c *parsedConn) (err error) {
		empty, err = c.Serialize()
		return err
	})
	return empty, err
})

// onConn does something with a connection that database/sql knows nothing of.
func onConn(ctx context.Context, db *sql.DB, do func(*parsedConn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error { return do(c.(*parsedConn)) })
}

// file makes the file and its folder, for the owner's eyes only, and returns
// its URI.
func file(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	uri := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	return uri.String(), nil
}

// migrateSQLite tries again when another process made the same tables between
// our look and our write: then they are there the next time, and that can be so
// at every step.
func migrateSQLite(ctx context.Context, db *sql.DB) error {
	steps, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return err
	}
	for range steps {
		if err = migrate(ctx, goose.DialectSQLite3, db); err == nil {
			return nil
		}
	}
	return err
}
