package bot_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// TestAnAlbumIsAnsweredOnce: all of its pictures are seen by staff.
func TestAnAlbumIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	answers := ""
	for _, c := range []struct{ id, album string }{{"1", "a"}, {"2", "a"}, {"3", "a"}, {"4", "b"}, {"5", ""}, {"6", ""}} {
		turn, err := s.bot.Handle(t.Context(), "widget:a", bot.Input{ID: c.id, What: dialogue.Sent{Kind: "photo", Photo: "p" + c.id, Album: c.album}})
		if err != nil {
			t.Fatal(err)
		}
		if len(turn.Messages) > 0 {
			answers += c.id
		}
	}
	if answers != "1456" {
		t.Errorf("answered are %s", answers)
	}
	all, err := s.state.Messages(t.Context(), "widget:a", 0)
	if err != nil {
		t.Fatal(err)
	}
	var photos []string
	for _, m := range all {
		if m.Photo != "" {
			photos = append(photos, m.Photo)
		}
	}
	if got := strings.Join(photos, " "); got != "p1 p2 p3 p4 p5 p6" {
		t.Errorf("seen are %s", got)
	}
}

// TestPicturesAreWrittenAnewAFewAtATime: one too many waits as long as its sender does.
func TestPicturesAreWrittenAnewAFewAtATime(t *testing.T) {
	t.Parallel()
	var sent bytes.Buffer
	if err := jpeg.Encode(&sent, image.NewGray(image.Rect(0, 0, 9, 9)), nil); err != nil {
		t.Fatal(err)
	}
	for range cap(bot.Drawing) {
		bot.Drawing <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := bot.Bare(ctx, sent.Bytes()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("one too many: %v", err)
	}
	for range cap(bot.Drawing) {
		<-bot.Drawing
	}
	if _, err := bot.Bare(ctx, sent.Bytes()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("for nobody: %v", err)
	}
	if _, err := bot.Bare(t.Context(), sent.Bytes()); err != nil {
		t.Error(err)
	}
}
