package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// Stock returns the pieces left by SKU, of every SKU whose stock is counted.
func (s *Store) Stock(ctx context.Context) (map[string]int, error) {
	left, err := numbers(s.db.QueryContext(ctx, `SELECT sku, pieces FROM stock`))
	if err != nil {
		return nil, fmt.Errorf("read stock: %w", err)
	}
	return left, nil
}

// SetStock tells the store the pieces that the shop's files give. A SKU never
// told is counted from now on; one whose number differs from the one told last
// is set to it; the others stay as sales have left them. When orders go on to a
// system that tells the stock, what was sold here and was not there yet when the
// reading began is taken off what it tells, and a reading that began before the one
// that last changed the number of a SKU tells nothing of it; read is zero where the
// numbers stand in files. [catalog.StockUnknown] ends the counting. SKUs left out are
// not touched.
func (s *Store) SetStock(ctx context.Context, told map[string]int, read time.Time) error {
	at, handedSince := int64(0), int64(math.MaxInt64)
	if s.HandOn && !read.IsZero() {
		at = read.UnixMilli()
		handedSince = at
	}
	err := s.within(ctx, func(tx *sql.Tx) error {
		before, err := numbers(tx.QueryContext(ctx, `SELECT sku, seeded FROM stock ORDER BY sku`+s.lock)) // nobody sells until what waits is counted
		if err != nil {
			return err
		}
		newer := map[string]int{}
		if at > 0 {
			if newer, err = numbers(tx.QueryContext(ctx, `SELECT sku, 1 FROM stock WHERE told_at > $1`, at)); err != nil {
				return err
			}
		}
		waiting, err := s.waiting(ctx, tx, handedSince)
		if err != nil {
			return err
		}
		for _, sku := range slices.Sorted(maps.Keys(told)) {
			last, counted := before[sku]
			if newer[sku] > 0 || counted && told[sku] == last {
				continue
			}
			if err := seed(ctx, tx, sku, told[sku], waiting[sku], at); err != nil {
				return fmt.Errorf("%s: %w", sku, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("set stock: %w", err)
	}
	return nil
}

// waiting are the pieces by SKU of orders that the system does not have yet, or was handed
// since a moment; none when orders do not go on.
func (s *Store) waiting(ctx context.Context, tx *sql.Tx, handedSince int64) (map[string]int, error) {
	if !s.HandOn {
		return nil, nil
	}
	return numbers(tx.QueryContext(ctx, `
		SELECT sku, SUM(pieces) FROM taken JOIN orders ON orders.id = taken.order_id
		WHERE orders.status IN ($1, $2, $3) OR orders.id IN (SELECT order_id FROM order_events WHERE to_status = $4 AND at >= $5)
		GROUP BY sku`, catalog.Placed, catalog.Awaiting, catalog.Paid, catalog.Handed, handedSince))
}

func seed(ctx context.Context, tx *sql.Tx, sku string, told, waiting int, at int64) error {
	if told < 0 {
		_, err := tx.ExecContext(ctx, `DELETE FROM stock WHERE sku = $1`, sku)
		return err
	}
	// Another node may have told the same a moment ago and sold since.
	_, err := tx.ExecContext(ctx, `
		INSERT INTO stock (sku, pieces, seeded, told_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (sku) DO UPDATE SET pieces = excluded.pieces, seeded = excluded.seeded, told_at = excluded.told_at
		WHERE stock.seeded <> excluded.seeded`, sku, max(0, told-waiting), told, at)
	return err
}

// numbers reads rows of a SKU and its number.
func numbers(rows *sql.Rows, err error) (map[string]int, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int{}
	for rows.Next() {
		var sku string
		var n int
		if err := rows.Scan(&sku, &n); err != nil {
			return nil, err
		}
		all[sku] = n
	}
	return all, rows.Err()
}

// take takes an order's pieces from the counted stock, or refuses with every
// SKU that is short.
func (s *Store) take(ctx context.Context, tx *sql.Tx, o catalog.Order) error {
	skus, qty := pieces(o)
	want := []any{o.ID}
	for _, sku := range skus {
		want = append(want, sku, strconv.Itoa(qty[sku])) // values of no column yet are texts to PostgreSQL
	}
	counted, err := tx.ExecContext(ctx, `
		INSERT INTO taken (order_id, sku, pieces)
		SELECT $1, stock.sku, CAST(want.column2 AS BIGINT) FROM stock JOIN (VALUES `+rows(len(skus), 2, 2)+`) AS want ON want.column1 = stock.sku`, want...)
	if err != nil {
		return err
	}
	n, err := counted.RowsAffected()
	if err != nil || n == 0 {
		return err
	}
	// Who takes rows in the same order as everybody never waits in a ring.
	enough, err := list(ctx, tx, word, `
		UPDATE stock SET pieces = stock.pieces - held.pieces
		FROM (SELECT stock.sku, taken.pieces FROM taken JOIN stock ON stock.sku = taken.sku WHERE taken.order_id = $1 ORDER BY stock.sku`+s.lock+`) AS held
		WHERE stock.sku = held.sku AND stock.pieces >= held.pieces RETURNING stock.sku`, o.ID)
	if err != nil || len(enough) == int(n) {
		return err
	}
	short, err := list(ctx, tx, word, `SELECT sku FROM taken WHERE order_id = $1 ORDER BY sku`, o.ID)
	if err != nil {
		return err
	}
	return &bot.Refused{Reason: "stock", SKUs: slices.DeleteFunc(short, func(sku string) bool { return slices.Contains(enough, sku) })}
}

// giveBack puts what an order took back on the shelf.
func giveBack(ctx context.Context, tx *sql.Tx, order string) error {
	type back struct {
		sku    string
		pieces int
	}
	all, err := list(ctx, tx, func(rows *sql.Rows) (b back, err error) {
		err = rows.Scan(&b.sku, &b.pieces)
		return b, err
	}, `DELETE FROM taken WHERE order_id = $1 RETURNING sku, pieces`, order)
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b back) int { return strings.Compare(a.sku, b.sku) })
	for _, b := range all {
		if _, err := tx.ExecContext(ctx, `UPDATE stock SET pieces = pieces + $2 WHERE sku = $1`, b.sku, b.pieces); err != nil {
			return err
		}
	}
	return nil
}

// pieces adds up an order's lines by SKU, the SKUs sorted.
func pieces(o catalog.Order) (skus []string, qty map[string]int) {
	qty = map[string]int{}
	for _, l := range o.Lines {
		qty[l.SKU] += l.Qty
	}
	return slices.Sorted(maps.Keys(qty)), qty
}
