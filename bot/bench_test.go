package bot_test

import (
	"context"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/bottest"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// memory keeps conversations in a map: what is left when no network and no
// Redis is between the bot and what it remembers.
type memory struct {
	mu    sync.Mutex
	kept  map[string]bot.Snapshot
	input map[string]string
}

func (m *memory) Load(_ context.Context, conversation, input string) (bot.Snapshot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.kept[conversation]
	s.Seen = s.State != nil && m.input[conversation] == input
	return s, nil
}

func (m *memory) Commit(_ context.Context, c bot.Commit) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept[c.Conversation].Version != c.Version {
		return bot.ErrConflict
	}
	m.kept[c.Conversation] = bot.Snapshot{State: c.State, Version: c.Version + 1, Seq: c.Seq + int64(len(c.Log))}
	m.input[c.Conversation] = c.Input
	return nil
}

func (*memory) Erase(context.Context, string, string) error { return nil }

func (*memory) Claim(context.Context, time.Time, time.Duration, int) ([]bot.Due, error) {
	return nil, nil
}

// BenchmarkHandle is a message handled without a network: loaded, understood,
// stepped, put into words and committed. The messages are those of a purchase
// with questions in between, in turn.
func BenchmarkHandle(b *testing.B) {
	shelf, err := bottest.Shelf()
	if err != nil {
		b.Fatal(err)
	}
	m := &memory{kept: map[string]bot.Snapshot{}, input: map[string]string{}}
	shop := bot.New(m, nil, shelf, nil, func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki) }, slog.New(slog.DiscardHandler))
	said := []string{
		"moi", "etsin villasukkia koko 40", "otan ekan", "harmaa", "kassalle", "Maija Virtanen", "paljonko toimitus maksaa?", "maija@example.com",
		"040 123 4567", "Kotikatu 5, 00530 Helsinki", "noutopisteeseen", "eiku kotiin", "laskulla", "mikä on palautusaika?",
	}
	i := 0
	for b.Loop() {
		conversation := "web:" + strconv.Itoa(i/len(said))
		in := bot.Input{ID: strconv.Itoa(i), What: dialogue.Said{Text: said[i%len(said)]}}
		if _, err := shop.Handle(b.Context(), conversation, in); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
