package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"tiski/bot/letters"
	"tiski/catalog"
)

var _ letters.Ledger = (*Store)(nil)

// The ids of letters: what they are of, its id, and what it came to.
const (
	ofOrder      = "order/"
	ofCase       = "case/"
	ofRefund     = "refund/"
	ofNewsletter = "newsletter/"
	againMark    = "~" // and a number after what an order came to: the letter is sent again
	ofReminder   = "reminder/"
	ofTranscript = "transcript/"
)

// tell notes, in the transaction of an event, that a letter may have to tell it.
func tell(ctx context.Context, tx *sql.Tx, id string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO letters (id, due) VALUES ($1, $2) ON CONFLICT DO NOTHING`, id, at.UnixMilli())
	return err
}

// ClaimLetters returns what customers are to be told, the oldest first, and
// keeps it from others until a moment. What cannot be read is an error beside
// those that can.
func (s *Store) ClaimLetters(ctx context.Context, now, until time.Time, most int) ([]letters.Notice, error) {
	type row struct {
		id    string
		due   int64
		tries int
	}
	due, err := list(ctx, s.db, func(rows *sql.Rows) (r row, err error) { return r, rows.Scan(&r.id, &r.due, &r.tries) }, `SELECT id, due, tries FROM letters WHERE ended = 0 AND due <= $1 ORDER BY due LIMIT $2`, now.UnixMilli(), most)
	if err != nil {
		return nil, fmt.Errorf("look for letters: %w", err)
	}
	claimed, err := claimDue(due, func(r row) (bool, error) {
		return changed(s.db.ExecContext(ctx, `UPDATE letters SET due = $1, tries = tries + 1 WHERE id = $2 AND due = $3 AND ended = 0`, until.UnixMilli(), r.id, r.due))
	}, func(r row) (letters.Notice, error) {
		n, err := s.notice(ctx, r.id)
		if err != nil {
			return n, fmt.Errorf("letter %s: %w", r.id, err)
		}
		n.Tries = r.tries
		return n, nil
	})
	if err != nil {
		return claimed, fmt.Errorf("claim letters: %w", err)
	}
	return claimed, nil
}

// notice reads what a letter is about.
func (s *Store) notice(ctx context.Context, id string) (letters.Notice, error) {
	n := letters.Notice{ID: id}
	at := strings.LastIndexByte(id, '/')
	of, to := id[:at], id[at+1:]
	about := strings.TrimPrefix(of, ofOrder)
	if token, ok := strings.CutPrefix(of, ofNewsletter); ok {
		err := s.db.QueryRowContext(ctx, `SELECT email, lang, token FROM subscribers WHERE token = $1`, token).Scan(&n.Email, &n.Lang, &n.Token)
		if errors.Is(err, sql.ErrNoRows) { // they have left meanwhile
			err = nil
		}
		return n, err
	}
	if reminder, ok := strings.CutPrefix(of, ofReminder); ok {
		return s.reminderNotice(ctx, n, reminder)
	}
	if transcript, ok := strings.CutPrefix(of, ofTranscript); ok {
		return s.transcriptNotice(ctx, n, transcript)
	}
	if refund, ok := strings.CutPrefix(of, ofRefund); ok {
		if err := s.db.QueryRowContext(ctx, `SELECT order_id, amount FROM refunds WHERE id = $1`, refund).Scan(&about, &n.Refund); err != nil {
			return n, err
		}
	} else if c, ok := strings.CutPrefix(of, ofCase); ok {
		n.State = catalog.CaseState(to)
		var document []byte
		if err := s.db.QueryRowContext(ctx, `SELECT order_id, document FROM cases WHERE id = $1`, c).Scan(&about, &document); err != nil {
			return n, err
		}
		if err := json.Unmarshal(document, &n.Case); err != nil {
			return n, err
		}
	} else {
		to, n.Again, _ = strings.Cut(to, againMark)
		n.Status = catalog.Status(to)
	}
	var err error
	n.Order, err = order(ctx, s.db, "id = $1", about)
	return n, err
}

// EndLetter notes that a letter is over: sent, not needed, or given up. One that
// became due anew since it was claimed is not.
func (s *Store) EndLetter(ctx context.Context, id string, at time.Time) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE letters SET ended = $1 WHERE id = $2 AND tries > 0`, at.UnixMilli(), id); err != nil {
		return fmt.Errorf("end letter %s: %w", id, err)
	}
	if transcript, ok := strings.CutPrefix(id, ofTranscript); ok {
		if _, err := s.db.ExecContext(ctx, `UPDATE transcript_letters SET said = '[]', seal = '' WHERE id = $1`, strings.TrimSuffix(transcript, "/asked")); err != nil {
			return fmt.Errorf("end letter %s: %w", id, err)
		}
	}
	return nil
}

// DelayLetter lets a letter be tried again at a moment.
func (s *Store) DelayLetter(ctx context.Context, id string, until time.Time) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE letters SET due = $1 WHERE id = $2 AND tries > 0`, until.UnixMilli(), id); err != nil {
		return fmt.Errorf("delay letter %s: %w", id, err)
	}
	return nil
}
