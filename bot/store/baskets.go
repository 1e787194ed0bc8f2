package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Baskets returns the products of each order placed since a moment that was not
// called off: the latest, at most so many. Nothing tells whose they were.
func (s *Store) Baskets(ctx context.Context, since time.Time, most int) ([][]string, error) {
	baskets, err := list(ctx, s.db, func(rows *sql.Rows) ([]string, error) {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return nil, err
		}
		var o struct{ Lines []struct{ Product string } }
		if err := json.Unmarshal(document, &o); err != nil {
			return nil, err
		}
		var basket []string
		for _, l := range o.Lines {
			basket = append(basket, l.Product)
		}
		return basket, nil
	}, `
		SELECT document FROM orders WHERE placed >= $1 AND NOT `+cameToNothing+` ORDER BY placed DESC LIMIT $2`,
		since.UnixMilli(), most)
	if err != nil {
		return nil, fmt.Errorf("read baskets: %w", err)
	}
	return baskets, nil
}
