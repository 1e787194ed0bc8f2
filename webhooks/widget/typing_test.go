package widget_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"tiski/bot"
	"tiski/webhooks/widget"
)

// What a customer types stays with them; that they do is told while staff look.
func TestCustomerTypes(t *testing.T) {
	t.Parallel()
	const limit = 20 // a minute
	told := 0
	s := openShop(t, func(o *widget.Options) {
		o.Allow = func(_ context.Context, _ string, most int, per time.Duration) (bool, time.Duration, error) {
			told++
			return per != time.Minute || most != limit || told <= limit, per, nil
		}
	})
	conversation, token := s.session(t)
	told = 0
	post := func(token string, want int) {
		t.Helper()
		if got := s.ask(t, "POST", "/widget/v1/typing", "", "Authorization", "Bearer "+token); got.status != want {
			t.Fatalf("%d %s, want %d", got.status, got.body, want)
		}
	}
	writing := func(want int) {
		t.Helper()
		if all, err := s.talks.Present(t.Context(), bot.Typing, conversation); err != nil || len(all) != want {
			t.Fatalf("%v write, %v; want %d", all, err, want)
		}
	}
	post("a guess", http.StatusUnauthorized)
	post(token, http.StatusNoContent)
	writing(0)
	if err := s.talks.See(t.Context(), bot.Presence{Conversation: conversation, Doing: bot.Looking, Staff: "mia", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	for range limit - 1 {
		post(token, http.StatusNoContent)
	}
	writing(1)
	post(token, http.StatusTooManyRequests)
}

func TestStaffType(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	conversation, token := s.session(t)
	at, told := time.Now(), 0
	status, _, _ := s.events(t, t.Context(), token, "", "", func(_ string, l line) bool {
		switch {
		case l.Text == "hei fi":
			for _, staff := range []string{"", "mia"} { // the customer's own writing is no news to them
				if err := s.talks.See(t.Context(), bot.Presence{Conversation: conversation, Doing: bot.Typing, Staff: staff, Name: "Mia", At: at}); err != nil {
					t.Error(err)
				}
			}
		case l.Typing != "":
			if l.Typing != "Mia" || l.Seq != 0 {
				t.Errorf("told that %+v", l)
			}
			told++
			go s.speak(t, conversation, "Hei!")
		}
		return l.Text == "Hei!"
	})
	if status != http.StatusOK || told != 1 {
		t.Errorf("%d, told %d times that Mia writes", status, told)
	}
}
