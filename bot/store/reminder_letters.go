package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/letters"
)

var _ bot.Reminders = (*Store)(nil)

// MailReminder has a letter tell what was said unasked. The same id again is the
// same letter.
func (s *Store) MailReminder(ctx context.Context, id, conversation string, m dialogue.MailReminder) error {
	now := s.Now()
	err := s.within(ctx, func(tx *sql.Tx) error {
		fresh, err := changed(tx.ExecContext(ctx, `
			INSERT INTO reminder_letters (id, conversation, token, email, lang, at, said) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			id, conversation, rand.Text(), storable(m.Email), m.Lang, now.UnixMilli(), storable(m.Text)))
		if err != nil || !fresh {
			return err
		}
		return tell(ctx, tx, ofReminder+id+"/sent", now)
	})
	if err != nil {
		return fmt.Errorf("have a reminder of %s sent: %w", conversation, err)
	}
	return nil
}

// reminderNotice reads a reminder that is to be sent by letter: nothing when it is
// not wanted any more.
func (s *Store) reminderNotice(ctx context.Context, n letters.Notice, id string) (letters.Notice, error) {
	var conversation, email string
	err := s.db.QueryRowContext(ctx, `SELECT conversation, email, lang, token, said FROM reminder_letters WHERE id = $1`, id).
		Scan(&conversation, &email, &n.Lang, &n.Token, &n.Reminder)
	if errors.Is(err, sql.ErrNoRows) { // it was erased meanwhile
		return n, nil
	}
	if err != nil {
		return n, err
	}
	given, err := answers(ctx, s.db, conversation)
	if given[dialogue.Reminders].Answer == dialogue.Given {
		n.Email = email
	}
	return n, err
}

// Reminded tells of the link that stops reminders: in which language its page is,
// and whether they are still wanted. found is false for one that nobody has.
func (s *Store) Reminded(ctx context.Context, token string) (lang string, wanted, found bool, err error) {
	var conversation string
	err = s.db.QueryRowContext(ctx, `SELECT conversation, lang FROM reminder_letters WHERE token = $1`, token).Scan(&conversation, &lang)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, false, nil
	}
	if err == nil {
		var given map[string]dialogue.Consent
		given, err = answers(ctx, s.db, conversation)
		wanted = given[dialogue.Reminders].Answer == dialogue.Given
	}
	if err != nil {
		return "", false, false, fmt.Errorf("look for a reminder: %w", err)
	}
	return lang, wanted, true, nil
}

// StopReminders withdraws the consent to reminders of whom a letter's link was sent
// to, in all of their conversations. Stopped already, it changes nothing.
func (s *Store) StopReminders(ctx context.Context, token string) error {
	err := s.within(ctx, func(tx *sql.Tx) error {
		var conversation, lang string
		err := tx.QueryRowContext(ctx, `SELECT conversation, lang FROM reminder_letters WHERE token = $1`, token).Scan(&conversation, &lang)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		given, err := answers(ctx, tx, conversation)
		if err != nil || given[dialogue.Reminders].Answer != dialogue.Given {
			return err
		}
		_, err = noteConsent(ctx, tx, "reminders/"+rand.Text(), conversation, dialogue.Consent{
			Purpose: dialogue.Reminders, Answer: dialogue.Withdrawn, Reply: "letter.reminder.stop", Lang: lang, At: s.Now(),
		})
		return err
	})
	if err != nil {
		return fmt.Errorf("stop reminders: %w", err)
	}
	return nil
}
