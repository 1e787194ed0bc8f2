package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tiski/bot/seal"
)

// ErrSealed means that transcripts are sealed by a key that is not given.
var ErrSealed = errors.New("transcripts are sealed by a key that is not given")

// KeySize is how many bytes a key of transcripts has.
const KeySize = 32

// sealsAtOnce is how many rows are sealed in one transaction.
const sealsAtOnce = 500

// TranscriptKey is the name of a key of transcripts, for people who compare keys.
func TranscriptKey(secret []byte) (string, error) {
	k, err := transcriptKey(secret)
	if err != nil {
		return "", err
	}
	return k.ID, nil
}

func transcriptKey(secret []byte) (*seal.Key, error) {
	if len(secret) != KeySize {
		return nil, fmt.Errorf("a key of transcripts has %d bytes, not %d", KeySize, len(secret))
	}
	return seal.New(secret, "tiski transcripts")
}

// takeKeys takes the keys of transcripts into use: the first seals from now on, and any
// opens. It is ErrSealed when the database has a seal of another.
func (s *Store) takeKeys(ctx context.Context, secrets [][]byte) error {
	for _, secret := range secrets {
		k, err := transcriptKey(secret)
		if err != nil {
			return err
		}
		s.keys = append(s.keys, k)
	}
	used, err := list(ctx, s.db, word, `SELECT id FROM seals ORDER BY id`)
	if err != nil {
		return fmt.Errorf("read which keys seal transcripts: %w", err)
	}
	for _, id := range used {
		if s.key(id) == nil {
			return fmt.Errorf("%w: key %s", ErrSealed, id)
		}
	}
	if len(s.keys) > 0 && !slices.Contains(used, s.keys[0].ID) {
		if _, err := s.db.ExecContext(ctx, `INSERT INTO seals (id) VALUES ($1) ON CONFLICT DO NOTHING`, s.keys[0].ID); err != nil {
			return fmt.Errorf("note which key seals transcripts: %w", err)
		}
	}
	return nil
}

// key is the key of a name; nil when it is not given.
func (s *Store) key(id string) *seal.Key {
	if i := slices.IndexFunc(s.keys, func(k *seal.Key) bool { return k.ID == id }); i >= 0 {
		return s.keys[i]
	}
	return nil
}

// seals is the name of the key that seals now; "" when transcripts are kept open.
func (s *Store) seals() string {
	if len(s.keys) == 0 {
		return ""
	}
	return s.keys[0].ID
}

// sealed is a text as it is kept at its place by the key that seals now.
func (s *Store) sealed(text, place string) string {
	if len(s.keys) == 0 || text == "" {
		return text
	}
	return base64.RawStdEncoding.EncodeToString(s.keys[0].Seal([]byte(text), place))
}

// opened is a text that is kept at its place by the key of a name.
func (s *Store) opened(text, key, place string) (string, error) {
	if key == "" || text == "" {
		return text, nil
	}
	k := s.key(key)
	if k == nil {
		return "", fmt.Errorf("%w: key %s", ErrSealed, key)
	}
	bytes, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return "", fmt.Errorf("open %s: %w", place, err)
	}
	open, err := k.Open(bytes, place)
	if err != nil {
		return "", fmt.Errorf("open %s: %w", place, err)
	}
	return string(open), nil
}

// Places of what is sealed.
func placeOfText(conversation string, seq int64) string {
	return "messages/" + conversation + "/" + strconv.FormatInt(seq, 10) + "/text"
}

func placeOfRest(conversation string, seq int64) string {
	return "messages/" + conversation + "/" + strconv.FormatInt(seq, 10) + "/rest"
}

func placeOfLetter(id string) string { return "transcript_letters/" + id }

// SealKept seals what is kept open or by an older key with the one that seals now,
// and returns how many messages and letters that were. Others may go on using
// the database. Afterwards no older key is needed, provided that no process still
// seals with it. An SQLite file has no trace of what was open left; the pages of
// PostgreSQL have, until VACUUM FULL.
func (s *Store) SealKept(ctx context.Context) (n int, err error) {
	if len(s.keys) == 0 {
		return 0, errors.New("seal transcripts: no key is given")
	}
	for _, kept := range []func(context.Context) (int, error){s.sealMessages, s.sealLetters} {
		some, err := kept(ctx)
		n += some
		if err != nil {
			return n, fmt.Errorf("seal transcripts: %w", err)
		}
	}
	if s.file {
		for _, statement := range []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
			if _, err := s.db.ExecContext(ctx, statement); err != nil {
				return n, fmt.Errorf("remove what was open from the file: %w", err)
			}
		}
	}
	if _, err := s.db.ExecContext(ctx, `DELETE FROM seals WHERE id <> $1`, s.keys[0].ID); err != nil {
		return n, fmt.Errorf("forget older keys: %w", err)
	}
	return n, nil
}

// sealMessages goes through the messages in the order of their primary key.
func (s *Store) sealMessages(ctx context.Context) (n int, err error) {
	type row struct {
		conversation, text, rest, key string
		seq                           int64
	}
	var last row
	for more := true; more && err == nil; {
		err = s.within(ctx, func(tx *sql.Tx) error {
			some, err := list(ctx, tx, func(rows *sql.Rows) (r row, err error) {
				return r, rows.Scan(&r.conversation, &r.seq, &r.text, &r.rest, &r.key)
			}, `SELECT conversation, seq, text, rest, seal FROM messages WHERE (conversation, seq) > ($1, $2) AND seal <> $3 ORDER BY conversation, seq LIMIT $4`,
				last.conversation, last.seq, s.seals(), sealsAtOnce)
			if err != nil {
				return err
			}
			for _, r := range some {
				ofText, ofRest := placeOfText(r.conversation, r.seq), placeOfRest(r.conversation, r.seq)
				text, err := s.opened(r.text, r.key, ofText)
				if err != nil {
					return err
				}
				rest, err := s.opened(r.rest, r.key, ofRest)
				if err != nil {
					return err
				}
				if _, err := tx.ExecContext(ctx, `UPDATE messages SET text = $3, rest = $4, seal = $5 WHERE conversation = $1 AND seq = $2`,
					r.conversation, r.seq, s.sealed(text, ofText), s.sealed(rest, ofRest), s.seals()); err != nil {
					return err
				}
				last = r
			}
			n += len(some)
			more = len(some) == sealsAtOnce
			return nil
		})
	}
	return n, err
}

// sealLetters seals the few transcripts that wait to be sent.
func (s *Store) sealLetters(ctx context.Context) (n int, err error) {
	type row struct{ id, said, key string }
	err = s.within(ctx, func(tx *sql.Tx) error {
		all, err := list(ctx, tx, func(rows *sql.Rows) (r row, err error) { return r, rows.Scan(&r.id, &r.said, &r.key) },
			`SELECT id, said, seal FROM transcript_letters WHERE seal <> $1 AND said <> '[]'`, s.seals())
		if err != nil {
			return err
		}
		for _, r := range all {
			said, err := s.opened(r.said, r.key, placeOfLetter(r.id))
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE transcript_letters SET said = $2, seal = $3 WHERE id = $1`,
				r.id, s.sealed(said, placeOfLetter(r.id)), s.seals()); err != nil {
				return err
			}
		}
		n = len(all)
		return nil
	})
	return n, err
}
