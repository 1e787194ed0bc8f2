package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"tiski/bot"
	"tiski/bot/letters"
)

// MailTranscript has what was said in a conversation sent to an address, once for
// each id of the conversation's, unless it was erased since.
func (s *Store) MailTranscript(ctx context.Context, conversation, id, email, lang string, messages []bot.Message) error {
	if len(messages) == 0 {
		return nil
	}
	said := make([]letters.Said, len(messages))
	for i, m := range messages {
		said[i] = letters.Said{At: m.At, By: string(m.From), Name: m.Staff, Text: m.Text}
		for _, c := range m.Cards {
			said[i].Goods = append(said[i].Goods, c.Title+", "+c.Price)
		}
	}
	document, err := json.Marshal(said)
	if err != nil {
		return fmt.Errorf("mail the transcript of %s: %w", conversation, err)
	}
	now := s.Now()
	id = hash(conversation + "/" + id)
	err = s.within(ctx, func(tx *sql.Tx) error {
		erased, err := erasedSince(ctx, tx, conversation, messages[0].At)
		if err != nil || erased {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO transcript_letters (id, conversation, email, lang, at, said, seal) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			id, conversation, storable(email), lang, now.UnixMilli(), s.sealed(storable(string(document)), placeOfLetter(id)), s.seals())
		if err != nil {
			return err
		}
		return tell(ctx, tx, ofTranscript+id+"/asked", now)
	})
	if err != nil {
		return fmt.Errorf("mail the transcript of %s: %w", conversation, err)
	}
	return nil
}

// transcriptNotice reads a transcript that is to be sent; it is empty when the
// conversation was erased meanwhile.
func (s *Store) transcriptNotice(ctx context.Context, n letters.Notice, id string) (letters.Notice, error) {
	var document, key string
	err := s.db.QueryRowContext(ctx, `SELECT email, lang, said, seal FROM transcript_letters WHERE id = $1`, id).Scan(&n.Email, &n.Lang, &document, &key)
	if errors.Is(err, sql.ErrNoRows) {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	if document, err = s.opened(document, key, placeOfLetter(id)); err != nil {
		return n, err
	}
	return n, json.Unmarshal([]byte(document), &n.Said)
}
