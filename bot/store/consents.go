package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"tiski/bot/dialogue"
)

// theirs are the conversations of whom $1 is with, $1 among them.
const theirs = `SELECT CAST($1 AS TEXT) UNION SELECT b.conversation FROM customer_talks a JOIN customer_talks b ON b.customer = a.customer WHERE a.conversation = $1`

// noteConsent writes an answer down. It is not fresh when it was there before.
func noteConsent(ctx context.Context, tx *sql.Tx, id, conversation string, c dialogue.Consent) (fresh bool, err error) {
	return changed(tx.ExecContext(ctx, `
		INSERT INTO consents (id, conversation, purpose, answer, wording, version, lang, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		id, conversation, c.Purpose, c.Answer, c.Wording, c.Version, c.Lang, c.At.UnixMilli()))
}

// consents reads every answer of whom a conversation is with, the first first.
func consents(ctx context.Context, q querier, conversation string) ([]dialogue.Consent, error) {
	return list(ctx, q, consent, `SELECT `+consentColumns+` FROM consents WHERE conversation IN (`+theirs+`) ORDER BY at, id`, conversation)
}

const consentColumns = `conversation, purpose, answer, wording, version, lang, at`

func consent(rows *sql.Rows) (c dialogue.Consent, err error) {
	var conversation string
	var at int64
	err = rows.Scan(&conversation, &c.Purpose, &c.Answer, &c.Wording, &c.Version, &c.Lang, &at)
	c.Channel, _, _ = strings.Cut(conversation, ":")
	c.At = time.UnixMilli(at)
	return c, err
}

// answers are the last ones, by purpose.
func answers(ctx context.Context, q querier, conversation string) (map[string]dialogue.Consent, error) {
	all, err := consents(ctx, q, conversation)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	last := map[string]dialogue.Consent{}
	for _, c := range all {
		last[c.Purpose] = c
	}
	return last, nil
}
