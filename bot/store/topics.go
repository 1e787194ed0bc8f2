package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tiski/bot"
)

const topicColumns = `SELECT chat, thread, conversation, seq, told, at FROM staff_topics `

// OpenTopics returns the topics of a group that are not closed, and those without
// a conversation: these must not be seen any more.
func (s *Store) OpenTopics(ctx context.Context, chat int64) ([]bot.Topic, error) {
	all, err := list(ctx, s.db, func(rows *sql.Rows) (bot.Topic, error) { return topic(rows) }, topicColumns+`WHERE chat = $1 AND (told <> '' OR conversation = '') ORDER BY at, thread`, chat)
	if err != nil {
		return nil, fmt.Errorf("read the topics of staff: %w", err)
	}
	return all, nil
}

// TopicOf returns the topic of a conversation in a group; found is false when it
// has none.
func (s *Store) TopicOf(ctx context.Context, chat int64, conversation string) (t bot.Topic, found bool, err error) {
	return foundTopic(s.db.QueryRowContext(ctx, topicColumns+`WHERE chat = $1 AND conversation = $2`, chat, conversation))
}

// TopicAt returns the topic of a thread in a group; found is false when the thread
// is of no conversation.
func (s *Store) TopicAt(ctx context.Context, chat int64, thread int) (t bot.Topic, found bool, err error) {
	return foundTopic(s.db.QueryRowContext(ctx, topicColumns+`WHERE chat = $1 AND thread = $2 AND conversation <> ''`, chat, thread))
}

// SetTopic notes what is shown in a topic. That of a conversation which was erased
// meanwhile stays without it.
func (s *Store) SetTopic(ctx context.Context, t bot.Topic) error {
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO staff_topics (chat, thread, conversation, seq, told, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (chat, thread) DO UPDATE SET seq = excluded.seq, told = excluded.told, at = excluded.at`,
		t.Chat, t.Thread, t.Conversation, t.Seq, t.Told, t.At.UnixMilli())
	if err != nil {
		return fmt.Errorf("note the topic of %s: %w", t.Conversation, err)
	}
	return nil
}

// DropTopic forgets a topic that is no more.
func (s *Store) DropTopic(ctx context.Context, chat int64, thread int) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM staff_topics WHERE chat = $1 AND thread = $2`, chat, thread); err != nil {
		return fmt.Errorf("forget a topic of staff: %w", err)
	}
	return nil
}

func foundTopic(row *sql.Row) (bot.Topic, bool, error) {
	t, err := topic(row)
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Topic{}, false, nil
	}
	if err != nil {
		return bot.Topic{}, false, fmt.Errorf("look for a topic of staff: %w", err)
	}
	return t, true, nil
}

func topic(row interface{ Scan(...any) error }) (t bot.Topic, err error) {
	var at int64
	err = row.Scan(&t.Chat, &t.Thread, &t.Conversation, &t.Seq, &t.Told, &at)
	t.At = time.UnixMilli(at)
	return t, err
}
