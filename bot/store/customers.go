package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
)

var _ bot.Customers = (*Store)(nil)

// seenEvery is how exactly it is known when a customer was last here.
const seenEvery = 24 * time.Hour

// Recognise returns what is known of whom a conversation is with: their profile,
// and what they answered last about each purpose in any of their conversations.
func (s *Store) Recognise(ctx context.Context, conversation string) (known dialogue.Recognised, found bool, err error) {
	var id string
	var seen int64
	var profile []byte
	err = s.db.QueryRowContext(ctx, `
		SELECT c.id, c.seen, c.profile FROM customer_talks t JOIN customers c ON c.id = t.customer WHERE t.conversation = $1`,
		conversation).Scan(&id, &seen, &profile)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return known, false, fmt.Errorf("look for the customer of %s: %w", conversation, err)
	default:
		if err := json.Unmarshal(profile, &known.Profile); err != nil {
			return known, false, fmt.Errorf("read the profile of %s: %w", conversation, err)
		}
	}
	told, err := answers(ctx, s.db, conversation)
	if err != nil {
		return known, false, fmt.Errorf("look for consents of %s: %w", conversation, err)
	}
	known.Consents = slices.SortedFunc(maps.Values(told), func(a, b dialogue.Consent) int { return cmp.Compare(a.Purpose, b.Purpose) })
	if now := s.Now(); id != "" && now.Sub(time.UnixMilli(seen)) >= seenEvery {
		if _, err := s.db.ExecContext(ctx, `UPDATE customers SET seen = $2 WHERE id = $1`, id, now.UnixMilli()); err != nil {
			return known, false, fmt.Errorf("note that the customer of %s is here: %w", conversation, err)
		}
	}
	return known, id != "" || len(known.Consents) > 0, nil
}

// Learn notes answers about what may be remembered, and keeps the profile as far
// as they allow. It is kept by a customer of its own once something is allowed.
// The same id again changes nothing.
func (s *Store) Learn(ctx context.Context, id, conversation string, l dialogue.Learn) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		for i, c := range l.Consents {
			fresh, err := noteConsent(ctx, tx, fmt.Sprintf("%s#%d", id, i), conversation, c)
			if err != nil {
				return err
			}
			if !fresh {
				return nil
			}
		}
		told, err := answers(ctx, tx, conversation)
		if err != nil {
			return err
		}
		service, personal := told[dialogue.Service].Answer == dialogue.Given, told[dialogue.Personal].Answer == dialogue.Given
		customer, err := s.customer(ctx, tx, conversation, service || personal || told[dialogue.Reminders].Answer == dialogue.Given)
		if err != nil || customer == "" {
			return err
		}
		return s.writeProfile(ctx, tx, customer, l.Profile.For(service, personal))
	})
	if err != nil {
		return fmt.Errorf("learn of the customer of %s: %w", conversation, err)
	}
	return nil
}

// customer is the id of whom a conversation is with. When nobody knows them yet
// they become a customer, if they may; else it is "".
func (s *Store) customer(ctx context.Context, tx *sql.Tx, conversation string, may bool) (string, error) {
	var id string
	err := tx.QueryRowContext(ctx, `SELECT customer FROM customer_talks WHERE conversation = $1`, conversation).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) || !may {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return id, err
	}
	id = rand.Text()
	if _, err := tx.ExecContext(ctx, `INSERT INTO customers (id, seen, profile) VALUES ($1, $2, '{}')`, id, s.Now().UnixMilli()); err != nil {
		return "", err
	}
	return id, s.join(ctx, tx, conversation, id)
}

// join notes whom a conversation is with.
func (s *Store) join(ctx context.Context, tx *sql.Tx, conversation, customer string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO customer_talks (conversation, customer, since) VALUES ($1, $2, $3)`,
		conversation, customer, s.Now().UnixMilli())
	return err
}

func (s *Store) writeProfile(ctx context.Context, tx *sql.Tx, customer string, p persona.Profile) error {
	document, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE customers SET profile = $2, seen = $3 WHERE id = $1`, customer, string(document), s.Now().UnixMilli())
	return err
}
