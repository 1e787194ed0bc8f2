package store

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"tiski/catalog"
)

// ByNumber returns the order if its number and its e-mail or phone match, else
// nothing. An unknown number is compared as any other, so that neither the
// answer nor the time it takes tells which of them was wrong.
func (s *Store) ByNumber(ctx context.Context, number, email, phone string) ([]catalog.Order, error) {
	var id, itsEmail, itsPhone string
	err := s.db.QueryRowContext(ctx, `SELECT id, email, phone FROM orders WHERE number_key = $1`,
		numberKey(number)).Scan(&id, &itsEmail, &itsPhone)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("look up an order: %w", err)
	}
	if same(foldEmail(email), itsEmail)|same(foldPhone(phone), itsPhone) == 0 {
		return nil, nil
	}
	o, err := order(ctx, s.db, "id = $1", id)
	if err != nil {
		return nil, fmt.Errorf("look up order %s: %w", number, err)
	}
	return []catalog.Order{o}, nil
}

// ByToken returns the order whose page a token names, if there is one. It is found by the token's hash, so that the time it takes tells nothing
// of the tokens there are.
func (s *Store) ByToken(ctx context.Context, token string) (o catalog.Order, found bool, err error) {
	o, err = order(ctx, s.db, "page = $1", hash(token))
	if errors.Is(err, sql.ErrNoRows) {
		return o, false, nil
	}
	if err != nil {
		return o, false, fmt.Errorf("look up the order of a page: %w", err)
	}
	return o, true, nil
}

func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// same is 1 if what was given is not empty and equal, else 0, in constant time.
func same(given, kept string) int {
	g, k := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(kept))
	return subtle.ConstantTimeCompare(g[:], k[:]) &^ subtle.ConstantTimeEq(int32(len(given)), 0)
}

func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// foldPhone writes a phone number as + and digits: 040 123 4567, 00358401234567
// and +358 (0)40 123 4567 are all +358401234567.
func foldPhone(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
	abroad := strings.HasPrefix(strings.TrimSpace(phone), "+")
	if rest, ok := strings.CutPrefix(digits, "00"); ok && !abroad {
		digits, abroad = rest, true
	}
	if rest, ok := strings.CutPrefix(digits, "0"); ok && !abroad {
		return "+358" + rest
	}
	if rest, ok := strings.CutPrefix(digits, "3580"); ok {
		return "+358" + rest
	}
	if digits == "" {
		return ""
	}
	return "+" + digits
}
