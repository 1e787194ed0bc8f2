package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"tiski/bot/staff"
)

var (
	_ staff.Notes    = (*Store)(nil)
	_ staff.Examples = (*Store)(nil)
)

// AddNote writes a note of a conversation. The same id again changes nothing.
func (s *Store) AddNote(ctx context.Context, n staff.Note) error {
	_, err := s.db.ExecContext(ctx,
		`INSERT INTO staff_notes (id, conversation, at, staff, name, text) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		n.ID, n.Conversation, n.At.UnixMilli(), n.Staff, n.Name, storable(n.Text))
	if err != nil {
		return fmt.Errorf("note something of %s: %w", n.Conversation, err)
	}
	return nil
}

// NotesOf returns the notes of a conversation, oldest first.
func (s *Store) NotesOf(ctx context.Context, conversation string) ([]staff.Note, error) {
	all, err := s.notes(ctx, `conversation = $1 ORDER BY at, id`, conversation)
	if err != nil {
		return nil, fmt.Errorf("read the notes of %s: %w", conversation, err)
	}
	return all, nil
}

// MentionsOf returns the notes since a moment that mention a member of staff and
// were written by another, of conversations that they have not opened since, the
// latest first.
func (s *Store) MentionsOf(ctx context.Context, name string, since time.Time) ([]staff.Note, error) {
	all, err := s.notes(ctx, `at >= $1 AND staff <> $2 AND lower(text) LIKE $3 AND NOT EXISTS (
		SELECT 1 FROM staff_acts a WHERE a.staff = $2 AND a.subject = staff_notes.conversation AND a.at >= staff_notes.at) ORDER BY at DESC, id`,
		since.UnixMilli(), name, "%@"+pattern(name)+"%")
	if err != nil {
		return nil, fmt.Errorf("look for mentions of %s: %w", name, err)
	}
	return slices.DeleteFunc(all, func(n staff.Note) bool { return !n.Mentions(name) }), nil
}

func (s *Store) notes(ctx context.Context, where string, args ...any) ([]staff.Note, error) {
	return list(ctx, s.db, func(rows *sql.Rows) (n staff.Note, err error) {
		var at int64
		err = rows.Scan(&n.ID, &n.Conversation, &at, &n.Staff, &n.Name, &n.Text)
		n.At = time.UnixMilli(at)
		return n, err
	}, `SELECT id, conversation, at, staff, name, text FROM staff_notes WHERE `+where, args...)
}

// States of an example.
const (
	proposed = "proposed"
	accepted = "accepted"
)

// ProposeExample writes down what a message means. The same id again changes
// nothing.
func (s *Store) ProposeExample(ctx context.Context, e staff.Example) error {
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO examples (id, conversation, at, staff, lang, text, was, intent, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
		e.ID, e.Conversation, e.At.UnixMilli(), e.Staff, e.Lang, storable(e.Text), e.Was, e.Intent, proposed)
	if err != nil {
		return fmt.Errorf("propose an example: %w", err)
	}
	return nil
}

// Examples returns the examples accepted, or those that wait for it, the oldest
// first.
func (s *Store) Examples(ctx context.Context, whetherAccepted bool, most int) ([]staff.Example, error) {
	state := proposed
	if whetherAccepted {
		state = accepted
	}
	all, err := list(ctx, s.db, func(rows *sql.Rows) (e staff.Example, err error) {
		var at int64
		err = rows.Scan(&e.ID, &e.Conversation, &at, &e.Staff, &e.Lang, &e.Text, &e.Was, &e.Intent)
		e.At, e.Accepted = time.UnixMilli(at), whetherAccepted
		return e, err
	}, `
		SELECT id, conversation, at, staff, lang, text, was, intent FROM examples WHERE state = $1 ORDER BY at, id LIMIT $2`, state, max(0, most))
	if err != nil {
		return nil, fmt.Errorf("read the examples: %w", err)
	}
	return all, nil
}

// AcceptExample accepts an example as it is written and meant now. It no longer
// tells in which conversation it was said.
func (s *Store) AcceptExample(ctx context.Context, id, text, intent string) error {
	return found(changed(s.db.ExecContext(ctx, `UPDATE examples SET state = $2, text = $3, intent = $4, conversation = '' WHERE id = $1 AND state = $5`,
		id, accepted, storable(text), intent, proposed)))
}

// RemoveExample removes an example.
func (s *Store) RemoveExample(ctx context.Context, id string) error {
	return found(changed(s.db.ExecContext(ctx, `DELETE FROM examples WHERE id = $1`, id)))
}

// found is staff.ErrUnknown when nothing was changed.
func found(done bool, err error) error {
	if err == nil && !done {
		return staff.ErrUnknown
	}
	return err
}
