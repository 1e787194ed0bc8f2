package store

import (
	"testing"
	"time"

	"tiski/bot/dialogue"
)

// TestANewsletterBeginsWithItsConfirmation: only who confirms is in the list;
// letters go to an address once a day at most.
func TestANewsletterBeginsWithItsConfirmation(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		at := noon
		s.Now = func() time.Time { return at }
		ask := func(email string) {
			t.Helper()
			if err := s.Subscribe(t.Context(), "widget:1", dialogue.Subscribe{Email: email, Lang: "sv"}); err != nil {
				t.Fatal(err)
			}
		}
		letters := func() (tokens []string) {
			t.Helper()
			due, err := s.ClaimLetters(t.Context(), at, at.Add(365*24*time.Hour), 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range due {
				if n.Email != "aino@example.fi" || n.Lang != "sv" {
					t.Errorf("the letter goes to %q in %q", n.Email, n.Lang)
				}
				tokens = append(tokens, n.Token)
			}
			return tokens
		}
		listed := func() int {
			t.Helper()
			all, err := s.Subscribers(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		ask("Aino@Example.fi")
		ask("aino@example.fi")
		first := letters()
		if len(first) != 1 || listed() != 0 {
			t.Fatalf("%d letters, %d in the list", len(first), listed())
		}
		at = noon.Add(confirmEvery)
		ask("aino@example.fi")
		if again := letters(); len(again) != 1 || again[0] != first[0] {
			t.Errorf("a day later: letters %v, before %v", again, first)
		}
		if err := s.Confirm(t.Context(), "wrong"); err != nil || listed() != 0 {
			t.Errorf("a wrong link: %v", err)
		}
		if err := s.Confirm(t.Context(), first[0]); err != nil || listed() != 1 {
			t.Errorf("confirmed: %v, %d in the list", err, listed())
		}
		at = at.AddDate(0, 0, 2)
		if ask("aino@example.fi"); len(letters()) != 0 || listed() != 1 {
			t.Error("who has confirmed is asked again")
		}
		if lang, confirmed, found, err := s.Subscription(t.Context(), first[0]); lang != "sv" || !confirmed || !found || err != nil {
			t.Errorf("the link tells %q %t %t: %v", lang, confirmed, found, err)
		}
		if err := s.Unsubscribe(t.Context(), "widget:2"); err != nil || listed() != 1 {
			t.Errorf("somebody else ends it: %v", err)
		}
		if err := s.Leave(t.Context(), first[0]); err != nil || listed() != 0 {
			t.Errorf("left: %v", err)
		}
	})
}

func TestWhoDoesNotConfirmIsForgotten(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.Now = func() time.Time { return noon }
		if err := s.Subscribe(t.Context(), "widget:1", dialogue.Subscribe{Email: "aino@example.fi"}); err != nil {
			t.Fatal(err)
		}
		for _, after := range []struct{ days, kept int }{{unconfirmedKept - 1, 1}, {unconfirmedKept + 1, 0}} {
			sweep(t, s, noon.AddDate(0, 0, after.days))
			if n := number1(t, s, `SELECT COUNT(*) FROM subscribers`); n != after.kept {
				t.Errorf("after %d days %d are kept", after.days, n)
			}
		}
	})
}
