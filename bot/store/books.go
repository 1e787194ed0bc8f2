package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tiski/catalog"
)

// Events returns the steps of an order, oldest first; none for a number nobody
// has.
func (s *Store) Events(ctx context.Context, number string) ([]catalog.OrderEvent, error) {
	var events []catalog.OrderEvent
	err := s.events(ctx, `SELECT id FROM orders WHERE number_key = $1`, []any{numberKey(number)},
		func(_ string, e catalog.OrderEvent) { events = append(events, e) })
	if err != nil {
		return nil, fmt.Errorf("events of order %s: %w", number, err)
	}
	return events, nil
}

// moved are the orders to which something happened in a span of time.
const moved = `
	SELECT order_id FROM order_events WHERE at >= $1 AND at < $2
	UNION SELECT cases.order_id FROM case_events JOIN cases ON cases.id = case_events.case_id WHERE at >= $1 AND at < $2`

// Books returns the entries of the books from a moment until before another, in
// the order of time, then of order numbers.
func (s *Store) Books(ctx context.Context, from, until time.Time) ([]catalog.Entry, error) {
	all, err := s.histories(ctx, from.UnixMilli(), until.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read the books: %w", err)
	}
	var entries []catalog.Entry
	for _, h := range all {
		for _, e := range h.Entries() {
			if !e.At.Before(from) && e.At.Before(until) {
				entries = append(entries, e)
			}
		}
	}
	slices.SortStableFunc(entries, func(a, b catalog.Entry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Order, b.Order))
	})
	return entries, nil
}

// histories reads the orders of moved with all that has become of them.
func (s *Store) histories(ctx context.Context, from, until int64) (map[string]*catalog.History, error) {
	all := map[string]*catalog.History{}
	found, err := orders(ctx, s.db, `id IN (`+moved+`)`, from, until)
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		all[o.ID] = &catalog.History{Order: o}
	}
	// What happens from here on is left to the next reading.
	err = s.events(ctx, moved, []any{from, until}, func(id string, e catalog.OrderEvent) {
		if h := all[id]; h != nil {
			h.Events = append(h.Events, e)
		}
	})
	if err != nil {
		return nil, err
	}
	return all, s.caseHistories(ctx, from, until, all)
}

// events reads the steps of the orders that a query names, each order's oldest
// first.
func (s *Store) events(ctx context.Context, of string, args []any, read func(order string, e catalog.OrderEvent)) error {
	rows, err := s.db.QueryContext(ctx, `
		SELECT order_id, from_status, to_status, at, cause FROM order_events WHERE order_id IN (`+of+`) ORDER BY order_id, n`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var e catalog.OrderEvent
		var at int64
		if err := rows.Scan(&id, &e.From, &e.To, &at, &e.Cause); err != nil {
			return err
		}
		e.At = time.UnixMilli(at)
		read(id, e)
	}
	return rows.Err()
}

// caseHistories reads the cases of the orders of moved into their histories.
func (s *Store) caseHistories(ctx context.Context, from, until int64, all map[string]*catalog.History) error {
	rows, err := s.db.QueryContext(ctx, `
		SELECT cases.order_id, cases.document, from_state, to_state, at, cause
		FROM case_events JOIN cases ON cases.id = case_events.case_id
		WHERE cases.order_id IN (`+moved+`) ORDER BY cases.order_id, cases.opened, cases.id, n`, from, until)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var document []byte
		var e catalog.CaseEvent
		var at int64
		if err := rows.Scan(&id, &document, &e.From, &e.To, &at, &e.Cause); err != nil {
			return err
		}
		e.At = time.UnixMilli(at)
		h := all[id]
		if h == nil {
			continue
		}
		if e.From == "" {
			var c catalog.Case
			if err := json.Unmarshal(document, &c); err != nil {
				return err
			}
			h.Cases = append(h.Cases, catalog.CaseHistory{Case: c})
		}
		h.Cases[len(h.Cases)-1].Events = append(h.Cases[len(h.Cases)-1].Events, e)
	}
	return rows.Err()
}
