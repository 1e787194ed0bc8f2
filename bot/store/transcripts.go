package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"tiski/bot"
)

var _ bot.Transcripts = (*Store)(nil)

// MaxTranscript is how many messages Transcript returns at most.
const MaxTranscript = 1000

// SaveMessages keeps messages of conversations, in one transaction; those whose
// sequence numbers are kept already stay as they are, and those from before the
// conversation was erased are left out.
func (s *Store) SaveMessages(ctx context.Context, excerpts ...bot.Excerpt) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		for _, e := range excerpts {
			if err := s.saveMessages(ctx, tx, e.Conversation, e.Messages); err != nil {
				return fmt.Errorf("save messages of %s: %w", e.Conversation, err)
			}
		}
		return nil
	})
}

func (s *Store) saveMessages(ctx context.Context, tx *sql.Tx, conversation string, ms []bot.Message) error {
	hashed := hash(conversation)
	for _, m := range ms {
		text := storable(m.Text)
		m.Text = ""
		rest, err := json.Marshal(m)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO messages (conversation, seq, at, speaker, text, rest, seal)
			SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($8 AS TEXT)
			WHERE NOT EXISTS (SELECT 1 FROM erased_talks WHERE hash = $7 AND at > $3) ON CONFLICT DO NOTHING`,
			conversation, m.Seq, m.At.UnixMilli(), m.From, s.sealed(text, placeOfText(conversation, m.Seq)), s.sealed(string(rest), placeOfRest(conversation, m.Seq)), hashed, s.seals()); err != nil {
			return err
		}
	}
	return nil
}

// Transcript returns the kept messages of a conversation with Seq > after,
// oldest first; at most limit, and never more than MaxTranscript.
func (s *Store) Transcript(ctx context.Context, conversation string, after int64, limit int) ([]bot.Message, error) {
	ms, err := list(ctx, s.db, func(rows *sql.Rows) (m bot.Message, err error) {
		var seq int64
		var text, rest, key string
		if err := rows.Scan(&seq, &text, &rest, &key); err != nil {
			return m, err
		}
		if rest, err = s.opened(rest, key, placeOfRest(conversation, seq)); err != nil {
			return m, err
		}
		if err := json.Unmarshal([]byte(rest), &m); err != nil {
			return m, err
		}
		m.Text, err = s.opened(text, key, placeOfText(conversation, seq))
		return m, err
	}, `
		SELECT seq, text, rest, seal FROM messages WHERE conversation = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
		conversation, after, max(0, min(limit, MaxTranscript)))
	if err != nil {
		return nil, fmt.Errorf("transcript of %s: %w", conversation, err)
	}
	return ms, nil
}
