package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tiski/bot"
)

// SavePhoto keeps a picture that a customer sent, a JPEG, under the id of its
// input. The same id again changes nothing, and what was on its way when the
// conversation was erased is left out.
func (s *Store) SavePhoto(ctx context.Context, conversation, id string, jpeg []byte, at time.Time) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		erased, err := erasedSince(ctx, tx, conversation, at)
		if err != nil || erased {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO photos (conversation, id, at, jpeg) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			conversation, id, at.UnixMilli(), jpeg)
		return err
	})
	if err != nil {
		return fmt.Errorf("save a photo of %s: %w", conversation, err)
	}
	return nil
}

// Photo returns a picture of a conversation; found is false for one that was
// never sent, or is not kept any more.
func (s *Store) Photo(ctx context.Context, conversation, id string) (jpeg []byte, found bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT jpeg FROM photos WHERE conversation = $1 AND id = $2`, conversation, id).Scan(&jpeg)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("read a photo of %s: %w", conversation, err)
	}
	return jpeg, true, nil
}

// photos are all pictures of a conversation, the oldest first.
func (s *Store) photos(ctx context.Context, conversation string) ([]bot.Photo, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (p bot.Photo, err error) {
		var at int64
		err = rows.Scan(&p.ID, &at, &p.JPEG)
		p.At = time.UnixMilli(at)
		return p, err
	}, `SELECT id, at, jpeg FROM photos WHERE conversation = $1 ORDER BY at, id`, conversation)
	if err != nil {
		return nil, fmt.Errorf("read the photos of %s: %w", conversation, err)
	}
	return all, nil
}
