package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"tiski/bot"
	"tiski/catalog"
)

// everybody is the customer of the count of all orders.
const everybody = ""

// use is one row of discount_counts that an order adds to.
type use struct {
	discount, customer string
	most               int // orders that may have it; 0: any number
}

// usesOf are what an order's discounts count, sorted, as every transaction takes
// them.
func usesOf(o catalog.Order) []use {
	customer := hash(cmp.Or(foldEmail(o.Contact.Email), foldPhone(o.Contact.Phone)))
	var all []use
	for _, d := range o.Discounts {
		if d.Uses > 0 {
			all = append(all, use{d.ID, everybody, d.Uses})
		}
		if d.PerCustomer > 0 {
			all = append(all, use{d.ID, customer, d.PerCustomer})
		}
	}
	slices.SortFunc(all, func(a, b use) int {
		return cmp.Or(strings.Compare(a.discount, b.discount), strings.Compare(a.customer, b.customer))
	})
	return all
}

// countDiscounts counts an order's discounts, or refuses when one has been used
// as often as it may.
func countDiscounts(ctx context.Context, tx *sql.Tx, o catalog.Order) error {
	for _, u := range usesOf(o) {
		if err := countUse(ctx, tx, o.ID, u); err != nil {
			return err
		}
	}
	return nil
}

// recountDiscounts counts them for an order that is revived: its price was
// accepted, so no limit is in its way.
func recountDiscounts(ctx context.Context, tx *sql.Tx, o catalog.Order) error {
	for _, u := range usesOf(o) {
		u.most = 0
		if err := countUse(ctx, tx, o.ID, u); err != nil {
			return err
		}
	}
	return nil
}

func countUse(ctx context.Context, tx *sql.Tx, order string, u use) error {
	fits, err := changed(tx.ExecContext(ctx, `
		INSERT INTO discount_counts (discount, customer, orders) VALUES ($1, $2, 1)
		ON CONFLICT (discount, customer) DO UPDATE SET orders = discount_counts.orders + 1
		WHERE discount_counts.orders < $3 OR $3 = 0`, u.discount, u.customer, u.most))
	if err != nil {
		return err
	}
	if !fits {
		return &bot.Refused{Reason: "discount"}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO discount_uses (order_id, discount, customer) VALUES ($1, $2, $3)`,
		order, u.discount, u.customer)
	return err
}

// uncountDiscounts gives an order's uses of codes back.
func uncountDiscounts(ctx context.Context, tx *sql.Tx, o catalog.Order) error {
	if err := leavePoints(ctx, tx, o.ID); err != nil {
		return err
	}
	for _, u := range usesOf(o) {
		was, err := changed(tx.ExecContext(ctx, `DELETE FROM discount_uses WHERE order_id = $1 AND discount = $2 AND customer = $3`,
			o.ID, u.discount, u.customer))
		if err != nil {
			return err
		}
		if !was {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE discount_counts SET orders = orders - 1 WHERE discount = $1 AND customer = $2`,
			u.discount, u.customer); err != nil {
			return err
		}
	}
	return nil
}
