package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

var (
	_ bot.Pushes  = (*Store)(nil)
	_ staff.Snags = (*Store)(nil)
)

// System is the cause of what the shop's own system makes of an order.
const System = "system"

// handOn notes, in the transaction that sells an order, that it has to go on to
// the shop's own system, if there is one.
func (s *Store) handOn(ctx context.Context, tx *sql.Tx, order string, at time.Time) error {
	if !s.HandOn {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO pushes (order_id, due) VALUES ($1, $2) ON CONFLICT DO NOTHING`, order, at.UnixMilli())
	return err
}

// keepBack ends the push of an order that is given up. When the system has it
// already, or may have taken it though no answer came, and did not give it up
// itself, it is told to, or staff must.
func (s *Store) keepBack(ctx context.Context, tx *sql.Tx, order string, do step) error {
	at := do.at.UnixMilli()
	_, err := tx.ExecContext(ctx, `
		UPDATE pushes SET ended = CAST($2 AS BIGINT), stuck = CASE WHEN tries > 0 AND why IN ('', $3, $4) THEN CAST($2 AS BIGINT) ELSE 0 END, why = $5
		WHERE order_id = $1 AND ended = 0 AND outside = ''`, order, at, bot.HeldUnreachable, catalog.RejectedUnsure, bot.HeldPerhaps)
	if err != nil {
		return err
	}
	if do.cause == System {
		_, err := tx.ExecContext(ctx, `UPDATE pushes SET ended = $2, stuck = 0 WHERE order_id = $1`, order, at)
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE pushes SET ended = $2, stuck = 0 WHERE order_id = $1 AND outside <> ''`, order, at); err != nil {
		return err
	}
	return s.recall(ctx, tx, ofOrder+order+"/"+string(do.to), order, 0, do.at)
}

// ClaimPushes returns orders that are due, the longest waiting first, and keeps
// them from others until a moment. What cannot be read is an error beside those
// that can.
func (s *Store) ClaimPushes(ctx context.Context, now, until time.Time, most int) ([]bot.Push, error) {
	type row struct {
		id    string
		due   int64
		tries int
	}
	due, err := list(ctx, s.db, func(rows *sql.Rows) (r row, err error) { return r, rows.Scan(&r.id, &r.due, &r.tries) }, `
		SELECT order_id, due, tries FROM pushes WHERE ended = 0 AND stuck = 0 AND due <= $1 ORDER BY due LIMIT $2`, now.UnixMilli(), most)
	if err != nil {
		return nil, fmt.Errorf("look for pushes: %w", err)
	}
	claimed, err := claimDue(due, func(r row) (bool, error) {
		return changed(s.db.ExecContext(ctx, `
			UPDATE pushes SET due = $1, tries = tries + 1 WHERE order_id = $2 AND due = $3 AND ended = 0 AND stuck = 0`, until.UnixMilli(), r.id, r.due))
	}, func(r row) (bot.Push, error) {
		o, err := order(ctx, s.db, "id = $1", r.id)
		if err != nil {
			return bot.Push{}, fmt.Errorf("push of %s: %w", r.id, err)
		}
		return bot.Push{Order: o, Tries: r.tries}, nil
	})
	if err != nil {
		return claimed, fmt.Errorf("claim pushes: %w", err)
	}
	return claimed, nil
}

// EndPush notes how the shop's own system names an order, and takes the order to
// Handed. One that was given up meanwhile waits for staff, who give it up there.
func (s *Store) EndPush(ctx context.Context, id, outside string, at time.Time) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		o, err := order(ctx, tx, "id = $1"+s.lock, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE pushes SET ended = $2, stuck = 0, why = '', outside = $3 WHERE order_id = $1`, id, at.UnixMilli(), storable(outside)); err != nil {
			return err
		}
		switch o.Status {
		case catalog.Placed, catalog.Paid:
			return s.change(ctx, tx, &o, step{catalog.Handed, at, System})
		case catalog.Cancelled, catalog.Refused, catalog.Refunded:
			return s.keepBack(ctx, tx, id, step{o.Status, at, ""})
		}
		return nil // the system has told of a later step already
	})
	if err != nil {
		return fmt.Errorf("end the push of %s: %w", id, err)
	}
	return nil
}

// DelayPush lets an order be pushed again at a moment.
func (s *Store) DelayPush(ctx context.Context, id string, until time.Time) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE pushes SET due = $2 WHERE order_id = $1`, id, until.UnixMilli()); err != nil {
		return fmt.Errorf("delay the push of %s: %w", id, err)
	}
	return nil
}

// HoldPush holds an order for staff, unless it was given up meanwhile and the
// system has nothing of it.
func (s *Store) HoldPush(ctx context.Context, id string, why catalog.Rejected, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `
		UPDATE pushes SET stuck = $2, why = $3, told = $4, outside = $5 WHERE order_id = $1 AND (ended = 0 OR $5 <> '')`,
		id, at.UnixMilli(), why.Why, int64(why.Told), storable(why.Outside))
	if err != nil {
		return fmt.Errorf("hold the push of %s: %w", id, err)
	}
	return nil
}

// ofPush begins the ids of pushes among what needs a hand.
const ofPush = "push/"

// stuckPushes are the orders held for staff, the longest waiting first.
func (s *Store) stuckPushes(ctx context.Context, most int) ([]staff.Snag, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (staff.Snag, error) {
		var id string
		var document []byte
		var since, ended int64
		n := staff.Snag{Kind: staff.SnagPush}
		if err := rows.Scan(&id, &n.Order, &n.Conversation, &document, &since, &ended, &n.Why, &n.Told, &n.Outside); err != nil {
			return n, err
		}
		o, err := decode(document)
		n.ID, n.Since, n.Total, n.Again = ofPush+id, time.UnixMilli(since), o.Total, ended == 0
		return n, err
	}, `
		SELECT pushes.order_id, orders.number, orders.conversation, orders.document, pushes.stuck, pushes.ended, why, told, outside
		FROM pushes JOIN orders ON orders.id = pushes.order_id WHERE stuck > 0 ORDER BY stuck, orders.number LIMIT $1`, most)
}

// Snags returns what needs a hand, the longest waiting first; at most so many of
// a kind.
func (s *Store) Snags(ctx context.Context, most int) ([]staff.Snag, error) {
	var snags []staff.Snag
	for _, stuck := range []func(context.Context, int) ([]staff.Snag, error){s.stuckPushes, s.stuckParcels, s.stuckRefunds, s.stuckRecalls} {
		some, err := stuck(ctx, most)
		if err != nil {
			return nil, fmt.Errorf("look for what needs a hand: %w", err)
		}
		snags = append(snags, some...)
	}
	slices.SortStableFunc(snags, func(a, b staff.Snag) int { return a.Since.Compare(b.Since) })
	return snags, nil
}

// TryAgain lets what needs a hand be tried again at once. It returns
// staff.ErrUnknown for what needs none, or cannot be tried again.
func (s *Store) TryAgain(ctx context.Context, id string, at time.Time) error {
	if refund, is := strings.CutPrefix(id, ofRefund); is {
		return s.refundAgain(ctx, refund, at)
	}
	if recall, is := strings.CutPrefix(id, ofRecall); is {
		return s.recallAgain(ctx, recall, at)
	}
	err := found(changed(s.db.ExecContext(ctx, `
		UPDATE pushes SET stuck = 0, why = '', told = 0, tries = 0, due = $2 WHERE order_id = $1 AND stuck > 0 AND ended = 0`,
		strings.TrimPrefix(id, ofPush), at.UnixMilli())))
	if err != nil {
		return fmt.Errorf("try %s again: %w", id, err)
	}
	return nil
}

// Settle notes that staff have done what needed a hand: an order held has been
// entered into the shop's own system, and is Handed; a parcel that came back has
// been seen to; a refund has been made. It returns staff.ErrUnknown for what needs none.
func (s *Store) Settle(ctx context.Context, id, by string, at time.Time) error {
	if parcel, is := strings.CutPrefix(id, ofParcel); is {
		return s.settleParcel(ctx, parcel)
	}
	if refund, is := strings.CutPrefix(id, ofRefund); is {
		return s.settleRefund(ctx, refund)
	}
	if recall, is := strings.CutPrefix(id, ofRecall); is {
		return s.settleRecall(ctx, recall, at)
	}
	key := strings.TrimPrefix(id, ofPush)
	err := s.within(ctx, func(tx *sql.Tx) error {
		o, err := order(ctx, tx, "id = $1"+s.lock, key)
		if errors.Is(err, sql.ErrNoRows) {
			return staff.ErrUnknown
		} else if err != nil {
			return err
		}
		if err := found(changed(tx.ExecContext(ctx, `UPDATE pushes SET stuck = 0, ended = $2 WHERE order_id = $1 AND stuck > 0`, key, at.UnixMilli()))); err != nil {
			return err
		}
		if o.Status.Step(catalog.Handed) != nil {
			return nil
		}
		return s.change(ctx, tx, &o, step{catalog.Handed, at, by})
	})
	if err != nil {
		return fmt.Errorf("settle %s: %w", id, err)
	}
	return nil
}
