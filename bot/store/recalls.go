package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

var _ bot.Recalls = (*Store)(nil)

// recall notes, in the transaction that cancels an order or gives money back,
// that the shop's own system has to do so too, if it has the order. In one that
// takes nothing back staff do it.
func (s *Store) recall(ctx context.Context, tx *sql.Tx, id, order string, amount catalog.Cents, at time.Time) error {
	stuck := int64(0)
	if !s.Recall {
		stuck = at.UnixMilli()
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO recalls (id, order_id, amount, due, stuck)
		SELECT $1, order_id, CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT) FROM pushes WHERE order_id = $2 AND outside <> ''
		ON CONFLICT DO NOTHING`, id, order, amount, at.UnixMilli(), stuck)
	return err
}

// ClaimRecalls returns recalls that are due, the longest waiting first, and keeps
// them from others until a moment. What cannot be read is an error beside those
// that can.
func (s *Store) ClaimRecalls(ctx context.Context, now, until time.Time, most int) ([]bot.RecallDue, error) {
	type row struct {
		bot.RecallDue
		order string
		due   int64
	}
	due, err := list(ctx, s.db, func(rows *sql.Rows) (r row, err error) {
		return r, rows.Scan(&r.ID, &r.order, &r.Amount, &r.due, &r.Tries, &r.Outside)
	}, `
		SELECT id, recalls.order_id, amount, recalls.due, recalls.tries, outside
		FROM recalls JOIN pushes ON pushes.order_id = recalls.order_id
		WHERE recalls.ended = 0 AND recalls.stuck = 0 AND recalls.due <= $1 ORDER BY recalls.due, id LIMIT $2`, now.UnixMilli(), most)
	if err != nil {
		return nil, fmt.Errorf("look for recalls: %w", err)
	}
	claimed, err := claimDue(due, func(r row) (bool, error) {
		return changed(s.db.ExecContext(ctx, `
			UPDATE recalls SET due = $1, tries = tries + 1 WHERE id = $2 AND due = $3 AND ended = 0 AND stuck = 0`, until.UnixMilli(), r.ID, r.due))
	}, func(r row) (bot.RecallDue, error) {
		var err error
		if r.Order, err = order(ctx, s.db, "id = $1", r.order); err != nil {
			err = fmt.Errorf("recall %s: %w", r.ID, err)
		}
		return r.RecallDue, err
	})
	if err != nil {
		return claimed, fmt.Errorf("claim recalls: %w", err)
	}
	return claimed, nil
}

// EndRecall notes that the system has done it too.
func (s *Store) EndRecall(ctx context.Context, id string, at time.Time) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE recalls SET ended = $2, stuck = 0 WHERE id = $1`, id, at.UnixMilli()); err != nil {
		return fmt.Errorf("end recall %s: %w", id, err)
	}
	return nil
}

// DelayRecall lets it be tried again at a moment.
func (s *Store) DelayRecall(ctx context.Context, id string, until time.Time) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE recalls SET due = $2 WHERE id = $1`, id, until.UnixMilli()); err != nil {
		return fmt.Errorf("delay recall %s: %w", id, err)
	}
	return nil
}

// HoldRecall holds it for staff.
func (s *Store) HoldRecall(ctx context.Context, id, why string, at time.Time) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE recalls SET stuck = $2, why = $3 WHERE id = $1 AND ended = 0`, id, at.UnixMilli(), why); err != nil {
		return fmt.Errorf("hold recall %s: %w", id, err)
	}
	return nil
}

// ofRecall begins the ids of recalls among what needs a hand.
const ofRecall = "recall/"

// stuckRecalls are those held for staff, the longest waiting first.
func (s *Store) stuckRecalls(ctx context.Context, most int) ([]staff.Snag, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (staff.Snag, error) {
		var id string
		var since int64
		n := staff.Snag{Kind: staff.SnagRecall, Why: staff.RecallCancel, Again: s.Recall}
		err := rows.Scan(&id, &n.Order, &n.Conversation, &n.Told, &since, &n.Outside)
		if n.Told > 0 {
			n.Why = staff.RecallRefund
		}
		if !s.Recall {
			n.Why += staff.RecallByHand
		}
		n.ID, n.Since = ofRecall+id, time.UnixMilli(since)
		return n, err
	}, `
		SELECT recalls.id, orders.number, orders.conversation, amount, recalls.stuck, outside
		FROM recalls JOIN orders ON orders.id = recalls.order_id JOIN pushes ON pushes.order_id = recalls.order_id
		WHERE recalls.stuck > 0 ORDER BY recalls.stuck, recalls.id LIMIT $1`, most)
}

// recallAgain lets one that is held be tried again, where the system takes any.
func (s *Store) recallAgain(ctx context.Context, id string, at time.Time) error {
	if !s.Recall {
		return staff.ErrUnknown
	}
	err := found(changed(s.db.ExecContext(ctx, `UPDATE recalls SET stuck = 0, why = '', tries = 0, due = $2 WHERE id = $1 AND stuck > 0`, id, at.UnixMilli())))
	if err != nil {
		return fmt.Errorf("try recall %s again: %w", id, err)
	}
	return nil
}

// settleRecall notes that staff have done it in the system themselves.
func (s *Store) settleRecall(ctx context.Context, id string, at time.Time) error {
	if err := found(changed(s.db.ExecContext(ctx, `UPDATE recalls SET stuck = 0, ended = $2 WHERE id = $1 AND stuck > 0`, id, at.UnixMilli()))); err != nil {
		return fmt.Errorf("settle recall %s: %w", id, err)
	}
	return nil
}
