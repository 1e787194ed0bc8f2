package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

var _ bot.Records = (*Store)(nil)

// sweepEvery is how often what is too old is looked for, whichever node does.
const sweepEvery = 23 * time.Hour

// Sweep removes what has been kept for as long as the shop says, at most once in
// sweepEvery, and notes what and how much. It reports false when it was too
// soon.
func (s *Store) Sweep(ctx context.Context, terms catalog.Privacy, now time.Time) (swept bool, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		var last int64
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(at), 0) FROM sweeps WHERE kind = 'transcripts' AND at <= $1`, now.UnixMilli()).Scan(&last); err != nil {
			return err
		}
		if now.Sub(time.UnixMilli(last)) < sweepEvery {
			return nil
		}
		swept = true
		for _, k := range s.kinds(terms) {
			before := now.AddDate(0, 0, -k.days)
			removed, err := k.sweep(ctx, tx, before, now)
			if err != nil {
				return fmt.Errorf("%s: %w", k.name, err)
			}
			if err := noteSweep(ctx, tx, bot.Sweep{At: now, Kind: k.name, Before: before, Removed: removed}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("sweep: %w", err)
	}
	return swept, nil
}

// kept is one kind of what is kept: for how many days, and how what is older is
// removed.
type kept struct {
	name  string
	days  int
	sweep func(ctx context.Context, tx *sql.Tx, before, now time.Time) (removed int64, err error)
}

// deleting removes rows; $1 of the statement is the moment before which they are.
func deleting(statement string) func(context.Context, *sql.Tx, time.Time, time.Time) (int64, error) {
	return func(ctx context.Context, tx *sql.Tx, before, _ time.Time) (int64, error) {
		r, err := tx.ExecContext(ctx, statement, before.UnixMilli())
		if err != nil {
			return 0, err
		}
		return r.RowsAffected()
	}
}

func (s *Store) kinds(terms catalog.Privacy) []kept {
	return []kept{
		{"transcripts", terms.Transcripts, deleting(`DELETE FROM messages WHERE at < $1 AND conversation NOT IN (SELECT conversation FROM orders)`)},
		{"order_transcripts", terms.OrderTranscripts, deleting(`DELETE FROM messages WHERE at < $1`)},
		{"missed", terms.OrderTranscripts, deleting(`DELETE FROM missed WHERE at < $1`)},
		{"staff_notes", terms.OrderTranscripts, deleting(`DELETE FROM staff_notes WHERE at < $1`)},
		{"examples", terms.Transcripts, deleting(`DELETE FROM examples WHERE at < $1 AND state = '` + proposed + `'`)}, // those accepted tell nobody's conversation
		{"staff_topics", terms.Transcripts, deleting(`UPDATE staff_topics SET conversation = '' WHERE conversation <> '' AND at < $1`)},
		{"photos", terms.Photos, deleting(`DELETE FROM photos WHERE at < $1`)},
		{"profiles", terms.Profiles, sweepProfiles},
		{"consents", terms.Profiles, deleting(`DELETE FROM consents WHERE at < $1 AND conversation NOT IN (SELECT conversation FROM customer_talks)`)},
		{"subscribers_unconfirmed", unconfirmedKept, deleting(`DELETE FROM subscribers WHERE confirmed = 0 AND asked < $1`)},
		{"sendings", terms.Profiles, deleting(`DELETE FROM sendings WHERE at < $1`)},
		{"remarks", terms.OrderTranscripts, sweepRemarks},
		{"letters", terms.Letters, deleting(`DELETE FROM letters WHERE ended > 0 AND ended < $1`)},
		{"reminder_letters", terms.Letters, deleting(`UPDATE reminder_letters SET email = '', said = '' WHERE email <> '' AND at < $1`)}, // the link still stops them
		{"transcript_letters", terms.Letters, deleting(`DELETE FROM transcript_letters WHERE at < $1`)},
		{"orders", terms.Orders, s.sweepOrders},
		{"erasures", 0, s.sweepErasures},
		{"passes", 0, deleting(`DELETE FROM passes_used WHERE until < $1`)},
		{"erased_talks", erasedKept, deleting(`DELETE FROM erased_talks WHERE at < $1`)},
	}
}

// unconfirmedKept is for how many days it is known who asked for the newsletter
// and has not confirmed it.
const unconfirmedKept = 30

// erasedKept is for how many days an erased conversation is known as such: long
// after its last message can have been on its way.
const erasedKept = 7

func noteSweep(ctx context.Context, q execer, n bot.Sweep) error {
	_, err := q.ExecContext(ctx, `INSERT INTO sweeps (at, kind, before, removed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		n.At.UnixMilli(), n.Kind, n.Before.UnixMilli(), n.Removed)
	return err
}

// execer is a database or a transaction in it.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// NoteSweep notes what was removed elsewhere than in the database.
func (s *Store) NoteSweep(ctx context.Context, n bot.Sweep) error {
	if err := noteSweep(ctx, s.db, n); err != nil {
		return fmt.Errorf("note what was removed: %w", err)
	}
	return nil
}

// Sweeps returns what was removed, the latest first, at most limit.
func (s *Store) Sweeps(ctx context.Context, limit int) ([]bot.Sweep, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (n bot.Sweep, err error) {
		var at, before int64
		err = rows.Scan(&at, &n.Kind, &before, &n.Removed)
		n.At, n.Before = time.UnixMilli(at), time.UnixMilli(before)
		return n, err
	}, `SELECT at, kind, before, removed FROM sweeps ORDER BY at DESC, kind LIMIT $1`, max(0, limit))
	if err != nil {
		return nil, fmt.Errorf("read what was removed: %w", err)
	}
	return all, nil
}

// sweepProfiles forgets the customers who have not been here.
func sweepProfiles(ctx context.Context, tx *sql.Tx, before, _ time.Time) (int64, error) {
	const gone = `(SELECT id FROM customers WHERE seen < $1)`
	for _, statement := range []string{
		`DELETE FROM consents WHERE conversation IN (SELECT conversation FROM customer_talks WHERE customer IN ` + gone + `)`,
		`DELETE FROM customer_talks WHERE customer IN ` + gone,
		`DELETE FROM points WHERE customer IN ` + gone,
		`DELETE FROM invites WHERE customer IN ` + gone,
	} {
		if _, err := tx.ExecContext(ctx, statement, before.UnixMilli()); err != nil {
			return 0, err
		}
	}
	return deleting(`DELETE FROM customers WHERE seen < $1`)(ctx, tx, before, before)
}

// sweepRemarks forgets who said how they were served, and in which words.
func sweepRemarks(ctx context.Context, tx *sql.Tx, before, _ time.Time) (int64, error) {
	return unsign(ctx, tx, `kind IN ('case', 'order', 'missed') AND at < $1`, before.UnixMilli())
}

// sweepBatch is how many orders lose their customers at once; the others follow
// the next day.
const sweepBatch = 1000

// sweepOrders takes the customers out of old orders.
func (s *Store) sweepOrders(ctx context.Context, tx *sql.Tx, before, now time.Time) (int64, error) {
	old, err := orders(ctx, tx, `nameless = 0 AND placed < $1 ORDER BY placed LIMIT $2`+s.lock, before.UnixMilli(), sweepBatch)
	if err != nil {
		return 0, err
	}
	return unname(ctx, tx, old, now)
}

// sweepErasures takes customers who want to be forgotten out of those of their
// orders that are over by now.
func (s *Store) sweepErasures(ctx context.Context, tx *sql.Tx, _, now time.Time) (int64, error) {
	waiting, err := orders(ctx, tx, `id IN (SELECT order_id FROM erasures ORDER BY asked LIMIT $1)`+s.lock, sweepBatch)
	if err != nil {
		return 0, err
	}
	var over []catalog.Order
	for _, o := range waiting {
		done, err := isOver(ctx, tx, o, now)
		if err != nil {
			return 0, err
		}
		if done {
			over = append(over, o)
		}
	}
	return unname(ctx, tx, over, now)
}
