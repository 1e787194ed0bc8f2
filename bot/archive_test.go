package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
)

// awayTranscripts cannot be written for one conversation.
type awayTranscripts struct {
	bot.Transcripts
	away string
}

func (a *awayTranscripts) SaveMessages(ctx context.Context, excerpts ...bot.Excerpt) error {
	for _, e := range excerpts {
		if e.Conversation == a.away {
			return errAway
		}
	}
	return a.Transcripts.SaveMessages(ctx, excerpts...)
}

func TestArchive(t *testing.T) {
	t.Parallel()
	s := open(t)
	transcripts := &awayTranscripts{Transcripts: s.store, away: "web:1"}
	a := &bot.Archivist{Archive: s.state, Transcripts: transcripts, Trace: slog.New(slog.DiscardHandler)}
	kept := func(conversation string) string {
		t.Helper()
		messages, err := s.store.Transcript(t.Context(), conversation, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return texts(messages)
	}
	one, two := s.customer("web:1"), s.customer("web:2")
	one.tap("cart")
	two.tap("human")
	if err := a.Once(t.Context()); !errors.Is(err, errAway) {
		t.Errorf("while a transcript cannot be written: %v", err)
	}
	if kept(one.name) != "" || kept(two.name) != texts(s.log(two.name)) {
		t.Errorf("one fault: the transcripts are %q and %q", kept(one.name), kept(two.name))
	}
	transcripts.away = ""
	one.tap("checkout")
	for range 2 {
		if err := a.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []*customer{one, two} {
		if want := texts(s.log(c.name)); kept(c.name) != want {
			t.Errorf("the transcript of %s is %q, its log %q", c.name, kept(c.name), want)
		}
	}
	if changed, err := s.state.Changed(t.Context(), 10); err != nil || len(changed) != 0 {
		t.Errorf("still to be archived: %v, %v", changed, err)
	}
	one.tap("cart")
	if changed, err := s.state.Changed(t.Context(), 10); err != nil || len(changed) != 1 {
		t.Errorf("to be archived after one more message: %v, %v", changed, err)
	}
}

// awayArchive is a log that is away.
type awayArchive struct {
	bot.Archive
	asked int
}

func (a *awayArchive) Changed(context.Context, int) ([]string, error) {
	a.asked++
	return nil, errAway
}

func TestArchivistRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		away := &awayArchive{}
		a := &bot.Archivist{Archive: away, Trace: slog.New(slog.DiscardHandler)}
		ctx, stop := context.WithTimeout(t.Context(), 7*time.Second)
		defer stop()
		if err := a.Run(ctx); err != nil {
			t.Error(err)
		}
		if away.asked != 7 {
			t.Errorf("asked %d times in 7 seconds", away.asked)
		}
	})
}
