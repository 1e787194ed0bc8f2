package state

import (
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// erasure leaves nothing of a conversation anywhere in Redis, and its neighbour
// as it was.
func erasure(t *testing.T, open opener) {
	s := open(t, Options{})
	for _, c := range []string{"push:hilja", "push:hiljainen"} {
		turn(t, s, c, "in", func(turned *bot.Commit) {
			turned.Channel, turned.State = "push", []byte(`{"name":"Salainen"}`)
			say(turned, dialogue.ByBot, "Salainen viesti")
			turned.Outbox = turned.Log
			turned.Timers = []bot.Timer{{Name: "wishes", At: noon.Add(time.Hour)}}
			turned.Work = []bot.Work{{ID: c + "/1/0", Kind: "erase"}, {ID: c + "/1/1", Kind: "learn"}}
			turned.Desk.Name, turned.Desk.Waiting = "Salainen", noon
		})
	}
	before := everything(t, s, "push:hiljainen")
	if err := s.Erase(t.Context(), "push:hilja", "push:hilja/1/0"); err != nil {
		t.Fatal(err)
	}
	for key, held := range everything(t, s, "push:hilja") {
		if !strings.Contains(held, "push:hilja/1/0") {
			t.Errorf("%s still holds %q", key, held)
		}
	}
	same(t, "what is kept of the neighbour", everything(t, s, "push:hiljainen"), before)
	if err := s.Erase(t.Context(), "push:hilja", ""); err != nil {
		t.Fatal(err)
	}
	if left := everything(t, s, "push:hilja"); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if got := loaded(t, s, "push:hilja", "in"); got.State != nil || got.Seen {
		t.Errorf("it is known as %+v", got)
	}
}

// everything is what Redis holds of a conversation: by key and place.
func everything(t *testing.T, s *Conversations, conversation string) map[string]string {
	t.Helper()
	ctx, home, all := t.Context(), s.home(conversation), map[string]string{}
	of := func(text string) bool {
		rest := text[strings.Index(text, conversation)+len(conversation):]
		return strings.Contains(text, conversation) && (rest == "" || strings.ContainsAny(rest[:1], "\n\"/"))
	}
	for _, kind := range []string{"talk:", "log:", "ids:", "out:", "claim:"} {
		if n, err := s.client.Exists(ctx, home+kind+conversation).Result(); err != nil {
			t.Fatal(err)
		} else if n > 0 {
			all[kind] = conversation
		}
	}
	for _, list := range []string{"desks", "waiting", "changed", "send:push", "due"} {
		members, err := s.client.ZRange(ctx, home+list, 0, -1).Result()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			if strings.Contains(m, conversation) && of(m) {
				all[list+" "+m] = m
			}
		}
	}
	jobs, err := s.client.HGetAll(ctx, home+"work").Result()
	if err != nil {
		t.Fatal(err)
	}
	for member, job := range jobs {
		if strings.Contains(member, conversation) && of(member) {
			all["work "+member] = job
		}
	}
	return all
}
