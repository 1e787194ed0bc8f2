package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// ErrNoOrder means that there is no order of this number.
var ErrNoOrder = errors.New("no such order")

// road is the way of an order; it only goes on, and may skip.
var road = []catalog.Status{
	catalog.Placed, catalog.Paid, catalog.Packed, catalog.Shipped, catalog.Ready, catalog.Delivered,
}

// Change is one step of an order.
type Change struct {
	To       catalog.Status
	At       time.Time // zero: now
	Cause    string    // who or what made it: an effect's id, "carrier", an account
	Tracking string    // code of the carrier, if it became known
}

// SetStatus takes an order on: forward on its road, or from placed or paid to
// cancelled, which gives its stock back. The status it has already only updates
// Tracking. Any other way is a *bot.Refused with reason "closed"; a number
// nobody has, ErrNoOrder.
func (s *Store) SetStatus(ctx context.Context, number string, c Change) (catalog.Order, error) {
	if c.To != catalog.Cancelled && !slices.Contains(road, c.To) {
		return catalog.Order{}, fmt.Errorf("set order %s to %q: no such status", number, c.To)
	}
	var o catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) error {
		var err error
		if o, err = s.hold(ctx, tx, number); err != nil {
			return err
		}
		if !leads(o.Status, c.To) {
			return &bot.Refused{Reason: "closed"}
		}
		return s.change(ctx, tx, &o, c)
	})
	if err != nil {
		return catalog.Order{}, fmt.Errorf("set order %s to %s: %w", number, c.To, err)
	}
	return o, nil
}

// Cancel cancels an order that has not left (placed, paid) and gives its stock
// back once; an order that left or does not exist is a *bot.Refused with reason
// "closed". The same id again returns the order as it was then cancelled.
func (s *Store) Cancel(ctx context.Context, id, number string) (catalog.Order, error) {
	var o catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) error {
		var err error
		if o, err = s.hold(ctx, tx, number); errors.Is(err, ErrNoOrder) {
			return &bot.Refused{Reason: "closed"}
		} else if err != nil {
			return err
		}
		if o.Status == catalog.Cancelled {
			return cancelledBy(ctx, tx, o.ID, id)
		}
		if !leads(o.Status, catalog.Cancelled) {
			return &bot.Refused{Reason: "closed"}
		}
		return s.change(ctx, tx, &o, Change{To: catalog.Cancelled, Cause: id})
	})
	if err != nil {
		return catalog.Order{}, fmt.Errorf("cancel order %s: %w", number, err)
	}
	return o, nil
}

// cancelledBy refuses unless it was this id that cancelled the order.
func cancelledBy(ctx context.Context, tx *sql.Tx, order, id string) error {
	var cause string
	err := tx.QueryRowContext(ctx, `SELECT cause FROM order_events WHERE order_id = $1 AND to_status = $2`,
		order, catalog.Cancelled).Scan(&cause)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if cause != id {
		return &bot.Refused{Reason: "closed"}
	}
	return nil
}

// hold reads the order of a number and keeps it for this transaction.
func (s *Store) hold(ctx context.Context, tx *sql.Tx, number string) (catalog.Order, error) {
	o, err := order(ctx, tx, "number_key = $1"+s.lock, numberKey(number))
	if errors.Is(err, sql.ErrNoRows) {
		return o, ErrNoOrder
	}
	return o, err
}

// leads says whether an order may go from one status to another, or stay.
func leads(from, to catalog.Status) bool {
	if to == catalog.Cancelled {
		return from == catalog.Placed || from == catalog.Paid
	}
	here := slices.Index(road, from)
	return here >= 0 && here <= slices.Index(road, to)
}

// change writes the step into the order, which the transaction holds.
func (s *Store) change(ctx context.Context, tx *sql.Tx, o *catalog.Order, c Change) error {
	if c.At.IsZero() {
		c.At = s.Now()
	}
	from := o.Status
	o.Status = c.To
	o.Tracking = cmp.Or(c.Tracking, o.Tracking)
	if c.To == catalog.Delivered && o.Delivered.IsZero() {
		o.Delivered = c.At
	}
	if err := rewrite(ctx, tx, *o); err != nil {
		return err
	}
	if from == c.To {
		return nil
	}
	if c.To == catalog.Cancelled {
		if err := giveBack(ctx, tx, o.ID); err != nil {
			return err
		}
	}
	return note(ctx, tx, o.ID, from, c.To, c.At, c.Cause)
}
