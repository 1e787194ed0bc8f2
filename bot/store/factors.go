package store

import (
	"context"
	"database/sql"
	"encoding/base32"
	"time"

	"tiski/bot/staff"
)

// secretText writes secrets as staff.Secret does.
var secretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// Factor returns the second factor of an account, or staff.ErrUnknown.
func (s *Store) Factor(ctx context.Context, name string) (staff.Factor, error) {
	var f staff.Factor
	var secret string
	var since int64
	err := s.db.QueryRowContext(ctx, `SELECT secret, since, used FROM staff_factors WHERE staff = $1`, name).Scan(&secret, &since, &f.Used)
	if err != nil {
		return staff.Factor{}, unknown(err)
	}
	if since > 0 {
		f.Since = time.UnixMilli(since)
	}
	f.Secret, err = secretText.DecodeString(secret)
	return f, err
}

// SetFactor writes the second factor of an account over any other.
func (s *Store) SetFactor(ctx context.Context, name string, f staff.Factor) error {
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO staff_factors (staff, secret, since, used) VALUES ($1, $2, $3, $4)
		ON CONFLICT (staff) DO UPDATE SET secret = excluded.secret, since = excluded.since, used = excluded.used`,
		name, f.Secret.String(), millis(f.Since), f.Used)
	return err
}

// UseStep notes that the code of a step was used; false when it, or a later one,
// had been already.
func (s *Store) UseStep(ctx context.Context, name string, step int64) (bool, error) {
	return changed(s.db.ExecContext(ctx, `UPDATE staff_factors SET used = $2 WHERE staff = $1 AND used < $2`, name, step))
}

// DropFactor removes the second factor of an account with its recovery codes.
func (s *Store) DropFactor(ctx context.Context, name string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`DELETE FROM staff_factors WHERE staff = $1`,
			`DELETE FROM staff_keys WHERE staff = $1 AND kind = 'recovery'`,
		} {
			if _, err := tx.ExecContext(ctx, statement, name); err != nil {
				return err
			}
		}
		return nil
	})
}
