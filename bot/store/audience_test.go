package store

import (
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

func TestProspectsWantOffersAndHaveNotHadThem(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		learn(t, s, "a", "telegram:1", answered(dialogue.Reminders, dialogue.Given, noon))
		learn(t, s, "b", "telegram:2", answered(dialogue.Reminders, dialogue.Given, noon))
		learn(t, s, "c", "telegram:2", answered(dialogue.Reminders, dialogue.Withdrawn, noon.Add(time.Hour)))
		learn(t, s, "d", "telegram:3", answered(dialogue.Service, dialogue.Given, noon))
		learn(t, s, "e", "telegram:4", answered(dialogue.Reminders, dialogue.Refused, noon))
		learn(t, s, "f", "telegram:4", answered(dialogue.Reminders, dialogue.Given, noon.Add(time.Hour)))
		seen := func() map[string]bool {
			found := map[string]bool{}
			for after := ""; ; {
				some, err := s.Prospects(t.Context(), bot.Unsent{Kind: dialogue.OfCampaign, Subject: "sukat"}, after, 1)
				if err != nil {
					t.Fatal(err)
				}
				if len(some) == 0 {
					return found
				}
				found[some[0].Conversation], after = true, some[0].Customer
			}
		}
		if got := seen(); len(got) != 2 || !got["telegram:1"] || !got["telegram:4"] {
			t.Errorf("offers go to %v", got)
		}
		r := aReminder(dialogue.OfCampaign, "sukat")
		r.Most = 1
		if why := send(t, s, "1", "telegram:1", r); why != "" {
			t.Errorf("the first: %q", why)
		}
		if why := send(t, s, "2", "telegram:4", r); why != dialogue.AllGiven {
			t.Errorf("beyond the most: %q", why)
		}
		if got := seen(); len(got) != 1 || got["telegram:1"] {
			t.Errorf("after one was sent, offers go to %v", got)
		}
		if n, err := s.Sent(t.Context(), "sukat"); n != 1 || err != nil {
			t.Errorf("%d were sent: %v", n, err)
		}
	})
}
