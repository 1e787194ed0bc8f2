// Package bottest opens the demo shop for tests of the bot and of its doors.
package bottest

import (
	"log/slog"
	"sync"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/persona"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/catalog/search"
	"tiski/intents"
	"tiski/intents/finnish"
)

// Shelf is the demo shop on its shelf, made once for all tests of a process: a shelf
// never changes.
var Shelf = sync.OnceValues(func() (*bot.Shelf, error) {
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		return nil, err
	}
	s := &bot.Shelf{Shop: shop, Index: search.New(shop, finnish.Base())}
	if s.Personas, err = persona.Load(demo.FS, shop, intents.Names); err != nil {
		return nil, err
	}
	if s.Voice, err = voice.New(shop, demo.FS, s.Personas, finnish.Base()); err != nil {
		return nil, err
	}
	learnt, err := intents.BuiltIn()
	if err != nil {
		return nil, err
	}
	s.Model, err = intents.NewModel(learnt, intents.Data(), intents.Vocabulary{})
	return s, err
})

// Shop is the demo shop with an empty memory of its own.
type Shop struct {
	Shelf *bot.Shelf
	Talks *state.Conversations
	Store *store.Store
	Bot   *bot.Bot
}

// Open opens the demo shop until the test ends. pushed are the channels whose
// messages wait for somebody to send them.
func Open(t testing.TB, pushed []string, clock func() time.Time, log *slog.Logger) *Shop {
	t.Helper()
	s := &Shop{}
	var err error
	if s.Shelf, err = Shelf(); err != nil {
		t.Fatal(err)
	}
	if s.Talks, err = state.Open(t.Context(), state.Options{Clock: clock, Log: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Talks.Close() })
	if s.Store, err = store.Open(t.Context(), store.Memory); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Store.Close() })
	s.Store.Now = clock
	s.Bot = bot.New(s.Talks, s.Store, s.Shelf, pushed, clock, log)
	return s
}
