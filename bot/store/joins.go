package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tiski/bot"
)

// Join makes two conversations those of one customer, who consents by it. What
// is remembered is that of the conversation where the pass was made, or else of
// the other. The same joint again changes nothing.
func (s *Store) Join(ctx context.Context, j bot.Joint) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		fresh, err := changed(tx.ExecContext(ctx, `INSERT INTO passes_used (pass, until) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			hash(j.Pass), j.Until.UnixMilli()))
		if err != nil {
			return err
		}
		if !fresh {
			var joined int
			err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM consents WHERE id = $1`, j.ID+"#0").Scan(&joined)
			if err == nil && joined == 0 {
				err = &bot.Refused{Reason: "used"}
			}
			return err
		}
		if _, err := noteConsent(ctx, tx, j.ID+"#0", j.To, j.Consent); err != nil {
			return err
		}
		stays, err := s.customer(ctx, tx, j.From, true)
		if err != nil {
			return err
		}
		goes, err := s.customer(ctx, tx, j.To, false)
		switch {
		case err != nil || goes == stays:
			return err
		case goes == "":
			return s.join(ctx, tx, j.To, stays)
		}
		return s.merge(ctx, tx, stays, goes)
	})
	if err != nil {
		return fmt.Errorf("join %s to %s: %w", j.To, j.From, err)
	}
	return nil
}

// merge makes one customer of two. Two that the shop knows by different names
// stay apart.
func (s *Store) merge(ctx context.Context, tx *sql.Tx, stays, goes string) error {
	var one, other sql.NullString
	var profile, theirProfile string
	if err := tx.QueryRowContext(ctx, `SELECT subject, profile FROM customers WHERE id = $1`, stays).Scan(&one, &profile); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, `SELECT subject, profile FROM customers WHERE id = $1`, goes).Scan(&other, &theirProfile); err != nil {
		return err
	}
	if one.Valid && other.Valid {
		return &bot.Refused{Reason: "other"}
	}
	if !one.Valid {
		one = other
	}
	if profile == "{}" {
		profile = theirProfile
	}
	for _, change := range []struct {
		statement string
		args      []any
	}{
		{`UPDATE customer_talks SET customer = $1 WHERE customer = $2`, []any{stays, goes}},
		{`UPDATE points SET customer = $1 WHERE customer = $2`, []any{stays, goes}},
		{`UPDATE invites SET customer = $1 WHERE customer = $2`, []any{stays, goes}},
		{`DELETE FROM customers WHERE id = $1`, []any{goes}},
		{`UPDATE customers SET subject = $2, profile = $3 WHERE id = $1`, []any{stays, one, profile}},
	} {
		if _, err := tx.ExecContext(ctx, change.statement, change.args...); err != nil {
			return err
		}
	}
	return nil
}

// Identify notes by which name the shop knows whom a conversation is with. Only
// the name's hash is kept. A conversation that is of a customer with another
// name is a *bot.Refused.
func (s *Store) Identify(ctx context.Context, conversation, subject string) error {
	subject = hash(subject)
	err := s.within(ctx, func(tx *sql.Tx) error {
		mine, err := s.customer(ctx, tx, conversation, false)
		if err != nil {
			return err
		}
		var named string
		err = tx.QueryRowContext(ctx, `SELECT id FROM customers WHERE subject = $1`, subject).Scan(&named)
		unnamed := errors.Is(err, sql.ErrNoRows)
		switch {
		case err != nil && !unnamed:
			return err
		case !unnamed && mine == named:
			return nil
		case !unnamed && mine == "":
			return s.join(ctx, tx, conversation, named)
		case !unnamed:
			return s.merge(ctx, tx, named, mine)
		}
		if mine == "" {
			if mine, err = s.customer(ctx, tx, conversation, true); err != nil {
				return err
			}
		}
		fits, err := changed(tx.ExecContext(ctx, `UPDATE customers SET subject = $2 WHERE id = $1 AND subject IS NULL`, mine, subject))
		if err == nil && !fits {
			err = &bot.Refused{Reason: "other"}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("identify the customer of %s: %w", conversation, err)
	}
	return nil
}
