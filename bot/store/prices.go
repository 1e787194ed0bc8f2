package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tiski/catalog"
)

// How prices are kept.
const (
	priceRest  = 6 * time.Hour            // a price seen less long ago than this is not written down again
	priceKept  = 2 * 365 * 24 * time.Hour // then it is forgotten
	priceBatch = 200                      // rows written at once
)

type price struct {
	sku         string
	since, seen int64
	price       catalog.Cents
}

// NotePrices writes down what is asked for goods now, by SKU. It may be called
// as often as one likes.
func (s *Store) NotePrices(ctx context.Context, asked map[string]catalog.Cents, at time.Time) error {
	now := at.UnixMilli()
	err := s.within(ctx, func(tx *sql.Tx) error {
		last, err := list(ctx, tx, readPrice, `
			SELECT sku, since, seen, price FROM prices
			WHERE since = (SELECT MAX(since) FROM prices AS later WHERE later.sku = prices.sku)`)
		if err != nil {
			return err
		}
		known := make(map[string]price, len(last))
		for _, p := range last {
			known[p.sku] = p
		}
		var write []price
		for _, sku := range slices.Sorted(maps.Keys(asked)) {
			p, seen := known[sku]
			switch {
			case !seen || p.price != asked[sku] || now-p.seen > catalog.PriceGap.Milliseconds():
				write = append(write, price{sku, now, now, asked[sku]})
			case now-p.seen > priceRest.Milliseconds():
				write = append(write, price{sku, p.since, now, p.price})
			}
			if seen && p.price != asked[sku] && p.seen < now && now-p.seen <= catalog.PriceGap.Milliseconds() {
				write = append(write, price{sku, p.since, now, p.price}) // it held until now
			}
		}
		for some := range slices.Chunk(write, priceBatch) {
			if err := writePrices(ctx, tx, some); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM prices WHERE seen < $1`, at.Add(-priceKept).UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("note prices: %w", err)
	}
	return nil
}

func readPrice(rows *sql.Rows) (p price, err error) {
	return p, rows.Scan(&p.sku, &p.since, &p.seen, &p.price)
}

func writePrices(ctx context.Context, tx *sql.Tx, some []price) error {
	var places []string
	var args []any
	for i, p := range some {
		places = append(places, fmt.Sprintf("($%d, $%d, $%d, $%d)", 4*i+1, 4*i+2, 4*i+3, 4*i+4))
		args = append(args, p.sku, p.since, p.seen, int64(p.price))
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO prices (sku, since, seen, price) VALUES `+strings.Join(places, ", ")+`
		ON CONFLICT (sku, since) DO UPDATE SET seen = excluded.seen WHERE prices.seen < excluded.seen`, args...)
	return err
}

// LowestBefore returns the lowest price of the 30 days before the present one,
// of those SKUs whose history is known and whose price has fallen.
func (s *Store) LowestBefore(ctx context.Context, skus []string) (map[string]catalog.Cents, error) {
	lowest := map[string]catalog.Cents{}
	for _, sku := range skus {
		history, err := list(ctx, s.db, readPrice, `SELECT sku, since, seen, price FROM prices WHERE sku = $1 ORDER BY since`, sku)
		if err != nil {
			return nil, fmt.Errorf("read the prices of %s: %w", sku, err)
		}
		var spans []catalog.PriceSpan
		for _, p := range history {
			spans = append(spans, catalog.PriceSpan{Price: p.price, From: time.UnixMilli(p.since).In(catalog.Helsinki), Until: time.UnixMilli(p.seen)})
		}
		if low, known := catalog.LowestBefore(spans); known {
			lowest[sku] = low
		}
	}
	return lowest, nil
}
