package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

var _ bot.Sendings = (*Store)(nil)

// sendingsWeek is the time over which what a customer is sent is counted.
const sendingsWeek = 7 * 24 * time.Hour

// Send notes that something is being sent unasked to whom a conversation is
// with, unless they do not want it any more, have been sent it before in any of
// their conversations, or enough of anything.
func (s *Store) Send(ctx context.Context, id, conversation string, r dialogue.Remind) (why string, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		var known string
		err := tx.QueryRowContext(ctx, `SELECT id FROM sendings WHERE id = $1`, id).Scan(&known)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		who, err := s.holdCustomer(ctx, tx, conversation)
		if err != nil {
			return err
		}
		why, err = s.refuses(ctx, tx, conversation, r)
		if err != nil || why != "" {
			return err
		}
		if r.Most > 0 {
			left, err := changed(tx.ExecContext(ctx, `
				INSERT INTO sending_counts (kind, subject, sent) VALUES ($1, $2, 1)
				ON CONFLICT (kind, subject) DO UPDATE SET sent = sending_counts.sent + 1 WHERE sending_counts.sent < $3`, r.Later.Kind, r.Once, r.Most))
			if err != nil || !left {
				why = dialogue.AllGiven
				return err
			}
		}
		fresh, err := changed(tx.ExecContext(ctx, `
			INSERT INTO sendings (id, who, conversation, kind, subject, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
			id, who, conversation, r.Later.Kind, r.Once, s.Now().UnixMilli()))
		if err == nil && !fresh {
			why = dialogue.SentBefore
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("note what is sent to %s: %w", conversation, err)
	}
	return why, nil
}

// holdCustomer names whom a conversation is with, and keeps others from sending
// them anything meanwhile. Who is not known beyond the conversation is named by it.
func (s *Store) holdCustomer(ctx context.Context, tx *sql.Tx, conversation string) (string, error) {
	var who string
	err := tx.QueryRowContext(ctx, `
		SELECT id FROM customers WHERE id = (SELECT customer FROM customer_talks WHERE conversation = $1)`+s.lock, conversation).Scan(&who)
	if errors.Is(err, sql.ErrNoRows) {
		return conversation, nil
	}
	return who, err
}

// refuses tells why something is not to be sent.
func (s *Store) refuses(ctx context.Context, tx *sql.Tx, conversation string, r dialogue.Remind) (string, error) {
	if r.Consent != "" {
		told, err := answers(ctx, tx, conversation)
		if err != nil {
			return "", err
		}
		if told[r.Consent].Answer != dialogue.Given || told[r.Consent].Version < r.Wording || r.Liked && told[dialogue.Personal].Answer != dialogue.Given {
			return dialogue.Unwanted, nil
		}
	}
	var before, lately int
	rested := s.Now().AddDate(0, 0, -r.Rest)
	err := tx.QueryRowContext(ctx, `
		SELECT COALESCE(SUM(CASE WHEN kind = $2 AND (subject = $3 OR at > $5) THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN at > $4 THEN 1 ELSE 0 END), 0)
		FROM sendings WHERE conversation IN (`+theirs+`)`, conversation, r.Later.Kind, r.Once, s.Now().Add(-sendingsWeek).UnixMilli(), rested.UnixMilli()).Scan(&before, &lately)
	switch {
	case err != nil:
		return "", err
	case before > 0:
		return dialogue.SentBefore, nil
	case lately >= r.Week:
		return dialogue.EnoughSent, nil
	}
	return "", nil
}

// Remark keeps what a customer said of how they were served. The same again
// about the same adds only words, once.
func (s *Store) Remark(ctx context.Context, id, conversation string, r dialogue.Remark) error {
	if _, err := s.db.ExecContext(ctx, `
		INSERT INTO events (id, kind, subject, conversation, value, words, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (kind, subject) DO UPDATE SET words = excluded.words WHERE events.words = ''`,
		id, r.About, cmp.Or(r.Subject, id), conversation, r.Score, storable(r.Words), s.Now().UnixMilli()); err != nil {
		return fmt.Errorf("keep a remark of %s: %w", conversation, err)
	}
	return nil
}
