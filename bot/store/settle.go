package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// SettlePayment takes what a provider tells of a charge, in one transaction: the
// payment as it now stands, and for money the order paid – or, when the order
// cannot take it, a refund. What is told twice, or of a payment that was paid
// before, changes nothing and is Again; the same effect once more returns what
// came of it the first time. A pending payment keeps the goods reserved. A
// charge that nobody made, or of another provider, is a *bot.Refused with
// reason "unknown".
func (s *Store) SettlePayment(ctx context.Context, effect string, told catalog.Payment) (bot.Settled, error) {
	var done bot.Settled
	err := s.within(ctx, func(tx *sql.Tx) error {
		done = bot.Settled{}
		row, err := readPayment(tx.QueryRowContext(ctx, `SELECT `+paymentColumns+` FROM payments WHERE charge = $1`, told.Charge))
		if errors.Is(err, sql.ErrNoRows) || err == nil && row.Provider != told.Provider {
			return &bot.Refused{Reason: "unknown"}
		}
		if err != nil {
			return err
		}
		o, err := order(ctx, tx, "id = $1"+s.lock, row.order) // who settles holds the order, and so its payments
		if err != nil {
			return err
		}
		if row, err = readPayment(tx.QueryRowContext(ctx, `SELECT `+paymentColumns+` FROM payments WHERE charge = $1`, told.Charge)); err != nil {
			return err
		}
		if row.ID != "" && told.ID != "" && row.ID != told.ID {
			if row, err = second(ctx, tx, row, told); err != nil {
				return err
			}
		}
		if row.ID == "" {
			row.ID = told.ID
		}
		if told.Method != "" {
			row.Method = told.Method
		}
		if row.settled == effect && row.State == told.State {
			done = bot.Settled{Order: o, Payment: row.Payment, Reason: row.reason}
			if row.reason != "" {
				done.Refund = row.Amount
			}
			return nil
		}
		if err := s.settle(ctx, tx, &o, &row, told, &done); err != nil {
			return err
		}
		done.Order, done.Payment = o, row.Payment
		if done.Again {
			return nil
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE payments SET provider_id = $2, state = $3, amount = $4, currency = $5, method = $6, taken = $7, settled = $8, reason = $9
			WHERE charge = $1`,
			row.Charge, orNull(row.ID), string(row.State), row.Amount, row.Currency, row.Method, bit(row.taken), effect, done.Reason)
		if err != nil || done.Refund == 0 {
			return err
		}
		return s.owe(ctx, tx, debt{"payment/" + row.Charge, row, done.Refund, s.Now()})
	})
	if err != nil {
		return bot.Settled{}, fmt.Errorf("settle payment %s: %w", told.Charge, err)
	}
	return done, nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// second is the row of another payment of a charge that has one already: two
// customers paid the same invoice.
func second(ctx context.Context, tx *sql.Tx, first payment, told catalog.Payment) (payment, error) {
	charge := first.Charge + "@" + told.ID
	_, err := tx.ExecContext(ctx, `
		INSERT INTO payments (charge, effect, order_id, conversation, provider, provider_id, kind, state, amount, currency, made, expires)
		SELECT $1, effect, order_id, conversation, provider, $2, kind, 'open', amount, currency, made, expires FROM payments WHERE charge = $3
		ON CONFLICT DO NOTHING`, charge, told.ID, first.Charge)
	if err != nil {
		return payment{}, err
	}
	p, err := readPayment(tx.QueryRowContext(ctx, `SELECT `+paymentColumns+` FROM payments WHERE charge = $1`, charge))
	if errors.Is(err, sql.ErrNoRows) { // it is the payment of another charge
		err = &bot.Refused{Reason: "unknown"}
	}
	return p, err
}

// settle decides what a payment's new state does to its order.
func (s *Store) settle(ctx context.Context, tx *sql.Tx, o *catalog.Order, row *payment, told catalog.Payment, done *bot.Settled) error {
	if row.State == catalog.PaymentPaid || row.State == told.State && told.State != catalog.PaymentPending {
		done.Again = true
		return nil
	}
	switch told.State {
	case catalog.PaymentPaid:
		return s.takeMoney(ctx, tx, o, row, told, done)
	case catalog.PaymentPending:
		done.Again = row.State == told.State
		return s.prolong(ctx, tx, o, row)
	case catalog.PaymentFailed, catalog.PaymentExpired:
		row.State = told.State
	default:
		done.Again = true
	}
	return nil
}

// put are the statuses of an order that is not paid yet, but is to be paid in
// another way: an invoice may have been sent by now.
var put = map[catalog.Status]bool{
	catalog.Placed: true, catalog.Handed: true, catalog.Packed: true, catalog.Shipped: true, catalog.Ready: true, catalog.Delivered: true, catalog.Closed: true,
}

// takeMoney pays the order, or says why it cannot be.
func (s *Store) takeMoney(ctx context.Context, tx *sql.Tx, o *catalog.Order, row *payment, told catalog.Payment, done *bot.Settled) error {
	right := told.Amount == row.Amount && told.Currency == row.Currency
	row.State, row.Amount, row.Currency = told.State, told.Amount, told.Currency
	switch {
	case !right:
		done.Reason = "amount"
	case !o.Paid.IsZero():
		done.Reason = "paid"
	case put[o.Status]:
		done.Reason = "changed"
	case o.Status.Step(catalog.Paid) != nil, o.Token == "": // who would get the goods is forgotten
		done.Reason = "closed"
	default:
		paid := *o
		paid.Payment = row.kind
		err := attempt(ctx, tx, func() error {
			return s.change(ctx, tx, &paid, step{catalog.Paid, s.Now(), row.Provider + "/" + row.ID})
		})
		var refused *bot.Refused
		switch {
		case errors.As(err, &refused):
			done.Reason = refused.Reason
		case err != nil:
			return err
		default:
			*o, row.taken = paid, true
			return nil
		}
	}
	done.Refund = told.Amount
	return nil
}

// attempt does something of a transaction, and undoes only that when it fails.
func attempt(ctx context.Context, tx *sql.Tx, do func() error) error {
	if _, err := tx.ExecContext(ctx, `SAVEPOINT attempt`); err != nil {
		return err
	}
	end := `RELEASE SAVEPOINT attempt`
	err := do()
	if err != nil {
		end = `ROLLBACK TO SAVEPOINT attempt`
	}
	if _, ended := tx.ExecContext(ctx, end); ended != nil {
		return errors.Join(err, ended)
	}
	return err
}

// prolong keeps the goods of a payment that is pending.
func (s *Store) prolong(ctx context.Context, tx *sql.Tx, o *catalog.Order, row *payment) error {
	row.State = catalog.PaymentPending
	until := s.Now().Add(pendingHold)
	if most := time.UnixMilli(row.made).Add(pendingMost); until.After(most) {
		until = most
	}
	if o.Status != catalog.Awaiting || !until.After(o.ReservedUntil) {
		return nil
	}
	o.ReservedUntil = until
	return rewrite(ctx, tx, *o)
}
