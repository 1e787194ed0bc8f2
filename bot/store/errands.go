package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tiski/bot/staff"
	"tiski/catalog"
)

// mostResent is how often a letter may be sent again.
const mostResent = 5

// ResendLetter has the letter written anew that told that an order came to a
// status: its confirmation with catalog.Placed, its receipt with catalog.Paid. It
// is staff.ErrOften when that was done five times, ErrNoOrder for a number nobody
// has.
func (s *Store) ResendLetter(ctx context.Context, number string, to catalog.Status, at time.Time) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		o, err := s.hold(ctx, tx, number)
		if err != nil {
			return err
		}
		return retell(ctx, tx, o.ID, to, at, mostResent)
	})
	if err != nil {
		return fmt.Errorf("send a letter of order %s again: %w", number, err)
	}
	return nil
}

// retell notes that a letter of an order, which the transaction holds, is to be
// written again, under an id that no earlier one has.
func retell(ctx context.Context, tx *sql.Tx, id string, to catalog.Status, at time.Time, most int) error {
	id = ofOrder + id + "/" + string(to) + againMark
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(CAST(substr(id, length($1) + 1) AS BIGINT)), 0) FROM letters WHERE substr(id, 1, length($1)) = $1`, id).Scan(&n)
	if err != nil {
		return err
	}
	if n >= most {
		return staff.ErrOften
	}
	return tell(ctx, tx, fmt.Sprintf("%s%d", id, n+1), at)
}

// Readdress sends an order elsewhere that has not been packed, and its
// confirmation anew. One that may have left is a *catalog.IllegalStep, one that
// the shop's own system has is staff.ErrElsewhere, a number nobody has is
// ErrNoOrder.
func (s *Store) Readdress(ctx context.Context, number string, to catalog.Address, at time.Time) (catalog.Order, error) {
	var o catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) (err error) {
		if o, err = s.hold(ctx, tx, number); err != nil {
			return err
		}
		if !o.Movable() {
			return &catalog.IllegalStep{Of: "order", From: string(o.Status), To: "another address"}
		}
		var pushed int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM pushes WHERE order_id = $1`, o.ID).Scan(&pushed); err != nil {
			return err
		}
		if pushed > 0 {
			return staff.ErrElsewhere
		}
		o.Address = to
		if err := rewrite(ctx, tx, o); err != nil {
			return err
		}
		return retell(ctx, tx, o.ID, catalog.Placed, at, 2*mostResent)
	})
	if err != nil {
		return o, fmt.Errorf("send order %s elsewhere: %w", number, err)
	}
	return o, nil
}

// Identified reports whether the shop has told who a conversation is with: they
// were signed in there.
func (s *Store) Identified(ctx context.Context, conversation string) (is bool, err error) {
	err = s.db.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT 1 FROM customer_talks t JOIN customers c ON c.id = t.customer WHERE t.conversation = $1 AND c.subject IS NOT NULL)`,
		conversation).Scan(&is)
	if err != nil {
		return false, fmt.Errorf("look whether the customer of %s is identified: %w", conversation, err)
	}
	return is, nil
}
