package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

var _ bot.Subscribers = (*Store)(nil)

// confirmEvery is how often a letter with the link goes to one address at most.
const confirmEvery = 24 * time.Hour

// Subscribe notes that an address is to get the newsletter, and has a letter
// sent to it by which whoever reads it confirms that. A letter of less than a day
// ago, and a confirmation, suffice.
func (s *Store) Subscribe(ctx context.Context, conversation string, w dialogue.Subscribe) error {
	now := s.Now()
	err := s.within(ctx, func(tx *sql.Tx) error {
		email := storable(foldEmail(w.Email))
		due, err := changed(tx.ExecContext(ctx, `
			INSERT INTO subscribers (email, token, lang, conversation, asked) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (email) DO UPDATE SET asked = excluded.asked WHERE subscribers.confirmed = 0 AND subscribers.asked <= $6`,
			email, rand.Text(), w.Lang, conversation, now.UnixMilli(), now.Add(-confirmEvery).UnixMilli()))
		if err != nil || !due {
			return err
		}
		var token string
		if err := tx.QueryRowContext(ctx, `SELECT token FROM subscribers WHERE email = $1`, email).Scan(&token); err != nil {
			return err
		}
		return tell(ctx, tx, ofNewsletter+token+"/"+strconv.FormatInt(now.UnixMilli(), 10), now)
	})
	if err != nil {
		return fmt.Errorf("note a subscriber: %w", err)
	}
	return nil
}

// Unsubscribe ends the newsletters asked for by whom a conversation is with.
func (s *Store) Unsubscribe(ctx context.Context, conversation string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM subscribers WHERE conversation IN (`+theirs+`)`, conversation); err != nil {
		return fmt.Errorf("end the newsletter of %s: %w", conversation, err)
	}
	return nil
}

// Subscription tells of a link: in which language its page is, and whether it has
// been confirmed. found is false for one that nobody has.
func (s *Store) Subscription(ctx context.Context, token string) (lang string, confirmed, found bool, err error) {
	var at int64
	err = s.db.QueryRowContext(ctx, `SELECT lang, confirmed FROM subscribers WHERE token = $1`, token).Scan(&lang, &at)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, false, nil
	case err != nil:
		return "", false, false, fmt.Errorf("look for a subscriber: %w", err)
	}
	return lang, at > 0, true, nil
}

// Confirm notes that who reads a letter wants the newsletter.
func (s *Store) Confirm(ctx context.Context, token string) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE subscribers SET confirmed = $2 WHERE token = $1 AND confirmed = 0`, token, s.Now().UnixMilli()); err != nil {
		return fmt.Errorf("confirm a subscriber: %w", err)
	}
	return nil
}

// Leave ends the newsletter of a link.
func (s *Store) Leave(ctx context.Context, token string) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM subscribers WHERE token = $1`, token); err != nil {
		return fmt.Errorf("end a newsletter: %w", err)
	}
	return nil
}

// Subscribers are those who have confirmed, by address.
func (s *Store) Subscribers(ctx context.Context) ([]bot.Subscriber, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (r bot.Subscriber, err error) {
		var at int64
		err = rows.Scan(&r.Email, &r.Lang, &r.Token, &at)
		r.Confirmed = time.UnixMilli(at)
		return r, err
	}, `SELECT email, lang, token, confirmed FROM subscribers WHERE confirmed > 0 ORDER BY email`)
	if err != nil {
		return nil, fmt.Errorf("read the subscribers: %w", err)
	}
	return all, nil
}
