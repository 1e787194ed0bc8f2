package bot

import (
	"context"
	"strings"

	"tiski/bot/dialogue"
	"tiski/bot/voice"
)

// Reminders sends by letter what was said unasked (package store keeps it).
type Reminders interface {
	// MailReminder has a letter tell it; the same id again is the same letter.
	MailReminder(ctx context.Context, id, conversation string, m dialogue.MailReminder) error
}

// mail sends a reminder by letter, too.
func (b *Bot) mail(ctx context.Context, conversation string, w Work) (dialogue.Done, error) {
	done := dialogue.Done{Effect: w.ID, Work: w.Kind}
	m, err := wanted[dialogue.MailReminder](w)
	if err != nil {
		return done, err
	}
	return done, b.Reminders.MailReminder(ctx, w.ID, conversation, m)
}

// mailed is what a letter says of a message: its words, and the names and prices
// on its cards.
func mailed(words voice.Message) string {
	lines := []string{words.Text}
	for _, c := range words.Cards {
		lines = append(lines, strings.TrimSpace(c.Title+", "+c.Price))
	}
	return strings.Join(lines, "\n")
}
