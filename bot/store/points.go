package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

var (
	_ bot.Purses = (*Store)(nil)
	_ bot.Points = (*Store)(nil)
)

// The ids of what happens to points, each followed by the id of an order.
const (
	pointsEarned = "earned/"
	pointsUsed   = "used/"
	pointsFriend = "friend/" // brought
	pointsBack   = "back/"
)

// known is the customer c who is known by name to the shop, or lets themselves be
// remembered.
const known = `(c.subject IS NOT NULL OR (SELECT k.answer FROM consents k JOIN customer_talks b ON b.conversation = k.conversation
	WHERE b.customer = c.id AND k.purpose = '` + dialogue.Service + `' ORDER BY k.at DESC, k.id DESC LIMIT 1) = '` + dialogue.Given + `')`

// knownCustomer is whom a conversation is with, if points are kept for them; lock
// ends the statement.
func knownCustomer(ctx context.Context, q querier, conversation, lock string) (string, error) {
	var id string
	err := q.QueryRowContext(ctx, `
		SELECT c.id FROM customers c WHERE c.id = (SELECT customer FROM customer_talks WHERE conversation = $1) AND `+known+lock, conversation).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Purse returns the points of whom a conversation is with, and whether the code of
// a friend, "" for none, holds for them.
func (s *Store) Purse(ctx context.Context, conversation, friend string) (catalog.Purse, error) {
	p, err := s.purse(ctx, conversation)
	if err == nil && friend != "" {
		var of string
		if of, err = inviter(ctx, s.db, friend); err == nil && of != "" {
			var mine string
			if mine, err = knownCustomer(ctx, s.db, conversation, ""); mine != of {
				p.Friend = friend
			}
		}
	}
	if err != nil {
		return p, fmt.Errorf("look up the points of %s: %w", conversation, err)
	}
	return p, nil
}

func (s *Store) purse(ctx context.Context, conversation string) (catalog.Purse, error) {
	customer, err := knownCustomer(ctx, s.db, conversation, "")
	if err != nil || customer == "" {
		return catalog.Purse{}, err
	}
	events, err := pointEvents(ctx, s.db, customer)
	if err != nil {
		return catalog.Purse{}, err
	}
	p := catalog.Count(events, s.Now())
	p.Known = true
	err = s.db.QueryRowContext(ctx, `SELECT COALESCE(MIN(code), '') FROM invites WHERE customer = $1`, customer).Scan(&p.Invite)
	return p, err
}

func pointEvents(ctx context.Context, q querier, customer string) ([]catalog.PointEvent, error) {
	return list(ctx, q, func(rows *sql.Rows) (e catalog.PointEvent, err error) {
		var at, until int64
		err = rows.Scan(&e.Points, &at, &until, &e.Order)
		e.At, e.Until = time.UnixMilli(at), setWhen(until)
		return e, err
	}, `
		SELECT p.points, p.at, p.until, o.number FROM points p JOIN orders o ON o.id = p.order_id WHERE p.customer = $1 ORDER BY p.at, p.id`, customer)
}

// inviter is who brings friends by a code; "" when nobody does.
func inviter(ctx context.Context, q querier, code string) (customer string, err error) {
	err = q.QueryRowContext(ctx, `SELECT customer FROM invites WHERE code = $1`, code).Scan(&customer)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return customer, err
}

// usePoints takes the points that an order uses, and looks at the code of a friend:
// it is for the first order of somebody else. Too few points, and a code that does
// not hold, are a *bot.Refused, but not for an order that is revived: its price
// was accepted.
func (s *Store) usePoints(ctx context.Context, tx *sql.Tx, o catalog.Order, revived bool) error {
	for _, d := range o.Discounts {
		switch d.ID {
		case catalog.PointsDiscount:
			customer, err := knownCustomer(ctx, tx, o.Conversation, s.lock)
			if err != nil {
				return err
			}
			events, err := pointEvents(ctx, tx, customer)
			if err != nil {
				return err
			}
			if !revived && (customer == "" || catalog.Count(events, o.Placed).Points < d.Points) {
				return &bot.Refused{Reason: bot.TooFewPoints}
			}
			if err := addPoints(ctx, tx, pointsUsed+o.ID, customer, o.ID, catalog.PointEvent{At: o.Placed, Points: -d.Points}, 0); err != nil {
				return err
			}
		case catalog.ReferralDiscount:
			of, err := inviter(ctx, tx, d.Code)
			if err != nil {
				return err
			}
			mine, err := knownCustomer(ctx, tx, o.Conversation, "")
			if err != nil {
				return err
			}
			var before int
			if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM orders WHERE email = $1 AND id <> $2 AND NOT `+cameToNothing, storable(foldEmail(o.Contact.Email)), o.ID).Scan(&before); err != nil {
				return err
			}
			if !revived && (of == "" || of == mine || before > 0) {
				return &bot.Refused{Reason: "discount"}
			}
		}
	}
	return nil
}

func addPoints(ctx context.Context, tx *sql.Tx, id, customer, order string, e catalog.PointEvent, rate int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO points (id, customer, order_id, points, at, until, rate) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
		id, customer, order, e.Points, e.At.UnixMilli(), millis(e.Until), rate)
	return err
}

// leavePoints gives back what an order used that came to nothing.
func leavePoints(ctx context.Context, tx *sql.Tx, order string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM points WHERE id = $1`, pointsUsed+order)
	return err
}

// usedOnly gives back what an order used beyond so many points.
func usedOnly(ctx context.Context, tx *sql.Tx, order string, points int) error {
	if points == 0 {
		return leavePoints(ctx, tx, order)
	}
	_, err := tx.ExecContext(ctx, `UPDATE points SET points = $2 WHERE id = $1 AND points < $2`, pointsUsed+order, -points)
	return err
}

// pointBatch is how many orders are booked at once, pointSpan how long after its
// time one still is: a customer who is known only later than that has no points
// of it.
const (
	pointBatch = 100
	pointSpan  = 90 * 24 * time.Hour
)

// BookPoints books the points of orders whose goods have been kept for as long as
// the shop's rules say, and of the friends who made them. Each order is booked
// once.
func (s *Store) BookPoints(ctx context.Context, rules catalog.Loyalty, now time.Time) error {
	come := now.AddDate(0, 0, -rules.Waits)
	due := func(also string) ([]string, error) {
		return list(ctx, s.db, word, `
			SELECT o.id FROM orders o JOIN order_events e ON e.order_id = o.id AND e.to_status = $1 AND e.from_status <> e.to_status
			WHERE e.at <= $2 AND e.at > $3 AND o.nameless = 0 AND o.status IN ($1, $4, $5) AND `+also+` ORDER BY e.at LIMIT $6`,
			catalog.Delivered, come.UnixMilli(), come.Add(-pointSpan).UnixMilli(), catalog.Closed, catalog.PartlyReturned, pointBatch)
	}
	own, err := due(`NOT EXISTS (SELECT 1 FROM points p WHERE p.id = '` + pointsEarned + `' || o.id)
		AND EXISTS (SELECT 1 FROM customer_talks t JOIN customers c ON c.id = t.customer WHERE t.conversation = o.conversation AND ` + known + `)`)
	if err != nil {
		return fmt.Errorf("look for points to book: %w", err)
	}
	friends, err := due(`NOT EXISTS (SELECT 1 FROM points p WHERE p.id = '` + pointsFriend + `' || o.id)
		AND EXISTS (SELECT 1 FROM discount_uses u WHERE u.order_id = o.id AND u.discount = '` + catalog.ReferralDiscount + `')`)
	if err != nil {
		return fmt.Errorf("look for friends who were brought: %w", err)
	}
	for _, id := range own {
		if err := s.within(ctx, func(tx *sql.Tx) error { return s.bookEarned(ctx, tx, id, rules, now) }); err != nil {
			return fmt.Errorf("book the points of order %s: %w", id, err)
		}
	}
	for _, id := range friends {
		if err := s.within(ctx, func(tx *sql.Tx) error { return s.bookFriend(ctx, tx, id, rules, now) }); err != nil {
			return fmt.Errorf("book the points for a friend's order %s: %w", id, err)
		}
	}
	return nil
}

// bookEarned books the points of an order for who made it, and gives them a code for
// friends.
func (s *Store) bookEarned(ctx context.Context, tx *sql.Tx, id string, rules catalog.Loyalty, now time.Time) error {
	o, err := order(ctx, tx, "id = $1"+s.lock, id)
	if err != nil {
		return err
	}
	customer, err := knownCustomer(ctx, tx, o.Conversation, "")
	if err != nil || customer == "" {
		return err
	}
	cases, err := casesOf(ctx, tx, id)
	if err != nil {
		return err
	}
	goods, _, _ := o.Kept(cases)
	if rules.Referral.Friend > 0 {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO invites (code, customer) SELECT CAST($1 AS TEXT), CAST($2 AS TEXT) WHERE NOT EXISTS (SELECT 1 FROM invites WHERE customer = $2) ON CONFLICT DO NOTHING`,
			rules.Referral.ReferralCode(rand.Text()), customer); err != nil {
			return err
		}
	}
	return addPoints(ctx, tx, pointsEarned+id, customer, id, catalog.PointEvent{At: now, Points: rules.Earned(goods), Until: now.AddDate(0, 0, rules.Lasts)}, rules.PerEuro)
}

// bookFriend books the points of a friend's order for who brought them.
func (s *Store) bookFriend(ctx context.Context, tx *sql.Tx, id string, rules catalog.Loyalty, now time.Time) error {
	o, err := order(ctx, tx, "id = $1"+s.lock, id)
	if err != nil {
		return err
	}
	cases, err := casesOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if _, _, kept := o.Kept(cases); !kept {
		return nil
	}
	for _, d := range o.Discounts {
		if d.ID != catalog.ReferralDiscount {
			continue
		}
		of, err := inviter(ctx, tx, d.Code)
		if err != nil {
			return err
		}
		if err := addPoints(ctx, tx, pointsFriend+id, of, id, catalog.PointEvent{At: now, Points: rules.Referral.Points, Until: now.AddDate(0, 0, rules.Lasts)}, 0); err != nil {
			return err
		}
	}
	return nil
}

// takeBack takes back the points of goods that were given back, in the transaction
// that gives the money back, and gives back those used for them. When nothing of
// the order is kept the points for the friend who made it go, too.
func (s *Store) takeBack(ctx context.Context, tx *sql.Tx, o catalog.Order, cause string) error {
	cases, err := casesOf(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	goods, used, kept := o.Kept(cases)
	if err := usedOnly(ctx, tx, o.ID, used); err != nil {
		return err
	}
	type got struct {
		id, customer string
		points, rate int
	}
	all, err := list(ctx, tx, func(rows *sql.Rows) (g got, err error) { return g, rows.Scan(&g.id, &g.customer, &g.points, &g.rate) },
		`SELECT id, customer, points, rate FROM points WHERE order_id = $1 AND points > 0`, o.ID)
	if err != nil {
		return err
	}
	for _, g := range all {
		keeps := g.points
		if strings.HasPrefix(g.id, pointsEarned) {
			keeps = min(g.points, catalog.Loyalty{PerEuro: g.rate}.Earned(goods))
		} else if !kept {
			keeps = 0
		}
		var taken int
		if err := tx.QueryRowContext(ctx, `SELECT CAST(COALESCE(SUM(points), 0) AS BIGINT) FROM points WHERE order_id = $1 AND customer = $2 AND points < 0 AND id <> $3`,
			o.ID, g.customer, pointsUsed+o.ID).Scan(&taken); err != nil {
			return err
		}
		if lost := g.points + taken - keeps; lost > 0 {
			if err := addPoints(ctx, tx, pointsBack+cause+"/"+g.id, g.customer, o.ID, catalog.PointEvent{At: s.Now(), Points: -lost}, 0); err != nil {
				return err
			}
		}
	}
	return nil
}
