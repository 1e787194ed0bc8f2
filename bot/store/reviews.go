package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

var (
	_ bot.Reviews   = (*Store)(nil)
	_ bot.Reviewed  = (*Store)(nil)
	_ staff.Reviews = (*Store)(nil)
)

// The states of a review.
const (
	reviewWaits   = "waiting"
	reviewShown   = "shown"
	reviewRefused = "refused"
)

// mostShown is how many reviews of customers are told of at most: the latest.
const mostShown = 50_000

// WriteReview keeps a review of goods that an order brought; of other goods, and
// of an order that nobody has, nothing is kept. A later one of the same goods of
// the order gives way to it, and waits to be read anew.
func (s *Store) WriteReview(ctx context.Context, id, conversation string, w dialogue.WriteReview) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		o, err := s.hold(ctx, tx, w.Order)
		if errors.Is(err, ErrNoOrder) {
			return nil
		}
		if err != nil || o.Delivered.IsZero() || !slices.ContainsFunc(o.Lines, func(l catalog.OrderLine) bool { return l.Product == w.Review.Product }) {
			return err
		}
		r := w.Review
		_, err = tx.ExecContext(ctx, `
			INSERT INTO reviews (id, order_id, product, conversation, stars, lang, words, name, at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (order_id, product) DO UPDATE SET id = excluded.id, conversation = excluded.conversation, stars = excluded.stars, lang = excluded.lang,
				words = excluded.words, name = excluded.name, at = excluded.at, state = excluded.state, why = '', judged = $11
			WHERE reviews.id <> excluded.id AND reviews.at <= excluded.at`,
			id, o.ID, r.Product, conversation, r.Stars, r.Lang, storable(r.Text), storable(r.By), r.At.UnixMilli(), reviewWaits, s.Now().UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("keep a review of %s: %w", conversation, err)
	}
	return nil
}

// WrittenReviews returns the reviews that are shown, the latest first, or those
// that wait to be read, the oldest first.
func (s *Store) WrittenReviews(ctx context.Context, shown bool, most int) ([]staff.Review, error) {
	state, order := reviewWaits, `at, r.id`
	if shown {
		state, order = reviewShown, `at DESC, r.id`
	}
	all, err := s.reviews(ctx, `r.state = $1 ORDER BY `+order+` LIMIT $2`, state, most)
	if err != nil {
		return nil, fmt.Errorf("read reviews: %w", err)
	}
	return all, nil
}

// ShownReviews are those that staff let be told, the latest first. Each is of
// goods that the shop has seen bought.
func (s *Store) ShownReviews(ctx context.Context) ([]catalog.Review, error) {
	written, err := s.WrittenReviews(ctx, true, mostShown)
	var all []catalog.Review
	for _, r := range written {
		all = append(all, r.Review)
	}
	return all, err
}

// ReviewsMark changes whenever a review is shown, or is not any more.
func (s *Store) ReviewsMark(ctx context.Context) (string, error) {
	var shown, judged int64
	err := s.db.QueryRowContext(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(judged), 0) AS BIGINT) FROM reviews WHERE state <> $1 OR judged > 0`, reviewWaits).Scan(&shown, &judged)
	if err != nil {
		return "", fmt.Errorf("look for new reviews: %w", err)
	}
	return strconv.FormatInt(shown, 10) + "@" + strconv.FormatInt(judged, 10), nil
}

// JudgeReview shows a review, or keeps it back for a reason.
func (s *Store) JudgeReview(ctx context.Context, id, why string, at time.Time) error {
	state, from := reviewShown, reviewWaits
	if why != "" {
		state, from = reviewRefused, reviewShown
	}
	err := found(changed(s.db.ExecContext(ctx, `UPDATE reviews SET state = $2, why = $3, judged = $4 WHERE id = $1 AND state IN ($5, $6)`,
		id, state, why, at.UnixMilli(), reviewWaits, from)))
	if err != nil {
		return fmt.Errorf("judge a review: %w", err)
	}
	return nil
}

func (s *Store) reviews(ctx context.Context, where string, args ...any) ([]staff.Review, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (r staff.Review, err error) {
		var at int64
		var state string
		err = rows.Scan(&r.ID, &r.Product, &r.Conversation, &r.Stars, &r.Lang, &r.Text, &r.By, &at, &state, &r.Order)
		r.At, r.Bought, r.Shown = time.UnixMilli(at), true, state == reviewShown
		return r, err
	}, `
		SELECT r.id, r.product, r.conversation, r.stars, r.lang, r.words, r.name, r.at, r.state, o.number
		FROM reviews r JOIN orders o ON o.id = r.order_id WHERE `+where, args...)
}
