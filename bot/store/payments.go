package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

var (
	_ bot.Payments = (*Store)(nil)
	_ bot.Drawer   = (*Store)(nil)
)

// Limits of payments.
const (
	maxCharges  = 20                 // charges of one order
	pendingHold = time.Hour          // for which goods stay reserved each time that a payment is told to be pending …
	pendingMost = 7 * 24 * time.Hour // … but no longer than this after it was asked
)

// payment is a row of payments.
type payment struct {
	catalog.Payment
	order   string // id
	kind    string
	made    int64
	taken   bool
	settled string // effect that settled it last
	reason  string
}

const paymentColumns = `charge, order_id, provider, COALESCE(provider_id, ''), kind, state, amount, currency, method, link, made, taken, settled, reason`

func readPayment(row interface{ Scan(...any) error }) (p payment, err error) {
	err = row.Scan(&p.Charge, &p.order, &p.Provider, &p.ID, &p.kind, &p.State, &p.Amount, &p.Currency, &p.Method, &p.Link, &p.made, &p.taken, &p.settled, &p.reason)
	return p, err
}

// payments reads rows; where ends the statement.
func payments(ctx context.Context, q querier, where string, args ...any) ([]payment, error) {
	return list(ctx, q, func(rows *sql.Rows) (payment, error) { return readPayment(rows) }, `SELECT `+paymentColumns+` FROM payments WHERE `+where, args...)
}

// BeginPayment writes down, before a provider is asked, that it will be asked
// for the price of an order. The effect's first charge has its id; after an
// answer that is not known the next one is "<effect>#2", since a provider may
// take an id only once. An effect that was answered returns that answer, with
// its Link or ID. An order that does not await payment is a *bot.Refused:
// "paid", "closed", "late" when its reservation is over, and "tries" beyond 20
// charges.
func (s *Store) BeginPayment(ctx context.Context, effect, number, kind, provider string) (catalog.Payment, catalog.Order, error) {
	var p catalog.Payment
	var o catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) error {
		var err error
		if o, err = s.hold(ctx, tx, number); err != nil {
			return err
		}
		before, err := payments(ctx, tx, `effect = $1 ORDER BY LENGTH(charge) DESC, charge DESC`, effect)
		if err != nil {
			return err
		}
		if len(before) > 0 && before[0].State != catalog.PaymentAsked {
			p = before[0].Payment
			return nil
		}
		now := s.Now()
		var charges int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM payments WHERE order_id = $1`, o.ID).Scan(&charges); err != nil {
			return err
		}
		switch {
		case !o.Paid.IsZero():
			return &bot.Refused{Reason: "paid"}
		case o.Status != catalog.Awaiting:
			return &bot.Refused{Reason: "closed"}
		case !o.ReservedUntil.After(now):
			return &bot.Refused{Reason: "late"}
		case charges >= maxCharges:
			return &bot.Refused{Reason: "tries"}
		}
		p = catalog.Payment{Provider: provider, Charge: effect, State: catalog.PaymentAsked, Amount: o.Total, Currency: o.Currency}
		if n := len(before); n > 0 {
			p.Charge += "#" + strconv.Itoa(n+1)
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO payments (charge, effect, order_id, conversation, provider, kind, state, amount, currency, made, expires)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			p.Charge, effect, o.ID, o.Conversation, provider, kind, p.State, p.Amount, p.Currency, now.UnixMilli(), millis(o.ReservedUntil))
		return err
	})
	if err != nil {
		return catalog.Payment{}, o, fmt.Errorf("begin a payment of order %s: %w", number, err)
	}
	return p, o, nil
}

// NotePayment notes what a provider answered when it was asked. A payment of
// which it has told more meanwhile keeps that.
func (s *Store) NotePayment(ctx context.Context, p catalog.Payment) error {
	_, err := s.db.ExecContext(ctx, `
		UPDATE payments SET provider_id = COALESCE(provider_id, $2), link = $3, state = CASE WHEN state = 'asked' THEN $4 ELSE state END
		WHERE charge = $1`, p.Charge, orNull(p.ID), p.Link, string(p.State))
	if err != nil {
		return fmt.Errorf("note payment %s: %w", p.Charge, err)
	}
	return nil
}

// orNull is NULL for "".
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// Unsettled returns the payments of an order that may still bring money, newest
// first: those whose time is over among them, since some pages stay open.
func (s *Store) Unsettled(ctx context.Context, number string) ([]catalog.Payment, error) {
	return s.paymentsWhere(ctx, "unsettled payments of order "+number, `
		order_id = (SELECT id FROM orders WHERE number_key = $1) AND state IN ('asked', 'open', 'pending', 'expired') ORDER BY made DESC, charge DESC`, numberKey(number))
}

// PaymentsOf returns all payments of an order, newest first.
func (s *Store) PaymentsOf(ctx context.Context, number string) ([]catalog.Payment, error) {
	return s.paymentsWhere(ctx, "payments of order "+number, `
		order_id = (SELECT id FROM orders WHERE number_key = $1) ORDER BY made DESC, charge DESC`, numberKey(number))
}

// Leftover returns payments that are open though their order no longer awaits
// any, the oldest first.
func (s *Store) Leftover(ctx context.Context, most int) ([]catalog.Payment, error) {
	return s.paymentsWhere(ctx, "left-over payments", `
		state IN ('asked', 'open') AND order_id IN (SELECT id FROM orders WHERE status <> $1) ORDER BY made LIMIT $2`, string(catalog.Awaiting), most)
}

func (s *Store) paymentsWhere(ctx context.Context, what, where string, args ...any) ([]catalog.Payment, error) {
	found, err := payments(ctx, s.db, where, args...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	all := make([]catalog.Payment, len(found))
	for i, p := range found {
		all[i] = p.Payment
	}
	return all, nil
}

// OfCharge returns the order of a charge of a provider; found is false when
// nobody made it.
func (s *Store) OfCharge(ctx context.Context, provider, charge string) (o catalog.Order, found bool, err error) {
	var id string
	err = s.db.QueryRowContext(ctx, `SELECT order_id FROM payments WHERE charge = $1 AND provider = $2`, charge, provider).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return o, false, nil
	}
	if err == nil {
		o, err = order(ctx, s.db, "id = $1", id)
	}
	if err != nil {
		return o, false, fmt.Errorf("read the order of charge %s: %w", charge, err)
	}
	return o, true, nil
}
