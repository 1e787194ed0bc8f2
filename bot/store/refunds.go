package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

// debt is money to give back of a payment.
type debt struct {
	id     string
	of     payment
	amount catalog.Cents
	at     time.Time
}

// owe writes a refund down, once by its id. Never more goes back of a payment
// than came in: an amount beyond is cut, and nothing is left to give back then.
func (s *Store) owe(ctx context.Context, tx *sql.Tx, d debt) error {
	var back catalog.Cents
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE charge = $1 AND id <> $2`, d.of.Charge, d.id).Scan(&back)
	if err != nil {
		return err
	}
	amount := min(d.amount, d.of.Amount-back)
	if amount <= 0 {
		return nil
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO refunds (id, charge, order_id, amount, due) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		d.id, d.of.Charge, d.of.order, amount, d.at.UnixMilli())
	return err
}

// paidThrough is the payment that paid an order through a provider, if one did.
func paidThrough(ctx context.Context, tx *sql.Tx, order string) (p payment, found bool, err error) {
	all, err := payments(ctx, tx, `order_id = $1 AND taken = 1`, order)
	if err != nil || len(all) == 0 {
		return payment{}, false, err
	}
	return all[0], true, nil
}

// returnMoney owes back what an order was paid with, when it is given up.
func (s *Store) returnMoney(ctx context.Context, tx *sql.Tx, o catalog.Order, at time.Time) error {
	p, found, err := paidThrough(ctx, tx, o.ID)
	if err != nil || !found {
		return err
	}
	return s.owe(ctx, tx, debt{ofOrder + o.ID + "/" + string(o.Status), p, p.Amount, at})
}

// returnCase owes back what a case gives; then the letter goes when the money
// does. It reports whether money goes back through a provider.
func (s *Store) returnCase(ctx context.Context, tx *sql.Tx, c catalog.Case, order string, at time.Time) (bool, error) {
	p, found, err := paidThrough(ctx, tx, order)
	if err != nil || !found || c.Refund.Total <= 0 {
		return false, err
	}
	return true, s.owe(ctx, tx, debt{ofCase + c.ID, p, c.Refund.Total, at})
}

// ClaimRefunds returns refunds that are to be made, or whose end is to be told,
// the oldest first, and keeps them from others until a moment.
func (s *Store) ClaimRefunds(ctx context.Context, until time.Time, most int) ([]bot.RefundDue, error) {
	now := s.Now()
	type row struct {
		bot.RefundDue
		due int64
	}
	found, err := list(ctx, s.db, func(rows *sql.Rows) (r row, err error) {
		return r, rows.Scan(&r.ID, &r.Amount, &r.State, &r.Tries, &r.due, &r.Provider, &r.Payment, &r.Order, &r.Conversation, &r.Email)
	}, `
		SELECT r.id, r.amount, r.state, r.tries, r.due, p.provider, COALESCE(p.provider_id, ''), o.number, p.conversation, o.email
		FROM refunds r JOIN payments p ON p.charge = r.charge JOIN orders o ON o.id = r.order_id
		WHERE r.ended = 0 AND r.due <= $1 ORDER BY r.due LIMIT $2`, now.UnixMilli(), most)
	if err != nil {
		return nil, fmt.Errorf("look for refunds: %w", err)
	}
	claimed, err := claimDue(found, func(r row) (bool, error) {
		return changed(s.db.ExecContext(ctx, `UPDATE refunds SET due = $1, tries = tries + 1 WHERE id = $2 AND due = $3 AND ended = 0`,
			until.UnixMilli(), r.ID, r.due))
	}, func(r row) (bot.RefundDue, error) { return r.RefundDue, nil })
	if err != nil {
		return claimed, fmt.Errorf("claim refunds: %w", err)
	}
	return claimed, nil
}

// NoteRefund notes the outcome of a try. When the refund was made its order is
// refunded with it, if it was given up or had expired and all of it goes back,
// and the customer's letter is due. A refund that was made stays so.
func (s *Store) NoteRefund(ctx context.Context, id string, to bot.RefundState, again time.Time, why string) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		var of string
		var amount catalog.Cents
		if err := tx.QueryRowContext(ctx, `SELECT order_id, amount FROM refunds WHERE id = $1`, id).Scan(&of, &amount); err != nil {
			return err
		}
		o, err := order(ctx, tx, "id = $1"+s.lock, of)
		if err != nil {
			return err
		}
		now := s.Now()
		made := int64(0)
		if to == bot.RefundMade {
			made, again = now.UnixMilli(), now
		}
		if to == bot.RefundGivenUp {
			again = now
		}
		noted, err := changed(tx.ExecContext(ctx, `UPDATE refunds SET state = $2, due = $3, error = $4, made = $5, ended = 0 WHERE id = $1 AND state <> 'made'`,
			id, string(to), again.UnixMilli(), storable(why), made))
		if err != nil || !noted || to != bot.RefundMade {
			return err
		}
		if strings.HasPrefix(id, ofCase) {
			return tell(ctx, tx, id+"/"+string(catalog.CaseRefunded), now)
		}
		switch {
		case !strings.HasPrefix(id, ofOrder) && (!o.Paid.IsZero() || amount != o.Total): // of a payment that the order did not need
		case o.Status == catalog.Cancelled, o.Status == catalog.Refused, o.Status == catalog.Expired:
			return s.change(ctx, tx, &o, step{catalog.Refunded, now, id})
		}
		return tell(ctx, tx, ofRefund+id+"/"+string(bot.RefundMade), now)
	})
	if err != nil {
		return fmt.Errorf("note refund %s: %w", id, err)
	}
	return nil
}

// FailRefund notes that a refund which a provider had made failed after all, as
// it told: staff give the money back. Of a refund that was not made, or was made by
// hand, it changes nothing.
func (s *Store) FailRefund(ctx context.Context, provider, id string) error {
	_, err := s.db.ExecContext(ctx, `
		UPDATE refunds SET state = 'given_up', made = 0, due = $3, ended = 0, error = 'it failed at the bank'
		WHERE id = $1 AND state = 'made' AND error <> $4 AND charge IN (SELECT charge FROM payments WHERE provider = $2)`, id, provider, s.Now().UnixMilli(), byHand)
	if err != nil {
		return fmt.Errorf("fail refund %s: %w", id, err)
	}
	return nil
}

// EndRefund notes that the customer or staff have been told how a refund ended. One
// that stands otherwise by now goes on.
func (s *Store) EndRefund(ctx context.Context, id string, told bot.RefundState) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE refunds SET ended = $2 WHERE id = $1 AND state = $3`, id, s.Now().UnixMilli(), string(told)); err != nil {
		return fmt.Errorf("end refund %s: %w", id, err)
	}
	return nil
}

// stuckRefunds are refunds that were given up, the longest waiting first.
func (s *Store) stuckRefunds(ctx context.Context, most int) ([]staff.Snag, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (staff.Snag, error) {
		var id string
		var since int64
		var document []byte
		n := staff.Snag{Kind: staff.SnagRefund, Why: string(bot.RefundGivenUp), Again: true}
		if err := rows.Scan(&id, &n.Told, &since, &n.Order, &n.Conversation, &document); err != nil {
			return n, err
		}
		o, err := decode(document)
		n.ID, n.Since, n.Total = ofRefund+id, time.UnixMilli(since), o.Total
		return n, err
	}, `
		SELECT r.id, r.amount, r.due, o.number, o.conversation, o.document
		FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.state = 'given_up' ORDER BY r.due, r.id LIMIT $1`, most)
}

// refundAgain lets a refund that was given up be tried again.
func (s *Store) refundAgain(ctx context.Context, id string, at time.Time) error {
	err := found(changed(s.db.ExecContext(ctx, `UPDATE refunds SET state = 'due', tries = 0, due = $2, ended = 0 WHERE id = $1 AND state = 'given_up'`,
		id, at.UnixMilli())))
	if err != nil {
		return fmt.Errorf("try refund %s again: %w", id, err)
	}
	return nil
}

// byHand is why a refund is made that no provider has made.
const byHand = "by hand"

// settleRefund notes that staff gave the money back themselves.
func (s *Store) settleRefund(ctx context.Context, id string) error {
	var waits int
	err := s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM refunds WHERE id = $1 AND state = 'given_up'`, id).Scan(&waits)
	if err != nil {
		return fmt.Errorf("settle refund %s: %w", id, err)
	}
	if waits == 0 {
		return staff.ErrUnknown
	}
	return s.NoteRefund(ctx, id, bot.RefundMade, time.Time{}, byHand)
}
