package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tiski/bot/staff"
	"tiski/catalog"
)

var _ staff.Cases = (*Store)(nil)

// ErrNoCase means that there is no case of this number.
var ErrNoCase = fmt.Errorf("no such case: %w", staff.ErrUnknown)

// OpenCase opens a case of an order, once: the same id again returns the case of
// the first time, as it is now. begin gets the order and its earlier cases,
// which nobody changes meanwhile, and returns the case or why there can be none
// (catalog.Shop.NewCase). The order is cancelled with a case that is
// CaseCancelled. A number nobody has is ErrNoOrder.
func (s *Store) OpenCase(ctx context.Context, id, number string, begin func(catalog.Order, []catalog.Case) (catalog.Case, error)) (catalog.Case, error) {
	var c catalog.Case
	err := s.within(ctx, func(tx *sql.Tx) error {
		o, err := s.hold(ctx, tx, number)
		if err != nil {
			return err
		}
		earlier, err := casesOf(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		for _, e := range earlier {
			if e.ID == id {
				c = e
				return nil
			}
		}
		if c, err = begin(o, earlier); err != nil {
			return err
		}
		c.ID = id
		if err := addCase(ctx, tx, &c, o.ID); err != nil {
			return err
		}
		if err := noteCase(ctx, tx, id, "", catalog.CaseOpen, c.Opened, id); err != nil || c.State == catalog.CaseOpen {
			return err
		}
		if err := s.change(ctx, tx, &o, step{catalog.Cancelled, c.Opened, id}); err != nil {
			return err
		}
		return noteCase(ctx, tx, id, catalog.CaseOpen, c.State, c.Opened, id)
	})
	if err != nil {
		return catalog.Case{}, fmt.Errorf("open a case of order %s: %w", number, err)
	}
	return c, nil
}

// addCase inserts a case under a number that is free.
func addCase(ctx context.Context, tx *sql.Tx, c *catalog.Case, order string) error {
	for try := range 40 {
		c.Number = newNumber(caseLetter, try)
		document, err := json.Marshal(c)
		if err != nil {
			return err
		}
		inserted, err := changed(tx.ExecContext(ctx, `
			INSERT INTO cases (id, number, number_key, order_id, opened, document)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
			c.ID, c.Number, numberKey(c.Number), order, c.Opened.UnixMilli(), string(document)))
		if err != nil || inserted {
			return err
		}
	}
	return errors.New("found no free case number")
}

// AdvanceCase takes a case one step on, at a time (zero: now), for a cause; its
// order goes with it when goods have come back or are refunded. The state it has
// already changes nothing; a step that its life does not have is a
// *catalog.IllegalStep, a number nobody has is ErrNoCase.
func (s *Store) AdvanceCase(ctx context.Context, number string, to catalog.CaseState, cause string, at time.Time) (catalog.Case, error) {
	var c catalog.Case
	err := s.within(ctx, func(tx *sql.Tx) error {
		var of string
		err := tx.QueryRowContext(ctx, `SELECT order_id FROM cases WHERE number_key = $1`, numberKey(number)).Scan(&of)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoCase
		} else if err != nil {
			return err
		}
		// Who changes a case holds its order.
		o, err := order(ctx, tx, "id = $1"+s.lock, of)
		if err != nil {
			return err
		}
		cases, err := casesOf(ctx, tx, of)
		if err != nil {
			return err
		}
		for i := range cases {
			if numberKey(cases[i].Number) == numberKey(number) {
				c = cases[i]
				cases[i].State = to
			}
		}
		from := c.State
		if to == catalog.CaseCancelled && from != to {
			return &catalog.IllegalStep{Of: "case", From: string(from), To: string(to)} // only as it is opened
		}
		if err := from.Step(to); err != nil || from == to {
			return err
		}
		c.State = to
		at = s.moment(at)
		if err := rewriteCase(ctx, tx, c); err != nil {
			return err
		}
		if err := noteCase(ctx, tx, c.ID, from, to, at, cause); err != nil {
			return err
		}
		if err := s.closeCase(ctx, tx, c, of, at); err != nil {
			return err
		}
		if to == catalog.CaseRefunded {
			if err := s.takeBack(ctx, tx, o, c.Number); err != nil {
				return err
			}
		}
		if next := o.After(cases); o.Status.Step(next) == nil {
			return s.change(ctx, tx, &o, step{next, at, c.Number})
		}
		return nil
	})
	if err != nil {
		return catalog.Case{}, fmt.Errorf("take case %s to %s: %w", number, to, err)
	}
	return c, nil
}

func rewriteCase(ctx context.Context, tx *sql.Tx, c catalog.Case) error {
	document, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE cases SET document = $2 WHERE id = $1`, c.ID, string(document))
	return err
}

// CasesOf returns the cases of an order, oldest first; none for a number nobody
// has.
func (s *Store) CasesOf(ctx context.Context, number string) ([]catalog.Case, error) {
	var id string
	err := s.db.QueryRowContext(ctx, `SELECT id FROM orders WHERE number_key = $1`, numberKey(number)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cases of order %s: %w", number, err)
	}
	cases, err := casesOf(ctx, s.db, id)
	if err != nil {
		return nil, fmt.Errorf("cases of order %s: %w", number, err)
	}
	return cases, nil
}

// OpenCases returns the cases that are not over with their orders, the longest
// waiting first.
func (s *Store) OpenCases(ctx context.Context, most int) ([]staff.OpenCase, error) {
	open, err := list(ctx, s.db, func(rows *sql.Rows) (c staff.OpenCase, err error) {
		var of, document []byte
		if err := rows.Scan(&of, &document); err != nil {
			return c, err
		}
		if c.Order, err = decode(document); err != nil {
			return c, err
		}
		return c, json.Unmarshal(of, &c.Case)
	}, `
		SELECT cases.document, orders.document FROM cases JOIN orders ON orders.id = cases.order_id
		WHERE NOT EXISTS (SELECT 1 FROM case_events WHERE case_id = cases.id AND to_state IN ($1, $2, $3, $4))
		ORDER BY cases.opened, cases.id LIMIT $5`,
		catalog.CaseRefunded, catalog.CaseReplaced, catalog.CaseRefused, catalog.CaseCancelled, most)
	if err != nil {
		return nil, fmt.Errorf("read open cases: %w", err)
	}
	return open, nil
}

func casesOf(ctx context.Context, q querier, order string) ([]catalog.Case, error) {
	return list(ctx, q, func(rows *sql.Rows) (c catalog.Case, err error) {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return c, err
		}
		err = json.Unmarshal(document, &c)
		return c, err
	}, `SELECT document FROM cases WHERE order_id = $1 ORDER BY opened, id`, order)
}

// caseless keeps an order with a case from being given up as a whole: its goods
// would be taken back twice.
func caseless(ctx context.Context, tx *sql.Tx, o catalog.Order, from catalog.Status) error {
	cases, err := casesOf(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	for _, c := range cases {
		if c.State != catalog.CaseRefused && c.State != catalog.CaseCancelled {
			return &catalog.IllegalStep{Of: "order with a case", From: string(from), To: string(o.Status)}
		}
	}
	return nil
}

// noteCase writes an event of a case, whose order the transaction holds.
func noteCase(ctx context.Context, tx *sql.Tx, id string, from, to catalog.CaseState, at time.Time, cause string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO case_events (case_id, n, from_state, to_state, at, cause)
		SELECT $1, COUNT(*) + 1, $2, $3, CAST($4 AS BIGINT), $5 FROM case_events WHERE case_id = $1`,
		id, from, to, at.UnixMilli(), cause)
	if err != nil {
		return err
	}
	if to == catalog.CaseRefunded {
		return nil // closeCase tells it
	}
	return tell(ctx, tx, ofCase+id+"/"+string(to), at)
}

// closeCase sends the money of a case on its way, or has a letter tell that
// staff gave it back.
func (s *Store) closeCase(ctx context.Context, tx *sql.Tx, c catalog.Case, order string, at time.Time) error {
	if c.State != catalog.CaseRefunded {
		return nil
	}
	if c.Refund.Total > 0 {
		if err := s.recall(ctx, tx, ofCase+c.ID, order, c.Refund.Total, at); err != nil {
			return err
		}
	}
	through, err := s.returnCase(ctx, tx, c, order, at)
	if err != nil || through {
		return err
	}
	return tell(ctx, tx, ofCase+c.ID+"/"+string(c.State), at)
}
