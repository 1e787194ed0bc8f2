package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
)

const arrivalBatch = 400 // rows written at once

// NoteArrivals writes down which goods the shop has, by the ids of all its
// products; it may be called as often as one likes. Those not seen before are
// new. When most of them are, it is a whole range that comes – the first
// goods, or those of another source – and none is.
func (s *Store) NoteArrivals(ctx context.Context, products []string, at time.Time) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		seen, err := list(ctx, tx, word, `SELECT product FROM arrivals`)
		if err != nil {
			return err
		}
		known := make(map[string]bool, len(seen))
		for _, id := range seen {
			known[id] = true
		}
		unknown := slices.DeleteFunc(slices.Clone(products), func(id string) bool { return known[id] })
		since := at.UnixMilli()
		if 2*len(unknown) > len(products) {
			since = 0
		}
		for some := range slices.Chunk(unknown, arrivalBatch) {
			if err := writeArrivals(ctx, tx, some, since); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note which goods there are: %w", err)
	}
	return nil
}

func writeArrivals(ctx context.Context, tx *sql.Tx, some []string, since int64) error {
	places, args := make([]string, 0, len(some)), make([]any, 0, len(some)+1)
	args = append(args, since)
	for i, id := range some {
		places, args = append(places, fmt.Sprintf("($%d, $1)", i+2)), append(args, id)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO arrivals (product, since) VALUES `+strings.Join(places, ", ")+` ON CONFLICT DO NOTHING`, args...)
	return err
}

// Arrived returns the products that are new since a moment, with when they came.
func (s *Store) Arrived(ctx context.Context, after time.Time) (map[string]time.Time, error) {
	came := map[string]time.Time{}
	_, err := list(ctx, s.db, func(rows *sql.Rows) (id string, err error) {
		var since int64
		err = rows.Scan(&id, &since)
		came[id] = time.UnixMilli(since)
		return id, err
	}, `SELECT product, since FROM arrivals WHERE since > $1`, after.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read which goods are new: %w", err)
	}
	return came, nil
}
