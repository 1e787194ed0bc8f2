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

// SetMark marks a conversation.
func (s *Store) SetMark(ctx context.Context, m staff.Mark) error {
	labels, err := json.Marshal(m.Labels)
	if err == nil {
		_, err = s.db.ExecContext(ctx, `
			INSERT INTO staff_marks (conversation, labels, snoozed, closed, reason, since) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (conversation) DO UPDATE SET labels = excluded.labels, snoozed = excluded.snoozed, closed = excluded.closed, reason = excluded.reason, since = excluded.since`,
			m.Conversation, string(labels), millis(m.Snoozed), millis(m.Closed), m.Reason, m.Since.UnixMilli())
	}
	if err != nil {
		return fmt.Errorf("mark %s: %w", m.Conversation, err)
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
