package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

var _ bot.Tallies = (*Store)(nil)

// AddCounts adds to what is counted, and notes which messages were missed.
func (s *Store) AddCounts(ctx context.Context, counts map[bot.Count]int64, missed []bot.Missed) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		for c, n := range counts {
			if _, err := tx.ExecContext(ctx, `
				INSERT INTO counts (day, kind, name, n) VALUES ($1, $2, $3, $4)
				ON CONFLICT (day, kind, name) DO UPDATE SET n = counts.n + excluded.n`, c.Day, c.Kind, storable(c.Name), n); err != nil {
				return err
			}
		}
		for _, m := range missed {
			if _, err := tx.ExecContext(ctx, `
				INSERT INTO missed (conversation, seq, at, lang) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
				m.Conversation, m.Seq, m.At.UnixMilli(), m.Lang); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep counts: %w", err)
	}
	return nil
}

// Counts returns what was counted from one day to another, both included, added
// up by day, kind and name.
func (s *Store) Counts(ctx context.Context, from, to string) (map[bot.Count]int64, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT day, kind, name, n FROM counts WHERE day >= $1 AND day <= $2`, from, to)
	if err != nil {
		return nil, fmt.Errorf("read counts: %w", err)
	}
	defer rows.Close()
	counts := map[bot.Count]int64{}
	for rows.Next() {
		var c bot.Count
		var n int64
		if err := rows.Scan(&c.Day, &c.Kind, &c.Name, &n); err != nil {
			return nil, fmt.Errorf("read counts: %w", err)
		}
		counts[c] = n
	}
	return counts, rows.Err()
}

// calledOff are the states of orders that came to nothing, as SQL.
const calledOff = `('` + string(catalog.Cancelled) + `', '` + string(catalog.Refused) + `', '` + string(catalog.Expired) + `')`

// cameToNothing tells of orders whether they were called off, or never paid, also when
// what was paid of them has gone back since.
const cameToNothing = `(status IN ` + calledOff + ` OR EXISTS (
	SELECT 1 FROM order_events e WHERE e.order_id = orders.id AND e.to_status = '` + string(catalog.Refunded) + `' AND e.from_status IN ` + calledOff + `))`

// Sales returns when orders were placed from one moment until another, and for
// how much. Those that were called off, or never paid, are left out.
func (s *Store) Sales(ctx context.Context, from, until time.Time) ([]staff.Sale, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (staff.Sale, error) {
		var placed int64
		var document []byte
		if err := rows.Scan(&placed, &document); err != nil {
			return staff.Sale{}, err
		}
		var o struct{ Total catalog.Cents }
		err := json.Unmarshal(document, &o)
		return staff.Sale{At: time.UnixMilli(placed), Total: o.Total}, err
	}, `
		SELECT placed, document FROM orders WHERE placed >= $1 AND placed < $2 AND status <> $3 AND NOT `+cameToNothing,
		from.UnixMilli(), until.UnixMilli(), catalog.Awaiting)
	if err != nil {
		return nil, fmt.Errorf("read sales: %w", err)
	}
	return all, nil
}

// OrderCounts returns how many of the orders placed since a moment are in which
// state.
func (s *Store) OrderCounts(ctx context.Context, since time.Time) (map[catalog.Status]int, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT status, COUNT(*) FROM orders WHERE placed >= $1 GROUP BY status`, since.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("count orders: %w", err)
	}
	defer rows.Close()
	counts := map[catalog.Status]int{}
	for rows.Next() {
		var status catalog.Status
		var n int
		if err := rows.Scan(&status, &n); err != nil {
			return nil, fmt.Errorf("count orders: %w", err)
		}
		counts[status] = n
	}
	return counts, rows.Err()
}

// Replies returns how long staff took from a customer's last message to answer
// it, from one moment until another.
func (s *Store) Replies(ctx context.Context, from, until time.Time) ([]time.Duration, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (time.Duration, error) {
		var millis int64
		err := rows.Scan(&millis)
		return time.Duration(millis) * time.Millisecond, err
	}, `
		SELECT at - asked FROM (
			SELECT at, speaker, LAG(at) OVER talk AS asked, LAG(speaker) OVER talk AS asker
			FROM messages WHERE at >= $1 AND at < $2 AND speaker IN ('customer', 'staff')
			WINDOW talk AS (PARTITION BY conversation ORDER BY seq)
		) said WHERE speaker = 'staff' AND asker = 'customer'`, from.UnixMilli(), until.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read replies: %w", err)
	}
	return all, nil
}

// Ratings returns what customers thought from one moment until another.
func (s *Store) Ratings(ctx context.Context, from, until time.Time) ([]staff.Rating, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (r staff.Rating, err error) {
		err = rows.Scan(&r.About, &r.Score, &r.N)
		return r, err
	}, `
		SELECT kind, value, COUNT(*) FROM events WHERE at >= $1 AND at < $2 AND kind IN ('case', 'order')
		GROUP BY kind, value ORDER BY kind, value DESC`, from.UnixMilli(), until.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read ratings: %w", err)
	}
	return all, nil
}

// Questions returns the latest messages that were not understood, from one
// moment until another, as far as they are kept: at most so many.
func (s *Store) Questions(ctx context.Context, from, until time.Time, most int) ([]staff.Question, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (q staff.Question, err error) {
		var seq int64
		var key string
		if err := rows.Scan(&q.Conversation, &q.Lang, &seq, &q.Text, &key); err != nil {
			return q, err
		}
		q.Text, err = s.opened(q.Text, key, placeOfText(q.Conversation, seq))
		return q, err
	}, `
		SELECT missed.conversation, missed.lang, missed.seq, messages.text, messages.seal FROM missed
		JOIN messages ON messages.conversation = missed.conversation AND messages.seq = missed.seq
		WHERE missed.at >= $1 AND missed.at < $2 ORDER BY missed.at DESC LIMIT $3`, from.UnixMilli(), until.UnixMilli(), max(0, most))
	if err != nil {
		return nil, fmt.Errorf("read what was not understood: %w", err)
	}
	return all, nil
}
