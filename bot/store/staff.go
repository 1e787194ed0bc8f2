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
		`INSERT INTO staff (name, display, role, email, password) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		a.Name, a.Display, a.Role, a.Email, hash))
	if err == nil && !added {
		return staff.ErrTaken
	}
	return err
}

// Staff returns an account and the hash of its password, or staff.ErrUnknown.
func (s *Store) Staff(ctx context.Context, name string) (a staff.Account, hash string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT name, display, role, email, password FROM staff WHERE name = $1`, name).
		Scan(&a.Name, &a.Display, &a.Role, &a.Email, &hash)
	return a, hash, unknown(err)
}

// StaffByEmail returns the account with an e-mail address, or staff.ErrUnknown.
func (s *Store) StaffByEmail(ctx context.Context, email string) (a staff.Account, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT name, display, role, email FROM staff WHERE email = $1 AND email <> ''`, email).
		Scan(&a.Name, &a.Display, &a.Role, &a.Email)
	return a, unknown(err)
}

// Members returns all accounts by name, and how many of their sessions last
// after now.
func (s *Store) Members(ctx context.Context, now time.Time) ([]staff.Member, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (m staff.Member, err error) {
		var factors int
		var away int64
		err = rows.Scan(&m.Name, &m.Display, &m.Role, &m.Email, &factors, &m.Sessions, &away)
		m.Factor, m.Away = factors > 0, setWhen(away)
		return m, err
	}, `
		SELECT name, display, role, email, (SELECT COUNT(*) FROM staff_factors f WHERE f.staff = name AND f.since > 0),
			(SELECT COUNT(*) FROM staff_keys k WHERE k.staff = name AND k.kind = 'session' AND k.until > $1), away
		FROM staff ORDER BY name`, now.UnixMilli())
}

// SetRole changes what an account may do, or returns staff.ErrUnknown.
func (s *Store) SetRole(ctx context.Context, name string, role staff.Role) error {
	return found(changed(s.db.ExecContext(ctx, `UPDATE staff SET role = $2 WHERE name = $1`, name, role)))
}

// SetEmail writes an e-mail address, or returns staff.ErrUnknown, or staff.ErrTaken
// when it is another's.
func (s *Store) SetEmail(ctx context.Context, name, email string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		var taken bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM staff WHERE email = $1 AND email <> '' AND name <> $2)`, email, name).Scan(&taken)
		if err != nil {
			return err
		}
		if taken {
			return staff.ErrTaken
		}
		return found(changed(tx.ExecContext(ctx, `UPDATE staff SET email = $2 WHERE name = $1`, name, email)))
	})
}

// SetAway notes since when somebody is away, or with zero that they are here, or
// returns staff.ErrUnknown.
func (s *Store) SetAway(ctx context.Context, name string, since time.Time) error {
	return found(changed(s.db.ExecContext(ctx, `UPDATE staff SET away = $2 WHERE name = $1`, name, millis(since))))
}

// SetPassword writes the hash of a new password, or returns staff.ErrUnknown.
func (s *Store) SetPassword(ctx context.Context, name, hash string) error {
	return found(changed(s.db.ExecContext(ctx, `UPDATE staff SET password = $2 WHERE name = $1`, name, hash)))
}

// AddKey writes a key and forgets those that ran out before now.
func (s *Store) AddKey(ctx context.Context, k staff.Key, now time.Time) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM staff_keys WHERE until < $1`, now.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO staff_keys (hash, kind, staff, since, until, browser) VALUES ($1, $2, $3, $4, $5, $6)`,
			k.Hash, k.Kind, k.Staff, millis(k.Since), k.Until.UnixMilli(), storable(k.Browser))
		return err
	})
}

// Key returns the key of a kind with this hash, or staff.ErrUnknown.
func (s *Store) Key(ctx context.Context, kind staff.Kind, hash string) (staff.Key, error) {
	return key(s.db.QueryRowContext(ctx,
		`SELECT kind, hash, staff, since, until, browser FROM staff_keys WHERE kind = $1 AND hash = $2`, kind, hash))
}

// TakeKey removes that key and returns it to exactly one caller; the others
// get staff.ErrUnknown.
func (s *Store) TakeKey(ctx context.Context, kind staff.Kind, hash string) (staff.Key, error) {
	return key(s.db.QueryRowContext(ctx,
		`DELETE FROM staff_keys WHERE kind = $1 AND hash = $2 RETURNING kind, hash, staff, since, until, browser`, kind, hash))
}

// KeysOf returns the keys of a kind of an account, the newest first.
func (s *Store) KeysOf(ctx context.Context, kind staff.Kind, name string) ([]staff.Key, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (staff.Key, error) { return key(rows) },
		`SELECT kind, hash, staff, since, until, browser FROM staff_keys WHERE staff = $1 AND kind = $2 ORDER BY since DESC, hash`, name, kind)
}

// DropKeys removes all keys of these kinds of an account.
func (s *Store) DropKeys(ctx context.Context, name string, kinds ...staff.Kind) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		for _, kind := range kinds {
			if _, err := tx.ExecContext(ctx, `DELETE FROM staff_keys WHERE staff = $1 AND kind = $2`, name, kind); err != nil {
				return err
			}
		}
		return nil
	})
}

func key(row interface{ Scan(...any) error }) (staff.Key, error) {
	var k staff.Key
	var since, until int64
	err := row.Scan(&k.Kind, &k.Hash, &k.Staff, &since, &until, &k.Browser)
	k.Since, k.Until = time.UnixMilli(since), time.UnixMilli(until)
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

// Acts returns the latest acts, newest first, at most limit: all, or those of
// one member of staff or about one subject.
func (s *Store) Acts(ctx context.Context, about string, limit int) ([]staff.Act, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (a staff.Act, err error) {
		var at int64
		err = rows.Scan(&at, &a.Staff, &a.Act, &a.Subject)
		a.At = time.UnixMilli(at)
		return a, err
	}, `SELECT at, staff, act, subject FROM staff_acts WHERE $1 = '' OR staff = $1 OR subject = $1 ORDER BY id DESC LIMIT $2`, about, max(0, limit))
}

// Looked reports whether anybody of the staff has opened a conversation since a
// moment.
func (s *Store) Looked(ctx context.Context, conversation string, since time.Time) (looked bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM staff_acts WHERE subject = $1 AND at >= $2)`,
		conversation, since.UnixMilli()).Scan(&looked)
	return looked, err
}
