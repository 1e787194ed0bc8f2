package store

import (
	"errors"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

func TestJoining(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		place(t, s, anOrder("1", "A")) // in widget:1
		learn(t, s, "a", "widget:1", answered(dialogue.Service, dialogue.Given, noon))
		joint := bot.Joint{ID: "j", From: "widget:1", To: "telegram:1", Pass: "pass", Until: noon.Add(time.Hour),
			Consent: dialogue.Consent{Purpose: dialogue.Service, Answer: dialogue.Given, At: noon.Add(time.Minute)}}
		for range 2 { // a crash repeats it
			if err := s.Join(t.Context(), joint); err != nil {
				t.Fatal(err)
			}
		}
		known, _ := recognised(t, s, "telegram:1")
		if known.Profile.Sizes["kengat"].Value != "42" || answerOf(known, dialogue.Service) != dialogue.Given {
			t.Errorf("known of the joined: %+v", known)
		}
		if found, err := s.OfConversation(t.Context(), "telegram:1"); err != nil || len(found) != 1 {
			t.Errorf("%d orders, %v", len(found), err)
		}
		joint.ID, joint.To = "k", "telegram:2"
		var refused *bot.Refused
		if err := s.Join(t.Context(), joint); !errors.As(err, &refused) || refused.Reason != "used" {
			t.Errorf("the pass is good twice: %v", err)
		}
		if found, err := s.OfConversation(t.Context(), "telegram:2"); err != nil || len(found) != 0 {
			t.Errorf("a stranger sees %d orders, %v", len(found), err)
		}
		learn(t, s, "b", "telegram:1", answered(dialogue.Service, dialogue.Withdrawn, noon.Add(time.Hour)))
		if known, _ := recognised(t, s, "widget:1"); answerOf(known, dialogue.Service) != dialogue.Withdrawn || known.Profile.Sizes != nil {
			t.Errorf("withdrawn in the other conversation: %+v", known)
		}
		b, err := s.Belongings(t.Context(), "telegram:1")
		if err != nil || len(b.Conversations) != 2 || len(b.Orders) != 1 {
			t.Errorf("belongings: %+v, %v", b, err)
		}
	})
}

func TestIdentifying(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		identify := func(conversation, subject string) error { return s.Identify(t.Context(), conversation, subject) }
		learn(t, s, "a", "widget:1", answered(dialogue.Service, dialogue.Given, noon))
		for _, c := range []string{"widget:1", "widget:1", "widget:2"} {
			if err := identify(c, "1001"); err != nil {
				t.Fatal(err)
			}
		}
		if known, _ := recognised(t, s, "widget:2"); known.Profile.Sizes["kengat"].Value != "42" {
			t.Errorf("the same customer is known as %+v", known)
		}
		if err := identify("widget:3", "1002"); err != nil {
			t.Fatal(err)
		}
		var refused *bot.Refused
		for _, c := range []struct{ conversation, subject string }{{"widget:3", "1001"}, {"widget:1", "1002"}, {"widget:2", "1003"}} {
			if err := identify(c.conversation, c.subject); !errors.As(err, &refused) || refused.Reason != "other" {
				t.Errorf("%s becomes %s: %v", c.conversation, c.subject, err)
			}
		}
		if known, _ := recognised(t, s, "widget:3"); known.Profile.Sizes != nil {
			t.Errorf("another customer sees %+v", known.Profile)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM customers WHERE subject = '1001'`); n != 0 {
			t.Error("the shop's name of the customer is kept as it is")
		}
	})
}
