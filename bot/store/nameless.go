package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"tiski/catalog"
)

// When an order needs its customer no more.
const (
	afterDelivery = 60 * 24 * time.Hour  // withdrawn from, sent back and refunded
	neverTold     = 365 * 24 * time.Hour // after it was placed, when nobody tells that it was delivered
)

// Steps after which nothing more comes of an order, and of a case.
var (
	ended     = []catalog.Status{catalog.Closed, catalog.Cancelled, catalog.Expired, catalog.Refused, catalog.Returned, catalog.Refunded}
	endedCase = []catalog.CaseState{catalog.CaseRefunded, catalog.CaseReplaced, catalog.CaseRefused, catalog.CaseCancelled}
)

// isOver reports whether an order and its cases need their customer no more.
func isOver(ctx context.Context, tx *sql.Tx, o catalog.Order, now time.Time) (bool, error) {
	switch {
	case slices.Contains(ended, o.Status):
	case !o.Delivered.IsZero() && now.Sub(o.Delivered) >= afterDelivery:
	case now.Sub(o.Placed) >= neverTold:
	default:
		return false, nil
	}
	cases, err := casesOf(ctx, tx, o.ID)
	if err != nil {
		return false, err
	}
	open := func(c catalog.Case) bool { return !slices.Contains(endedCase, c.State) }
	if slices.ContainsFunc(cases, open) {
		return false, nil
	}
	var owed int
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM refunds WHERE order_id = $1 AND (ended = 0 OR state <> 'made')`, o.ID).Scan(&owed)
	return owed == 0, err
}

// unname takes out of orders and their cases and payments whose they were. What
// was sold, when, for how much and with which VAT stays for the books, and so do
// the ids by which the books and payment providers know it.
func unname(ctx context.Context, tx *sql.Tx, all []catalog.Order, now time.Time) (int64, error) {
	pseudonyms := map[string]string{} // by conversation: orders of one customer stay those of one
	for _, o := range all {
		pseudonym := pseudonyms[o.Conversation]
		if pseudonym == "" {
			pseudonym = "nameless:" + rand.Text()
			pseudonyms[o.Conversation] = pseudonym
		}
		id := o.ID
		o.Conversation, o.Token, o.Greeting = pseudonym, "", ""
		o.Contact, o.Address, o.Delivery.Point = catalog.Contact{}, catalog.Address{}, catalog.Point{}
		document, err := json.Marshal(o)
		if err != nil {
			return 0, err
		}
		cases, err := casesOf(ctx, tx, id)
		if err != nil {
			return 0, err
		}
		for _, c := range cases {
			c.Conversation, c.Contact, c.Reason = pseudonym, catalog.Contact{}, ""
			changed, err := json.Marshal(c)
			if err != nil {
				return 0, err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE cases SET document = $2 WHERE id = $1`, c.ID, string(changed)); err != nil {
				return 0, err
			}
		}
		for _, change := range []struct {
			statement string
			args      []any
		}{
			{`UPDATE orders SET document = $2, conversation = $3, email = '', phone = '', page = NULL, nameless = $4 WHERE id = $1`, []any{id, string(document), pseudonym, now.UnixMilli()}},
			{`UPDATE payments SET conversation = $2, link = '' WHERE order_id = $1`, []any{id, pseudonym}},
			{`UPDATE reviews SET conversation = '', name = '', judged = judged + 1 WHERE order_id = $1`, []any{id}},
			{`DELETE FROM erasures WHERE order_id = $1`, []any{id}},
		} {
			if _, err := tx.ExecContext(ctx, change.statement, change.args...); err != nil {
				return 0, err
			}
		}
	}
	return int64(len(all)), nil
}
