package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

var _ bot.Audience = (*Store)(nil)

// Prospects returns customers whose last word about reminders and offers is yes
// and who have not been sent something, after one by id.
func (s *Store) Prospects(ctx context.Context, of bot.Unsent, after string, most int) ([]bot.Prospect, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (p bot.Prospect, err error) {
		var profile []byte
		var last int64
		if err = rows.Scan(&p.Customer, &profile, &p.Conversation, &last); err == nil {
			err = json.Unmarshal(profile, &p.Profile)
		}
		if last > 0 {
			p.Last = time.UnixMilli(last)
		}
		return p, err
	}, `
		SELECT c.id, c.profile, (SELECT conversation FROM customer_talks t WHERE t.customer = c.id ORDER BY since DESC, conversation LIMIT 1),
		COALESCE((SELECT MAX(n.at) FROM sendings n JOIN customer_talks t ON t.conversation = n.conversation WHERE t.customer = c.id AND n.kind = $2), 0)
		FROM customers c
		WHERE c.id > $1 AND EXISTS (SELECT 1 FROM customer_talks t WHERE t.customer = c.id)
		AND NOT EXISTS (SELECT 1 FROM sendings n JOIN customer_talks t ON t.conversation = n.conversation
			WHERE t.customer = c.id AND n.kind = $2 AND ($3 = '' OR n.subject = $3) AND n.at > $7)
		AND (SELECT CASE WHEN k.version >= $8 THEN k.answer END FROM consents k JOIN customer_talks t ON t.conversation = k.conversation
			WHERE t.customer = c.id AND k.purpose = $4 ORDER BY k.at DESC, k.id DESC LIMIT 1) = $5
		ORDER BY c.id LIMIT $6`, after, of.Kind, of.Subject, dialogue.Reminders, dialogue.Given, most, of.Since.UnixMilli(), of.Wording)
	if err != nil {
		return nil, fmt.Errorf("look for who wants offers: %w", err)
	}
	return all, nil
}

// Sent is to how many customers a campaign has been sent.
func (s *Store) Sent(ctx context.Context, campaign string) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sendings WHERE kind = $1 AND subject = $2`, dialogue.OfCampaign, campaign).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count what was sent of campaign %s: %w", campaign, err)
	}
	return n, nil
}
