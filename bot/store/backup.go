package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
)

// Backup copies an SQLite file as it is at one moment, while others go on reading
// and writing it, into a file that must not be there yet. Its schema stays that
// of whoever wrote it.
func Backup(ctx context.Context, path, to string) error {
	db, err := existing(path)
	if err == nil {
		defer db.Close()
		_, err = db.ExecContext(ctx, `VACUUM INTO $1`, to)
	}
	if err == nil {
		err = Sound(ctx, to)
	}
	if err != nil {
		return fmt.Errorf("copy database %s: %w", path, err)
	}
	return nil
}

// Sound is an error when an SQLite file is damaged.
func Sound(ctx context.Context, path string) error {
	db, err := existing(path)
	if err != nil {
		return err
	}
	defer db.Close()
	var said string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return fmt.Errorf("check database %s: %w", path, err)
	}
	if said != "ok" {
		return fmt.Errorf("database %s is damaged: %s", path, said)
	}
	return nil
}

// existing opens an SQLite file that is there.
func existing(path string) (*sql.DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	uri := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{
		"mode": {"rw"}, "_pragma": {fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds())},
	}.Encode()}
	return sql.Open("sqlite", uri.String())
}
