package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
)

// older is what is kept by a program that noted inputs in a hash and wrote when
// things were said as Unix milliseconds, or that packed nothing yet.
func older(t *testing.T, open opener) {
	s := open(t, Options{})
	at := noon.UnixMilli()
	wrote := func(conversation string, fresh int) {
		home, ctx := s.home(conversation), t.Context()
		line := func(n int, from, text string) string {
			return fmt.Sprintf(`{"seq":%d,"from":%q,"text":%q,"at":"2026-09-21T17:13:20+03:00"}`, at+int64(n), from, text)
		}
		entry := func(from, text string) []byte {
			return fmt.Appendf(binary.BigEndian.AppendUint64(nil, uint64(at)<<16)[:olderWhenBytes], `{"from":%q,"text":%q}`, from, text)
		}
		note := func(when, first, many int64) string {
			return strconv.FormatInt(when, 36) + "." + strconv.FormatInt(first, 36) + "." + fmt.Sprint(many)
		}
		desk := `{"name":"Aila","last":"2026-09-21T17:13:20+03:00"}`
		pipe := s.client.Pipeline()
		pipe.Set(ctx, home+"talk:"+conversation, fmt.Sprint(at+2, " ", at+3, " ", fresh, " ", len(desk), " ", desk, `{"schema":3}`), 0)
		pipe.RPush(ctx, home+"log:"+conversation, line(1, "customer", "moi"), entry("bot", "Hei"), entry("customer", "kiitos"))
		pipe.HSet(ctx, home+"ids:"+conversation, mark("1"), note(at/1000, at+1, 2), mark("2"), note(at/1000+1, at+3, 1), "0", fmt.Sprint(at/1000, at, 1))
		for _, kind := range []string{"talk:", "log:", "ids:"} {
			pipe.PExpire(ctx, home+kind+conversation, life/2)
		}
		pipe.ZAdd(ctx, home+"desks", redis.Z{Score: float64(at), Member: conversation})
		pipe.ZAdd(ctx, home+"changed", redis.Z{Score: float64(at), Member: conversation})
		if _, err := pipe.Exec(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []string{"loaded", "listed", "read", "archived", "erased"} {
		wrote("web:"+c, 2)
	}
	wrote("web:new", 3)

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
	if again := loaded(t, s, "web:loaded", "2"); !again.Seen || len(again.Replies) != 0 {
		t.Errorf("loaded again: %+v", again)
	}
	turn(t, s, "web:loaded", "3", func(c *bot.Commit) { say(c, "bot", "Ole hyvä") })
	for _, input := range []string{"1", "2", "3"} {
		if !loaded(t, s, "web:loaded", input).Seen {
			t.Errorf("input %s is forgotten after a turn", input)
		}
	}
	// The program before, which looks for the desk after the third space, fails on it
	// and handles nothing.
	kept := s.client.Get(t.Context(), s.home("web:loaded")+"talk:web:loaded").Val()
	if _, _, err := desked(strings.SplitN(kept, " ", 4)[3]); err == nil {
		t.Error("a program before takes the notes for something else")
	}
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
