package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tiski/bot/staff"
)

var _ staff.Marks = (*Store)(nil)

const markColumns = `SELECT conversation, labels, snoozed, closed, reason, since FROM staff_marks `

// MarkOf returns the mark of a conversation, an empty one when it has none.
func (s *Store) MarkOf(ctx context.Context, conversation string) (staff.Mark, error) {
	m, err := mark(s.db.QueryRowContext(ctx, markColumns+`WHERE conversation = $1`, conversation))
	if errors.Is(err, sql.ErrNoRows) {
		return staff.Mark{Conversation: conversation}, nil
	}
	return m, err
}

// ChangeMark changes the mark of a conversation, while nobody else does.
func (s *Store) ChangeMark(ctx context.Context, conversation string, change func(*staff.Mark)) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO staff_marks (conversation, since) VALUES ($1, 0) ON CONFLICT DO NOTHING`, conversation); err != nil {
			return err
		}
		m, err := mark(tx.QueryRowContext(ctx, markColumns+`WHERE conversation = $1`+s.lock, conversation))
		if err != nil {
			return err
		}
		change(&m)
		labels, err := json.Marshal(m.Labels)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE staff_marks SET labels = $2, snoozed = $3, closed = $4, reason = $5, since = $6 WHERE conversation = $1`,
			conversation, string(labels), millis(m.Snoozed), millis(m.Closed), m.Reason, m.Since.UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("mark %s: %w", conversation, err)
	}
	return nil
}

// Marks returns the latest marks by conversation.
func (s *Store) Marks(ctx context.Context, most int) (map[string]staff.Mark, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (staff.Mark, error) { return mark(rows) }, markColumns+`ORDER BY since DESC LIMIT $1`, max(0, most))
	if err != nil {
		return nil, fmt.Errorf("read the marks: %w", err)
	}
	marks := make(map[string]staff.Mark, len(all))
	for _, m := range all {
		marks[m.Conversation] = m
	}
	return marks, nil
}

func mark(row interface{ Scan(...any) error }) (m staff.Mark, err error) {
	var labels string
	var snoozed, closed, since int64
	if err := row.Scan(&m.Conversation, &labels, &snoozed, &closed, &m.Reason, &since); err != nil {
		return m, err
	}
	m.Snoozed, m.Closed, m.Since = setWhen(snoozed), setWhen(closed), time.UnixMilli(since)
	return m, json.Unmarshal([]byte(labels), &m.Labels)
}

// setWhen is the moment of so many milliseconds, none of 0.
func setWhen(millis int64) time.Time {
	if millis == 0 {
		return time.Time{}
	}
	return time.UnixMilli(millis)
}
