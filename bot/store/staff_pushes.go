package store

import (
	"context"
	"database/sql"
	"time"

	"tiski/bot/staff"
)

// SavePush writes a subscription over that of its session, and over that of the same
// browser at an earlier one. A session that has ended has none.
func (s *Store) SavePush(ctx context.Context, p staff.Push) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM staff_pushes WHERE session = $1 OR endpoint = $2`, p.Session, p.Endpoint); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO staff_pushes (session, endpoint, p256dh, auth, lang)
			SELECT hash, $2, $3, $4, $5 FROM staff_keys WHERE hash = $1`, p.Session, p.Endpoint, p.Key, p.Auth, p.Lang)
		return err
	})
}

// Pushes returns the subscriptions of sessions that last after now, of those who
// are not away.
func (s *Store) Pushes(ctx context.Context, now time.Time) ([]staff.Push, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (p staff.Push, err error) {
		err = rows.Scan(&p.Session, &p.Endpoint, &p.Key, &p.Auth, &p.Lang)
		return p, err
	}, `SELECT p.session, p.endpoint, p.p256dh, p.auth, p.lang
		FROM staff_pushes p JOIN staff_keys k ON k.hash = p.session
		JOIN staff s ON s.name = k.staff WHERE k.until > $1 AND s.away = 0 ORDER BY p.session`, now.UnixMilli())
}

// DropPush forgets the subscription at an address.
func (s *Store) DropPush(ctx context.Context, endpoint string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM staff_pushes WHERE endpoint = $1`, endpoint)
	return err
}
