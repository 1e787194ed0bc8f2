package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"tiski/bot/staff"
)

var (
	_ staff.Records = (*Store)(nil)
	_ staff.Trail   = (*Store)(nil)
)

// AddStaff writes an account with the hash of its password, or returns
// staff.ErrTaken.
func (s *Store) AddStaff(ctx context.Context, a staff.Account, hash string) error {
	added, err := changed(s.db.ExecContext(ctx,
		`INSERT INTO staff (name, display, role, password) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		a.Name, a.Display, a.Role, hash))
	if err == nil && !added {
		return staff.ErrTaken
	}
	return err
}

// Staff returns an account and the hash of its password, or staff.ErrUnknown.
func (s *Store) Staff(ctx context.Context, name string) (a staff.Account, hash string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT name, display, role, password FROM staff WHERE name = $1`, name).
		Scan(&a.Name, &a.Display, &a.Role, &hash)
	return a, hash, unknown(err)
}

// AddKey writes a key and forgets those that ran out before now.
func (s *Store) AddKey(ctx context.Context, k staff.Key, now time.Time) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM staff_keys WHERE until < $1`, now.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO staff_keys (hash, kind, staff, until) VALUES ($1, $2, $3, $4)`,
			k.Hash, k.Kind, k.Staff, k.Until.UnixMilli())
		return err
	})
}

// Key returns the key of a kind with this hash, or staff.ErrUnknown.
func (s *Store) Key(ctx context.Context, kind staff.Kind, hash string) (staff.Key, error) {
	return key(s.db.QueryRowContext(ctx,
		`SELECT kind, hash, staff, until FROM staff_keys WHERE kind = $1 AND hash = $2`, kind, hash))
}

// TakeKey removes that key and returns it to exactly one caller; the others
// get staff.ErrUnknown.
func (s *Store) TakeKey(ctx context.Context, kind staff.Kind, hash string) (staff.Key, error) {
	return key(s.db.QueryRowContext(ctx,
		`DELETE FROM staff_keys WHERE kind = $1 AND hash = $2 RETURNING kind, hash, staff, until`, kind, hash))
}

func key(row *sql.Row) (staff.Key, error) {
	var k staff.Key
	var until int64
	err := row.Scan(&k.Kind, &k.Hash, &k.Staff, &until)
	k.Until = time.UnixMilli(until)
	return k, unknown(err)
}

func unknown(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return staff.ErrUnknown
	}
	return err
}

// AddAct writes an act down.
func (s *Store) AddAct(ctx context.Context, a staff.Act) error {
	id, err := uuid.NewV7() // grows with time
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `INSERT INTO staff_acts (id, at, staff, act, subject) VALUES ($1, $2, $3, $4, $5)`,
		id.String(), a.At.UnixMilli(), a.Staff, storable(a.Act), storable(a.Subject))
	return err
}

// Acts returns the latest acts, newest first, at most limit.
func (s *Store) Acts(ctx context.Context, limit int) ([]staff.Act, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT at, staff, act, subject FROM staff_acts ORDER BY id DESC LIMIT $1`, max(0, limit))
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (a staff.Act, err error) {
		var at int64
		err = rows.Scan(&at, &a.Staff, &a.Act, &a.Subject)
		a.At = time.UnixMilli(at)
		return a, err
	})
}

// Looked reports whether anybody of the staff has opened a conversation since a
// moment.
func (s *Store) Looked(ctx context.Context, conversation string, since time.Time) (looked bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM staff_acts WHERE subject = $1 AND at >= $2)`,
		conversation, since.UnixMilli()).Scan(&looked)
	return looked, err
}
