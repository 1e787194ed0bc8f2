package main

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/letters"
	"tiski/catalog"
)

// posted keeps what is posted.
type posted struct{ letters []letters.Letter }

func (p *posted) Send(_ context.Context, l letters.Letter) error {
	p.letters = append(p.letters, l)
	return nil
}

// TestRemindersGoByLetterFromAPage: who allows reminders and has given an address
// gets in a letter what nobody would tell them of; its link stops them all.
func TestRemindersGoByLetterFromAPage(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	c, err := openCounter(t.Context(), shelf, "widget:letter", time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki))
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	c.bot.Reminders = c.store
	post := &posted{}
	mailer := &letters.Mailer{Ledger: c.store, Post: post, Clock: c.clock, Log: slog.New(slog.DiscardHandler), Writer: func() letters.Writer {
		return letters.Writer{Shop: shelf.Shop, Words: shelf.Voice, Base: "https://tiski.example"}
	}}
	say := func(lines ...string) {
		t.Helper()
		for _, line := range lines {
			if _, err := c.line(t.Context(), line); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
		if err := mailer.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	say("muistuta mua tarjouksista", "joo", "!tap sku:V-VSUKKA-40-HAR", "kassalle", "Maija Testinen", "maija@example.fi", "!wait 9h", "!wait 18h")
	if len(post.letters) != 1 {
		t.Fatalf("%d letters", len(post.letters))
	}
	l := post.letters[0]
	for _, want := range []string{"Koriisi jäi vielä", "Villavuona-villasukat", "olet sallinut muistutukset", "https://tiski.example/reminders/"} {
		if !strings.Contains(l.Text, want) {
			t.Errorf("no %q in\n%s", want, l.Text)
		}
	}
	token, ok := strings.CutPrefix(l.Stop, "https://tiski.example/reminders/")
	if l.To != "maija@example.fi" || !ok || token == "" {
		t.Errorf("to %s, stopped at %q", l.To, l.Stop)
	}
	if _, wanted, found, err := c.store.Reminded(t.Context(), token); err != nil || !wanted || !found {
		t.Errorf("before it is stopped: %v, %v, %v", wanted, found, err)
	}
	// One that is on its way when they are stopped is not sent.
	if err := c.store.MailReminder(t.Context(), "late", c.conversation, dialogue.MailReminder{Email: "maija@example.fi", Lang: "fi", Text: "Myöhässä"}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.store.StopReminders(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	say("!wait 1h")
	if _, wanted, _, err := c.store.Reminded(t.Context(), token); err != nil || wanted || len(post.letters) != 1 {
		t.Errorf("after it was stopped: wanted %v, %v, %d letters", wanted, err, len(post.letters))
	}
	if why, err := c.store.Send(t.Context(), "x", c.conversation, dialogue.Remind{Once: "x", Consent: dialogue.Reminders, Week: 9}); err != nil || why != dialogue.Unwanted {
		t.Errorf("a reminder afterwards: %q, %v", why, err)
	}
}
