package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

var _ bot.Orders = (*Store)(nil)

// shownOrders is how many orders of a conversation are returned.
const shownOrders = 10

// maxPieces is how many pieces a line may have; far more than a shop sells, far
// less than a sum can hold.
const maxPieces = 100_000

// Place writes the order, gives it its number and the token of its page, takes
// its pieces from the counted stock and counts its discounts, in one
// transaction. With ReservedUntil it awaits its payment until then, else it is
// sold. The same ID again returns the order of the first time. When stock is
// short nothing is written and a *bot.Refused with reason "stock" names the
// SKUs that are; likewise "discount" when a code has been used too often. An
// order without an ID or lines, or with a line of no pieces or more than
// maxPieces, is an error.
func (s *Store) Place(ctx context.Context, o catalog.Order) (catalog.Order, error) {
	if err := sound(o); err != nil {
		return catalog.Order{}, fmt.Errorf("place order: %w", err)
	}
	if o.Placed.IsZero() {
		o.Placed = s.Now()
	}
	steps := []catalog.Status{catalog.Shown, catalog.Placed}
	if !o.ReservedUntil.IsZero() {
		steps = append(steps, catalog.Awaiting)
	}
	o.Status = steps[len(steps)-1]
	var placed catalog.Order
	err := s.within(ctx, func(tx *sql.Tx) error {
		document, fresh, err := number(ctx, tx, &o)
		if err != nil {
			return err
		}
		if !fresh {
			placed, err = order(ctx, tx, "id = $1", o.ID)
			return err
		}
		if err := noteFirst(ctx, tx, o, steps); err != nil {
			return err
		}
		if o.Status == catalog.Placed {
			if err := s.handOn(ctx, tx, o.ID, o.Placed); err != nil {
				return err
			}
		}
		if err := countDiscounts(ctx, tx, o); err != nil {
			return err
		}
		if err := s.usePoints(ctx, tx, o, false); err != nil {
			return err
		}
		// Everybody wants the same few goods: their rows are held last, and so shortest.
		if err := s.take(ctx, tx, o); err != nil {
			return err
		}
		placed, err = decode(document)
		return err
	})
	if err != nil {
		return catalog.Order{}, fmt.Errorf("place order %s: %w", o.ID, err)
	}
	return placed, nil
}

func sound(o catalog.Order) error {
	switch {
	case o.ID == "":
		return errors.New("it has no ID")
	case len(o.Lines) == 0:
		return errors.New("it has no lines")
	}
	for i, l := range o.Lines {
		if l.Qty < 1 || l.Qty > maxPieces {
			return fmt.Errorf("line %d has %d pieces", i+1, l.Qty)
		}
	}
	return nil
}

// number inserts the order under a number that is free, and returns its document.
// It is not fresh when its ID has been there before.
func number(ctx context.Context, tx *sql.Tx, o *catalog.Order) (document []byte, fresh bool, err error) {
	for try := range 40 {
		o.Number = newNumber(orderLetter, try)
		document, inserted, err := insert(ctx, tx, *o)
		if err != nil || inserted {
			return document, inserted, err
		}
		var there int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM orders WHERE id = $1`, o.ID).Scan(&there); err != nil {
			return nil, false, err
		}
		if there > 0 {
			return nil, false, nil
		}
	}
	return nil, false, errors.New("found no free order number")
}

// insert adds an order, with the token of its page, unless its ID or number is
// taken.
func insert(ctx context.Context, tx *sql.Tx, o catalog.Order) (document []byte, inserted bool, err error) {
	o.Token = rand.Text() // 130 bits
	if document, err = json.Marshal(o); err != nil {
		return nil, false, err
	}
	inserted, err = changed(tx.ExecContext(ctx, `
		INSERT INTO orders (id, number, number_key, conversation, status, placed, reserved_until, email, phone, page, document)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
		o.ID, storable(o.Number), numberKey(o.Number), o.Conversation, o.Status, o.Placed.UnixMilli(), millis(o.ReservedUntil),
		storable(foldEmail(o.Contact.Email)), foldPhone(o.Contact.Phone), hash(o.Token), string(document)))
	return document, inserted, err
}

// rewrite replaces an order by what it has become.
func rewrite(ctx context.Context, tx *sql.Tx, o catalog.Order) error {
	document, err := json.Marshal(o)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, `UPDATE orders SET status = $2, reserved_until = $3, document = $4 WHERE id = $1`,
		o.ID, o.Status, millis(o.ReservedUntil), string(document)); err != nil {
		return err
	}
	return follow(ctx, tx, o)
}

// millis are Unix milliseconds, 0 for no moment.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Put adds an order that exists already, under the number and status it has,
// and takes no stock. An order without an ID gets one by its number.
func (s *Store) Put(ctx context.Context, o catalog.Order) error {
	o.ID = cmp.Or(o.ID, "given/"+o.Number)
	if numberKey(o.Number) == "" || o.Status == "" {
		return fmt.Errorf("put order %q: it needs a number and a status", o.Number)
	}
	if o.Placed.IsZero() {
		o.Placed = s.Now()
	}
	err := s.within(ctx, func(tx *sql.Tx) error {
		_, inserted, err := insert(ctx, tx, o)
		if err != nil {
			return err
		}
		if !inserted {
			return errors.New("there is one with its number or ID")
		}
		if err := follow(ctx, tx, o); err != nil {
			return err
		}
		return note(ctx, tx, o.ID, "", o.Status, o.Placed, given)
	})
	if err != nil {
		return fmt.Errorf("put order %s: %w", o.Number, err)
	}
	return nil
}

// OfConversation returns the orders placed in a conversation or another of the
// same customer, newest first, at most 10.
func (s *Store) OfConversation(ctx context.Context, conversation string) ([]catalog.Order, error) {
	found, err := orders(ctx, s.db, `conversation IN (`+theirs+`) ORDER BY placed DESC, id DESC LIMIT $2`, conversation, shownOrders)
	if err != nil {
		return nil, fmt.Errorf("orders of %s: %w", conversation, err)
	}
	return found, nil
}

// order reads one order; sql.ErrNoRows when there is none.
func order(ctx context.Context, q querier, where string, arg string) (catalog.Order, error) {
	var document []byte
	if err := q.QueryRowContext(ctx, `SELECT document FROM orders WHERE `+where, arg).Scan(&document); err != nil {
		return catalog.Order{}, err
	}
	return decode(document)
}

// orders reads several.
func orders(ctx context.Context, q querier, where string, args ...any) ([]catalog.Order, error) {
	return list(ctx, q, func(rows *sql.Rows) (catalog.Order, error) {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return catalog.Order{}, err
		}
		return decode(document)
	}, `SELECT document FROM orders WHERE `+where, args...)
}

func decode(document []byte) (catalog.Order, error) {
	var o catalog.Order
	if err := json.Unmarshal(document, &o); err != nil {
		return catalog.Order{}, fmt.Errorf("decode order: %w", err)
	}
	return o, nil
}

// given is the cause of orders that were there before; of them nobody is told.
const given = "given"

// noteFirst writes the first events of an order, from each step to the next, and
// the letters that may have to tell them.
func noteFirst(ctx context.Context, tx *sql.Tx, o catalog.Order, steps []catalog.Status) error {
	var events, letters []any
	for i, to := range steps[1:] {
		events = append(events, o.ID, i+1, steps[i], to, o.Placed.UnixMilli(), o.ID)
		letters = append(letters, ofOrder+o.ID+"/"+string(to), o.Placed.UnixMilli())
	}
	n := len(steps) - 1
	if _, err := tx.ExecContext(ctx, `INSERT INTO order_events (order_id, n, from_status, to_status, at, cause) VALUES `+rows(n, 6, 1), events...); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO letters (id, due) VALUES `+rows(n, 2, 1), letters...)
	return err
}

// note writes an event of an order, whose row the transaction holds.
func note(ctx context.Context, tx *sql.Tx, id string, from, to catalog.Status, at time.Time, cause string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO order_events (order_id, n, from_status, to_status, at, cause)
		SELECT $1, COUNT(*) + 1, $2, $3, CAST($4 AS BIGINT), $5 FROM order_events WHERE order_id = $1`,
		id, from, to, at.UnixMilli(), cause)
	if err != nil || from == to || cause == given {
		return err
	}
	return tell(ctx, tx, ofOrder+id+"/"+string(to), at)
}
