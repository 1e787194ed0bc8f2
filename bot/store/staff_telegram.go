package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"tiski/bot/staff"
)

// SetTelegram links an account of Telegram to a member of staff; earlier links of
// either end.
func (s *Store) SetTelegram(ctx context.Context, name string, telegram int64, since time.Time) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM staff_telegram WHERE telegram = $1 OR staff = $2`, telegram, name); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO staff_telegram (telegram, staff, since) VALUES ($1, $2, $3)`, telegram, name, since.UnixMilli())
		return err
	})
}

// StaffInTelegram returns whose an account of Telegram is, or staff.ErrUnknown.
func (s *Store) StaffInTelegram(ctx context.Context, telegram int64) (a staff.Account, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT name, display, role FROM staff JOIN staff_telegram ON staff = name WHERE telegram = $1`, telegram).
		Scan(&a.Name, &a.Display, &a.Role)
	return a, unknown(err)
}

// TelegramSince returns since when a member of staff has an account of Telegram
// linked; zero when they have none.
func (s *Store) TelegramSince(ctx context.Context, name string) (time.Time, error) {
	var since int64
	err := s.db.QueryRowContext(ctx, `SELECT since FROM staff_telegram WHERE staff = $1`, name).Scan(&since)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return setWhen(since), err
}

// DropTelegram ends the link of a member of staff, if there is one.
func (s *Store) DropTelegram(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM staff_telegram WHERE staff = $1`, name)
	return err
}
