package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// Belongings are what is kept of whom a conversation is with: their
// conversations and the orders made in them.
func (s *Store) Belongings(ctx context.Context, conversation string) (bot.Belongings, error) {
	all, err := list(ctx, s.db, word, theirs+` ORDER BY 1`, conversation)
	if err != nil {
		return bot.Belongings{}, fmt.Errorf("belongings of %s: %w", conversation, err)
	}
	b := bot.Belongings{Conversations: all}
	for _, c := range all {
		if err := s.ordered(ctx, &b, c); err != nil {
			return b, fmt.Errorf("belongings of %s: %w", conversation, err)
		}
		if err := s.mailed(ctx, &b, c); err != nil {
			return b, fmt.Errorf("belongings of %s: %w", conversation, err)
		}
	}
	return b, nil
}

// BelongingsOf are what is kept of whom an e-mail address belongs to: the orders
// made with it, and the conversations of who made them. An address alone proves
// nothing: it is for staff who know whose it is.
func (s *Store) BelongingsOf(ctx context.Context, email string) (bot.Belongings, error) {
	all := bot.Belongings{Address: email}
	if foldEmail(email) == "" {
		return all, errors.New("belongings: no e-mail address is given")
	}
	found, err := orders(ctx, s.db, `email = $1 ORDER BY placed`, storable(foldEmail(email)))
	if err != nil {
		return all, fmt.Errorf("belongings of an address: %w", err)
	}
	for _, o := range found {
		b, err := s.Belongings(ctx, o.Conversation)
		if err != nil {
			return all, err
		}
		if o.Conversation != "" {
			all.Conversations = append(all.Conversations, b.Conversations...)
		}
		all.Orders = append(append(all.Orders, o.ID), b.Orders...)
		all.Emails = append(append(all.Emails, o.Contact.Email), b.Emails...)
	}
	for _, list := range []*[]string{&all.Conversations, &all.Orders, &all.Emails} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return all, nil
}

// ordered adds the orders made in a conversation.
func (s *Store) ordered(ctx context.Context, b *bot.Belongings, conversation string) error {
	if conversation == "" {
		return nil // orders that were made in no conversation
	}
	found, err := orders(ctx, s.db, `conversation = $1 ORDER BY placed`, conversation)
	for _, o := range found {
		b.Orders = append(b.Orders, o.ID)
		if o.Contact.Email != "" && !slices.Contains(b.Emails, o.Contact.Email) {
			b.Emails = append(b.Emails, o.Contact.Email)
		}
	}
	return err
}

// mailed adds the addresses to which a transcript was sent: the letters may be on
// disk.
func (s *Store) mailed(ctx context.Context, b *bot.Belongings, conversation string) error {
	emails, err := list(ctx, s.db, word, `SELECT email FROM transcript_letters WHERE conversation = $1`, conversation)
	for _, e := range emails {
		if !slices.Contains(b.Emails, e) {
			b.Emails = append(b.Emails, e)
		}
	}
	return err
}

// Erase removes what is kept of a customer, in one transaction: transcripts,
// consents and profile. Orders stay for the books and lose whose they were: at
// once when they are over, else as soon as they are.
func (s *Store) Erase(ctx context.Context, b bot.Belongings, now time.Time) (erased bot.Erased, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		erased = bot.Erased{}
		for _, c := range b.Conversations {
			if err := eraseTalk(ctx, tx, c, now); err != nil {
				return err
			}
		}
		if b.Address != "" {
			if _, err := tx.ExecContext(ctx, `DELETE FROM subscribers WHERE email = $1`, storable(foldEmail(b.Address))); err != nil {
				return err
			}
		}
		var over []catalog.Order
		for _, id := range b.Orders {
			o, err := order(ctx, tx, "nameless = 0 AND id = $1"+s.lock, id)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			done, err := isOver(ctx, tx, o, now)
			if err != nil {
				return err
			}
			if done {
				over = append(over, o)
				continue
			}
			erased.Open = append(erased.Open, o.Number)
			if _, err := tx.ExecContext(ctx, `INSERT INTO erasures (order_id, asked) VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, now.UnixMilli()); err != nil {
				return err
			}
		}
		erased.Kept = len(over)
		if _, err = unname(ctx, tx, over, now); err != nil {
			return err
		}
		return noteSweep(ctx, tx, bot.Sweep{At: now, Kind: "erased_on_demand", Before: now, Removed: int64(len(b.Conversations) + len(over))})
	})
	if err != nil {
		return erased, fmt.Errorf("erase a customer: %w", err)
	}
	return erased, nil
}

// eraseTalk removes what is kept of a conversation, and of its customer.
func eraseTalk(ctx context.Context, tx *sql.Tx, conversation string, now time.Time) error {
	var customer string
	err := tx.QueryRowContext(ctx, `SELECT customer FROM customer_talks WHERE conversation = $1`, conversation).Scan(&customer)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	for _, change := range []struct {
		statement string
		args      []any
	}{
		{`DELETE FROM messages WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM photos WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM reminder_letters WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM transcript_letters WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM missed WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM consents WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM staff_notes WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM staff_marks WHERE conversation = $1`, []any{conversation}},
		{`UPDATE staff_topics SET conversation = '' WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM examples WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM subscribers WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM reviews WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM sendings WHERE conversation = $1`, []any{conversation}},
		{`DELETE FROM customer_talks WHERE conversation = $1`, []any{conversation}},
		{`UPDATE customers SET profile = '{}' WHERE id = $1`, []any{customer}},
		{`DELETE FROM points WHERE customer = $1 AND NOT EXISTS (SELECT 1 FROM customer_talks WHERE customer = $1)`, []any{customer}},
		{`DELETE FROM invites WHERE customer = $1 AND NOT EXISTS (SELECT 1 FROM customer_talks WHERE customer = $1)`, []any{customer}},
		{`DELETE FROM customers WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM customer_talks WHERE customer = $1)`, []any{customer}},
		{`UPDATE staff_acts SET subject = $2 WHERE subject = $1`, []any{conversation, "nameless:" + rand.Text()}},
		{`INSERT INTO erased_talks (hash, at) VALUES ($1, $2) ON CONFLICT (hash) DO UPDATE SET at = excluded.at`, []any{hash(conversation), now.UnixMilli()}},
	} {
		if _, err := tx.ExecContext(ctx, change.statement, change.args...); err != nil {
			return err
		}
	}
	_, err = unsign(ctx, tx, `conversation = $1`, conversation)
	return err
}

// unsign leaves of what customers said of how they were served the scores alone:
// the ids tell the conversations, too.
func unsign(ctx context.Context, tx *sql.Tx, where string, arg any) (int64, error) {
	ids, err := list(ctx, tx, word,
		`SELECT id FROM events WHERE conversation <> '' AND `+where, arg)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, `
			UPDATE events SET conversation = '', words = '', id = $2, subject = CASE WHEN subject = $1 THEN $2 ELSE subject END WHERE id = $1`,
			id, "nameless:"+rand.Text()); err != nil {
			return 0, err
		}
	}
	return int64(len(ids)), nil
}

// erasedSince reports whether a conversation was erased after a moment.
func erasedSince(ctx context.Context, tx *sql.Tx, conversation string, at time.Time) (erased bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM erased_talks WHERE hash = $1 AND at > $2)`, hash(conversation), at.UnixMilli()).Scan(&erased)
	return erased, err
}
