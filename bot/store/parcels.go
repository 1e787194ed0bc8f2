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

var _ bot.Shipments = (*Store)(nil)

// mostAsked is how often the carrier is asked of one parcel: every half an hour
// for two months.
const mostAsked = 3_000

// follow notes, in the transaction that rewrites an order, that its carrier is to
// be asked of its parcel, or no more.
func follow(ctx context.Context, tx *sql.Tx, o catalog.Order) error {
	switch {
	case o.Tracking == "":
		return nil
	case !bot.UnderWay(o.Status):
		_, err := tx.ExecContext(ctx, `UPDATE parcels SET due = 0 WHERE order_id = $1`, o.ID)
		return err
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO parcels (order_id, code, due) VALUES ($1, $2, 1)
		ON CONFLICT (order_id) DO UPDATE SET code = excluded.code, due = 1, asked = 0, stuck = 0 WHERE parcels.code <> excluded.code`,
		o.ID, storable(catalog.TrackingCode(o.Tracking)))
	return err
}

// ClaimParcels returns orders of whose parcels the carrier is to be asked now,
// the longest waiting first, and keeps them from others until a moment. What
// cannot be read is an error beside those that can.
func (s *Store) ClaimParcels(ctx context.Context, now, until time.Time, most int) ([]catalog.Order, error) {
	type row struct {
		id  string
		due int64
	}
	due, err := list(ctx, s.db, func(rows *sql.Rows) (r row, err error) { return r, rows.Scan(&r.id, &r.due) }, `
		SELECT order_id, due FROM parcels WHERE due > 0 AND due <= $1 ORDER BY due LIMIT $2`, now.UnixMilli(), most)
	if err != nil {
		return nil, fmt.Errorf("look for parcels: %w", err)
	}
	claimed, err := claimDue(due, func(r row) (bool, error) {
		return changed(s.db.ExecContext(ctx, `
			UPDATE parcels SET due = CASE WHEN asked + 1 < $4 THEN CAST($1 AS BIGINT) ELSE 0 END, asked = asked + 1 WHERE order_id = $2 AND due = $3`,
			until.UnixMilli(), r.id, r.due, mostAsked))
	}, func(r row) (catalog.Order, error) {
		o, err := order(ctx, s.db, "id = $1", r.id)
		if err != nil {
			return o, fmt.Errorf("parcel of %s: %w", r.id, err)
		}
		return o, nil
	})
	if err != nil {
		return claimed, fmt.Errorf("claim parcels: %w", err)
	}
	return claimed, nil
}

// DelayParcel lets the carrier be asked of an order's parcel at a moment, unless
// it is to be asked no more.
func (s *Store) DelayParcel(ctx context.Context, id string, until time.Time) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE parcels SET due = $2 WHERE order_id = $1 AND due > 0`, id, until.UnixMilli()); err != nil {
		return fmt.Errorf("delay the parcel of %s: %w", id, err)
	}
	return nil
}

// HoldParcel leaves an order, whose parcel is on its way back, to staff. Its
// carrier is asked no more.
func (s *Store) HoldParcel(ctx context.Context, id string, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `UPDATE parcels SET due = 0, stuck = $2 WHERE order_id = $1 AND due > 0`, id, at.UnixMilli())
	if err != nil {
		return fmt.Errorf("hold the parcel of %s: %w", id, err)
	}
	return nil
}

// OfParcel returns the orders under way with this code; several when they went in
// one parcel.
func (s *Store) OfParcel(ctx context.Context, code string) ([]catalog.Order, error) {
	found, err := orders(ctx, s.db, `id IN (SELECT order_id FROM parcels WHERE code = $1 AND due > 0) LIMIT $2`, catalog.TrackingCode(code), shownOrders)
	if err != nil {
		return nil, fmt.Errorf("orders of a parcel: %w", err)
	}
	return found, nil
}

// ofParcel begins the ids of parcels among what needs a hand.
const ofParcel = "parcel/"

// stuckParcels are the orders whose parcels are on their way back, the longest
// waiting first.
func (s *Store) stuckParcels(ctx context.Context, most int) ([]staff.Snag, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (staff.Snag, error) {
		var id string
		var document []byte
		var since int64
		n := staff.Snag{Kind: staff.SnagParcel, Why: string(catalog.ParcelReturning)}
		if err := rows.Scan(&id, &n.Order, &n.Conversation, &document, &since); err != nil {
			return n, err
		}
		o, err := decode(document)
		n.ID, n.Since, n.Total, n.Outside = ofParcel+id, time.UnixMilli(since), o.Total, o.Tracking
		return n, err
	}, `
		SELECT orders.id, orders.number, orders.conversation, orders.document, stuck
		FROM parcels JOIN orders ON orders.id = parcels.order_id WHERE stuck > 0 ORDER BY stuck, orders.number LIMIT $1`, most)
}

// settleParcel notes that staff have seen to a parcel that came back.
func (s *Store) settleParcel(ctx context.Context, order string) error {
	if err := found(changed(s.db.ExecContext(ctx, `UPDATE parcels SET stuck = 0 WHERE order_id = $1 AND stuck > 0`, order))); err != nil {
		return fmt.Errorf("settle the parcel of %s: %w", order, err)
	}
	return nil
}
