package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"tiski/bot/staff"
)

var _ staff.Answers = (*Store)(nil)

// SetAnswer writes an answer, over that of the same id.
func (s *Store) SetAnswer(ctx context.Context, a staff.Answer) error {
	document, err := json.Marshal(a.Answer)
	if err != nil {
		return fmt.Errorf("write answer %s: %w", a.ID, err)
	}
	state := proposed
	if a.Accepted {
		state = accepted
	}
	_, err = s.db.ExecContext(ctx, `
		INSERT INTO answers (id, written, staff, document, state) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET written = excluded.written, staff = excluded.staff, document = excluded.document, state = excluded.state`,
		a.ID, a.Written.UnixMilli(), a.Staff, storable(string(document)), state)
	if err != nil {
		return fmt.Errorf("write answer %s: %w", a.ID, err)
	}
	return nil
}

// Answers returns the answers, the oldest first, at most so many.
func (s *Store) Answers(ctx context.Context, most int) ([]staff.Answer, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (a staff.Answer, err error) {
		var written int64
		var document []byte
		var state string
		if err := rows.Scan(&written, &a.Staff, &document, &state); err != nil {
			return a, err
		}
		a.Written, a.Accepted = time.UnixMilli(written), state == accepted
		return a, json.Unmarshal(document, &a.Answer)
	}, `SELECT written, staff, document, state FROM answers ORDER BY written, id LIMIT $1`, max(0, most))
	if err != nil {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	return all, nil
}

// RemoveAnswer removes an answer, or returns staff.ErrUnknown.
func (s *Store) RemoveAnswer(ctx context.Context, id string) error {
	return found(changed(s.db.ExecContext(ctx, `DELETE FROM answers WHERE id = $1`, id)))
}
