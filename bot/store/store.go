// Package store keeps what must never be lost in SQL: orders and stock,
// transcripts, staff. It speaks to SQLite in a file or to PostgreSQL, with the
// same statements and the same schema.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"tiski/bot/seal"
)

// Memory opens a database that is forgotten when it closes.
const Memory = ":memory:"

//go:embed migrations/*.sql
var migrations embed.FS

// Store is one open database. Its methods may be called from any number of
// goroutines, and any number of processes may have the same database open.
type Store struct {
	Now    func() time.Time // the wall clock unless set before use
	HandOn bool             // orders that are sold go on to the shop's own system; set before use
	Recall bool             // and what is taken back of them; set before use

	db   *sql.DB
	keys []*seal.Key // of transcripts: the first seals, all open; none: they are kept open
	file bool        // it is SQLite
	lock string      // ends a SELECT that keeps its row for the transaction, where rows are locked at all
}

// Open opens a database and brings its schema up to date. The url is
// postgres://… for PostgreSQL, Memory, or else the path of an SQLite file,
// which is made, with its folder, when there is none.
//
// The keys, of KeySize bytes, seal transcripts: the first all that is kept from now
// on, the others open what older ones have sealed. Open is ErrSealed when a key is
// missing.
func Open(ctx context.Context, url string, keys ...[]byte) (*Store, error) {
	s, err := openKind(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := s.takeKeys(ctx, keys); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), s.Close())
	}
	return s, nil
}

func openKind(ctx context.Context, url string) (*Store, error) {
	switch {
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return openPostgres(ctx, url)
	case strings.Contains(url, "://"):
		scheme, _, _ := strings.Cut(url, "://")
		return nil, fmt.Errorf("open database: unknown kind %q: want postgres:// or the path of a file", scheme)
	}
	return openSQLite(ctx, url)
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// migrate brings the schema up to date.
func migrate(ctx context.Context, dialect goose.Dialect, db *sql.DB, opts ...goose.ProviderOption) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	// A step may come after a later one, whichever release brought it first.
	opts = append(opts, goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
	provider, err := goose.NewProvider(dialect, db, files, opts...)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// within runs do in one transaction: all of it is kept, or on an error nothing.
func (s *Store) within(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, undone(tx.Rollback()))
	}
	return tx.Commit()
}

// undone drops the error of a transaction that was rolled back already.
func undone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// querier is a database or a transaction in it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// rows writes the places of so many rows in a statement, which are numbered from
// first on: ($1, $2), ($3, $4).
func rows(n, columns, first int) string {
	var b strings.Builder
	for i := range n * columns {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("$")
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String() + ")"
}

// list reads all rows of a query.
func list[T any](ctx context.Context, q querier, read func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := read(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// word and moment read rows of one text, and of one time.
func word(rows *sql.Rows) (text string, err error) {
	err = rows.Scan(&text)
	return text, err
}

func moment(rows *sql.Rows) (time.Time, error) {
	var at int64
	err := rows.Scan(&at)
	return time.UnixMilli(at), err
}

// claimDue takes those of the rows due that nobody else has taken meanwhile, and
// reads what they are of. What cannot be read is an error beside those that can:
// it keeps no other from its turn.
func claimDue[R, T any](due []R, take func(R) (bool, error), read func(R) (T, error)) ([]T, error) {
	var claimed []T
	var faults []error
	for _, r := range due {
		mine, err := take(r)
		if err != nil {
			return claimed, errors.Join(append(faults, err)...)
		}
		if !mine {
			continue
		}
		one, err := read(r)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		claimed = append(claimed, one)
	}
	return claimed, errors.Join(faults...)
}

// changed says whether a statement changed any row.
func changed(r sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// storable replaces what PostgreSQL does not take in a text: zero bytes and
// broken UTF-8.
func storable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}
