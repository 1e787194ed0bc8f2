package state

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
)

// older is what is kept by a program that wrote a talk as a hash, its inputs also
// as a list, and nothing packed.
func older(t *testing.T, open opener) {
	s := open(t, Options{})
	at := noon.UnixMilli()
	wrote := func(conversation string, archived any) {
		home, ctx := s.home(conversation), t.Context()
		line := func(n int, from, text string) string {
			return fmt.Sprintf(`{"seq":%d,"from":%q,"text":%q,"at":"2026-09-21T17:13:20+03:00"}`, at+int64(n), from, text)
		}
		desk := fmt.Sprintf(`{"conversation":%q,"name":"Aila","last":"2026-09-21T17:13:20+03:00"}`, conversation)
		pipe := s.client.Pipeline()
		pipe.HSet(ctx, home+"talk:"+conversation, "version", at+2, "seq", at+3, "state", `{"schema":3}`, "desk", desk)
		if archived != nil {
			pipe.HSet(ctx, home+"talk:"+conversation, "archived", archived)
		}
		pipe.RPush(ctx, home+"log:"+conversation, line(1, "customer", "moi"), line(2, "bot", "Hei"), line(3, "customer", "kiitos"))
		pipe.HSet(ctx, home+"ids:"+conversation, "1", fmt.Sprint(at, at+1, at+2), "2", fmt.Sprint(at+1000, at+3, at+3))
		pipe.RPush(ctx, home+"order:"+conversation, "1", "2")
		for _, kind := range []string{"talk:", "log:", "ids:", "order:"} {
			pipe.PExpire(ctx, home+kind+conversation, life/2)
		}
		pipe.ZAdd(ctx, home+"desks", redis.Z{Score: float64(at), Member: conversation})
		pipe.ZAdd(ctx, home+"changed", redis.Z{Score: float64(at), Member: conversation})
		if _, err := pipe.Exec(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []string{"loaded", "listed", "read", "archived", "erased"} {
		wrote("web:"+c, at+1)
	}
	wrote("web:new", nil)

	got := loaded(t, s, "web:loaded", "1")
	if !got.Seen || got.Version != at+2 || got.Seq != at+3 || string(got.State) != `{"schema":3}` || len(got.Replies) != 1 || got.Replies[0].Text != "Hei" {
		t.Errorf("loaded: %+v", got)
	}
	if err := s.Commit(t.Context(), bot.Commit{Conversation: "web:loaded", Channel: "web", Input: "2", Version: at + 2, Seq: at + 3}); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("an input that was handled: %v", err)
	}
	lives := s.client.PTTL(t.Context(), s.home("web:loaded")+"talk:web:loaded").Val()
	if lives > life/2 || lives < life/2-time.Hour {
		t.Errorf("it lives %v", lives)
	}
	turn(t, s, "web:loaded", "3", func(c *bot.Commit) { say(c, "bot", "Ole hyvä") })
	said, err := s.Messages(t.Context(), "web:loaded", at+1)
	if err != nil || said[2].Seq != at+4 {
		t.Errorf("messages: %+v, %v", said, err)
	}
	same(t, "said", texts(said), []string{"Hei", "kiitos", "Ole hyvä"})
	same(t, "to archive", texts(unsaved(t, s, "web:loaded")), []string{"Hei", "kiitos", "Ole hyvä"})
	same(t, "to archive, when none was", texts(unsaved(t, s, "web:new")), []string{"moi", "Hei", "kiitos"})

	if said, err = s.Messages(t.Context(), "web:read", at+2); err != nil {
		t.Fatal(err)
	}
	same(t, "said to who reads only", texts(said), []string{"kiitos"})
	archivedTo(t, s, "web:archived", at+2)
	same(t, "to archive, two being", texts(unsaved(t, s, "web:archived")), []string{"kiitos"})
	if said, err = s.Messages(t.Context(), "web:archived", 0); err != nil {
		t.Fatal(err)
	}
	same(t, "said, two being archived", texts(said), []string{"moi", "Hei", "kiitos"})

	if err := s.Erase(t.Context(), "web:erased", ""); err != nil {
		t.Fatal(err)
	}
	if left := everything(t, s, "web:erased"); len(left) > 0 {
		t.Errorf("left of who is erased: %v", left)
	}
	list, err := s.Desks(t.Context(), 9)
	if err != nil || len(list) != 5 {
		t.Fatalf("desks: %v, %v", list, err)
	}
	for _, d := range list {
		if d.Conversation != "web:loaded" {
			same(t, "name", d.Name, "Aila")
		}
	}
}
