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

// ErrNoOrder means that there is no such order.
var ErrNoOrder = errors.New("no such order")

// step is a step of an order.
type step struct {
	to    catalog.Status
	at    time.Time
	cause string
}

// Advance takes an order one step on in its life, at a time (zero: now), for a
// cause: an effect's id, "carrier", an account. The status it has already
// changes nothing. A step that its life does not have is a
// *catalog.IllegalStep, a number nobody has is ErrNoOrder. Goods given up go
// back into stock, and uses of codes with them; an order that is revived takes
// them again, or is refused with reason "stock". Money of goods that were
// delivered goes back by a case only.
func (s *Store) Advance(ctx context.Context, number string, to catalog.Status, cause string, at time.Time) (catalog.Order, error) {
	var o catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) error {
		var err error
		if o, err = s.hold(ctx, tx, number); err != nil {
			return err
		}
		if to == catalog.Refunded && o.Status.Step(catalog.Returned) == nil {
			return &catalog.IllegalStep{Of: "order without a case", From: string(o.Status), To: string(to)}
		}
		return s.change(ctx, tx, &o, step{to, at, cause})
	})
	if err != nil {
		return catalog.Order{}, fmt.Errorf("take order %s to %s: %w", number, to, err)
	}
	return o, nil
}

// Pay notes that an order was paid, by a payment that cause names. The same
// payment again changes nothing. A payment that the order cannot take is a
// *bot.Refused and must be given back: "paid" when another one paid it before,
// "stock" when it came after the reservation ran out and the goods have been
// sold, "closed" when the order was cancelled or refused. What was reserved and
// expired is revived when its goods are still there. An invoice may be paid
// after the goods have left: then only Paid is noted.
func (s *Store) Pay(ctx context.Context, number, cause string, at time.Time) (catalog.Order, error) {
	var o catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) error {
		var err error
		if o, err = s.hold(ctx, tx, number); err != nil {
			return err
		}
		if !o.Paid.IsZero() {
			return paidBy(ctx, tx, o.ID, cause)
		}
		switch {
		case o.Status.Step(catalog.Paid) == nil:
			return s.change(ctx, tx, &o, step{catalog.Paid, at, cause})
		case o.Status.Step(catalog.Closed) == nil || o.Status.Step(catalog.Delivered) == nil:
			o.Paid = s.moment(at)
			if err := rewrite(ctx, tx, o); err != nil {
				return err
			}
			return note(ctx, tx, o.ID, o.Status, o.Status, o.Paid, cause)
		}
		return &bot.Refused{Reason: "closed"}
	})
	if err != nil {
		return catalog.Order{}, fmt.Errorf("pay order %s: %w", number, err)
	}
	return o, nil
}

// Track notes the carrier's code of an order's parcel.
func (s *Store) Track(ctx context.Context, number, code string) (catalog.Order, error) {
	var o catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) error {
		var err error
		if o, err = s.hold(ctx, tx, number); err != nil {
			return err
		}
		o.Tracking = code
		return rewrite(ctx, tx, o)
	})
	if err != nil {
		return catalog.Order{}, fmt.Errorf("track order %s: %w", number, err)
	}
	return o, nil
}

// Overdue returns orders whose reservation has run out, the oldest first.
func (s *Store) Overdue(ctx context.Context, now time.Time, most int) ([]catalog.Order, error) {
	found, err := orders(ctx, s.db, `reserved_until > 0 AND reserved_until <= $1 ORDER BY reserved_until LIMIT $2`, now.UnixMilli(), most)
	if err != nil {
		return nil, fmt.Errorf("look for reservations: %w", err)
	}
	return found, nil
}

// ExpireOrder lets an order expire whose reservation has run out by now, unless
// it was paid or given up meanwhile, and returns it as it then is. Any number of
// nodes may do so at once: an order expires once.
func (s *Store) ExpireOrder(ctx context.Context, number string, now time.Time) (o catalog.Order, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		if o, err = s.hold(ctx, tx, number); err != nil || o.Status != catalog.Awaiting || o.ReservedUntil.After(now) {
			return err
		}
		return s.change(ctx, tx, &o, step{catalog.Expired, now, "reservation"})
	})
	if err != nil {
		return catalog.Order{}, fmt.Errorf("expire order %s: %w", number, err)
	}
	return o, nil
}

// ChangePayment lets an order that awaits its payment be paid in a way of this
// kind, which the shop keeps itself, instead: it is sold, and its confirmation is
// sent once more. The same effect again returns the order. An order that does not
// wait is a *bot.Refused: "paid", "closed", "late" when its reservation is over,
// "pending" while a payment of it is.
func (s *Store) ChangePayment(ctx context.Context, effect, number, kind string) (o catalog.Order, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		if o, err = s.hold(ctx, tx, number); err != nil {
			return err
		}
		var changed, pending int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM order_events WHERE order_id = $1 AND cause = $2`, o.ID, effect).Scan(&changed); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM payments WHERE order_id = $1 AND state = $2`, o.ID, catalog.PaymentPending).Scan(&pending); err != nil {
			return err
		}
		switch {
		case changed > 0:
			return nil
		case !o.Paid.IsZero():
			return &bot.Refused{Reason: "paid"}
		case o.Status != catalog.Awaiting:
			return &bot.Refused{Reason: "closed"}
		case pending > 0:
			return &bot.Refused{Reason: "pending"}
		case !o.ReservedUntil.After(s.Now()):
			return &bot.Refused{Reason: "late"}
		}
		o.Payment = kind
		if err := s.change(ctx, tx, &o, step{catalog.Placed, s.Now(), effect}); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE letters SET ended = 0, tries = 0, due = $2 WHERE id = $1`,
			ofOrder+o.ID+"/"+string(catalog.Placed), s.Now().UnixMilli())
		return err
	})
	if err != nil {
		return o, fmt.Errorf("change the payment of order %s: %w", number, err)
	}
	return o, nil
}

// paidBy refuses unless it was this payment that paid the order.
func paidBy(ctx context.Context, tx *sql.Tx, order, cause string) error {
	var n int
	err := tx.QueryRowContext(ctx, `
		SELECT COUNT(*) FROM order_events WHERE order_id = $1 AND cause = $2 AND (to_status = $3 OR from_status = to_status)`,
		order, cause, catalog.Paid).Scan(&n)
	if err == nil && n == 0 {
		err = &bot.Refused{Reason: "paid"}
	}
	return err
}

// hold reads the order of a number and keeps it for this transaction.
func (s *Store) hold(ctx context.Context, tx *sql.Tx, number string) (catalog.Order, error) {
	o, err := order(ctx, tx, "number_key = $1"+s.lock, numberKey(number))
	if errors.Is(err, sql.ErrNoRows) {
		return o, ErrNoOrder
	}
	return o, err
}

// change takes a step with the order, which the transaction holds.
func (s *Store) change(ctx context.Context, tx *sql.Tx, o *catalog.Order, do step) error {
	from := o.Status
	if err := from.Step(do.to); err != nil || from == do.to {
		return err
	}
	do.at = s.moment(do.at)
	o.Status, o.ReservedUntil = do.to, time.Time{}
	if do.to == catalog.Delivered && o.Delivered.IsZero() {
		o.Delivered = do.at
	}
	if do.to == catalog.Paid || do.to == catalog.Delivered && o.Payment == catalog.AtStore && o.Paid.IsZero() {
		o.Paid = do.at
	}
	if err := rewrite(ctx, tx, *o); err != nil {
		return err
	}
	if err := s.move(ctx, tx, *o, from, do); err != nil {
		return err
	}
	return note(ctx, tx, o.ID, from, do.to, do.at, do.cause)
}

// move gives an order's goods back, or takes them again, or hands it on, as its
// new status asks. Stock is changed after discounts, as in Place: so two
// transactions never wait for each other.
func (s *Store) move(ctx context.Context, tx *sql.Tx, o catalog.Order, from catalog.Status, do step) error {
	if o.Status == catalog.Paid || o.Status == catalog.Placed {
		if err := s.handOn(ctx, tx, o.ID, do.at); err != nil {
			return err
		}
	}
	switch {
	case o.Status == catalog.Cancelled, o.Status == catalog.Expired, o.Status == catalog.Refused:
		if err := caseless(ctx, tx, o, from); err != nil {
			return err
		}
		if err := s.keepBack(ctx, tx, o.ID, do); err != nil {
			return err
		}
		if err := s.returnMoney(ctx, tx, o, s.Now()); err != nil {
			return err
		}
		if err := uncountDiscounts(ctx, tx, o); err != nil {
			return err
		}
		return giveBack(ctx, tx, o.ID)
	case from == catalog.Expired && o.Status == catalog.Paid:
		if err := recountDiscounts(ctx, tx, o); err != nil {
			return err
		}
		if err := s.usePoints(ctx, tx, o, true); err != nil {
			return err
		}
		return s.take(ctx, tx, o)
	case o.Status == catalog.Returned, o.Status == catalog.Refunded:
		return s.takeBack(ctx, tx, o, string(o.Status))
	}
	return nil
}

// moment is the time told, else now.
func (s *Store) moment(told time.Time) time.Time {
	if told.IsZero() {
		return s.Now()
	}
	return told
}
