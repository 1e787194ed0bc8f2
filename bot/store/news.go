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

// isTheirs refuses news of another order of the system than the one that it took
// as this: a copy that somebody made of it there, or in a copy of the shop.
func isTheirs(ctx context.Context, tx *sql.Tx, order, outside string) error {
	if outside == "" {
		return nil
	}
	var taken string
	err := tx.QueryRowContext(ctx, `SELECT outside FROM pushes WHERE order_id = $1 AND outside <> ''`, order).Scan(&taken)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil && taken != outside:
		return ErrNoOrder
	}
	return err
}

// Told takes down what the shop's own system tells of an order, at once, and
// returns the order as it is then; none when nobody has its number. A step back,
// or one that its life does not have, changes nothing: systems tell late, twice
// and in any order.
func (s *Store) Told(ctx context.Context, n catalog.News, at time.Time) (o catalog.Order, found bool, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		if o, err = s.hold(ctx, tx, n.Order); err != nil {
			return err
		}
		if err := isTheirs(ctx, tx, o.ID, n.Outside); err != nil {
			return err
		}
		if n.Tracking != "" && n.Tracking != o.Tracking {
			o.Tracking = n.Tracking
			if err := rewrite(ctx, tx, o); err != nil {
				return err
			}
		}
		to := o.Sent(n.Status)
		if to == "" || to == catalog.Paid || o.Status.Step(to) != nil {
			return nil
		}
		return s.change(ctx, tx, &o, step{to, at, System})
	})
	if err == nil && n.Status == catalog.Paid {
		var paid catalog.Order
		var refused *bot.Refused
		if paid, err = s.Pay(ctx, n.Order, System, at); err == nil {
			o = paid
		} else if errors.As(err, &refused) {
			err = nil
		}
	}
	if errors.Is(err, ErrNoOrder) {
		return catalog.Order{}, false, nil
	}
	if err != nil {
		return catalog.Order{}, false, fmt.Errorf("take down what is told of order %s: %w", n.Order, err)
	}
	return o, true, nil
}
